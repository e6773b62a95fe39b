"""The invented authorities of the demonstration: people, plans and papers, made from one seed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from goldthread.checking.job import Answered, File, Files, Job
from goldthread.checking.pipeline import check
from goldthread.cli.demo_year import invented_year
from goldthread.content import folder
from goldthread.core.audit.casemix import age_band, phase_by_age, plan_kind, status_of
from goldthread.core.audit.listing import ListedPlan, Setting
from goldthread.core.demonstration import (
    AUTHORITIES,
    Demonstration,
    DemoPaper,
    DemoPerson,
    DemoPlan,
    DemoWords,
)
from goldthread.core.frozen import Content
from goldthread.core.report.check_record import CheckRecord, ThreadRecord
from goldthread.readers.content import read_yaml, valid
from goldthread.readers.experience import shared_form
from goldthread.readers.frameworks import shared_framework
from goldthread.simulation.plans.advice import Report, report_paper, write_reports
from goldthread.simulation.plans.corpus import paper_of, plans, write_paper
from goldthread.simulation.plans.papers import review_paper
from goldthread.simulation.plans.people import school_year
from goldthread.simulation.plans.sample import Advice, SamplePlan
from goldthread.simulation.plans.stock import load_stock

SEED = 41
PLANS, FEW, SOUTH_FROM = 240, 20, 300
PLAN_FRAMEWORK, ADVICE_FRAMEWORK = "ehc-ref@2026.1", "advice@2026.1"
DRAFTS = ("", "wrong-name", "placement", "no-outcomes", "two-births", "missing-section")
"""The fault of each draft; the first has none."""
BACK = (0, 0, 150, 0, 400)
"""Days ago on which plans are made as they stand, by turns: some are overdue for review."""
WITH_ADVICE, WITH_REVIEW, EVERY = 0, 3, 6
"""Of six plans, one has a report of advice and one an annual review."""
TEAMS = ("North", "South", "East")
SETTINGS: dict[str, Setting] = {"e": "early-years", "p": "school", "s": "school", "a": "college"}
FIRST_URN = 900_001
"""No school of England has a number of this size."""
CONDITIONS = {
    "autism": "ASD", "developmental language disorder": "SLCN", "speech sound disorder": "SLCN",
    "selective mutism": "SLCN", "hearing loss": "HI", "vision impairment": "VI",
    "cerebral palsy": "PD", "dyslexia": "SPLD", "specific learning difficulties": "SPLD",
    "attention deficit hyperactivity disorder": "SEMH",
}  # fmt: skip
"""What a plan names as diagnosed -> the SEN2 code of need."""
AREAS = {"communication": "SLCN", "cognition": "MLD", "semh": "SEMH", "sensory": "PD"}
"""Where nothing is diagnosed, the area with most of its needs says it."""
PROFESSIONS = {
    "ep": "educational-psychologist", "salt": "therapist", "ot": "therapist",
    "physio": "therapist", "medical": "health", "social-care": "social-care",
    "hearing": "sensory", "vision": "sensory",
}  # fmt: skip


class _People(Content):
    """The file `people.yaml`."""

    source: str
    people: tuple[DemoPerson, ...]


class _Words(DemoWords):
    """The file `words.yaml`."""

    source: str


def demonstration(today: dt.date) -> Demonstration:
    """Everything a demonstration shows, as it stands on `today`.

    Errors: LookupError when this copy has no samples; ContentError for a wrong file.
    """
    home = folder("samples") / "demo"
    many, few = (0, PLANS + len(DRAFTS)), (SOUTH_FROM, SOUTH_FROM + FEW)
    made = {
        code: tuple(_plan(_sample(number, today), number, today) for number in range(*numbers))
        for code, numbers in (("001", many), ("002", few))
    }
    return Demonstration(
        today=today, seed=SEED,
        people=_content(home / "people.yaml", _People).people,
        words=_content(home / "words.yaml", _Words),
        plans=made,
        papers=lambda number: _papers(number, today),
        plan_framework=shared_framework(PLAN_FRAMEWORK),
        advice_framework=shared_framework(ADVICE_FRAMEWORK),
        form=shared_form(),
        year=invented_year(shared_framework(PLAN_FRAMEWORK)),
    )  # fmt: skip


def _content(path: Path, kind: type[Any]) -> Any:
    return valid(path, kind, read_yaml(path))


def _draft_numbers() -> range:
    return range(PLANS, PLANS + len(DRAFTS))


def _sample(number: int, today: dt.date) -> SamplePlan:
    """One plan as a value, the same whenever it is asked for."""
    if number in _draft_numbers():
        made = _draft(number, today)
    else:
        status = ("final", "amended", "final")[number % 3]
        day = today - dt.timedelta(days=BACK[number % len(BACK)])
        (made,) = plans(SEED, 1, status=status, today=day, start=number)
    made.child.authority = AUTHORITIES["001" if number < SOUTH_FROM else "002"]
    return made


def _draft(number: int, today: dt.date) -> SamplePlan:
    fault = DRAFTS[number - PLANS]
    (made,) = plans(
        SEED, 1, status="draft", good=not fault, faults=(fault,) if fault else (), today=today,
        start=number,
    )  # fmt: skip
    return made


def _plan(made: SamplePlan, number: int, today: dt.date) -> DemoPlan:
    child, dates, draft = made.child, made.dates, made.status == "draft"
    first = None if draft else dates["first_made"]
    amended = dates["issued"] if made.status == "amended" else None
    reviewed = dates.get("reviewed")
    need, second = needs_of(made)
    begun = (first or dates["issued"]) - dt.timedelta(days=110 + number * 7 % 70)
    listed = ListedPlan(
        row=f"row {number + 2}", local_id=f"INV-{number:04}", forename=child.forename,
        surname=child.surname, born=child.born, need=need, second_need=second,
        requested_on=begun, issued_on=first, amended_on=amended, last_review_on=reviewed,
        plan_kind=plan_kind(first, amended, reviewed, False, today), urn=_urn(child.school),
        setting_kind=SETTINGS[child.age], phase=phase_by_age(child.born, today),
        age_band=age_band(child.born, today), status=status_of(first, amended),
    )  # fmt: skip
    year = child.year + school_year(today) - school_year(made.today)
    return DemoPlan(number, listed, year if -1 <= year <= 14 else None, TEAMS[number % len(TEAMS)])


def needs_of(made: SamplePlan) -> tuple[str, str]:
    """Codes of the first and second need, as the plan's own words say: what is diagnosed, then
    the areas by how many needs they hold."""
    areas = Counter(item.area for item in made.items("B") if item.area in AREAS)
    found = [CONDITIONS[name] for name in made.child.diagnoses if name in CONDITIONS]
    if "a learning disability" in made.child.diagnoses and made.child.level == "low":
        found.insert(0, "SLD")
    found += [AREAS[area] for area, _ in areas.most_common()]
    codes = [*dict.fromkeys(found), "OTH", ""]
    return codes[0], codes[1]


def _urn(school: str) -> str:
    schools = [name for names in load_stock().names["schools"].values() for name in names]
    return str(FIRST_URN + schools.index(school))


def _papers(number: int, today: dt.date) -> tuple[DemoPaper, ...]:
    """The plan as a file, read and checked; before it what it rests on."""
    made = _sample(number, today)
    rng = Random(f"papers/{SEED}/{number}")  # noqa: S311 - invention, not secrecy
    stock = load_stock()
    before: list[DemoPaper] = []
    if number % EVERY == WITH_ADVICE and made.status != "draft":
        reports = write_reports(rng, stock, made, spoil=bool(number % (2 * EVERY)))[:1]
        before += [_advice(rng, made, report, today) for report in reports]
    if number % EVERY == WITH_REVIEW and made.status != "draft":
        data = write_paper(review_paper(stock, made), "docx")
        name = f"annual-review-{number:03}.docx"
        held = made.today - dt.timedelta(days=20)
        before.append(DemoPaper(name, data, _bare(name, data, today), "review", dated_on=held))
    return (*before, _written(made, number, before, today))


def _written(made: SamplePlan, number: int, before: list[DemoPaper], today: dt.date) -> DemoPaper:
    kind = "pdf" if number % 12 == 7 else "docx"
    name, data = f"plan-{number:03}.{kind}", write_paper(paper_of(made), kind, number)
    advice = tuple(File(p.name, p.data) for p in before if p.kind == "advice")
    record = _read(Files(File(name, data), advice), today, made.status)
    return DemoPaper(name, data, record, status=made.status)


def _advice(rng: Random, made: SamplePlan, report: Report, today: dt.date) -> DemoPaper:
    entry: Advice = report.entry
    name = f"advice-{entry.profession}-{made.number:03}.docx"
    data = write_paper(report_paper(rng, load_stock(), made, report), "docx")
    came = entry.day or made.dates["advice"]
    return DemoPaper(
        name, data, _bare(name, data, today), "advice",
        profession=PROFESSIONS.get(entry.profession, "other"),
        requested_on=came - dt.timedelta(days=rng.choice((30, 38, 41, 55))), dated_on=came,
    )  # fmt: skip


def _bare(name: str, data: bytes, today: dt.date) -> CheckRecord:
    """Of a review or advice only its text: the rules are for plans."""
    nothing = {"answers": (), "findings": (), "grade_preview": None, "thread": ThreadRecord()}
    read = _read(Files(File(name, data)), today, "unknown")
    return read.model_copy(update={**nothing, "advice": (), "changes": ()})


def _read(files: Files, today: dt.date, status: str) -> CheckRecord:
    job = Job.model_validate(
        {"today": today, "framework": PLAN_FRAMEWORK, "status": status, "paragraphs": True}
    )
    outcome = check(files, job)
    if not isinstance(outcome, Answered):
        raise LookupError(f"An invented document cannot be read: {outcome.sentence}")
    return outcome.record
