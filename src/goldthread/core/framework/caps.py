"""What keeps a grade down whatever its index: gates that were not met (`framework.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.core.framework.framework import Framework
from goldthread.core.framework.scale import BandId, CapRule


@dataclass(frozen=True, slots=True)
class Cap:
    """Why the band is not higher."""

    band: BandId
    """The highest band that is left."""
    reason: str
    criteria: tuple[str, ...]


def caps_of(
    framework: Framework, answers: Mapping[str, object], quantified: float | None
) -> tuple[Cap, ...]:
    """The caps that these answers bring on, in the framework's order, each with its reason.

    `quantified`: share of F's items that are quantified, 0 to 1, where known.
    """
    rules = framework.grading.caps if framework.grading else ()
    found = (
        _gate(framework, r, answers) if r.gate else _counted(framework, r, quantified)
        for r in rules
    )
    return tuple(cap for cap in found if cap is not None)


def _gate(framework: Framework, rule: CapRule, answers: Mapping[str, object]) -> Cap | None:
    at = tuple(
        c.id for c in framework.criteria if c.gate == rule.gate and answers.get(c.id) == rule.answer
    )
    if len(at) < rule.count:
        return None
    label = framework.band_label(rule.band)
    return Cap(rule.band, rule.reason.format(criteria=_listed(at), band=label), at)


def _counted(framework: Framework, rule: CapRule, quantified: float | None) -> Cap | None:
    least = rule.quantified_below
    if quantified is None or least is None or quantified >= least:
        return None
    label = framework.band_label(rule.band)
    reason = rule.reason.format(share=f"{quantified:.0%}", least=f"{least:.0%}", band=label)
    return Cap(rule.band, reason, (rule.criterion,))


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(p for p in (", ".join(names[:-1]), names[-1]) if p)
