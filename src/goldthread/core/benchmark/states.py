"""What may be said of one result beside its peers: the gates of methods b.5, in one place."""

from __future__ import annotations

from goldthread.core.benchmark.values import State

FEWEST_COUNTED = 10
"""Under this an authority's result is shown alone: any comparison would be chance."""
SOME_RELIABILITY = 0.5
"""Under this no state. Between this and GOOD_RELIABILITY only “clearly” is allowed."""
GOOD_RELIABILITY = 0.7
"""From here on every state and a rank interval. By simulation (100 authorities, 30-60 plans) wrong
“clearly” flags stay under 1 % with these gates, and nobody is flagged when all are equal."""
CLEARLY = 0.975
PROBABLY = 0.90
ALIKE = 0.8


def state_of(n: float, reliability: float, above: float, similar: float) -> State:
    """The state for `n` counted, reliability n/(n+M), Pr(higher than the peers' median) and
    Pr(within the margin of it); all but `n` are 0-1."""
    if n < FEWEST_COUNTED:
        return State.OWN_DATA_ONLY
    if reliability < SOME_RELIABILITY:
        return State.CANNOT_TELL
    if similar <= ALIKE:
        if above >= CLEARLY:
            return State.CLEARLY_ABOVE
        if 1 - above >= CLEARLY:
            return State.CLEARLY_BELOW
    if reliability < GOOD_RELIABILITY:
        return State.NO_CLEAR_DIFFERENCE
    return _softer(above, similar)


def _softer(above: float, similar: float) -> State:
    if similar > ALIKE:
        return State.ABOUT_THE_SAME
    if above >= PROBABLY:
        return State.PROBABLY_ABOVE
    if 1 - above >= PROBABLY:
        return State.PROBABLY_BELOW
    return State.NO_CLEAR_DIFFERENCE


def more_needed(n: float, reliability: float) -> int:
    """How many more counts would bring reliability to GOOD_RELIABILITY, given n/(n+M) now."""
    concentration = n * (1 - reliability) / reliability
    wanted = concentration * GOOD_RELIABILITY / (1 - GOOD_RELIABILITY)
    return max(1, round(wanted - n))
