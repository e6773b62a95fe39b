"""What one audit asks: its framework, its questions, who answers which, on which page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from goldthread.core.audit.audit import Blank, Questions, questions
from goldthread.core.audit.sharing import AuditAgency, ThemePage, share, themes_for
from goldthread.core.framework.criterion import Criterion
from goldthread.core.framework.framework import Framework
from goldthread.readers.frameworks import shared_framework
from goldthread.records.queries.audits import AuditRow


@dataclass(frozen=True)
class Form:
    """The whole form of one audit. `shared`: criterion -> agency."""

    framework: Framework
    questions: Questions
    shared: Mapping[str, AuditAgency]
    pages: Mapping[str, tuple[ThemePage, ...]]
    """Agency -> its pages."""

    def page(self, agency: str, theme: str) -> ThemePage | None:
        return next((p for p in self.pages.get(agency, ()) if p.theme == theme), None)

    def criterion(self, agency: str, criterion: str) -> Criterion | None:
        """A question of this agency, or None when it is not theirs."""
        if self.shared.get(criterion) != agency:
            return None
        return next(c for c in self.questions.criteria if c.id == criterion)

    def asked(self, agency: str) -> tuple[str, ...]:
        return tuple(c for c, owner in self.shared.items() if owner == agency)


def form_of(audit: AuditRow) -> Form:
    """The form of this audit; the same for all audits that ask alike."""
    return form_for(audit.blank, audit.agencies)


@lru_cache(maxsize=256)
def form_for(blank: Blank, agencies: tuple[AuditAgency, ...]) -> Form:
    """The form of audits that ask this, of these agencies."""
    framework = shared_framework(blank.framework_key)
    asked = questions(framework, blank)
    shared = share(framework, asked, agencies)
    return Form(
        framework, asked, shared,
        {agency: themes_for(framework, asked, shared, agency) for agency in agencies},
    )  # fmt: skip


def next_page(form: Form, agency: str, theme: str) -> str:
    """The theme after this one in the agency's part; empty after the last."""
    themes = [p.theme for p in form.pages.get(agency, ())]
    at = themes.index(theme)
    return themes[at + 1] if at + 1 < len(themes) else ""
