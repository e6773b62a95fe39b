"""An invented authority's spreadsheet of past audits: its own checklist, one row an audit.

`python -m goldthread.simulation.past_audits samples/audits` writes the one that is kept.

Answers come from an invented quality of each plan and the hardness of each question, so that better
plans have more of everything; names and auditors are invented and must not be taken in.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
import yaml

from goldthread.content import folder
from goldthread.core.audit.past_mapping import PastMapping
from goldthread.core.framework.crosswalk import Crosswalk

FIRST = dt.date(2025, 1, 6)
NAMES = ("Amara Okafor", "Tom Bell", "Iris Chen", "Musa Farah", "Elsie Grant", "Noor Haddad",
         "Ravi Iyer", "Ola Jansen", "Kit Lowe", "Zofia Mazur")  # fmt: skip
AUDITORS = ("R. Adeyemi", "J. Marsh", "S. Okoro")
NEEDS = ("ASD", "SEMH", "SLCN", "MLD", "SLD")
PHASES = ("Primary", "Secondary", "Post-16")
OVERALL = ("Inadequate", "Requires improvement", "Good", "Outstanding")
SHEET = "Audits 2025"
FACTS = ("Audit ref", "Date of audit", "Name of child", "DOB", "Plan ref", "Primary need", "Phase",
         "Auditor", "Agency")  # fmt: skip
SAYS = "How past-audits.xlsx is read: its columns, its questions, its answers."
LAST = ("Overall grade", "Comments")


SPOILED = {
    (4, 1): "31/02/2025", (9, 13): "Maybe", (14, 0): "QA/014", (19, 1): None,
    (24, 1): dt.date(2031, 3, 4), (29, 5): "Not known yet",
}  # fmt: skip
"""Row and column, from 0 below the headings, of what people get wrong -> what they write there."""


def past_rows(
    walk: Crosswalk, number: int, seed: int, plans: Sequence[str] = ()
) -> tuple[tuple[str, ...], list[list[object]]]:
    """Headings and rows. `plans`: references to name; else those of an invented older system."""
    rng = random.Random(seed)  # noqa: S311 (invented data, the same each time)
    items = [item for item in walk.items if item.links]
    hard = {item.id: rng.gauss(0, 0.8) for item in items}
    headings = (*FACTS, *(f"{i.id}. {i.question}" for i in items), *LAST)
    rows = []
    for n in range(number):
        quality = rng.gauss(0.6, 1)
        said = [_said(rng, quality - hard[item.id]) for item in items]
        day = FIRST + dt.timedelta(days=n * 320 // max(number, 1))
        plan = plans[n % len(plans)] if plans else f"NM-{4000 + n}"
        born = dt.date(2010 + n % 9, 1 + n % 12, 1 + n % 28)
        rows.append([
            f"QA/{n + 1:03}", day, NAMES[n % len(NAMES)], born, plan, rng.choice(NEEDS),
            rng.choice(PHASES), AUDITORS[n % len(AUDITORS)], "Education", *said,
            OVERALL[min(3, max(0, round(1.5 + quality)))], "Seen with the setting.",
        ])  # fmt: skip
    return headings, rows


def _said(rng: random.Random, easy: float) -> str:
    if rng.random() < 0.03:
        return "Not needed"
    drawn = easy + rng.gauss(0, 0.9)
    return "Yes" if drawn > 0.5 else "Partly" if drawn > -0.5 else "No"


def past_workbook(
    walk: Crosswalk, number: int = 200, seed: int = 7, plans: Sequence[str] = (),
    spoiled: Mapping[tuple[int, int], object] | None = None,
) -> bytes:  # fmt: skip
    """The rows as an Excel workbook with a title, a merged group of headings and a row of totals,
    as people have them; `spoiled`: cells to write otherwise, as in SPOILED."""
    headings, rows = past_rows(walk, number, seed, plans)
    for (row_, column), said in (spoiled or {}).items():
        rows[row_][column] = said
    out = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": dt.datetime(2026, 1, 1)})
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, "Northmere (invented): quality audits of plans")
        first = len(FACTS)
        sheet.merge_range(1, first, 1, len(headings) - 3, "Questions")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.write_row(2, 0, headings, head)
        for at, row in enumerate(rows, start=3):
            sheet.write_row(at, 0, row)
        sheet.write_string(len(rows) + 4, 0, "Total")
        sheet.write_formula(len(rows) + 4, 1, f"=COUNTA(A4:A{len(rows) + 3})", None, len(rows))
        sheet.set_column(0, len(headings), 14)
        sheet.freeze_panes(3, 1)
        book.add_worksheet("Notes").write_string(0, 0, "Yes, partly or no for each question.")
    return out.getvalue()


def sample_mapping(walk: Crosswalk) -> PastMapping:
    """How the workbook is read: each column by the item of the crosswalk that it is headed by."""
    items = tuple(
        item.model_copy(update={"id": f"{item.id}. {item.question}"})
        for item in walk.items if item.links
    )  # fmt: skip
    own = walk.model_copy(update={"items": items})
    return PastMapping(
        sheet=SHEET,
        facts={"reference": "Audit ref", "date": "Date of audit", "plan": "Plan ref",
               "agency": "Agency", "need": "Primary need", "phase": "Phase",
               "overall": "Overall grade"},
        crosswalk=own,
    )  # fmt: skip


def main() -> None:
    """Writes `past-audits.xlsx` and `mapping.yaml` to the folder that is named."""
    home = Path(sys.argv[1])
    kept = folder("frameworks") / "example-local" / "2026.1" / "crosswalk.yaml"
    walk = Crosswalk.model_validate(yaml.safe_load(kept.read_text(encoding="utf-8")))
    (home / "past-audits.xlsx").write_bytes(past_workbook(walk, spoiled=SPOILED))
    told = sample_mapping(walk).model_dump(mode="json", exclude_defaults=True)
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)
    (home / "mapping.yaml").write_text(f"# {SAYS}\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
