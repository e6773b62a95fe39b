"""What can honestly be said of an authority's own audits, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.core.benchmark.show import number
from goldthread.core.report.quality.asked import Asked
from goldthread.core.report.quality.figures import (
    FEWEST,
    MOST_MORE,
    Auditors,
    Change,
    Figure,
    rounded_up,
)

THINGS = {"plan": ("plan", "plans"), "review": ("annual review", "annual reviews"),
          "advice": ("piece of advice", "pieces of advice")}  # fmt: skip
CHOSEN = {
    "random": "drawn at random", "thematic": "audited on a theme",
    "risk-led": "audited because of a risk", "draft": "audited as drafts",
    "imported": "brought in from past spreadsheets",
}  # fmt: skip
ONLY_THESE = {
    "thematic": "They were chosen for a theme, so they do not stand for all.",
    "risk-led": "They were chosen because something seemed wrong, so they do not stand for all.",
    "draft": "They are drafts, before they were put right and issued.",
    "imported": "How they were chosen, and who marked them, is not known.",
}  # fmt: skip
UNEVEN = 0.5
"""By so many fewer auditors a sentence says that some led many more audits than others."""
MORE_AUDITORS = "More auditors, not more plans, would sharpen this."


def things(subject: str, n: int) -> str:
    """“1 plan”, “142 plans”."""
    one, many = THINGS[subject]
    return f"{number(n, 0)} {one if n == 1 else many}"


def percent(figure: Figure) -> str:
    """“61%”, or “too few”."""
    return "too few" if figure.value is None else f"{number(figure.value, 0)}%"


def points(figure: Figure) -> str:
    """“78” (of 100), or “too few”."""
    return "too few" if figure.value is None else number(figure.value, 0)


def likely(figure: Figure, unit: str = "%") -> str:
    """“53% to 69%”; empty where there is no figure."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{number(figure.low, 0)}{unit} to {number(figure.high, 0)}{unit}"


def period(asked: Asked) -> str:
    """“in the 12 months to November 2026”, “in November 2026”."""
    if asked.months == 1:
        return f"in {asked.until:%B %Y}"
    if asked.usual:
        return f"in the {asked.months} months to {asked.until:%B %Y}"
    return f"from {asked.since:%B %Y} to {asked.until:%B %Y}"


def counted(asked: Asked, audits: int) -> str:
    """How many audits this is about, and what they can stand for."""
    verb = "was" if audits == 1 else "were"
    first = f"{things(asked.subject, audits)} {verb} {CHOSEN[asked.draw]} and audited "
    if asked.draw in ("thematic", "risk-led", "draft", "imported"):
        first = f"{things(asked.subject, audits)} {verb} {CHOSEN[asked.draw]} "
    return " ".join(filter(None, (first + period(asked) + ".", ONLY_THESE.get(asked.draw, ""))))


def good(figure: Figure, without: int = 0) -> str:
    """The share that is good or better. `without`: audits that could not be graded."""
    if figure.value is None:
        return (
            f"Fewer than {FEWEST} of them have a grade, so no figure is shown."
            if figure.n else "None of them has a grade."
        )  # fmt: skip
    left = f" {number(without, 0)} could not be graded." if without else ""
    return (
        f"{number(figure.met or 0, 0)} of {number(figure.n, 0)} are good or better: "
        f"{percent(figure)} (likely {likely(figure)}).{left}"
    )


def about(asked: Asked, population: int | None, n: int) -> str:
    """Which of the two questions the figures answer."""
    if asked.figure == "stock" and population is not None:
        return (
            f"These figures are about the {number(population, 0)} plans held now, of which "
            f"{number(n, 0)} were audited."
        )
    if asked.figure == "stock":
        return (
            "How many plans are held now is not recorded here, or fewer than were audited, so "
            "these figures are about how this authority writes plans."
        )
    return "These figures are about how this authority writes plans, whatever it holds now."


def changed(change: Change | None, before: Figure, asked: Asked) -> str:
    """Against the period before: only what is clear, else what would settle it."""
    span = f"the {asked.months} months before" if asked.months > 1 else "the month before"
    if change is None:
        return f"Fewer than {FEWEST} were graded in {span}, so nothing is said of a change."
    was = f"it was {percent(before)} of {number(before.n, 0)} in {span} (likely {likely(before)})"
    if change.clear:
        way = "more" if change.points > 0 else "fewer"
        return f"That is clearly {way} than before: {was}."
    return f"We cannot tell whether that has changed: {was}. {_would_settle(change)}"


def _would_settle(change: Change) -> str:
    if change.more is None:
        return (
            f"Not even {number(MOST_MORE, 0)} more audits would settle it: the difference is "
            "small, too few were audited before, or other people audit now."
        )
    more = number(rounded_up(change.more), 0)
    return f"About {more} more audits would settle it, if the rate stays as it is."


def sharpen(figures: Sequence[Figure], auditors: Auditors) -> str:
    """Whose strictness limits the figures; empty where plans do, or where nobody knows."""
    if not auditors.audits:
        return ""
    if not any(figure.auditors_limit for figure in figures):
        return ""
    people = len(auditors.audits)
    led = f"{MORE_AUDITORS} {people} {'person' if people == 1 else 'people'} led these audits"
    if people - auditors.effective < UNEVEN:
        return f"{led}."
    return f"{led}, as good as {number(auditors.effective, 1)} equally busy ones."
