"""The judgement of wording against standard.md's own sentences and those written beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from goldthread.core.checks.wording.outcome import judge_outcome
from goldthread.core.checks.wording.provision import judge_provision
from goldthread.core.checks.wording.verdict import Wording
from goldthread.core.checks.words import Words
from goldthread.readers.content import read_yaml
from goldthread.readers.frameworks import load_framework

HERE = Path(__file__).parent / "wording"
BAR = 0.95
JUDGES: dict[str, Callable[[str, Words], Wording]] = {
    "provision": judge_provision,
    "outcome": judge_outcome,
}
GOOD = {"provision": "specific", "outcome": "smart"}


@lru_cache
def words() -> Words:
    return Words(load_framework().lexicons)


def sentences(kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_yaml(HERE / f"{kind}.yaml")["sentences"]
    return found


def standard(kind: str, which: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_yaml(HERE / "standard.yaml")[kind][which]
    assert len(found) == 6
    return found


def table(kind: str, chosen: list[dict[str, Any]]) -> tuple[float, str]:
    """Share judged as labelled, and the confusion table with every sentence that was not."""
    pairs: Counter[tuple[str, str]] = Counter()
    wrong = []
    for sentence in chosen:
        found = JUDGES[kind](sentence["text"], words())
        pairs[sentence["label"], found.verdict] += 1
        if found.verdict != sentence["label"]:
            wrong.append(f"  {sentence['label']}, judged {found.verdict}: {sentence['text']}")
    rows = [f"{label:>10} judged {said:<10} {n:4}" for (label, said), n in sorted(pairs.items())]
    right = sum(n for (label, said), n in pairs.items() if label == said)
    return right / len(chosen), "\n".join([f"{kind}:", *rows, *wrong])


@pytest.mark.parametrize("kind", JUDGES)
class TestTheStandardsOwn:
    def test_every_pass_is_flagged_by_no_rule(self, kind: str) -> None:
        for said in standard(kind, "pass"):
            found = JUDGES[kind](said["text"], words())
            assert (found.verdict, found.rules, found.missing) == (GOOD[kind], (), ()), said

    def test_every_fail_is_flagged_by_its_rules(self, kind: str) -> None:
        for said in standard(kind, "fail"):
            found = JUDGES[kind](said["text"], words())
            assert found.verdict != GOOD[kind], said
            assert set(said["rules"]) <= set(found.rules), (said, found.rules)


@pytest.mark.parametrize("kind", JUDGES)
class TestTheThreeHundred:
    def test_there_are_75_of_each_and_a_third_is_held_out(self, kind: str) -> None:
        labels = Counter((s["label"], s.get("held_out", False)) for s in sentences(kind))
        assert sorted(labels.values()) == [25, 25, 50, 50]

    @pytest.mark.parametrize("held_out", [False, True])
    def test_nineteen_in_twenty_are_judged_as_labelled(self, kind: str, held_out: bool) -> None:
        chosen = [s for s in sentences(kind) if s.get("held_out", False) == held_out]
        share, told = table(kind, chosen)
        assert share >= BAR, told

    def test_each_class_reaches_the_bar_over_both_parts(self, kind: str) -> None:
        for label in {s["label"] for s in sentences(kind)}:
            share, told = table(kind, [s for s in sentences(kind) if s["label"] == label])
            assert share >= BAR, told

    def test_quotes_are_exact_words_at_their_offsets(self, kind: str) -> None:
        for sentence in sentences(kind):
            found = JUDGES[kind](sentence["text"], words())
            for start, end, quote in found.quotes:
                assert sentence["text"][start:end] == quote != ""
            assert bool(found.missing or found.marks) or found.good

    def test_what_is_missing_is_mostly_what_was_said_to_be(self, kind: str) -> None:
        asked = [s for s in sentences(kind) if s.get("missing")]
        hits = sum(
            len(set(s["missing"]) & set(JUDGES[kind](s["text"], words()).missing)) for s in asked
        )
        assert hits >= 0.8 * sum(len(s["missing"]) for s in asked)


@pytest.mark.parametrize("kind", JUDGES)
@pytest.mark.parametrize("name", ["second", "third"])
def test_the_later_sets_are_judged_as_labelled(kind: str, name: str) -> None:
    share, told = table(kind, read_yaml(HERE / f"{name}.yaml")[kind])
    assert share >= BAR, told
