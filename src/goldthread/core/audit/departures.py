"""Does what was audited keep to what was drawn? Hand-picking shows here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from scipy import special

from goldthread.core.audit.drawing import Draw, Pick
from goldthread.core.audit.remark import Remark, counted, listed

EXPECTED = 0.05
"""Share of drawn plans that is expected to be ineligible: what the reserve is made for."""
RARE = 0.01
"""A share of replacements is called unusual when chance alone would give it less often."""
FEWEST = 20
"""Under this many drawn plans less than one replacement is expected: too few to judge a share."""


def cherry_picking(
    drawn: Draw,
    replaced: Mapping[str, str],
    audited: Iterable[str],
    *,
    closed: bool = True,
) -> tuple[Remark, ...]:
    """Every way in which the audited plans depart from the draw; none where they keep to it.

    `replaced`: plan taken out -> why. `audited`: references. `closed`: the period is over, so a
    plan not audited by now never was; while it runs that is not said. In a stratum where k plans
    were replaced (reserve plans among them) the first k of the reserve have their turn.

    Kinds: not-drawn, out-of-turn, no-reason, both, never-audited, reserve-used-up, unusual-share,
    one-stratum, cannot-tell.
    """
    done = set(audited)
    due = _due(drawn, replaced)
    remarks = [
        *_not_drawn(drawn, replaced, done),
        *_out_of_turn(drawn, replaced, done, due),
        *_reasons(replaced, done),
        *(_never_audited(drawn, due, replaced, done) if closed else ()),
        *_used_up(drawn, replaced),
        *_share(drawn, replaced),
    ]
    return tuple(remarks)


def at_least(successes: int, n: int, rate: float) -> float:
    """Pr(X >= successes) for X binomial(n, rate), exact."""
    return 1.0 if successes <= 0 else float(special.bdtrc(successes - 1, n, rate))


def at_least_here(here: int, size: int, everywhere: int, n: int) -> float:
    """Pr(X >= here) when `everywhere` of `n` are marked at random and `size` of them are here.

    Hypergeometric, exact.
    """
    most = min(size, everywhere)
    ways = sum(
        math.comb(size, k) * math.comb(n - size, everywhere - k) for k in range(here, most + 1)
    )
    return ways / math.comb(n, everywhere)


def _replaced_in(drawn: Draw, replaced: Mapping[str, str], stratum: str) -> list[Pick]:
    return [pick for pick in drawn.picks if pick.stratum == stratum and pick.reference in replaced]


def _due(drawn: Draw, replaced: Mapping[str, str]) -> set[str]:
    """Main plans, and the reserve plans whose turn came."""
    turns = {label: len(_replaced_in(drawn, replaced, label)) for label, _ in drawn.sizes}
    return {
        pick.reference
        for pick in drawn.picks
        if pick.role == "main" or pick.order <= turns[pick.stratum]
    }


def _not_drawn(
    drawn: Draw, replaced: Mapping[str, str], done: AbstractSet[str]
) -> Iterator[Remark]:
    strange = tuple(sorted(done - set(drawn.by_reference)))
    if strange:
        yield Remark(
            "not-drawn",
            f"{counted(len(strange), 'plan was', 'plans were')} audited without being drawn: "
            f"{listed(strange)}. Leave them out of the sample's figures.",
            strange,
        )
    odd = tuple(sorted(set(replaced) - set(drawn.by_reference)))
    if odd:
        yield Remark("not-drawn", f"Replaced without being drawn: {listed(odd)}.", odd)


def _out_of_turn(
    drawn: Draw, replaced: Mapping[str, str], done: AbstractSet[str], due: AbstractSet[str]
) -> Iterator[Remark]:
    for pick in drawn.of("reserve"):
        if pick.reference in done and pick.reference not in due:
            turns = len(_replaced_in(drawn, replaced, pick.stratum))
            yield Remark(
                "out-of-turn",
                f"{pick.reference} is reserve plan {pick.order} of {pick.stratum} and was audited "
                f"out of turn: {counted(turns, 'plan')} of {pick.stratum} had been replaced.",
                (pick.reference,),
            )


def _reasons(replaced: Mapping[str, str], done: AbstractSet[str]) -> Iterator[Remark]:
    silent = tuple(sorted(plan for plan, reason in replaced.items() if not reason.strip()))
    if silent:
        yield Remark("no-reason", f"Replaced without a reason: {listed(silent)}.", silent)
    both = tuple(sorted(set(replaced) & done))
    if both:
        yield Remark("both", f"Replaced and yet audited: {listed(both)}.", both)


def _never_audited(
    drawn: Draw, due: AbstractSet[str], replaced: Mapping[str, str], done: AbstractSet[str]
) -> Iterator[Remark]:
    left = tuple(
        pick.reference
        for pick in drawn.picks
        if pick.reference in due - done and pick.reference not in replaced
    )
    if left:
        yield Remark(
            "never-audited",
            f"{counted(len(left), 'plan')} drawn, neither audited nor replaced: {listed(left)}.",
            left,
        )


def _used_up(drawn: Draw, replaced: Mapping[str, str]) -> Iterator[Remark]:
    for label, _ in drawn.sizes:
        turns, kept = len(_replaced_in(drawn, replaced, label)), len(drawn.of("reserve", label))
        if turns > kept:
            yield Remark(
                "reserve-used-up",
                f"{label}: {counted(turns, 'plan was', 'plans were')} replaced and the reserve "
                f"holds {kept}, so the sample is {turns - kept} short.",
            )


def _share(drawn: Draw, replaced: Mapping[str, str]) -> Iterator[Remark]:
    """Is the share of main plans replaced more than chance gives, in all and in each stratum?"""
    main = drawn.of("main")
    out = [pick for pick in main if pick.reference in replaced]
    if not out:
        return
    said = f"{len(out)} of {counted(len(main), 'drawn plan')} {_were(len(out))} replaced."
    if len(main) < FEWEST:
        yield Remark(
            "cannot-tell",
            f"{said} With fewer than {FEWEST} drawn we cannot tell whether that is unusual.",
        )
        return
    chance = at_least(len(out), len(main), EXPECTED)
    if chance < RARE:
        yield Remark(
            "unusual-share",
            f"{said} If 1 plan in {round(1 / EXPECTED)} is ineligible, so many or more would come "
            f"about by chance {_odds(chance)}. Look at the reasons.",
            tuple(pick.reference for pick in out),
        )
    yield from _one_stratum(drawn, out, len(main))


def _one_stratum(drawn: Draw, out: list[Pick], main: int) -> Iterator[Remark]:
    """Strata where replacements gather. RARE is shared out over the strata (Bonferroni)."""
    sizes = {label: size for label, size in drawn.sizes if size}
    for label, size in sizes.items():
        here = tuple(pick.reference for pick in out if pick.stratum == label)
        chance = at_least_here(len(here), size, len(out), main) if here else 1.0
        if chance < RARE / len(sizes):
            yield Remark(
                "one-stratum",
                f"{len(here)} of the {len(out)} replaced plans are in {label}, which holds {size} "
                f"of the {main} drawn: by chance that would come about {_odds(chance)}.",
                here,
            )


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _odds(chance: float) -> str:
    """“less than 1 time in 100”: the next rounder, more cautious figure."""
    for times in (100_000, 10_000, 1_000, 200):
        if chance < 1 / times:
            return f"less than 1 time in {times:,}"
    return "less than 1 time in 100"
