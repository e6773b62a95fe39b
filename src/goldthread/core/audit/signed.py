"""A signed audit as a value and as text, and the digest by which its text is known.

The text is canonical JSON: keys sorted, no spaces, ASCII only, times in UTC. One audit has one
text, so its digest shows any later change.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from goldthread.core.audit.judgement import Judgement, judgement_from, judgement_record
from goldthread.core.audit.owning import AuditAgency
from goldthread.core.framework.applicability import Setting
from goldthread.core.framework.criterion import DocumentStatus, NotApplicable
from goldthread.core.framework.grade import Cap, Grade, Line

SubjectKind = Literal["plan", "review", "advice"]
Mode = Literal["blind", "assisted", "imported"]
"""blind: the machine's finding is shown after the person's first answer; assisted: beside it;
imported: answered with another tool, years ago perhaps, and made into answers by a crosswalk."""
FORM = 1
"""Of the text; a later form has another number."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is audited, as far as it decides which questions apply.

    `year`: National Curriculum year; `age`: whole years; `profiles`: ids that only a person can
    tell, such as “s61”; `profession`: of the author of advice, an id of the framework.
    """

    kind: SubjectKind
    status: DocumentStatus | Literal["unknown"] = "unknown"
    year: int | None = None
    age: int | None = None
    setting: Setting = ""
    profiles: tuple[str, ...] = ()
    profession: str = ""


@dataclass(frozen=True)
class SignedAudit:
    """An audit that a person answers for.

    `framework`: its key; `judgements` in the order of criterion ids; `quantified`: share of
    Section F's items that are, 0 to 1, where known. The grade of a short form has no band; its
    `why_ungraded` says why.
    """

    framework: str
    subject: Subject
    themes: tuple[str, ...]
    mode: Mode
    judgements: tuple[Judgement, ...]
    set_aside: Mapping[str, NotApplicable]
    quantified: float | None
    grade: Grade
    by: str
    at: dt.datetime
    agency: AuditAgency | Literal[""] = ""
    """Only the questions of this agency were asked; empty: of all."""

    @property
    def digest(self) -> str:
        """SHA-256 of `to_json`, 64 hex digits."""
        return hashlib.sha256(self.to_json().encode("ascii")).hexdigest()

    def to_json(self) -> str:
        """The whole audit as canonical JSON."""
        # An audit that asked everybody's questions has the text that it always had.
        own = {"agency": self.agency} if self.agency else {}
        return json.dumps(
            {
                **own,
                "form": FORM,
                "framework": self.framework,
                "subject": asdict(self.subject),
                "themes": self.themes,
                "mode": self.mode,
                "judgements": [judgement_record(j) for j in self.judgements],
                "set_aside": dict(self.set_aside),
                "quantified": self.quantified,
                "grade": _grade_record(self.grade),
                "by": self.by,
                "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            },
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
        )

    @classmethod
    def from_json(cls, text: str) -> SignedAudit:
        """The audit of `to_json`. Errors: ValueError, one sentence, for any other text."""
        try:
            return _audit(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                "This is no text of a signed audit, or a part of it is lost; restore it from a "
                "backup."
            ) from error


def _grade_record(grade: Grade) -> dict[str, Any]:
    own = {name: getattr(grade, name) for name in Grade.__dataclass_fields__}
    return own | {
        "themes": dict(grade.themes),
        "caps": [{"band": c.band, "reason": c.reason, "criteria": c.criteria} for c in grade.caps],
        "lines": [line._asdict() for line in grade.lines],
    }


def _audit(record: Mapping[str, Any]) -> SignedAudit:
    if record["form"] != FORM:
        raise ValueError(f"form {record['form']}")
    subject = record["subject"]
    return SignedAudit(
        framework=record["framework"],
        subject=Subject(**subject | {"profiles": tuple(subject["profiles"])}),
        themes=tuple(record["themes"]),
        mode=record["mode"],
        judgements=tuple(judgement_from(j) for j in record["judgements"]),
        set_aside=record["set_aside"],
        quantified=record["quantified"],
        grade=_grade(record["grade"]),
        by=record["by"],
        at=dt.datetime.fromisoformat(record["at"]),
        agency=record.get("agency", ""),
    )


def _grade(record: dict[str, Any]) -> Grade:
    return Grade(
        **record
        | {
            "caps": tuple(_cap(cap) for cap in record["caps"]),
            "lines": tuple(Line(**line) for line in record["lines"]),
            "why_not_higher": tuple(record["why_not_higher"]),
        }
    )


def _cap(record: Mapping[str, Any]) -> Cap:
    return Cap(record["band"], record["reason"], tuple(record["criteria"]))
