"""Draw a sample that anyone with the list can draw again, so that no plan is hand-picked.

The whole recipe, with a second program of twenty lines: docs/explanation/how-samples-are-drawn.md.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from goldthread.core.audit.frame import Frame
from goldthread.core.audit.remark import counted, listed
from goldthread.core.audit.seeded import below, numbers, shuffled

Role = Literal["main", "reserve"]
RESERVE = 0.05


@dataclass(frozen=True)
class Pick:
    """A plan that was drawn. `order` counts from 1 within its stratum and role."""

    reference: str
    stratum: str
    order: int
    role: Role


@dataclass(frozen=True)
class Draw:
    """A sample with all that is needed to draw it again from the same list.

    `sizes` are the main plans asked for in each stratum, in code point order of the labels;
    `reserve` the share of them (0-1) kept in reserve; `picks` go by stratum, main before reserve.
    """

    period: str
    salt: str
    frame_digest: str
    seed: str
    picks: tuple[Pick, ...]
    sizes: tuple[tuple[str, int], ...]
    reserve: float = RESERVE

    @cached_property
    def by_reference(self) -> Mapping[str, Pick]:
        """Reference -> pick."""
        return {pick.reference: pick for pick in self.picks}

    def of(self, role: Role, stratum: str | None = None) -> tuple[Pick, ...]:
        """The picks of a role, of one stratum or of all, in order."""
        return tuple(
            pick
            for pick in self.picks
            if pick.role == role and (stratum is None or pick.stratum == stratum)
        )


def seed(frame: Frame, period: str, salt: str) -> str:
    """SHA-256 of the frame's text, the period and the published salt, one after the other."""
    for name, value in (("period", period), ("salt", salt)):
        if not value or not value.isprintable() or value != value.strip():
            raise ValueError(f"The {name} must be one line of printable text: got {value!r}.")
    return hashlib.sha256((frame.text + period + salt).encode()).hexdigest()


def draw(
    frame: Frame,
    sizes: Mapping[str, int],
    period: str,
    salt: str,
    reserve: float = RESERVE,
) -> Draw:
    """Draw `sizes` plans from each stratum, and a reserve for plans that prove ineligible.

    Within a stratum the references are shuffled, then taken at even steps from a random start, so
    that each plan has the same chance n/N, and each pair of plans too. The reserve holds `reserve`
    of the stratum's sample, rounded up, at least one where plans remain.
    """
    _check_sizes(frame, sizes)
    if not 0 <= reserve <= 1:
        raise ValueError(f"The reserve must be a share between 0 and 1: got {reserve:g}.")
    seeded = seed(frame, period, salt)
    picks: list[Pick] = []
    for stratum, references in frame.strata.items():
        source = numbers(seeded, f"draw {stratum}")
        picks += _picks(references, stratum, sizes[stratum], reserve, source)
    asked = tuple((stratum, sizes[stratum]) for stratum in frame.strata)
    return Draw(period, salt, frame.digest, seeded, tuple(picks), asked, reserve)


def positions(start: int, wanted: int, held: int) -> tuple[int, ...]:
    """Even steps round a ring of `held` places: start + floor(i held / wanted), i from 0.

    The steps are never 0 as wanted <= held, so the places differ; and over all starts each place
    is taken `wanted` times: every plan's chance is exactly wanted/held.
    """
    return tuple((start + i * held // wanted) % held for i in range(wanted))


def running_order(drawn: Draw) -> tuple[Pick, ...]:
    """The main plans in the order to audit them: any first part of it is spread over the strata.

    A stratum's plan number k of n stands at (k - 1/2)/n. Equals go in an order of the strata that
    is shuffled by the seed, so that no stratum is always early for its name.
    """
    sizes = dict(drawn.sizes)
    strata = shuffled(sizes, numbers(drawn.seed, "strata"))
    turn = {stratum: number for number, stratum in enumerate(strata)}

    def place(pick: Pick) -> tuple[Fraction, int]:
        return Fraction(2 * pick.order - 1, 2 * sizes[pick.stratum]), turn[pick.stratum]

    return tuple(sorted(drawn.of("main"), key=place))


def replacement(drawn: Draw, reference: str, already: Iterable[str]) -> Pick | None:
    """The next reserve plan of the same stratum, or None when all of them are used.

    `already`: the reserve plans taken, or found ineligible, before. ValueError for a plan that
    was not drawn.
    """
    pick = drawn.by_reference.get(reference)
    if pick is None:
        raise ValueError(f"{reference} was not drawn, so nothing can replace it.")
    used = {reference, *already}
    free = (other for other in drawn.of("reserve", pick.stratum) if other.reference not in used)
    return next(free, None)


def redraw_differs(frame: Frame, drawn: Draw) -> tuple[str, ...]:
    """How a stored draw departs from one made again now: sentences, none where they agree."""
    if frame.digest != drawn.frame_digest:
        return (
            "The list of plans is not the one that was drawn from: its digest is "
            f"{frame.digest[:12]}…, the draw's is {drawn.frame_digest[:12]}….",
        )
    try:
        again = draw(frame, dict(drawn.sizes), drawn.period, drawn.salt, drawn.reserve)
    except ValueError as error:
        return (f"The draw cannot be made again: {error}",)
    said = [*_seeds_differ(drawn, again), *_picks_differ(drawn, again)]
    return tuple(said)


def _check_sizes(frame: Frame, sizes: Mapping[str, int]) -> None:
    unknown = sorted(set(sizes) - set(frame.strata))
    if unknown:
        raise ValueError(f"No plan is in the stratum {listed(unknown)}.")
    missing = [stratum for stratum in frame.strata if stratum not in sizes]
    if missing:
        raise ValueError(
            f"Say how many plans to draw from {listed(missing)}: 0 leaves a stratum out."
        )
    for stratum, held in frame.sizes.items():
        if not 0 <= sizes[stratum] <= held:
            raise ValueError(
                f"{stratum} holds {counted(held, 'plan')}: {sizes[stratum]} cannot be drawn."
            )


def _picks(
    references: tuple[str, ...], stratum: str, wanted: int, reserve: float, source: Iterator[int]
) -> Iterator[Pick]:
    """The main plans, then the reserve: of what is left, the first that follow the start."""
    if wanted == 0:
        return
    held = len(references)
    order = shuffled(references, source)
    start = below(source, held)
    main = positions(start, wanted, held)
    chosen = set(main)
    left = [place % held for place in range(start, start + held) if place % held not in chosen]
    kept = left[: _reserved(wanted, reserve)]
    for number, place in enumerate(main, 1):
        yield Pick(order[place], stratum, number, "main")
    for number, place in enumerate(kept, 1):
        yield Pick(order[place], stratum, number, "reserve")


def _reserved(wanted: int, reserve: float) -> int:
    """At least one. The share is taken as it is written: .05 of 140 is 7, in floats 7.000…01."""
    return max(1, math.ceil(Fraction(str(reserve)) * wanted))


def _seeds_differ(drawn: Draw, again: Draw) -> Iterator[str]:
    if drawn.seed != again.seed:
        yield (
            f"The seed stored is {drawn.seed[:12]}…; the list, the period {drawn.period} and the "
            f"salt give {again.seed[:12]}…."
        )


def _picks_differ(drawn: Draw, again: Draw) -> Iterator[str]:
    stored, fresh = drawn.by_reference, again.by_reference
    if len(stored) != len(drawn.picks):
        yield "A plan stands in the stored draw more than once."
    for reference, pick in fresh.items():
        if reference not in stored:
            yield f"{reference} should be in the draw ({_said(pick)}) and is not."
    for reference, pick in stored.items():
        if reference not in fresh:
            yield f"{reference} is in the draw ({_said(pick)}) and should not be."
        elif pick != fresh[reference]:
            rightly = _said(fresh[reference])
            yield f"{reference} is {_said(pick)} in the draw and should be {rightly}."


def _said(pick: Pick) -> str:
    return f"{pick.role} plan {pick.order} of {pick.stratum}"
