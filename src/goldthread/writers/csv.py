"""Tidy rows as CSV that a spreadsheet opens safely.

The one guard against formula injection: every CSV file is written here, and every workbook's texts
go through `neutral` (a test walks all downloads).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run a text as a formula; the wide ones where it is set
to Chinese, Japanese or Korean."""
_QUOTED = re.compile(r"[,;\t|\"\r\n]")
_INSIDE = re.compile(f"(?<=[;\t|\r\n])(?=[{re.escape(''.join(DANGEROUS))}])")
"""Where a new cell would begin with a formula in a spreadsheet that parts cells otherwise, as those
of other countries do."""


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """A header and one line a row; a missing value is empty. RFC 4180, lines end in CR LF."""
    lines = [_line(columns), *(_line([row.get(name) for name in columns]) for row in rows)]
    return "".join(lines)


def _line(values: Sequence[Any]) -> str:
    cells = [_cell(value) for value in values]
    if cells == [""]:
        return '""\r\n'  # else a row of one empty cell would be a blank line
    return ",".join(cells) + "\r\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value) if isinstance(value, int | float) else inert(str(value))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def inert(text: str) -> str:
    """`neutral` of the text and of all that another delimiter would make a cell of."""
    return neutral(_INSIDE.sub("'", text))


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
