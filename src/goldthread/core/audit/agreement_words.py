"""What is said of agreement, chosen by rule from `reference/trust/wording.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from goldthread.core.audit.agreement import (
    MOST_MORE,
    USUAL,
    Agreement,
    AgreementFound,
)
from goldthread.core.audit.machine_agreement import MachineRow, overall
from goldthread.core.audit.remark import counted
from goldthread.core.stats.agreement_values import Coefficient
from goldthread.core.stats.pairs import Share

Wording = Mapping[str, str]
HIGH = 0.8
"""From this share of equal answers on, alpha and AC2 are explained beside each other."""


class Said(NamedTuple):
    """A sentence and the id of the rule that chose it."""

    rule: str
    text: str


def say(wording: Wording, rule: str, **names: object) -> Said:
    """The rule's sentence with its names filled in. Errors: KeyError for a rule without words."""
    return Said(rule, wording[rule].format(**names))


def percent(share: float | None) -> str:
    """“71”; “–” where there is none."""
    return "–" if share is None else f"{100 * share:.0f}"


def two(value: float | None) -> str:
    """“0.71”, with a true minus; “–” where there is none."""
    return "–" if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def ranged(found: Coefficient | Share) -> str:
    """“0.71” and “0.52 to 0.83” on a line below; why one is missing is said elsewhere."""
    if found.value is None:
        return "–"
    if found.low is None or found.high is None:
        return two(found.value)
    return f"{two(found.value)}\n{two(found.low)} to {two(found.high)}"


def verdict_words(row: Agreement, wording: Wording) -> Said:
    """What may be made of it, in one sentence."""
    if row.verdict == "none":
        return say(wording, "agreement.none", more=USUAL)
    if row.verdict == "one-sided":
        return say(wording, "agreement.one-sided", common=percent(row.common))
    if row.verdict != "cannot-tell":
        return say(wording, f"agreement.{row.verdict}")
    if row.more is None:
        return say(wording, "agreement.cannot-tell.near", most=MOST_MORE)
    return say(wording, "agreement.cannot-tell", more=row.more)


def remarks(row: Agreement, wording: Wording) -> Iterator[Said]:
    """All else that a reader of one row must know."""
    exact = row.found.exact
    if exact.value is not None:
        yield say(
            wording, "agreement.pairs", exact=exact.hits, n=exact.n, percent=percent(exact.value),
            low=percent(exact.low), high=percent(exact.high),
        )  # fmt: skip
    if row.left.one_not_applicable:
        yield say(wording, "agreement.apart", number=row.left.one_not_applicable)
    if row.left.undecided:
        yield say(wording, "agreement.undecided", number=row.left.undecided)
    if row.left.both_not_applicable:
        yield say(wording, "agreement.aside", number=row.left.both_not_applicable)
    if row.found.n and row.common >= HIGH:
        yield say(wording, "agreement.high-prevalence", common=percent(row.common))
    for coefficient in (row.found.kappa, row.found.alpha, row.found.ac2):
        if coefficient.why and row.found.n:
            yield Said("agreement.why", coefficient.why)
            break


def overview(found: AgreementFound, wording: Wording) -> Said:
    """The sentence at the head of the page."""
    exact = found.all.found.exact
    if exact.value is None:
        return say(wording, "overview.none")
    return say(
        wording, "overview.some", percent=percent(exact.value), low=percent(exact.low),
        high=percent(exact.high), pairs=f"{exact.n:,}",
        plans=f"{counted(found.all.found.plans, 'document')} marked twice",
    )  # fmt: skip


def overview_notes(
    found: AgreementFound, audits: int, doubles: int, wording: Wording
) -> tuple[Said, ...]:
    """What follows it. `audits`: documents marked first, `doubles`: those of them marked again."""
    return tuple(_overview_notes(found, audits, doubles, wording))


def _overview_notes(
    found: AgreementFound, audits: int, doubles: int, wording: Wording
) -> Iterator[Said]:
    if found.all.found.n:
        yield say(
            wording, "overview.counts", questions=len(found.criteria),
            dependable=found.count("dependable"), tentative=found.count("tentative"),
            training=found.count("training"),
            unknown=found.count("cannot-tell", "one-sided", "none"),
        )  # fmt: skip
    yield _grade(found, wording)
    if audits:
        yield say(wording, "overview.share", doubles=doubles, audits=audits,
                  percent=percent(doubles / audits))  # fmt: skip
    if found.pairs.seen:
        yield say(wording, "agreement.seen", number=f"{found.pairs.seen:,}")
    if found.pairs.own:
        yield say(wording, "agreement.own", number=f"{found.pairs.own:,}")


def _grade(found: AgreementFound, wording: Wording) -> Said:
    exact = found.grade.found.exact
    if exact.value is None or found.index.middle is None:
        return say(wording, "overview.grade.none")
    return say(
        wording, "overview.grade", exact=exact.hits, n=exact.n, percent=percent(exact.value),
        low=percent(exact.low), high=percent(exact.high), middle=f"{found.index.middle:.0f}",
    )  # fmt: skip


def machine_words(row: MachineRow, wording: Wording) -> Said:
    """What can be said of the machine on one question."""
    if row.state != "measured":
        return say(wording, f"machine.{row.state}", n=row.blind.n)
    exact = row.blind.exact
    return say(
        wording, "machine.measured", percent=percent(exact.value), low=percent(exact.low),
        high=percent(exact.high), n=exact.n,
    )  # fmt: skip


def machine_overview(rows: Iterable[MachineRow], wording: Wording) -> Said:
    """The sentence at the head of the machine's page."""
    every = tuple(rows)
    states = overall(every)
    shares = [
        row.blind.exact.value
        for row in every
        if row.state == "measured" and row.blind.exact.value is not None
    ]
    if not shares:
        return say(wording, "machine.none")
    return say(
        wording, "machine.some", checked=len(every) - states["not-checked"], questions=len(every),
        measured=len(shares), least=percent(min(shares)), most=percent(max(shares)),
    )  # fmt: skip
