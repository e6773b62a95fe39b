"""Turns what a check found into its record."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.checks.engine import Checked
from goldthread.core.checks.faithful import Change, Recommendation
from goldthread.core.checks.finding import Finding, Quote
from goldthread.core.checks.thread import Thread
from goldthread.core.framework.framework import Framework
from goldthread.core.plan.document import Location, Problem
from goldthread.core.plan.plan import LETTERS, Plan, Section, Stated
from goldthread.core.report.check_record import (
    AnswerRecord,
    ChangeRecord,
    CheckRecord,
    DocumentRecord,
    FindingRecord,
    GradePreview,
    ItemRecord,
    LinkRecord,
    LocationRecord,
    LooseRecord,
    NodeRecord,
    ParagraphRecord,
    ProblemRecord,
    QuoteRecord,
    RecommendationRecord,
    SectionRecord,
    ThreadRecord,
)


def record_of(
    checked: Checked,
    *,
    engine: str,
    framework: Framework,
    thread: Thread,
    grade_preview: GradePreview | None,
    advice: Iterable[Recommendation] = (),
    changes: Iterable[Change] = (),
    told: bool = False,
    paragraphs: bool = False,
) -> CheckRecord:
    """Everything about one document.

    `framework`: the one it was checked against. `told`: the status came from whoever asked.
    `paragraphs`: also the text itself, for pages that show the plan.
    """
    plan = checked.subject.plan
    anchors = _anchors(plan)
    return CheckRecord(
        document=_document(checked, engine, told),
        sections=tuple(_section(letter, plan, framework) for letter in _letters(plan)),
        items=tuple(_items(plan)),
        findings=tuple(_finding(f, checked.edition, anchors) for f in checked.findings),
        answers=tuple(_answers(checked, framework)),
        thread=_thread(thread),
        grade_preview=grade_preview if plan.kind == "plan" else None,
        problems=tuple(_problem(p) for p in _problems(checked)),
        advice=tuple(_recommendation(r) for r in advice),
        changes=tuple(_change(c) for c in changes),
        paragraphs=tuple(_paragraphs(plan)) if paragraphs else (),
    )


def _document(checked: Checked, engine: str, told: bool) -> DocumentRecord:
    subject, plan = checked.subject, checked.subject.plan
    said = plan.facts.status_said
    known = "document" if subject.status != "unknown" else "unknown"
    return DocumentRecord(
        name=plan.document.name,
        digest=plan.document.digest,
        kind=plan.document.kind,
        recognised=plan.kind,
        reason=plan.kind_reason,
        family=plan.family,
        pages=plan.document.pages,
        words=len(plan.document.text.split()),
        status=subject.status,
        status_from="told" if told else known,  # type: ignore[arg-type]
        status_quote=None if said is None else _stated(said),
        age=subject.age,
        year=subject.year,
        checked_on=subject.today,
        framework=checked.edition,
        engine=engine,
    )


def _stated(said: Stated) -> QuoteRecord:
    return QuoteRecord(text=said.quote, location=_location(said.location))


def _letters(plan: Plan) -> tuple[str, ...]:
    """Those of the law in order; an undivided H stands before H1 and H2."""
    if plan.section("H") is None:
        return LETTERS
    at = LETTERS.index("H1")
    return (*LETTERS[:at], "H", *LETTERS[at:])


def _section(letter: str, plan: Plan, framework: Framework) -> SectionRecord:
    found: Section | None = plan.section(letter)
    name = framework.themes.get(letter, "")
    if found is None:
        return SectionRecord(letter=letter, found=False, name=name)
    return SectionRecord(
        letter=letter,
        found=True,
        name=name,
        title=found.title,
        found_by=found.found_by,
        confidence=round(found.confidence, 3),
        blank=found.blank,
        words=len(found.text.split()),
        items=len(found.items),
        repeats=found.repeats,
        location=_location(found.location, _anchors(plan).get(found.location.paragraph or 0)),
    )


def _items(plan: Plan) -> Iterable[ItemRecord]:
    for item in plan.items:
        yield ItemRecord(
            id=item.id,
            section=item.letter,
            kind=item.kind,
            text=item.text,
            location=_location(item.location),
            number=item.number,
            area=item.area,
            parts=dict(item.parts),
            row=item.row,
            links=item.links,
            paragraphs=tuple(p.location.paragraph or 0 for p in item.paragraphs),
        )


def _anchors(plan: Plan) -> dict[int, int | None]:
    return {p.location.paragraph or 0: p.ordinal for p in plan.document.paragraphs}


def _finding(finding: Finding, edition: str, anchors: dict[int, int | None]) -> FindingRecord:
    return FindingRecord(
        rule=finding.rule,
        edition=edition,
        criterion=finding.criterion,
        state=finding.state,
        answer=finding.answer,
        confidence=round(finding.confidence, 3),
        reason=finding.reason,
        next_step=finding.next_step,
        quotes=tuple(_quote(q, anchors) for q in finding.quotes),
        section=finding.section,
        item=finding.item,
        key=finding.key,
        missing=finding.missing,
    )


def _answers(checked: Checked, framework: Framework) -> Iterable[AnswerRecord]:
    criteria = {c.id: c for c in framework.criteria}
    for answer in checked.answers:
        asked = criteria.get(answer.criterion)
        yield AnswerRecord(
            criterion=answer.criterion,
            question=asked.question if asked else "",
            gate=asked.gate if asked else "",
            weight=asked.weight if asked else 1,
            kind=asked.kind if asked else "",
            state=answer.state,
            answer=answer.answer,
            confidence=round(answer.confidence, 3),
            reason=answer.reason,
            rules=answer.rules,
        )


def _thread(thread: Thread) -> ThreadRecord:
    return ThreadRecord(
        nodes=tuple(
            NodeRecord(id=n.id, kind=n.kind, text=n.text, quote=_quote(n.quote), area=n.area)
            for n in thread.nodes
        ),
        links=tuple(
            LinkRecord(source=k.source, target=k.target, how=k.how, confidence=k.confidence)
            for k in thread.links
        ),
        loose=tuple(
            LooseRecord(node=k.node, wants=k.wants, nearest=k.nearest, likeness=k.likeness)
            for k in thread.loose
        ),
    )


def _problems(checked: Checked) -> Iterable[Problem]:
    plan = checked.subject.plan
    yield from plan.document.problems
    yield from plan.problems
    yield from checked.problems


def _problem(problem: Problem) -> ProblemRecord:
    return ProblemRecord(code=problem.code, sentence=problem.sentence, page=problem.page)


def _recommendation(found: Recommendation) -> RecommendationRecord:
    return RecommendationRecord(
        kind=found.kind,
        advice=_quote(found.advice),
        fate=found.fate,
        reason=found.reason,
        confidence=round(found.confidence, 3),
        plan=None if found.plan is None else _quote(found.plan),
        item=found.item,
    )


def _change(change: Change) -> ChangeRecord:
    return ChangeRecord(
        turn=change.turn,
        section=change.section,
        reason=change.reason,
        before=None if change.before is None else _quote(change.before),
        after=None if change.after is None else _quote(change.after),
    )


def _paragraphs(plan: Plan) -> Iterable[ParagraphRecord]:
    headings = {s.location.paragraph for s in plan.sections}
    for paragraph in plan.document.paragraphs:
        number = paragraph.location.paragraph or 0
        yield ParagraphRecord(
            number=number,
            text=paragraph.text,
            section=plan.letter_of.get(number, ""),
            heading=number in headings or paragraph.heading > 0,
            bullet=paragraph.bullet,
            location=_location(paragraph.location),
        )


def _quote(quote: Quote, anchors: dict[int, int | None] | None = None) -> QuoteRecord:
    number = quote.location.paragraph or 0
    anchor = anchors.get(number) if anchors and not quote.document else None
    return QuoteRecord(
        text=quote.text,
        location=_location(quote.location, anchor),
        section=quote.section,
        document=quote.document,
    )


def _location(place: Location, anchor: int | None = None) -> LocationRecord:
    return LocationRecord(
        anchor=anchor,
        page=place.page,
        table=place.table,
        row=place.row,
        column=place.column,
        paragraph=place.paragraph,
    )
