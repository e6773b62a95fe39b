"""Random numbers that anyone can make again, in any language: SHA-256 in counter mode.

Number i (from 0) of the stream `label` is the first eight bytes, highest first, of the SHA-256 of
“seed<TAB>label<TAB>i” as UTF-8, i in decimal. See docs/explanation/how-samples-are-drawn.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

SPAN = 2**64


def numbers(seed: str, label: str) -> Iterator[int]:
    """Whole numbers from 0 to 2^64 - 1, without end."""
    begun = hashlib.sha256(f"{seed}\t{label}\t".encode())
    at = 0
    while True:
        block = begun.copy()
        block.update(str(at).encode())
        yield int.from_bytes(block.digest()[:8], "big")
        at += 1


def below(source: Iterator[int], limit: int) -> int:
    """A whole number from 0 to limit - 1, each equally likely.

    Numbers in the last, incomplete stretch of `limit` are thrown away; a plain remainder would
    favour the low ones.
    """
    complete = SPAN - SPAN % limit
    number = next(source)
    while number >= complete:
        number = next(source)
    return number % limit


def shuffled(items: Iterable[str], source: Iterator[int]) -> list[str]:
    """The items in random order (Fisher and Yates, from the last place down)."""
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        other = below(source, last + 1)
        order[last], order[other] = order[other], order[last]
    return order
