"""A check as one self-contained HTML file: nothing is fetched, nothing runs."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from goldthread.core.report.check_record import CheckRecord, LocationRecord
from goldthread.core.report.check_view import view_of
from goldthread.writers.thread_svg import thread_svg


def checked_html(record: CheckRecord) -> str:
    """The plan with its findings beside it, what to mend first, sections, and the thread.

    `record` should hold its paragraphs; without them the plan's text is left out.
    """
    drawn = thread_svg(record.thread) if record.thread.nodes else ""
    return _environment().get_template("checked.html").render(
        view=view_of(record),
        record=record,
        thread=Markup(drawn),  # noqa: S704 - our own, of escaped text
        nodes={n.id: n for n in record.thread.nodes},
    )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("goldthread.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["place"] = place
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["day"] = lambda day: f"{day.day} {day:%B %Y}"
    return environment


def place(location: LocationRecord) -> str:
    """“page 4, table 2, row 3”; a paragraph is named where no table is."""
    parts = [("page", location.page), ("table", location.table), ("row", location.row)]
    if location.table is None:
        parts.append(("paragraph", location.paragraph))
    return ", ".join(f"{name} {number}" for name, number in parts if number is not None)
