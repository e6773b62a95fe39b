"""Whom an authority is compared with: neighbours, region, England, or a group of its own choosing.

The authority itself is never among its peers (methods b.1); City of London and Isles of Scilly are
never anybody's; abolished authorities in older lists are left out with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldthread.core.benchmark.library import Library
from goldthread.core.benchmark.values import Comparator
from goldthread.core.places import AbolishedPlace, Authority, UnknownPlace

OWN_GROUP = range(3, 21)
NEIGHBOURS = 10
FEWEST_PEERS = 3


class ComparatorError(ValueError):
    """The wanted comparator cannot be made; the message says why and what to do."""


def comparator(library: Library, authority: Authority, spec: str = "dfe") -> Comparator:
    """The comparator `spec` names: a model's id (`dfe`, `dfe-2021`, `ons`), `region`, `england`, or
    3 to 20 authorities with commas between. Raises `ComparatorError`."""
    spec = spec.strip()
    if spec in library.models:
        return _neighbours(library, authority, spec)
    if spec == "region":
        return _region(library, authority)
    if spec == "england":
        peers = _peers(a for a in library.places.current if a.code != authority.code)
        return Comparator("england", f"the {len(peers)} other authorities of England", peers)
    if "," in spec or spec.startswith("own:"):
        return _own_group(library, authority, spec.removeprefix("own:"))
    known = ", ".join([*library.models, "region", "england"])
    raise ComparatorError(
        f"“{spec}” is no group to compare with. Use one of {known}, "
        "or 3 to 20 authorities' codes with commas between."
    )


def _peers(authorities: Iterable[Authority]) -> tuple[str, ...]:
    return tuple(a.code for a in authorities if a.ranked)


def _neighbours(library: Library, authority: Authority, spec: str) -> Comparator:
    model = library.models[spec]
    codes = model.neighbours.get(authority.code, ())[:NEIGHBOURS]
    if not codes:
        raise ComparatorError(
            f"{model.title} names no neighbours for {authority.name}. "
            "Choose another list, its region, or England."
        )
    by_code = library.places.by_code
    gone = [by_code[c] for c in codes if not by_code[c].current]
    small = [by_code[c] for c in codes if not by_code[c].ranked]
    left_out = (
        *(f"{a.name} is in the list but was abolished, so it is left out." for a in gone),
        *(f"{a.name} is too small to stand in a comparison, so it is left out." for a in small),
    )
    peers = _peers(by_code[c] for c in codes if by_code[c].current)
    return Comparator(spec, f"{len(peers)} statistical neighbours ({model.title})", peers, left_out)


def _region(library: Library, authority: Authority) -> Comparator:
    area = authority.area
    same = [a for a in library.places.current if a.area.code == area.code]
    peers = _peers(a for a in same if a.code != authority.code)
    return Comparator("region", f"the {len(peers)} other authorities of {area.name}", peers)


def _own_group(library: Library, authority: Authority, spec: str) -> Comparator:
    parts = [p for p in re.split(r"\s*,\s*", spec.strip(" ,")) if p]
    if len(parts) > 3 * OWN_GROUP.stop:
        raise ComparatorError(_size_sentence(len(parts)))
    found = dict.fromkeys(_find(library, part) for part in parts)
    left_out = tuple(
        f"{a.name} is too small to stand in a comparison, so it is left out."
        for a in found
        if not a.ranked
    )
    chosen = [a for a in found if a.code != authority.code and a.ranked]
    if len(chosen) not in OWN_GROUP:
        raise ComparatorError(_size_sentence(len(chosen)))
    peers = tuple(a.code for a in chosen)
    return Comparator(f"own:{','.join(peers)}", f"your own group of {len(peers)}", peers, left_out)


def _size_sentence(n: int) -> str:
    return (
        f"A group to compare with needs 3 to 20 other authorities; this one has {n} once the "
        "authority itself, repeats, City of London and Isles of Scilly are left out."
    )


def _find(library: Library, text: str) -> Authority:
    try:
        return library.places.get(text)
    except (UnknownPlace, AbolishedPlace) as error:
        raise ComparatorError(str(error)) from error
