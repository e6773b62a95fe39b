"""What every page shows around its content: navigation, footer links, version."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from goldthread import __version__

# (URL name, path when no such name is registered, words)
NAVIGATION = (
    ("find", "/", "Find an authority"),
    ("compare", "/compare", "Compare several"),
    ("england", "/england", "England"),
    ("check", "/check", "Check a plan"),
    ("try", "/try", "Try a sentence"),
    ("standard", "/standard", "The standard"),
    ("measures", "/measures", "Measures"),
    ("data", "/data", "Data"),
    ("methods", "/methods", "Methods"),
    ("places", "/work/", "Sign in"),
)
FOOTER = (
    ("accessibility", "/accessibility", "Accessibility"),
    ("privacy", "/privacy", "Privacy"),
    ("data", "/data", "Data sources"),
    ("methods", "/methods", "Methods"),
    ("api", "/api", "API"),
)


@dataclass(frozen=True)
class Link:
    """`current` is the value of aria-current: page, true (somewhere below), or empty."""

    path: str
    text: str
    current: str = ""

    @property
    def active(self) -> bool:
        return bool(self.current)


def layout(request: HttpRequest) -> dict[str, object]:
    """Context processor: `navigation`, `footer_links`, `version`."""
    return {
        "navigation": [_link(*row, at=request.path) for row in NAVIGATION],
        "footer_links": [_link(*row) for row in FOOTER],
        "version": __version__,
    }


def _link(name: str, fallback: str, text: str, at: str | None = None) -> Link:
    try:
        path = reverse(name)
    except NoReverseMatch:
        path = fallback
    return Link(path, text, _current(path, at))


def _current(path: str, at: str | None) -> str:
    if at is None:
        return ""
    if at == path:
        return "page"
    return "true" if path != "/" and at.startswith(path.rstrip("/") + "/") else ""
