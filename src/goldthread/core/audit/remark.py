"""Something to be said about a sample or an allotment: a sentence, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """`kind` is a short code for pages and tests; `about` holds plan references or auditor ids."""

    kind: str
    sentence: str
    about: tuple[str, ...] = ()


def listed(names: tuple[str, ...] | list[str], most: int = 5) -> str:
    """“A”, “A and B”, “A, B and C”, or “A, B and 7 others” where there are more than `most`."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} others"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """“1 plan”, “2 plans”; `many` where an s is not enough."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
