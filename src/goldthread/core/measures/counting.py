"""A standing audit as additive counts: the single crossing from audits to figures (design, part 2).

What passes is the allow-list of `CellKey` and `Count`, and nothing else: no plan, no person, no
text. Counts of audits add up; those of one audit taken away again leave what stood before.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Drawn = Literal["random", "thematic", "risk-led", "draft", "imported"]
"""How the audited document was chosen; only random draws stand for all plans."""


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """Where an audit is counted. Empty text: not known, or not of this kind of document.

    `month`: the first day of the month of signing; the vocabularies are those of
    `core/audit/listing.py`; `profession`: of the author of advice.
    """

    month: dt.date
    framework: str
    subject: str
    drawn: Drawn
    plan_kind: str = ""
    age_band: str = ""
    need: str = ""
    phase: str = ""
    setting_kind: str = ""
    team: str = ""
    profession: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One measure of the audits of one cell, or of many: every number is a sum over audits.

    `measure`: a criterion's id; “theme:F”; “agency:health” (the criteria that agency answers);
    “index”; “band”; “compliance”.
    - criterion: `n` audits where it counts (answered 0 to 3), `met` those at 2 or 3, `total` and
      `squares` of its points in thousandths; `at0` to `at3` by answer; `not_applicable`, and
      `undecided` for “cannot decide” and what nobody answered.
    - theme, agency, index: `n` audits that have one, `total` and `squares` of its tenths of a
      point (0 to 1000); `met`: at or above the framework's bar for good.
    - band (after caps): `n` graded, `at0` to `at3` from inadequate to outstanding, `met` good or
      better, `undecided` ungraded.
    - compliance: `n` known, `at0` breach, `at1` defects, `at2` compliant, `met` = `at2`.
    """

    measure: str
    n: int = 0
    met: int = 0
    total: int = 0
    squares: int = 0
    at0: int = 0
    at1: int = 0
    at2: int = 0
    at3: int = 0
    not_applicable: int = 0
    undecided: int = 0
