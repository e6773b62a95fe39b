"""What is said of strictness, links and drift, chosen by rule from `reference/trust/wording.yaml`.

Names are given by the caller: with them for the quality lead, without for everybody else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from goldthread.core.audit.agreement_words import Said, Wording, say
from goldthread.core.audit.drift import AnchorChart, QuarterOf
from goldthread.core.audit.remark import listed
from goldthread.core.audit.strictness import FEWEST_PAIRS, Group, Linked, Strictness

Name = Callable[[int], str]
QUARTERS = {1: "January to March", 2: "April to June", 3: "July to September",
            4: "October to December"}  # fmt: skip
FEW = 6
"""Auditors from which a standard deviation of auditors is worth naming."""
APART = 2 / math.pi**0.5
"""The mean difference of two draws from a normal, in standard deviations."""


def steps(points: float) -> str:
    """Points of 0 to 3 as answers of 100 that are a step away."""
    return f"{abs(100 * points):.0f}"


def signed(points: float) -> str:
    """“+0.21”, “−0.08”."""
    return f"{points:+.2f}".replace("-", "−")


def quarter_words(quarter: tuple[int, int]) -> str:
    """“October to December 2026”."""
    return f"{QUARTERS[quarter[1]]} {quarter[0]}"


def row_words(row: Strictness, wording: Wording, voice: str = "strictness") -> Said:
    """What can be said of one auditor; `voice` “me” says it to them."""
    if row.clear:
        low, high = sorted((abs(row.low), abs(row.high)))
        return say(
            wording, f"{voice}.{row.state}", steps=steps(row.value), low=steps(low),
            high=steps(high),
        )  # fmt: skip
    if row.state == "weak" and voice == "strictness" and not row.pairs:
        return say(wording, "strictness.weak.none")
    return say(wording, f"{voice}.{row.state}", pairs=_plans(row.pairs),
               more=FEWEST_PAIRS - row.pairs)  # fmt: skip


def _plans(number: int) -> str:
    return "1 plan was" if number == 1 else f"{number} plans were"


def group_words(group: Group, wording: Wording, name: Name | None) -> Iterator[Said]:
    """What can be said of the auditors of one kind of question. `name` None: without names."""
    if len(group.auditors) == 1:
        yield say(wording, "strictness.one")
        return
    measured = [part for part in group.linked if part.rows]
    rows = [row for part in measured for row in part.rows]
    clear = sum(row.clear for row in rows)
    if clear:
        yield say(wording, "strictness.somebody", number=clear, auditors=len(rows))
    elif rows:
        yield say(wording, "strictness.nobody")
    for part in measured:
        yield _spread_words(part, wording)
        rule = "strictness.more-auditors" if part.auditors_limit else "strictness.effective"
        yield say(wording, rule, effective=f"{part.effective:.1f}")
    for part in group.linked:
        if part.why not in ("", "alone"):
            yield say(wording, f"strictness.{part.why}", who=_who(part.auditors, name),
                      pairs=_pairs(part.pairs))  # fmt: skip


def _spread_words(part: Linked, wording: Wording) -> Said:
    """Of few auditors nobody can tell how far auditors differ in general: only how far these do."""
    if len(part.rows) < FEW:
        gap = part.rows[-1].value - part.rows[0].value
        return say(wording, "strictness.apart", auditors=len(part.rows), gap=f"{gap:.2f}",
                   steps=steps(gap))  # fmt: skip
    return say(wording, "strictness.spread", spread=f"{part.spread:.2f}",
               steps=steps(part.spread * APART))  # fmt: skip


def _pairs(number: int) -> str:
    return "1 plan" if number == 1 else f"{number} plans"


def _who(members: Sequence[int], name: Name | None) -> str:
    if name is None:
        return "One auditor" if len(members) == 1 else f"{len(members)} auditors"
    return listed(sorted(name(member) for member in members))


def link_words(group: Group, wording: Wording, name: Name | None) -> Iterator[Said]:
    """Who is linked with whom, and what would join those who are not."""
    if len(group.auditors) < 2:
        yield say(wording, "strictness.one")
        return
    if len(group.linked) == 1:
        yield say(wording, "links.all", auditors=len(group.auditors))
    elif name is None:
        apart = sum(len(part.auditors) for part in group.linked[1:])
        yield say(wording, "links.apart.unnamed", number=apart, auditors=len(group.auditors))
    else:
        yield from _apart(group, wording, name)
    yield from _bridges(group, wording, name)


def _apart(group: Group, wording: Wording, name: Name) -> Iterator[Said]:
    """One pair of sentences for each smaller group."""
    large = group.linked[0]
    for part, (first, second) in zip(group.linked[1:], group.join, strict=True):
        if len(large.auditors) == 1 or len(part.auditors) > 1:
            yield say(wording, "links.apart", small=_who(part.auditors, name),
                      large=_who(large.auditors, name))  # fmt: skip
        else:
            yield say(wording, "strictness.alone", who=name(part.auditors[0]))
        yield say(wording, "links.join", first=name(first), second=name(second))


def _bridges(group: Group, wording: Wording, name: Name | None) -> Iterator[Said]:
    if name is None:
        if group.bridges:
            yield say(wording, "links.bridges.unnamed", number=len(group.bridges))
        return
    for first, second in group.bridges:
        yield say(wording, "links.bridge", first=name(first), second=name(second))


def few_words(pairs: Mapping[int, int], wording: Wording, name: Name | None) -> Said | None:
    """Who marked too few plans together with somebody else. `pairs`: auditor -> such plans."""
    few = sorted(member for member, number in pairs.items() if number < FEWEST_PAIRS)
    if not few:
        return None
    if name is None:
        return say(wording, "links.few.unnamed", number=len(few), auditors=len(pairs))
    return say(wording, "links.few", who=listed(sorted(map(name, few)), most=12))


def my_words(linked: Linked | None, row: Strictness | None, marked: bool, wording: Wording) -> Said:
    """What somebody is told of their own strictness."""
    if not marked:
        return say(wording, "me.none")
    if row is None or linked is None or not row.pairs:
        return say(wording, "me.alone")
    return row_words(row, wording, "me")


def drift_words(quarters: Sequence[QuarterOf], wording: Wording) -> tuple[Said, ...]:
    """What changed over the year, the latest last."""
    if len(quarters) < 2:
        return (say(wording, "drift.too-few"),)
    found = tuple(
        say(wording, f"drift.{q.moved}", quarter=quarter_words(q.quarter), gap=f"{abs(q.gap):.2f}",
            low=f"{min(abs(q.low), abs(q.high)):.2f}", high=f"{max(abs(q.low), abs(q.high)):.2f}")
        for q in quarters
        if q.moved
    )  # fmt: skip
    return found or (say(wording, "drift.none"),)


def anchor_words(chart: AnchorChart | None, wording: Wording) -> Said | None:
    """What the anchor plans say of one auditor; None where none was marked."""
    if chart is None:
        return None
    times = "once" if len(chart.gaps) == 1 else f"{len(chart.gaps)} times"
    if chart.low is None:
        return say(wording, "drift.anchors.few", marked=times)
    return say(
        wording, "drift.anchors.signal" if chart.signals else "drift.anchors.quiet", marked=times
    )
