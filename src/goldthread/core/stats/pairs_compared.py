"""Paired comparisons: which of two is better, many times, made one scale (Bradley and Terry 1952).

A second opinion without severity: whoever compares two plans side by side is as strict with the
one as with the other (methods, d.7).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse, special
from scipy.sparse import csgraph

from .inputs import Floats, numbers, probability
from .intervals import normal_quantile

_ROUNDS = 100


@dataclass(frozen=True, eq=False)
class BradleyTerry:
    """Strengths in logits (sum 0) with standard errors and intervals, in the order of the table.

    All None, with `why`, where they are not finite or not comparable. `n`: comparisons.
    """

    strengths: tuple[float, ...] | None
    ses: tuple[float, ...] | None
    lows: tuple[float, ...] | None
    highs: tuple[float, ...] | None
    n: float
    why: str
    covariance: Floats | None

    def difference(self, first: int, second: int) -> tuple[float, float] | None:
        """Log odds that the first beats the second, and their standard error."""
        if self.strengths is None or self.covariance is None:
            return None
        c = self.covariance
        se = math.sqrt(float(c[first, first] + c[second, second] - 2 * c[first, second]))
        return self.strengths[first] - self.strengths[second], se


def _wins(wins: ArrayLike) -> Floats:
    table = numbers("wins", wins)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or table.shape[0] < 2:
        raise ValueError("wins must be square: wins[i][j] is how often i beat j, for 2 or more.")
    if (table < 0).any() or np.diagonal(table).any():
        raise ValueError("wins must not be negative, and nothing is compared with itself.")
    return table


def _why_not(table: Floats, ridge: float) -> str:
    """Why there are no strengths, or nothing. Ford (1957): everyone must be reachable from
    everyone by wins; with a ridge it is enough that comparisons join all."""
    played = sparse.csr_array(table + table.T)
    parts, _ = csgraph.connected_components(played, directed=False)
    if parts > 1:
        return f"The comparisons fall into {parts} groups that were never compared with each other."
    if ridge:
        return ""
    strong, label = csgraph.connected_components(
        sparse.csr_array(table), directed=True, connection="strong"
    )
    if strong == 1:
        return ""
    for number in range(strong):
        inside, outside = label == number, label != number
        names = ", ".join(str(place + 1) for place in np.flatnonzero(inside))
        if not table[np.ix_(outside, inside)].any():
            return f"Number {names} never lost to any of the others: more comparisons are needed."
    return "Some never lost to the others: more comparisons are needed."


def bradley_terry(wins: ArrayLike, ridge: float = 0.0, confidence: float = 0.95) -> BradleyTerry:
    """Strengths by maximum likelihood (Newton), centred on 0.

    `wins[i][j]`: how often i beat j; a draw is half a win for each. `ridge`: with more than 0 a
    normal prior of variance 1/ridge holds the undefeated within bounds. Without it somebody who
    never lost, and always a comparison in separate groups, leaves no strengths: None, and why.
    """
    table = _wins(wins)
    if not ridge >= 0:
        raise ValueError(f"ridge must not be negative: got {ridge:g}.")
    z = normal_quantile(probability("confidence", confidence))
    n = float(table.sum())
    why = _why_not(table, ridge)
    if why:
        return BradleyTerry(None, None, None, None, n, why, None)
    strengths = _climb(table, ridge)
    centre = np.eye(table.shape[0]) - 1 / table.shape[0]
    bend = _curvature(table, strengths, ridge)[1]
    covariance = centre @ np.linalg.pinv(bend, hermitian=True) @ centre
    ses = np.sqrt(np.maximum(np.diagonal(covariance), 0.0))
    return BradleyTerry(
        tuple(strengths.tolist()),
        tuple(ses.tolist()),
        tuple((strengths - z * ses).tolist()),
        tuple((strengths + z * ses).tolist()),
        n,
        "",
        covariance,
    )


def _curvature(table: Floats, strengths: Floats, ridge: float) -> tuple[Floats, Floats]:
    """Slope and curvature of minus the log-likelihood."""
    played = table + table.T
    chance = special.expit(np.subtract.outer(strengths, strengths))
    slope = (played * chance).sum(axis=1) - table.sum(axis=1) + ridge * strengths
    bend = played * chance * (1 - chance)
    return slope, np.diag(bend.sum(axis=1) + ridge) - bend


def _value(table: Floats, strengths: Floats, ridge: float) -> float:
    apart = np.subtract.outer(strengths, strengths)
    return float((table * np.logaddexp(0, -apart)).sum() + ridge * strengths @ strengths / 2)


def _climb(table: Floats, ridge: float) -> Floats:
    """Newton's method with halved steps; the sum of strengths stays 0."""
    strengths = np.zeros(table.shape[0])
    value = _value(table, strengths, ridge)
    for _ in range(_ROUNDS):
        slope, bend = _curvature(table, strengths, ridge)
        step = -np.linalg.pinv(bend, hermitian=True) @ slope
        length = 1.0
        while (new := _value(table, strengths + length * step, ridge)) > value and length > 1e-6:
            length /= 2
        strengths, value = strengths + length * step, min(new, value)
        if float(np.abs(step).max()) < 1e-10:
            break
    return np.asarray(strengths - strengths.mean())
