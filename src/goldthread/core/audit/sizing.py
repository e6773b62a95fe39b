"""How many plans to audit: for a figure of one's own, and to be told apart from others.

The two ask for different numbers (methods, b.5 and f), so both are shown, each with a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from goldthread.core.audit.remark import counted
from goldthread.core.stats.inputs import probability
from goldthread.core.stats.intervals import normal_quantile
from goldthread.core.stats.sampling import FLOOR, neyman, sample_size

MARGIN = 0.10
SPREAD = 0.5
"""Standard deviation of a yes-or-no answer where nothing is known: the largest there is."""
RHO = 0.06
"""Share of the variance of plans that lies between authorities, until audits show it."""
RELIABILITIES = (0.5, 0.7, 0.9)
RELIABLE = 0.7
_ALLOWS = {
    0.5: "to say at all whether you are clearly above or below",
    0.7: "for every comparison, and your position as a range",
    0.9: "for differences that hardly move from year to year by chance",
}


@dataclass(frozen=True)
class Precision:
    """`plans` audited of `population` put a share within `margin` (0-1) either way."""

    population: int
    plans: int
    margin: float
    confidence: float
    design_effect: float
    sentence: str


@dataclass(frozen=True)
class Comparing:
    """`plans` give the wanted reliability (0-1); `enough` is whether the authority holds so many.

    `reached`: the reliability with as many of them as there are.
    """

    reliability: float
    plans: int
    enough: bool
    reached: float
    sentence: str


@dataclass(frozen=True)
class Sizing:
    """Both answers, the larger of them, and which that is."""

    population: int
    plans: int
    governs: Literal["precision", "comparison"]
    precision: Precision
    comparing: tuple[Comparing, ...]
    sentence: str


def size(
    population: int,
    margin: float = MARGIN,
    rho: float = RHO,
    reliability: float = RELIABLE,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> Sizing:
    """How many of `population` plans to audit, and why.

    `margin`: the half-width wanted on a share (0-1); `rho`: the share of the variance that lies
    between authorities; `reliability`: what is wanted for comparing (0-1); `design_effect`: how
    many times the variance of simple random drawing (1.3 where few authors wrote many plans).
    """
    precision = for_precision(population, margin, confidence, design_effect)
    steps = sorted({*RELIABILITIES, reliability})
    comparing = tuple(for_comparing(population, step, rho) for step in steps)
    needed = min(population, plans_for(reliability, rho))
    plans = max(precision.plans, needed)
    governs: Literal["precision", "comparison"] = (
        "precision" if precision.plans >= needed else "comparison"
    )
    return Sizing(
        population, plans, governs, precision, comparing, _governing(plans, population, governs)
    )


def for_precision(
    population: int, margin: float, confidence: float = 0.95, design_effect: float = 1.0
) -> Precision:
    """The plans that put a share near one half within `margin` either way; others lie nearer."""
    plans = sample_size(population, margin, SPREAD, confidence, design_effect)
    got = margin_at(population, plans, confidence, design_effect)
    sentence = (
        f"With all {counted(population, 'plan')} audited there is no margin: you have counted."
        if plans == population
        else f"Audit {plans:,} of your {population:,} plans and a share such as “half of plans” is "
        f"likely within {_points(got)} of the truth, {round(confidence * 100)} times in 100."
    )
    return Precision(population, plans, got, confidence, design_effect, sentence)


def for_comparing(population: int, reliability: float, rho: float = RHO) -> Comparing:
    """The plans that let differences between authorities stand out from chance."""
    plans = plans_for(reliability, rho)
    reached = reliability_at(min(plans, population), rho)
    because = _ALLOWS.get(reliability, "for comparisons as sure as that")
    sentence = f"{counted(plans, 'plan')} {_verb(plans)} enough {because}."
    if plans > population:
        sentence = (
            f"{plans:,} plans would be needed {because}; you hold {population:,}. With all of "
            f"them, about {round(reached * 100)} in 100 parts of the differences between "
            "authorities would be more than chance."
        )
    return Comparing(reliability, plans, plans <= population, reached, sentence)


def plans_for(reliability: float, rho: float) -> int:
    """The least n with n/(n+M) >= reliability, where M = 1/rho - 1 (methods, b.5)."""
    wanted = probability("reliability", reliability)
    return math.ceil(wanted / (1 - wanted) * _concentration(rho) - 1e-9)


def reliability_at(plans: int, rho: float) -> float:
    """n/(n+M), M = 1/rho - 1: the share of differences between authorities that is not chance."""
    return plans / (plans + _concentration(rho))


def margin_at(
    population: int, plans: int, confidence: float = 0.95, design_effect: float = 1.0
) -> float:
    """The half-width (0-1) on a share of one half that `plans` of `population` give.

    z sqrt(deff/4n (N-n)/(N-1)): sample_size turned round, 0 where all are audited.
    """
    if not 1 <= plans <= population:
        raise ValueError(f"plans must lie between 1 and {population}: got {plans}.")
    if plans == population:
        return 0.0
    left = (population - plans) / (population - 1)
    return normal_quantile(confidence) * SPREAD * math.sqrt(design_effect * left / plans)


def more_to_know(
    population: int,
    audited: int,
    margin: float = MARGIN,
    confidence: float = 0.95,
    design_effect: float = 1.0,
) -> str:
    """What `audited` plans tell so far and how many more the wanted margin takes: one sentence."""
    wanted = sample_size(population, margin, SPREAD, confidence, design_effect)
    if audited < 1:
        return f"Nothing is audited yet: {counted(wanted, 'plan')} would tell within " + (
            f"{_points(margin)}."
        )
    now = _points(margin_at(population, audited, confidence, design_effect))
    so_far = f"{counted(audited, 'plan')} audited so far {_verb(audited, 'tells', 'tell')}"
    if audited >= wanted:
        return f"{so_far} within {now}, as wanted."
    return (
        f"{so_far} within {now}; {counted(wanted - audited, 'more plan')} would tell within "
        f"{_points(margin)}."
    )


def spread_of(met: int, rated: int) -> float:
    """The standard deviation to plan with from last cycle's answers: `met` of `rated` in a stratum.

    From (met+1)/(rated+2), so that a stratum where all were met is not taken to hold no
    difference at all; with none rated it is .5.
    """
    if not 0 <= met <= rated:
        raise ValueError(f"met must lie between 0 and {rated}: got {met}.")
    share = (met + 1) / (rated + 2)
    return math.sqrt(share * (1 - share))


def allocate(
    plans: int, held: Mapping[str, int], spreads: Mapping[str, float] | None = None
) -> dict[str, int]:
    """Divide `plans` over the strata in proportion to N_h S_h (Neyman), at least 2 in each.

    `held`: stratum -> plans in it; `spreads`: stratum -> last cycle's standard deviation, .5 where
    it has none. Adds up to `plans`. ValueError when there are not 2 for each stratum, or not so
    many plans.
    """
    if not held:
        raise ValueError("There is no stratum to divide the sample over.")
    least = sum(min(FLOOR, number) for number in held.values())
    total = sum(held.values())
    if plans < least:
        raise ValueError(
            f"{plans} plans cannot give {FLOOR} to each of {len(held)} strata: audit at least "
            f"{least}, or draw by fewer facts."
        )
    if plans > total:
        raise ValueError(f"{plans} plans cannot be drawn from {total}.")
    labels = sorted(held)
    known = spreads or {}
    shares = neyman(plans, [held[x] for x in labels], [known.get(x, SPREAD) for x in labels])
    return {label: int(number) for label, number in zip(labels, shares, strict=True)}


def _concentration(rho: float) -> float:
    return 1 / probability("rho", rho) - 1


def _points(share: float) -> str:
    number = round(share * 100, 1)
    return f"{number:g} percentage {'point' if number == 1 else 'points'}"


def _verb(number: int, one: str = "is", many: str = "are") -> str:
    return one if number == 1 else many


def _governing(plans: int, population: int, governs: str) -> str:
    if plans == population:
        return f"Audit all {counted(population, 'plan')}: fewer would not tell as much as you want."
    if governs == "precision":
        return (
            f"Audit {plans:,}: the margin that you want on your own figures asks for more plans "
            "than comparing does."
        )
    return (
        f"Audit {plans:,}: comparing with other authorities asks for more plans than the margin "
        "that you want on your own figures."
    )
