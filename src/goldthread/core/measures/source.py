"""What a source is: one published file (or family of files) and how its rows become figures.

`reference/sources/*.yaml`, one schema. Column aliases, totals and symbols are content, so that a
new release with other headings is a change of YAML.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from goldthread.core.frozen import Content, Slug

YearKind = Literal["calendar", "academic", "financial", "january", "point", "inspection"]


class Source(Content):
    """A source file and how to read it.

    Layouts: `ees` (DfE statistics files: identifying columns, then one column a series), `wide`
    (the same with other names for the identifying columns), `long` (one row a value; the series
    is named in a column).
    """

    id: Slug
    title: str
    publisher: str
    licence: str
    attribution: str
    release: str
    """Edition, as a reader would name it: “Reporting year 2025, published 26 June 2025”."""
    published: dt.date | None = None
    as_at: str = ""
    """The period that the newest figures describe."""
    link: str = ""
    file: str
    """Path below `reference/`."""
    file_names: tuple[str, ...] = ()
    """What the publisher calls the file in any release, without folder and ending."""
    layout: Literal["ees", "wide", "long"]
    code: str | None = "old_la_code"
    """None for a file about England alone."""
    region: str | None = "region_code"
    level: str | None = "geographic_level"
    year: str = "time_period"
    year_kind: YearKind = "calendar"
    """How the year column is read. `january`: the academic year 202425 is the census of January
    2025. The key of an academic or financial year is the year in which it ends. `inspection`: the
    column holds a date; each area's newest row is read and all get the newest year as their key,
    since "the newest outcome" is one measure however long ago each area's was."""
    year_kinds: dict[YearKind, tuple[str, ...]] = Field(default_factory=dict)
    """Series whose years are of another kind than `year_kind`."""
    years: dict[str, int] = Field(default_factory=dict)
    """Year as printed -> the year it means, where the file does not print it as its kind should."""
    fixed_year: int | None = None
    """For files that carry no year."""
    series: str | None = None
    """The column that names the series (layout `long`)."""
    value: str | None = None
    """The column of values (layout `long`)."""
    totals: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Column -> items that mark the total rows; other rows are breakdowns and are not read."""
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Our column name -> the names it has in other releases (matched without case)."""
    places: dict[str, str] = Field(default_factory=dict)
    """Codes or names as printed -> area code, where the file does not use DfE or GSS codes."""
    columns: tuple[str, ...] = ()
    """The series (layout `wide`)."""
    decimals: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    """Decimals -> series rounded to them, where the file carries float noise; `*` is every series,
    and later entries win."""
    continues: dict[str, str] = Field(default_factory=dict)
    """Series -> `source.series` that it carries on, for areas and years that one has no row of."""
    dates: dict[str, str] = Field(default_factory=dict)
    """Series -> the column with its date, where that is not `year` (year kind `inspection`)."""
    published_on: str | None = None
    """The column with the date of the report, for rows without a date of inspection."""
    words: tuple[str, ...] = ()
    """Columns whose values are text (Yes, No, an inspection outcome), not numbers."""
    sums: tuple[str, ...] = ()
    """Columns whose authority rows must add up to the England row."""
    sums_except: dict[str, str] = Field(default_factory=dict)
    """Column (or column@year) -> why its rows do not add up."""
    notes: tuple[str, ...] = ()
    """The source's traps, in words, for the data page."""
