"""How many plans to audit each month, and what becomes of those that were not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.core.audit.remark import counted

CARRIED = 2
"""Months for which what was not done is carried; after that it lapses and is said to be lost."""


@dataclass(frozen=True)
class Month:
    """One month: its own quota, what comes with it, what was done, what is left.

    `carried`: (month it comes from, plans), oldest first. `done`: None where it is not yet known.
    `ahead`: plans of this quota done in earlier months. `left`: of quota and carried together, not
    done. `lapsed`: (month, plans) that were carried for the last time here and not done.
    """

    name: str
    quota: int
    carried: tuple[tuple[str, int], ...]
    ahead: int
    done: int | None
    left: int
    lapsed: tuple[tuple[str, int], ...]

    @property
    def due(self) -> int:
        """Plans to do in this month."""
        return self.quota - self.ahead + sum(number for _, number in self.carried)

    @property
    def sentence(self) -> str:
        """“8 a month; 3 carried from October.” and what was done and lost."""
        return " ".join(_sentences(self))


@dataclass
class _Waiting:
    """A month's plans that are not done yet; `age`: months since."""

    name: str
    number: int
    age: int = 0


@dataclass
class _Desk:
    """What lies there as the months go by."""

    waiting: list[_Waiting] = field(default_factory=list)
    ahead: int = 0


def monthly(plans: int, months: int = 12) -> tuple[int, ...]:
    """`plans` divided over the months: each n/12 rounded up or down, adding up to n.

    All remainders are equal, so largest remainder leaves open which months take one more; they are
    spread evenly over the year, the first month first.
    """
    if plans < 0 or months < 1:
        raise ValueError(f"{plans} plans cannot be divided over {months} months.")
    upto = [-(-plans * month // months) for month in range(months + 1)]
    return tuple(after - before for before, after in pairwise(upto))


def schedule(names: Sequence[str], quotas: Sequence[int], done: Sequence[int]) -> tuple[Month, ...]:
    """Each month with its quota and backlog. `done`: plans audited in the first months, so far.

    What is done counts for the oldest month first, then the month's own quota, then the quotas to
    come. A month that is not yet known carries nothing further: what is due in it stays due.
    """
    if len(names) != len(quotas) or len(done) > len(names):
        raise ValueError(
            "Each month needs a name and a quota, and only a month can have plans done."
        )
    if any(number < 0 for number in (*quotas, *done)):
        raise ValueError("A number of plans must not be negative.")
    desk, months = _Desk(), []
    for at, (name, quota) in enumerate(zip(names, quotas, strict=True)):
        months.append(_month(desk, name, quota, done[at] if at < len(done) else None))
    return tuple(months)


def _month(desk: _Desk, name: str, quota: int, done: int | None) -> Month:
    carried = tuple((old.name, old.number) for old in desk.waiting)
    ahead = min(desk.ahead, quota)
    desk.ahead -= ahead
    if done is None:
        desk.waiting = []
        left = quota - ahead + sum(number for _, number in carried)
        return Month(name, quota, carried, ahead, None, left, ())
    desk.waiting.append(_Waiting(name, quota - ahead))
    desk.ahead += _work_off(desk.waiting, done)
    left = sum(old.number for old in desk.waiting)
    return Month(name, quota, carried, ahead, done, left, _grow_old(desk))


def _work_off(waiting: list[_Waiting], done: int) -> int:
    """Take what was done from the oldest first; what is over."""
    for old in waiting:
        taken = min(old.number, done)
        old.number -= taken
        done -= taken
    return done


def _grow_old(desk: _Desk) -> tuple[tuple[str, int], ...]:
    """A month later: what has been carried for CARRIED months lapses."""
    open_still = [old for old in desk.waiting if old.number]
    for old in open_still:
        old.age += 1
    desk.waiting = [old for old in open_still if old.age <= CARRIED]
    return tuple((old.name, old.number) for old in open_still if old.age > CARRIED)


def _sentences(month: Month) -> list[str]:
    parts = [f"{month.quota} a month"]
    parts += [f"{number} carried from {name}" for name, number in month.carried]
    if month.ahead:
        parts.append(f"{month.ahead} done before")
    said = ["; ".join(parts) + "."]
    if month.done is not None:
        said.append(f"{counted(month.done, 'plan')} done, {month.left} left.")
    said += [
        f"{counted(number, 'plan')} from {name} {'was' if number == 1 else 'were'} not done within "
        f"{CARRIED} months after it: the sample is that much short."
        for name, number in month.lapsed
    ]
    return said
