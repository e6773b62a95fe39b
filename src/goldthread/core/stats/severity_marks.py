"""Marks as columns, and what of them a severity model can use.

A mark is one answer by one judge to one criterion of one plan. Not applicable and cannot decide
are no marks: leave them out, or give None.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .linking import linking

Codes = NDArray[np.intp]
Row = tuple[Hashable, Hashable, Hashable, int | None]


@dataclass(frozen=True, eq=False)
class Ratings:
    """Marks as columns of equal length, each a code into its row of names.

    `plan[i]`, `criterion[i]`, `judge[i]`: places in `plans`, `criteria`, `judges`; `value[i]`: the
    answer, 0 or more. `tops[c]`: the highest answer that criterion c has (2 for presence).
    """

    plan: Codes
    criterion: Codes
    judge: Codes
    value: Codes
    plans: tuple[Hashable, ...]
    criteria: tuple[Hashable, ...]
    judges: tuple[Hashable, ...]
    tops: Codes


def _coded(labels: Sequence[Hashable]) -> tuple[Codes, tuple[Hashable, ...]]:
    places: dict[Hashable, int] = {}
    codes = [places.setdefault(label, len(places)) for label in labels]
    return np.array(codes, dtype=np.intp), tuple(places)


def ratings_of(rows: Iterable[Row], tops: Mapping[Hashable, int] | None = None) -> Ratings:
    """Marks from rows (plan, criterion, judge, answer); an answer of None is left out.

    `tops`: the highest answer of each criterion, 3 where it is not named (or none is given and
    no mark is higher). ValueError for answers that are not whole, negative or above the top.
    """
    kept = [row for row in rows if row[3] is not None]
    if not kept:
        raise ValueError("There are no marks to compare auditors by.")
    plan, plans = _coded([row[0] for row in kept])
    criterion, criteria = _coded([row[1] for row in kept])
    judge, judges = _coded([row[2] for row in kept])
    given = np.array([row[3] for row in kept], dtype=np.float64)
    value = given.astype(np.intp)
    if (value != given).any() or value.min() < 0:
        raise ValueError("Answers must be whole numbers from 0; leave out any other.")
    usual = max(3, int(value.max())) if tops is None else 3
    top = np.array([(tops or {}).get(name, usual) for name in criteria], dtype=np.intp)
    over = np.flatnonzero(value > top[criterion])
    if over.size:
        at = int(over[0])
        name = criteria[criterion[at]]
        raise ValueError(f"{name} has answers up to {top[criterion[at]]}: got {value[at]}.")
    return Ratings(plan, criterion, judge, value, plans, criteria, judges, top)


@dataclass(frozen=True, eq=False)
class Usable:
    """The marks that tell judges apart, with answers as steps 0, 1, 2 … of those that occur.

    `rows`: which marks; `kept`: which criteria, in order; `constant`: for the others the answer
    that all gave. `scale`: the answers that occur. `step`, `top`: a mark's place on that scale,
    and the highest place its criterion has. `criterion`: places in `kept`. `groups`: for each
    judge the group of linked judges; `plan_group`: for each plan.
    """

    ratings: Ratings
    rows: Codes
    kept: Codes
    constant: Mapping[int, int]
    scale: Codes
    step: Codes
    top: Codes
    criterion: Codes
    groups: Codes
    plan_group: Codes


def _uninformative(criterion: Codes, step: Codes, top: Codes, criteria: int) -> NDArray[np.bool_]:
    """Criteria to which all marks are the lowest, or all the highest, answer.

    Their difficulty would run off to infinity, and they tell no judge from another.
    """
    marks = np.bincount(criterion, minlength=criteria)
    lowest = np.bincount(criterion, step == 0, minlength=criteria)
    highest = np.bincount(criterion, step == top, minlength=criteria)
    return np.asarray((lowest == marks) | (highest == marks))


def usable(ratings: Ratings) -> Usable:
    """What a fit can use. ValueError, one sentence, where there is nothing to compare."""
    groups, plan_group = _groups(ratings)
    rows = np.arange(ratings.value.size)
    constant: dict[int, int] = {}
    while True:
        value, criterion = ratings.value[rows], ratings.criterion[rows]
        scale = np.unique(value)
        step = np.searchsorted(scale, value)
        tops = np.searchsorted(scale, ratings.tops, side="right") - 1
        none = _uninformative(criterion, step, tops[criterion], len(ratings.criteria))
        out = none & (np.bincount(criterion, minlength=none.size) > 0)
        if not out.any():
            break
        for place in np.flatnonzero(out).tolist():
            constant[place] = int(value[criterion == place][0])
        rows = rows[~out[criterion]]
        if rows.size == 0:
            raise ValueError(
                "To each criterion everyone gave the same lowest or highest answer, so no "
                "auditor can be told from another."
            )
    kept, local = np.unique(criterion, return_inverse=True)
    return Usable(
        ratings, rows, kept, constant, scale, step, tops[criterion], local, groups, plan_group
    )


def _groups(ratings: Ratings) -> tuple[Codes, Codes]:
    """Group of each judge and of each plan, the largest group of judges first."""
    if len(ratings.judges) < 2:
        raise ValueError(
            f"All marks are by one auditor ({ratings.judges[0]}): severity needs at least two."
        )
    pairs = np.unique(np.column_stack([ratings.plan, ratings.judge]), axis=0)
    found = linking([(int(p), int(r)) for p, r in pairs])
    if all(len(part.auditors) < 2 for part in found.components):
        raise ValueError(
            "No plan was marked by two auditors, so strictness cannot be told from poorer plans."
        )
    groups = np.zeros(len(ratings.judges), dtype=np.intp)
    plan_group = np.zeros(len(ratings.plans), dtype=np.intp)
    for number, part in enumerate(found.components):
        groups[list(part.auditors)] = number
        plan_group[list(part.plans)] = number
    return groups, plan_group
