"""The menu of an authority's people: what their roles let them do."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

from goldthread.web.layout import Link


class Entry(NamedTuple):
    """`permissions`: any of these shows it."""

    path: str
    text: str
    permissions: tuple[str, ...]


ENTRIES = (
    Entry("", "My work", ("see-my-work",)),
    Entry("plans/", "Plans and advice", ("see-plans", "see-own-plans")),
    Entry("samples/", "Samples", ("see-samples",)),
    Entry("audits/", "Audits", ("see-audits",)),
    Entry("moderation/", "Moderation", ("moderate",)),
    Entry("quality/", "Quality", ("see-figures",)),
    Entry("trust/", "Agreement", ("see-trust",)),
    Entry("calibration/", "Calibration", ("calibrate",)),
    Entry("families/", "Families", ("see-experience",)),
    Entry("people/", "People", ("see-people",)),
    Entry("settings/", "Settings", ("manage-settings",)),
    Entry("log/", "Event log", ("see-log",)),
)


def work_links(request: HttpRequest) -> list[Link]:
    """The entries this person may use, with the current one marked."""
    here = getattr(request, "here", None)
    if here is None:
        return []
    base = f"/work/{here.authority}/"
    shown = (e for e in ENTRIES if any(here.can(p) for p in e.permissions))
    return [Link(base + e.path, e.text, _current(request.path, base, e.path)) for e in shown]


def _current(at: str, base: str, path: str) -> str:
    if at == base + path:
        return "page"
    return "true" if path and at.startswith(base + path) else ""
