"""Writes docs/reference: measures.md, sources.md and standards.md from the YAML, audit-states.md
from the table of states, and personal-data.md from the models.

Run as `python -m goldthread.cli.documents`; a test holds the committed pages to what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from goldthread.cli import database
from goldthread.content import folder
from goldthread.core.audit import transitions
from goldthread.core.audit.anchors import AnchorPlan
from goldthread.core.framework.framework import Framework
from goldthread.core.measures.definition import Caveat, Measure, Term, Theme
from goldthread.core.measures.source import Source
from goldthread.home import PROJECT
from goldthread.readers import content
from goldthread.readers.anchors import load_anchors
from goldthread.readers.editions import editions
from goldthread.readers.frameworks import load_framework
from goldthread.writers.standard_markdown import standards_page

GENERATED = "<!-- Written by `python -m goldthread.cli.documents`. Change the YAML, not this. -->"
BETTER = {
    "higher": "higher is better",
    "lower": "lower is better",
    "no judgement": "neither end is better",
}
ANCHOR_HEAD = (
    "| Id | Kind | Words | Questions | Index | Dial | Band | After caps | Digest | Checked |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)
ANCHOR_INTRO = (
    "invented plans in `samples/anchors/`, each with an agreed answer and a reason for every "
    "question that applies. The agreed answers are proposed by one author and await a panel. A "
    "changed digest means that earlier marks no longer compare. What they are for: "
    "[calibration](../explanation/calibration.md)."
)
MARGINS = {
    "wilson": "95% interval by Wilson's method for a share",
    "byar": "95% interval by Byar's method for events",
}
YEARS = {
    "calendar": "calendar year",
    "academic": "academic year, known by the year in which it ends",
    "financial": "financial year, known by the year in which it ends",
    "january": "January census",
    "point": "one point in time",
    "inspection": "date of inspection; the newest of each area",
}


def measures_page(
    measures: Mapping[str, Measure], themes: Sequence[Theme], sources: Mapping[str, Source]
) -> str:
    """The reference page of all measures, by theme and order, as Markdown."""
    parts = [
        "# Published measures",
        GENERATED,
        f"{len(measures)} measures, each one file in `reference/measures/`. "
        "How to write one: [write a measure](../how-to/write-a-measure.md).",
    ]
    for theme in themes:
        members = [m for m in measures.values() if m.theme == theme.id]
        parts += [f"## {theme.title}", theme.question, *([theme.intro] if theme.intro else [])]
        for measure in sorted(members, key=lambda m: (m.order, m.id)):
            parts += _measure(measure, sources)
    return "\n\n".join(parts) + "\n"


def sources_page(sources: Mapping[str, Source], measures: Mapping[str, Measure]) -> str:
    """The reference page of all sources, by id, as Markdown."""
    parts = ["# Sources", GENERATED, f"{len(sources)} published files, read as they were printed."]
    for source in sorted(sources.values(), key=lambda s: s.id):
        parts += _source(source, measures)
    return "\n\n".join(parts) + "\n"


def _measure(measure: Measure, sources: Mapping[str, Source]) -> list[str]:
    rows = [
        ("Id", f"`{measure.id}`"),
        ("Counted", _term(measure.numerator, sources)),
        ("Out of", _term(measure.denominator, sources) if measure.denominator else ""),
        ("Shown as", _shown(measure)),
        ("Period", measure.period_kind.replace("january", "January")),
        ("Reading", BETTER[measure.polarity]),
        ("Margins", MARGINS.get(measure.interval, f"none. {measure.interval_note}")),
        ("Reproduces", f"`{measure.published}` as printed" if measure.published else ""),
        ("Written by", f"{measure.author}; checked by: {measure.checker}"),
        ("Next review", f"{measure.next_review.day} {measure.next_review:%B %Y}"),
    ]
    listed = [f"- {name}: {text}" for name, text in rows if text]
    listed += [f"- From {b.year}: {b.text}" for b in measure.breaks]
    listed += [_caveat(c) for c in measure.caveats]
    return [f'<a id="{measure.id}"></a>', f"### {measure.title}", measure.why, "\n".join(listed)]


def _shown(measure: Measure) -> str:
    if measure.kind == "answer":
        return "yes or no"
    if measure.kind == "words":
        return "the source's own words"
    near = f"; results within {measure.similar_within:g} of each other are about the same"
    places = "whole numbers" if measure.decimals == 0 else f"to {measure.decimals} decimal places"
    return f"{measure.unit}, {places.replace('1 decimal places', '1 decimal place')}{near}"


def _term(term: Term, sources: Mapping[str, Source]) -> str:
    columns = " + ".join(f"`{c}`" for c in term.columns)
    source = f"[{sources[term.source].title}](sources.md#{term.source})"
    when = f", always of {term.year}" if term.year else ""
    when += f", {-term.offset} year earlier" if term.offset else ""
    return f"{term.label} ({columns} of {source}{when})"


def _caveat(caveat: Caveat) -> str:
    return f"- {'Not shown' if caveat.effect == 'withhold' else 'Note'}: {caveat.text}"


def _source(source: Source, measures: Mapping[str, Measure]) -> list[str]:
    rows = [
        ("Id", f"`{source.id}`"),
        ("Published by", source.publisher),
        ("Edition", source.release),
        ("Newest figures", source.as_at),
        ("Licence", source.licence),
        ("To be named as", source.attribution),
        ("File", f"`reference/{source.file}`"),
        ("Year", YEARS[source.year_kind]),
        ("Carries on", _carried(source)),
        ("Link", f"<{source.link}>" if source.link else ""),
        ("Used by", _links(m for m in measures.values() if _uses(m, source.id))),
    ]
    listed = [f"- {name}: {text}" for name, text in rows if text]
    listed += [f"- Note: {note}" for note in source.notes]
    return [f'<a id="{source.id}"></a>', f"## {source.title}", "\n".join(listed)]


def _carried(source: Source) -> str:
    return ", ".join(f"`{theirs}` with `{ours}`" for ours, theirs in source.continues.items())


def _uses(measure: Measure, source: str) -> bool:
    terms = (measure.numerator, measure.denominator)
    return any(term is not None and term.source == source for term in terms)


def _links(measures: Iterable[Measure]) -> str:
    return ", ".join(f"[{m.id}](measures.md#{m.id})" for m in sorted(measures, key=lambda m: m.id))


def anchors_page(plans: Sequence[AnchorPlan], frameworks: Iterable[Framework]) -> str:
    """The reference page of the anchor plans: what each is, and never its agreed answers."""
    by_key = {f.key: f for f in frameworks}
    table = "\n".join([ANCHOR_HEAD, *(_anchor(p, by_key[p.anchor.framework]) for p in plans)])
    intro = f"{len(plans)} {ANCHOR_INTRO}"
    return "\n\n".join(["# Anchor plans", GENERATED, intro, table]) + "\n"


def _anchor(plan: AnchorPlan, framework: Framework) -> str:
    anchor, grade = plan.anchor, plan.anchor.grade
    cells = (
        f"`{plan.id}`", anchor.kind, plan.words, len(anchor.answers), f"{grade.index:g}",
        grade.compliance, framework.band_label(grade.band), framework.band_label(grade.capped),
        f"`{plan.digest[:12]}`", anchor.checker,
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def pages(reference: Path) -> dict[str, str]:
    """File name below docs/reference -> its text, from the content in `reference`."""
    measures = content.measures(reference / "measures")
    sources = content.sources(reference / "sources")
    return {
        "measures.md": measures_page(measures, list(content.themes(reference)), sources),
        "sources.md": sources_page(sources, measures),
        "standards.md": standards_page(_frameworks(), GENERATED),
        "anchors.md": anchors_page(load_anchors(), _frameworks()),
        "audit-states.md": transitions.markdown(),
    }


def _frameworks() -> list[Framework]:
    """Every edition, the reference first, then companions and local ones."""
    order = ("reference", "companion", "local")
    found = [load_framework(key) for key in editions(folder("frameworks"))]
    return sorted(found, key=lambda f: (order.index(f.role), f.key))


def main() -> None:
    """Write the pages into the checkout's docs folder."""
    written = pages(folder("reference")) | {"personal-data.md": database.personal_data_page()}
    for name, text in written.items():
        path = PROJECT / "docs" / "reference" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote docs/reference/{name}")


if __name__ == "__main__":
    main()
