"""`goldthread check-wording`: judges items of provision or outcomes, one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldthread.cli.say import stop

if TYPE_CHECKING:
    from goldthread.core.checks.wording.verdict import Wording
    from goldthread.core.checks.words import Words

KINDS = ("provision", "outcome")
_MOST_BYTES = 1_000_000
"""Of one line that are kept in memory; a longer line is read to its end and cut."""


def check_wording(
    kind: Annotated[str, typer.Option(help="provision or outcome.")],
) -> None:
    """Judge sentences from standard input, one a line; one JSON object a line comes out.

    Provision: is it specific (what, how much, how often, who)? Outcome: is it specific, measurable
    and time-bound?
    """
    if kind not in KINDS:
        stop(f"There is no kind “{kind}”; use provision or outcome.", code=2)
    judge = _judge(kind)
    out = sys.stdout.buffer
    while line := sys.stdin.buffer.readline(_MOST_BYTES):
        cut = len(line) == _MOST_BYTES and not line.endswith(b"\n")
        if cut:
            _skip_line()
        out.write(json.dumps(_answer(line, judge, cut=cut), ensure_ascii=False).encode() + b"\n")
        out.flush()


def _skip_line() -> None:
    while rest := sys.stdin.buffer.readline(_MOST_BYTES):
        if rest.endswith(b"\n"):
            return


def _judge(kind: str) -> Callable[[str], Wording]:
    """Only what one kind needs is imported, so that the first answer comes at once."""
    words = wording_words()
    if kind == "provision":
        from goldthread.core.checks.wording.provision import judge_provision

        return lambda text: judge_provision(text, words)
    from goldthread.core.checks.wording.outcome import judge_outcome

    return lambda text: judge_outcome(text, words)


def wording_words() -> Words:
    """The lists that judge wording, and no others: a tenth of the time the whole standard takes.

    Errors: ContentError when a list is broken.
    """
    from goldthread.content import folder
    from goldthread.core.checks.wording.verdict import LEXICONS, LOOKED_UP
    from goldthread.core.checks.words import Words
    from goldthread.core.framework.lexicon import Lexicon
    from goldthread.readers.content import read_yaml, valid
    from goldthread.readers.frameworks import REFERENCE

    name, _, edition = REFERENCE.partition("@")
    home = folder("frameworks") / name / edition / "lexicons"
    paths = [home / f"{lexicon}.yaml" for lexicon in (*LEXICONS, *LOOKED_UP)]
    return Words(valid(path, Lexicon, read_yaml(path)) for path in paths)


def _answer(line: bytes, judge: Callable[[str], Wording], *, cut: bool) -> dict[str, Any]:
    from goldthread.core.checks.wording.verdict import LONGEST

    notes = []
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        text = line.decode("utf-8", errors="replace").strip()
        if not cut:  # a cut may fall inside a character
            notes.append("The line is not UTF-8; what could not be read is shown as “\ufffd”.")
    found = judge(text)
    if found.form == "empty":
        notes.append("There are no words in this line.")
    if cut or len(text) > LONGEST:
        notes.append(f"Only the first {LONGEST} characters were judged.")
    return as_dict(found, notes)


def as_dict(found: Wording, notes: list[str]) -> dict[str, Any]:
    """The judgement as it is printed; `quotes` are exact words of the line, and
    `offsets` where they stand in it, without the spaces at its ends."""
    return {
        "verdict": found.verdict,
        "form": found.form,
        "present": list(found.present),
        "missing": list(found.missing),
        "quotes": [text for _, _, text in found.quotes],
        "offsets": [[start, end] for start, end, _ in found.quotes],
        "rules": list(found.rules),
        "qualification": found.qualification if found.form != "outcome" else None,
        "baseline": found.baseline if found.form == "outcome" else None,
        "unsure": list(found.unsure),
        "note": " ".join(notes),
    }
