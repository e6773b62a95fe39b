"""The readable standard: one edition as values, by section and by who answers.

HTML, PDF and the site's pages are made from this and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldthread.core.framework.criterion import Criterion, Example, Law
from goldthread.core.framework.crosswalk import Coverage, coverage
from goldthread.core.framework.framework import Framework, Profession, Profile, Source
from goldthread.core.framework.rule import Rule
from goldthread.core.framework.scale import Grading
from goldthread.core.report.standard_words import (
    KINDS,
    applies_words,
    day,
    gate_words,
    law_words,
    numbered,
)


@dataclass(frozen=True)
class Cited:
    """A source in law. `text` ends with “(not yet confirmed at the source)” where it is not."""

    text: str
    confirmed: bool
    note: str


@dataclass(frozen=True)
class Look:
    """A machine rule that looks at a question, and what it is blind to."""

    id: str
    title: str
    looks_at: str
    blind_to: str


@dataclass(frozen=True)
class Sample:
    """An invented extract: its lines, where it stands if not in the question's own section, and
    why it passes or not."""

    lines: tuple[str, ...]
    where: str
    why: str


@dataclass(frozen=True)
class Answer:
    number: str
    label: str
    text: str


@dataclass(frozen=True)
class Link:
    """A question, named in an index."""

    anchor: str
    id: str
    question: str


@dataclass(frozen=True)
class Entry:
    """One question with all that stands in its file."""

    id: str
    anchor: str
    number: str
    """“F2”: what people say."""
    question: str
    why: str
    kind: str
    gate: str
    """The gate in words; empty when it is none."""
    core: bool
    weight: int
    family: str
    laws: tuple[Cited, ...]
    answers: tuple[Answer, ...]
    applies: str
    """To which documents, in words; empty for all."""
    look_for: tuple[str, ...]
    looks: tuple[Look, ...]
    """Empty: only people answer."""
    passing: tuple[Sample, ...]
    failing: tuple[Sample, ...]
    topics: tuple[str, ...]
    agencies: tuple[str, ...]
    professions: tuple[tuple[str, str], ...]
    """Profession's name and what the question means for it."""
    upkeep: str
    """Who wrote it, who checked it, when it is looked at again."""

    @property
    def link(self) -> Link:
        return Link(self.anchor, self.id, self.question)


@dataclass(frozen=True)
class Chapter:
    """One theme: the questions of a section."""

    letter: str
    anchor: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Index:
    """Questions by one thing: an agency, a CPD topic."""

    id: str
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Standard:
    """One edition. `state` says in a sentence whether it is frozen."""

    key: str
    title: str
    summary: str
    state: str
    law: str
    counts: str
    chapters: tuple[Chapter, ...]
    roles: tuple[Index, ...]
    topics: tuple[Index, ...]
    families: tuple[tuple[str, tuple[Answer, ...]], ...]
    """Family's name, and what each answer means for all its questions, with its points."""
    grading: Grading | None
    bands: tuple[tuple[str, str], ...]
    """Label, and what it takes."""
    caps: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    profiles: tuple[Profile, ...]
    professions: tuple[Profession, ...]
    sources: tuple[Source, ...]
    coverage: Coverage | None
    """Local frameworks: how much of the reference's core they reach."""
    mapping: tuple[tuple[str, str], ...] = ()
    """Local frameworks: an item, and what it answers of the reference, in words."""
    language: str = "en-GB"

    @property
    def entries(self) -> Iterator[Entry]:
        for chapter in self.chapters:
            yield from chapter.entries


def standard(framework: Framework, base: Framework | None = None) -> Standard:
    """The readable form of an edition. `base`: the edition it extends, for its rules."""
    rules = {r.id: r for f in (base, framework) if f for r in f.rules}
    chapters = tuple(_chapters(framework, rules))
    entries = [e for c in chapters for e in c.entries]
    return Standard(
        key=framework.key,
        title=framework.title,
        summary=framework.summary,
        state=_state(framework),
        law=f"The law and guidance as at {day(framework.law_as_at)}.",
        counts=_counts(entries),
        chapters=chapters,
        roles=tuple(_roles(framework, entries)),
        topics=tuple(_topics(framework, entries)),
        families=tuple(_families(framework)),
        grading=framework.grading,
        bands=tuple(_bands(framework)),
        caps=tuple(_caps(framework)),
        reasons=tuple(framework.not_applicable.items()),
        profiles=framework.profiles,
        professions=framework.professions,
        sources=framework.sources,
        coverage=_coverage(framework, base),
        mapping=tuple(_mapping(framework)),
    )


def _state(framework: Framework) -> str:
    if framework.state == "published":
        return "Published: its files are frozen; a change is a new edition."
    return "Draft: it may still change."


def _counts(entries: Sequence[Entry]) -> str:
    machine = sum(bool(e.looks) for e in entries)
    core = sum(e.core for e in entries)
    doubted = sum(any(not law.confirmed for law in e.laws) for e in entries)
    parts = [f"{len(entries)} questions"]
    if core:
        parts.append(f"{core} of them the core that is compared between authorities")
    parts.append(f"{machine} with machine checks that suggest an answer")
    if doubted:
        parts.append(f"{doubted} citing a source still to be confirmed")
    return f"{'; '.join(parts)}."


def _chapters(framework: Framework, rules: dict[str, Rule]) -> Iterator[Chapter]:
    for letter, title in framework.themes.items():
        members = [c for c in framework.criteria if c.section == letter]
        if members:
            ordered = sorted(members, key=lambda c: numbered(c.id))
            entries = tuple(_entry(c, framework, rules) for c in ordered)
            yield Chapter(letter, f"section-{letter.lower()}", title, entries)


def _entry(criterion: Criterion, framework: Framework, rules: dict[str, Rule]) -> Entry:
    topics = {t.id: t.title for t in framework.topics}
    professions = {p.id: p.title for p in framework.professions}
    return Entry(
        id=criterion.id,
        anchor=criterion.id.lower(),
        number=criterion.id.partition("-")[0],
        question=criterion.question,
        why=criterion.why,
        kind=KINDS[criterion.kind],
        gate=gate_words(criterion.gate, framework),
        core=criterion.core,
        weight=criterion.weight,
        family=framework.family_titles.get(criterion.family, criterion.family),
        laws=tuple(map(_cited, criterion.law)),
        answers=tuple(_answers(criterion, framework)),
        applies=applies_words(criterion, framework.not_applicable),
        look_for=criterion.look_for,
        looks=tuple(_look(rules[r]) for r in criterion.rules if r in rules),
        passing=tuple(_sample(e) for e in criterion.examples.passing),
        failing=tuple(_sample(e) for e in criterion.examples.failing),
        topics=tuple(topics.get(t, t) for t in criterion.topics),
        agencies=tuple(framework.agencies.get(a, a) for a in criterion.agencies),
        professions=tuple((professions.get(p, p), n) for p, n in criterion.professions.items()),
        upkeep=(
            f"Written by {criterion.author}; checked by: {criterion.checker}; "
            f"to be looked at again by {day(criterion.next_review)}."
        ),
    )


def _cited(law: Law) -> Cited:
    return Cited(law_words(law), law.confirmed, law.note)


def _answers(criterion: Criterion, framework: Framework) -> Iterator[Answer]:
    for number in sorted(criterion.descriptors, reverse=True):
        yield Answer(number, framework.answers.get(number, ""), criterion.descriptors[number])


def _look(rule: Rule) -> Look:
    return Look(rule.id, rule.title, rule.looks_at, rule.blind_to)


def _sample(example: Example) -> Sample:
    given = (line.strip() for line in example.text.splitlines())
    lines = tuple(line.replace("- ", "• ", 1) if line.startswith("- ") else line
                  for line in given if line)  # fmt: skip
    parts = [f"in Section {example.section}"] if example.section else []
    parts += [f"with {name.lower()} “{said}”" for name, said in example.front.items() if said]
    parts += [
        f"with Section {letter} “{' '.join(text.split()).removeprefix('- ')}”" if text.strip() else
        f"with Section {letter} missing"
        for letter, text in example.plan.items()
    ]  # fmt: skip
    return Sample(lines, "; ".join(parts), example.why)


def _roles(framework: Framework, entries: Iterable[Entry]) -> Iterator[Index]:
    known = list(entries)
    for name, title in framework.agencies.items():
        links = tuple(e.link for e in known if title in e.agencies)
        if links:
            yield Index(f"role-{name}", title, links)


def _topics(framework: Framework, entries: Iterable[Entry]) -> Iterator[Index]:
    known = list(entries)
    for topic in framework.topics:
        links = tuple(e.link for e in known if topic.title in e.topics)
        if links:
            yield Index(f"topic-{topic.id}", topic.title, links)


def _families(framework: Framework) -> Iterator[tuple[str, tuple[Answer, ...]]]:
    for family, meant in framework.families.items():
        table = framework.points.get(family) or framework.points.get("default", {})
        answers = (
            Answer(number, f"{table[number]:.2f}" if number in table else "", text)
            for number, text in meant.items()
        )
        yield framework.family_titles.get(family, family), tuple(answers)


def _bands(framework: Framework) -> Iterator[tuple[str, str]]:
    for band in framework.grading.bands if framework.grading else ():
        parts = [f"quality index of {band.at_least:g} or more"] if band.at_least else []
        if band.statutory:
            parts.append(f"no statutory question below {band.statutory}")
        if band.every_theme:
            parts.append(f"every theme at {band.every_theme:g} or more")
        if band.themes:
            bars = ", ".join(f"{theme} at {bar:g}" for theme, bar in band.themes.items())
            parts.append(f"themes {bars} or more")
        said = "; ".join(parts) or "the rest"
        yield framework.band_label(band.id), f"{said[:1].upper()}{said[1:]}."


def _caps(framework: Framework) -> Iterator[str]:
    for cap in framework.grading.caps if framework.grading else ():
        label = framework.band_label(cap.band)
        if cap.gate:
            some = f"{cap.count} or more {cap.gate} gates" if cap.count > 1 else (
                f"Any {cap.gate} gate")  # fmt: skip
            yield f"{some} at {cap.answer}: {label} at most."
        elif cap.quantified_below is not None:
            least = f"{cap.quantified_below:.0%}"
            yield f"Less than {least} of the provision in Section F quantified: {label} at most."


def _coverage(framework: Framework, base: Framework | None) -> Coverage | None:
    if framework.crosswalk is None or base is None:
        return None
    return coverage(framework.crosswalk, base.criteria)


def _mapping(framework: Framework) -> Iterator[tuple[str, str]]:
    for item in framework.crosswalk.items if framework.crosswalk else ():
        links = (
            f"{k.to}, {k.relation}" + (f", {k.share:.0%} of it" if k.share < 1 else "")
            for k in item.links
        )
        nothing = "an overall grade, kept apart" if item.overall else "asked only here"
        yield f"{item.id}: {item.question}", "; ".join(links) or nothing
