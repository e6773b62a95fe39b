"""A question as the form shows it. What never changes of it is rendered once; a request only fills
in the answer: eleven questions with their descriptors and examples take a template 60 ms, and
filling them takes less than one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.readers.frameworks import shared_framework
from goldthread.records.queries.audits import AnswerRow
from goldthread.web.work.given import ASIDE

OPENS, SHUTS = "\ue000", "\ue001"
"""Around the name of a gap; characters that no text of ours has and no escaping changes."""
_GAP = re.compile(f"{OPENS}([^{SHUTS}]+){SHUTS}")


class Gaps(dict[str, str]):
    """The template's view of what is filled in later: every name is its own gap."""

    def __missing__(self, name: str) -> str:
        return f"{OPENS}{name}{SHUTS}"


def question(
    framework: Framework, criterion: Criterion, answer: AnswerRow, machine: str, *,
    is_open: bool, document: bool, typed: Mapping[str, str] | None = None, error: str = "",
) -> SafeString:  # fmt: skip
    """The question with its answer. `typed`: value, reason, comment and quote that could not be
    kept, and `error` says why."""
    value, reason, comment, quote = _said(framework, answer, typed)
    filled = {
        f"checked {value}": " checked",
        f"selected {reason}": " selected",
        "version": str(answer.version),
        "comment": escape(comment),
        "quote": escape(quote),
        "machine": machine,
        "machine hidden": "" if machine else " hidden",
        "evidence": _evidence(criterion, answer, is_open),
        "disabled": "" if is_open else " disabled",
        "error class": " govuk-form-group--error" if error else "",
        "error described": f" error-{criterion.id}" if error else "",
        "error": _error(criterion, error),
    }
    pieces = _pieces(framework.key, criterion.id, is_open and document)
    return mark_safe(  # noqa: S308 (every gap's text is escaped where it is made)
        "".join(filled.get(p, "") if gap else p for gap, p in pieces)
    )


def _said(
    framework: Framework, answer: AnswerRow, typed: Mapping[str, str] | None
) -> tuple[str, str, str, str]:
    if typed is not None:
        return typed["value"], typed["reason"], typed["comment"], typed["quote"]
    if answer.value in framework.not_applicable:
        return ASIDE, answer.value, answer.comment, ""
    return answer.value, "", answer.comment, ""


@lru_cache(maxsize=2000)
def _pieces(key: str, criterion: str, can_pin: bool) -> tuple[tuple[bool, str], ...]:
    """The question cut at its gaps: (whether a gap, its name or the text), in order."""
    framework = shared_framework(key)
    asked = next(c for c in framework.criteria if c.id == criterion)
    context: dict[str, Any] = {
        "c": asked, "gap": Gaps(), "can_pin": can_pin,
        "choices": [
            (n, f"{n} {framework.answers[n]}", hint, f"{OPENS}checked {n}{SHUTS}")
            for n, hint in asked.descriptors.items()
        ],
        "reasons": [
            (code, words, f"{OPENS}selected {code}{SHUTS}")
            for code, words in framework.not_applicable.items()
        ],
        "aside": f"{OPENS}checked {ASIDE}{SHUTS}",
        "undecided": f"{OPENS}checked cannot-decide{SHUTS}",
    }  # fmt: skip
    for name in ("machine hidden", "error class", "error described"):
        context[name.replace(" ", "_")] = f"{OPENS}{name}{SHUTS}"
    text = render_to_string("work/parts/question.html", context)
    return tuple(
        (bool(place % 2), piece) for place, piece in enumerate(_GAP.split(text)) if piece
    )  # fmt: skip


def _evidence(criterion: Criterion, answer: AnswerRow, is_open: bool) -> str:
    return "".join(_place(criterion, i, place, is_open) for i, place in enumerate(answer.evidence))


def _place(criterion: Criterion, number: int, place: Mapping[str, Any], is_open: bool) -> str:
    where = f"{place['paragraph']},{place['start']},{place['end']}"
    section = f' <span class="gt-quiet">Section {escape(place["section"])}</span>'
    remove = (
        f' <label class="gt-without-script"><input type="checkbox" name="drop-{criterion.id}" '
        f'value="{number}"> Remove</label>'
    )
    return (
        f'<li data-place="{where}"><q>{escape(place["quote"])}</q>'
        f"{section if place['section'] else ''}{remove if is_open else ''}</li>"
    )


def _error(criterion: Criterion, error: str) -> str:
    if not error:
        return ""
    return (
        f'<p class="govuk-error-message" id="error-{criterion.id}">'
        f'<span class="govuk-visually-hidden">Error:</span> {escape(error)}</p>'
    )
