"""A report as one self-contained HTML file: nothing is fetched, nothing runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from goldthread.core.report.blocks import Heading, Report

Draw = Callable[[dict[str, Any]], str]
"""A Vega-Lite chart to an `<svg>` element with title and description."""


def html(report: Report, draw: Draw | None = None) -> str:
    """The report with its pictures as inline SVG. `draw` is `writers.charts.svg` unless given."""
    pictures = draw or _svg()
    return _environment().get_template("report.html").render(
        report=report,
        contents=[b for b in report.blocks if isinstance(b, Heading) and b.level == 2],
        # Our own renderer made it from numbers and escaped names.
        svg=lambda spec: Markup(_one_image(pictures(spec))),  # noqa: S704
    )  # fmt: skip


def _one_image(drawn: str) -> str:
    """The picture without Vega's roles inside it: to a reader of the page it is one image with one
    description, and roles without names are errors."""
    return re.sub(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")', "", drawn)


def _svg() -> Draw:
    from goldthread.writers.charts import svg

    return svg


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("goldthread.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind"] = lambda block: type(block).__name__.lower()
    environment.filters["web"] = _web_address
    return environment


def _web_address(link: str) -> str:
    """The link when it is a web address, else nothing: content may not bring in other schemes."""
    return link if link.startswith(("https://", "http://")) else ""
