"""Authorities."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from goldthread.api.answers import Format, answer, get
from goldthread.api.schemas import Authorities, AuthorityDetail
from goldthread.core.benchmark.library import Library
from goldthread.core.places import Authority
from goldthread.core.report.record import authority_record
from goldthread.readers.shared import get_benchmark

COLUMNS = ["code", "gss", "name", "kind", "region_code", "region", "area_code", "area", "ranked"]


def register(api: NinjaAPI) -> None:
    get(api, "/authorities", Authorities)(authorities)
    get(api, "/authorities/{code}", AuthorityDetail, (404,))(authority)


def authorities(request: HttpRequest, format: Format | None = None) -> HttpResponse:
    """All authorities of today, in order of name."""
    found = get_benchmark().library.places.current
    body = {"items": [authority_record(a) for a in found]}
    return answer(request, body, lambda: [_row(a) for a in found], COLUMNS, format)


def authority(request: HttpRequest, code: str, format: Format | None = None) -> HttpResponse:
    """One authority, by DfE code, GSS code (old or new) or name.

    An abolished authority is a 404 whose suggestions are its successors' codes.
    """
    library = get_benchmark().library
    found = library.places.get(code)
    return answer(request, _detail(found, library), lambda: [_row(found)], COLUMNS, format)


def _detail(found: Authority, library: Library) -> dict[str, Any]:
    places = library.places
    before = dict.fromkeys(c.source for c in places.predecessors(found.code))
    return {
        **authority_record(found),
        "all_gss": list(found.gss),
        "formed_on": places.formed_on(found.code),
        "formed_from": [{"code": c, "name": places.by_code[c].name} for c in before],
        "neighbours": {
            model.id: list(model.neighbours.get(found.code, ()))
            for model in library.models.values()
        },
    }


def _row(found: Authority) -> dict[str, Any]:
    return {
        "code": found.code,
        "gss": found.gss[0] if found.gss else None,
        "name": found.name,
        "kind": found.kind,
        "region_code": found.region.code,
        "region": found.region.name,
        "area_code": found.area.code,
        "area": found.area.name,
        "ranked": found.ranked,
    }
