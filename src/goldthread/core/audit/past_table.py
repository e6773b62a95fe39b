"""A table of past audits out of a workbook: one row an audit, or one sheet an audit.

What says who a child, a parent or an auditor is, is left out here, before anything else is done.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from goldthread.core.audit.book import Book, BookError, Sheet, letters
from goldthread.core.audit.mapping import plain
from goldthread.core.audit.remark import counted

SEARCHED = 25
"""Rows in which the headings are looked for, under titles and merged headings."""
MOST_ROWS = 5_000
MOST_COLUMNS = 300
WORDY = 120
"""Characters of a cell from which a column is free words, that nothing is made of."""
Layout = Literal["rows", "sheets"]
_TOTAL = re.compile(
    r"((grand|sub|overall)[ -]?)?totals?|averages?|means?|counts?|sums?|percent(age)?s?|max(imum)?|"
    r"min(imum)?|% (met|yes)",
    re.IGNORECASE,
)
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True)
class PastRow:
    """One audit as the file has it. `spots`: the cell of each value, “D7”."""

    place: str
    """“row 12” or the name of the sheet."""
    sheet: str
    cells: tuple[str, ...]
    spots: tuple[str, ...]
    unworked: tuple[int, ...] = ()
    """Columns whose cell holds a formula without a result."""

    def where(self, column: int) -> str:
        return f"Sheet “{self.sheet}”, cell {self.spots[column]}"


@dataclass(frozen=True)
class PastTable:
    """`headers` are each once; `left_out`: headings of columns with people or free words;
    `numbers`: headings of which the cells were made digests; `notes`: what was read in spite of
    something, or passed over, each a sentence."""

    name: str
    layout: Layout
    sheet: str
    head: int
    headers: tuple[str, ...]
    rows: tuple[PastRow, ...]
    left_out: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def column(self, header: str) -> int:
        """Errors: ValueError where there is none."""
        return self.headers.index(header)

    def counted(self, header: str) -> Counter[str]:
        """Each different value of a column -> how often it comes; blanks left out."""
        at = self.column(header)
        return Counter(row.cells[at] for row in self.rows if row.cells[at])

    def values(self, header: str) -> tuple[str, ...]:
        return tuple(self.counted(header))


# --- One row an audit ------------------------------------------------------------------------


def table_of_rows(book: Book, sheet: str = "", head: int = 0, known: Collection[str] = ()
                  ) -> PastTable:  # fmt: skip
    """The table of a sheet. `head`: row of the headings from 1, 0 to find it; `known`: plain
    headings by which it is found.

    Errors: BookError when there is no such sheet or nothing that looks like a table of audits.
    """
    chosen = _chosen(book, sheet, known)
    at = head - 1 if head else _head(chosen, known)
    if at < 0 or at >= len(chosen.rows) - 1:
        raise BookError(
            f"{book.name}, sheet “{chosen.name}”: no row of audits stands below row {at + 1}: say "
            "in which row the headings are."
        )
    _check_turned(book, chosen, at, known)
    headers = _headers(chosen, at)
    used = [c for c, h in enumerate(headers) if h][:MOST_COLUMNS]
    notes: list[str] = []
    rows = tuple(_rows(chosen, at, used, notes))
    notes = [*_notes(book, chosen, used, [int(row.place[4:]) - 1 for row in rows]), *notes]
    if not rows:
        raise BookError(f"{book.name}, sheet “{chosen.name}” has headings but no audit below them.")
    if len(rows) > MOST_ROWS:
        raise BookError(
            f"{book.name} has {len(rows):,} rows; the most that are brought in at once are "
            f"{MOST_ROWS:,}: bring them in year by year."
        )
    named = _each_once([headers[c] for c in used])
    return PastTable(book.name, "rows", chosen.name, at + 1, named, rows, notes=tuple(notes))


def _chosen(book: Book, name: str, known: Collection[str]) -> Sheet:
    if name:
        found = book.sheet(name)
        if found is None:
            raise BookError(
                f"{book.name} has no sheet called “{name}”: choose another, or give the sheet its "
                "name back."
            )
        return found
    with_rows = [s for s in book.sheets if len(s.rows) > 1]
    if not with_rows:
        raise BookError(f"{book.name} has no sheet with headings and rows: look whether it is "
                        "the right file.")  # fmt: skip
    return max(with_rows, key=lambda s: (not s.hidden, _fit(s, _head(s, known), known),
                                         len(s.rows)))  # fmt: skip


def _fit(sheet: Sheet, row: int, known: Collection[str]) -> int:
    return len({plain(cell) for cell in sheet.rows[row]} & set(known)) if row >= 0 else 0


def _head(sheet: Sheet, known: Collection[str]) -> int:
    """The row with most known headings, then with most different texts; the first of equals."""
    scored = [
        (4 * _fit(sheet, i, known) + len({c for c in row if c and not _is_number(c)}), -i)
        for i, row in enumerate(sheet.rows[:SEARCHED])
    ]
    best = max(scored, default=(0, 1))
    return -best[1]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[\d.,%/: -]+", text) is not None


def _headers(sheet: Sheet, at: int) -> list[str]:
    """One heading a column: a merged one for all its columns, with the group above it where it
    would not be alone; the column's letter where it has none but cells below."""
    row = list(sheet.rows[at])
    wide = max(len(r) for r in sheet.rows[at:])
    row += [""] * (wide - len(row))
    for r, c, r2, c2 in sheet.merged:
        if r <= at <= r2:
            for column in range(c, min(c2 + 1, wide)):
                row[column] = row[column] or sheet.cell(r, c)
    group = ""
    alone = Counter(row)
    headers = []
    for column, cell in enumerate(row):
        group = sheet.cell(at - 1, column) or group
        said = " ".join(cell.split())[:200]
        if not said and any(sheet.cell(r, column) for r in range(at + 1, len(sheet.rows))):
            said = f"Column {letters(column)}"
        elif said and alone[cell] > 1 and group and at:
            said = f"{group}: {said}"[:200]
        headers.append(said)
    return headers


def _each_once(headers: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        seen[header] += 1
        found.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(found)


def _rows(sheet: Sheet, at: int, used: Sequence[int], notes: list[str]) -> list[PastRow]:
    found = []
    for r in range(at + 1, len(sheet.rows)):
        cells = tuple(sheet.cell(r, c) for c in used)
        first = next((cell for cell in cells if cell), "")
        if not first:
            continue
        if _TOTAL.fullmatch(first.rstrip(":")):
            notes.append(f"Sheet “{sheet.name}”, row {r + 1} is a row of totals; it was left out.")
            continue
        unworked = tuple(i for i, c in enumerate(used) if (r, c) in sheet.formulas and not cells[i])
        spots = tuple(f"{letters(c)}{r + 1}" for c in used)
        found.append(PastRow(f"row {r + 1}", sheet.name, cells, spots, unworked))
    return found


def _check_turned(book: Book, sheet: Sheet, at: int, known: Collection[str]) -> None:
    """Errors: BookError for one column an audit."""
    down = sum(plain(sheet.cell(r, 0)) in known for r in range(len(sheet.rows)))
    wide = max(len(row) for row in sheet.rows)
    if down > 1 and _fit(sheet, at, known) < 2 and wide > 2:
        raise BookError(
            f"{book.name}, sheet “{sheet.name}” has one column an audit, which is not read: copy "
            "it, choose Paste Special, Transpose on a new sheet, and send that."
        )


def _notes(book: Book, sheet: Sheet, used: Sequence[int], kept: Sequence[int]) -> list[str]:
    """What is to be said of the columns and rows (from 0) that were read."""
    where = f"Sheet “{sheet.name}”"
    notes = []
    if book.macros:
        notes.append(f"{book.name} holds macros; they were not run.")
    if sheet.hidden:
        notes.append(f"{where} is hidden; it was read.")
    if hidden := [letters(c) for c in used if c in sheet.hidden_columns]:
        notes.append(f"{where}: hidden columns were read: {', '.join(hidden[:20])}.")
    if rows := [r + 1 for r in kept if r in sheet.hidden_rows]:
        said = ", ".join(map(str, rows[:20])) + (" and more" if len(rows) > 20 else "")
        notes.append(f"{where}: hidden rows were read: {said}.")
    alive, columns = set(kept), set(used)
    if worked := [s for s in sheet.formulas if s[0] in alive and s[1] in columns]:
        notes.append(f"{where}: formulas stand in {counted(len(worked), 'cell')}; the results that "
                     "the file kept were read.")  # fmt: skip
    if any(m[2] > m[0] and m[2] in alive for m in sheet.merged):
        notes.append(f"{where}: some cells are merged over several rows; only the first row of "
                     "each has the value.")  # fmt: skip
    return notes


# --- One sheet an audit ----------------------------------------------------------------------


def table_of_sheets(book: Book) -> PastTable:
    """One audit from each sheet: a label, and what it says in the next filled cell to its right.

    Errors: BookError when no two sheets have labels in common.
    """
    read = [(sheet, _labelled(sheet)) for sheet in book.sheets if sheet.rows]
    common = Counter(plain(label) for _, told in read for label in {n for n, _, _ in told})
    least = max(2, len(read) // 3) if len(read) > 1 else 1
    kept = [(s, [t for t in told if common[plain(t[0])] >= least]) for s, told in read]
    kept = [(s, told) for s, told in kept if len(told) > 1]
    if not kept:
        raise BookError(
            f"{book.name} has no sheets that are laid out alike, a label and its answer beside it: "
            "send a table with one row an audit instead."
        )
    headers: dict[str, str] = {}
    for _, told in kept:
        for name, _, _ in told:
            headers.setdefault(plain(name), name)
    rows = tuple(_sheet_row(sheet, told, list(headers)) for sheet, told in kept[:MOST_ROWS])
    other = [s.name for s, _ in read if s not in [k for k, _ in kept]]
    notes = [f"The sheets {', '.join(f'“{n}”' for n in other[:10])} are laid out otherwise; they "
             "were left out."] if other else []  # fmt: skip
    if hidden := [s.name for s, _ in kept if s.hidden]:
        said = ", ".join(f"“{n}”" for n in hidden[:10])
        notes.append(f"Hidden sheets were read: {said}.")
    if book.macros:
        notes.append(f"{book.name} holds macros; they were not run.")
    return PastTable(
        book.name, "sheets", "", 0, tuple(headers.values())[:MOST_COLUMNS], rows,
        notes=tuple(notes),
    )  # fmt: skip


_Labelled = tuple[str, str, tuple[int, int]]


def _labelled(sheet: Sheet) -> list[_Labelled]:
    """Each label, its value and where that stands; the first of a label twice."""
    found: dict[str, _Labelled] = {}
    for r, row in enumerate(sheet.rows):
        filled = [c for c, cell in enumerate(row) if cell]
        if not filled:
            continue
        label = " ".join(row[filled[0]].split()).rstrip(":")[:200]
        value = filled[1] if len(filled) > 1 else filled[0] + 1
        if plain(label) and not _is_number(label):
            found.setdefault(plain(label), (label, sheet.cell(r, value), (r, value)))
    return list(found.values())


def _sheet_row(sheet: Sheet, told: Sequence[_Labelled], headers: Sequence[str]) -> PastRow:
    by_label = {plain(name): (value, spot) for name, value, spot in told}
    cells, spots, unworked = [], [], []
    for i, header in enumerate(headers[:MOST_COLUMNS]):
        value, (r, c) = by_label.get(header, ("", (0, 0)))
        cells.append(value)
        spots.append(f"{letters(c)}{r + 1}")
        if (r, c) in sheet.formulas and not value:
            unworked.append(i)
    return PastRow(f"sheet “{sheet.name}”", sheet.name, tuple(cells), tuple(spots), tuple(unworked))


# --- Who somebody is -------------------------------------------------------------------------


def without_people(
    table: PastTable, personal: Collection[str], numbers: Collection[str],
    digest: Callable[[str], str],
) -> PastTable:  # fmt: skip
    """The table without columns that say who somebody is, or could, being free words: by heading
    (plain) or by what their cells look like. Of a child's numbers only digests stay, to find the
    plan by."""
    drop, hashed = [], []
    for column, header in enumerate(table.headers):
        cells = [row.cells[column] for row in table.rows]
        bare = plain(re.sub(r"\([^)]*\)", "", header))
        if {plain(header), bare} & set(numbers) or any(_UPN.fullmatch(c) for c in cells):
            hashed.append(column)
        elif (
            {plain(header), bare} & set(personal)
            or any(len(c) > WORDY for c in cells)
            or any(_EMAIL.search(c) for c in cells)
        ):
            drop.append(column)
    keep = [c for c in range(len(table.headers)) if c not in drop]
    return replace(
        table,
        headers=tuple(table.headers[c] for c in keep),
        rows=tuple(_only(row, keep, hashed, digest) for row in table.rows),
        left_out=tuple(table.headers[c] for c in drop),
        numbers=tuple(table.headers[c] for c in hashed),
    )


def _only(
    row: PastRow, keep: Sequence[int], hashed: Collection[int], digest: Callable[[str], str]
) -> PastRow:
    cells = tuple(
        digest(row.cells[c]) if c in hashed and row.cells[c] else row.cells[c] for c in keep
    )
    unworked = tuple(i for i, c in enumerate(keep) if c in row.unworked)
    return PastRow(row.place, row.sheet, cells, tuple(row.spots[c] for c in keep), unworked)


def fingerprint(table: PastTable) -> str:
    """SHA-256 of what the table holds, 64 hex digits."""
    told = "\0".join("\t".join(row.cells) for row in table.rows)
    return hashlib.sha256(("\t".join(table.headers) + "\0" + told).encode()).hexdigest()
