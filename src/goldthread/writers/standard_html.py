"""The readable standard as one self-contained HTML file: nothing is fetched, nothing runs."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from goldthread.core.report.standard import Standard


def standard_html(standard: Standard) -> str:
    """Every question by section, then indexes by who answers and by training topic."""
    return _environment().get_template("standard.html").render(standard=standard).lstrip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("goldthread.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web"] = lambda link: link if link.startswith("https://") else ""
    return environment
