"""The grade as it stands while people answer, in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.core.framework.grade import Grade, grade
from goldthread.records.queries.audits import AnswerRow, value_of
from goldthread.web.work.asking import Form

DIALS = {
    "compliant": "no statutory question below 2 so far",
    "defects": "a statutory question at 1",
    "breach": "a statutory question at 0",
    "unknown": "no statutory question answered yet",
}


def values(answers: Mapping[str, AnswerRow]) -> dict[str, Any]:
    """Criterion -> answer, of those that were given."""
    return {c: value_of(row.value) for c, row in answers.items() if row.value}


def so_far(form: Form, agency: str, answers: Mapping[str, AnswerRow]) -> dict[str, Any]:
    """The agency's own part as it stands: an index, the dial, and what would cap the band.

    No band: that needs all parts, and comes with them.
    """
    own = set(form.asked(agency))
    found = grade(form.framework, {c: v for c, v in values(answers).items() if c in own})
    return {
        "index": None if found.index is None else f"{found.index:.0f}",
        "answered": found.answered,
        "dial": DIALS[found.compliance],
        "caps": [cap.reason for cap in found.caps],
    }


def whole(form: Form, answers: Mapping[str, AnswerRow]) -> Grade:
    """The grade of the audit as it stands; questions without an answer count as undecided."""
    asked = {c.id for c in form.questions.criteria}
    given = {c: v for c, v in values(answers).items() if c in asked}
    return grade(form.framework, given, set_aside=form.questions.set_aside, complete=True)
