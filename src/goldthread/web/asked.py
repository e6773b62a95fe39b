"""What an address asks for, read strictly: a sentence for what cannot be understood."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from django.http import HttpRequest, QueryDict

from goldthread.core.benchmark.comparators import ComparatorError
from goldthread.core.benchmark.engine import Benchmark
from goldthread.core.benchmark.values import Comparator
from goldthread.core.places import Authority

LONGEST = 300
"""Characters of any one value; twenty DfE codes need 79."""
IN_ORDER = ("dfe", "ons", "england")
"""Comparators to fall back on where an authority has no neighbours in the first list."""


class Unreadable(ValueError):
    """A part of the address cannot be understood: 400, with the sentence."""


class Elsewhere(Exception):
    """The page has another address."""

    def __init__(self, path: str):
        super().__init__(path)
        self.path = path


def value_of(request: HttpRequest, name: str) -> str:
    """The last value of a parameter without blanks around it, or nothing."""
    text = str(request.GET.get(name, "")).strip()
    if len(text) > LONGEST:
        raise Unreadable(f"The part “{name}” of the address is too long to be right.")
    return text


def values_of(query: QueryDict, name: str, most: int) -> list[str]:
    found = [text.strip() for text in query.getlist(name) if text.strip()]
    if len(found) > most or any(len(text) > LONGEST for text in found):
        raise Unreadable(f"The address names more under “{name}” than this page can take.")
    return list(dict.fromkeys(found))


def authority_of(benchmark: Benchmark, text: str, request: HttpRequest) -> Authority:
    """The authority that an address names. Raises `Elsewhere` when its own address is another,
    `UnknownPlace` and `AbolishedPlace`."""
    authority = benchmark.library.places.get(text[:100])
    if text != authority.slug:
        here = f"/authorities/{quote(text)}/"
        path = request.get_full_path()
        rest = path[len(here) :] if path.startswith(here) else ""
        raise Elsewhere(f"/authorities/{authority.slug}/{rest}")
    return authority


def comparator_of(benchmark: Benchmark, authority: Authority, request: HttpRequest) -> Comparator:
    """The comparator that `peers` names; without it, the first list that has neighbours."""
    spec = value_of(request, "peers")
    if spec:
        return benchmark.comparator(authority, spec)
    return default_comparator(benchmark, authority)


def default_comparator(benchmark: Benchmark, authority: Authority) -> Comparator:
    for spec in IN_ORDER[:-1]:
        try:
            return benchmark.comparator(authority, spec)
        except ComparatorError:
            continue
    return benchmark.comparator(authority, IN_ORDER[-1])


def year_of(request: HttpRequest) -> int | None:
    text = value_of(request, "year")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        raise Unreadable("The year in the address must be four digits, for example 2025.")
    return int(text)


def one_of(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    """The value of a parameter that has few; the first when it is not given."""
    text = value_of(request, name)
    if text and text not in allowed:
        listed = ", ".join(option for option in allowed if option)
        raise Unreadable(f"The part “{name}” of the address must be one of {listed}.")
    return text or allowed[0]


def spec_of(comparator: Comparator) -> str:
    """How an address names a comparator."""
    return comparator.id.removeprefix("own:")


def query(**named: object) -> str:
    """“?peers=ons&year=2024” from what is given; nothing for what is None or empty."""
    kept = {k: v for k, v in named.items() if v not in (None, "")}
    return f"?{urlencode(kept, safe=',')}" if kept else ""


def peers_query(benchmark: Benchmark, authority: Authority, comparator: Comparator) -> str:
    """The comparator's part of an address, empty for the one that is taken anyway."""
    spec = spec_of(comparator)
    return "" if spec == spec_of(default_comparator(benchmark, authority)) else spec
