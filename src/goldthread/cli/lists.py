"""`goldthread lists`: reads a list of plans and says what is in it. Nothing is kept or printed
that points at a person."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from goldthread.checking.job import Refused
from goldthread.checking.listing import read_list_capped
from goldthread.cli.say import stop
from goldthread.core.audit.listing import Listed, Refusal
from goldthread.core.audit.mapping import ColumnMapping
from goldthread.readers.content import ContentError, read_yaml, valid

FORMATS = ("text", "json")
NAMES = {
    "sen2-xml": "SEN2 return (XML)",
    "sen2-csv": "SEN2 return (CSV export)",
    "sen2-excel": "SEN2 return (Excel template)",
    "annex-a": "Annex A, list 1",
    "csv": "CSV table",
    "excel": "Excel table",
}
PLACES = 5
"""Rows that are named for one sentence."""


def lists(
    files: Annotated[list[Path], typer.Argument(help="The files of one list of plans.")],
    authority: Annotated[
        str | None, typer.Option(help="Your three-digit DfE code; other authorities are refused.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="A YAML file that says which column is which.")
    ] = None,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Read a list of plans (SEN2, Annex A, CSV, Excel) and say what is in it and what was refused.

    Exit code 1 when nothing could be read.
    """
    if format not in FORMATS:
        stop(f"There is no format “{format}”; use text or json.", code=2)
    read = read_list_capped(_read(files), dt.date.today(), authority, _mapping(mapping))
    if isinstance(read, Refused):
        stop(read.sentence)
    print(json.dumps(summary(read), indent=2) if format == "json" else told(read))


def _read(paths: list[Path]) -> list[tuple[str, bytes]]:
    found = []
    for path in paths:
        try:
            found.append((path.name, path.read_bytes()))
        except OSError as error:
            stop(f"{path} cannot be read: {error.strerror or error}.")
    return found


def _mapping(path: Path | None) -> ColumnMapping | None:
    if path is None:
        return None
    try:
        found: ColumnMapping = valid(path, ColumnMapping, read_yaml(path))
    except ContentError as error:
        stop(str(error), code=2)
    return found


def summary(listed: Listed) -> dict[str, Any]:
    """Counts and sentences, no person: what `--format json` prints."""
    return {
        "format": listed.format,
        "authority": listed.authority,
        "reference_date": listed.reference_date and listed.reference_date.isoformat(),
        "read": listed.read,
        "plans": len(listed.plans),
        "current": len(listed.current),
        "without_plan": listed.without_plan,
        "refused": len({r.row for r in listed.refused}),
        "kinds": _counted(p.plan_kind for p in listed.current),
        "phases": _counted(p.phase for p in listed.current),
        "settings": _counted(p.setting_kind for p in listed.current),
        "needs": _counted(p.need for p in listed.current),
        "said": [
            {"kind": kind, "code": code, "field": field, "sentence": sentence, "rows": rows}
            for (kind, code, field, sentence), rows in grouped(listed.refusals)
        ],
    }


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    return dict(Counter(value or "not known" for value in values).most_common())


Said = tuple[tuple[str, str, str, str], list[str]]


def grouped(refusals: Iterable[Refusal]) -> list[Said]:
    """(kind, code, field, sentence) -> rows; what was refused first, then the commonest."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for r in refusals:
        rows.setdefault((r.kind, r.code, r.field, r.sentence), []).append(r.row)
    return sorted(rows.items(), key=lambda said: (said[0][0] != "refused", -len(said[1])))


def told(listed: Listed) -> str:
    """The same for people."""
    day = listed.reference_date
    about = [NAMES[listed.format], f"authority {listed.authority or 'not given'}"]
    about += [f"as at {day.day} {day:%B %Y}"] if day else []
    lines = [
        ", ".join(about),
        f"{listed.read:,} read: {len(listed.current):,} plans in force, "
        f"{len(listed.plans) - len(listed.current):,} ceased, "
        f"{listed.without_plan:,} people without a plan, "
        f"{len({r.row for r in listed.refused}):,} refused",
    ]
    for title, values in (
        ("Kind of plan", (p.plan_kind for p in listed.current)),
        ("Phase", (p.phase for p in listed.current)),
        ("Primary need", (p.need for p in listed.current)),
    ):
        counts = ", ".join(f"{name} {n:,}" for name, n in _counted(values).items())
        lines.append(f"{title}: {counts or 'none'}")
    for said in grouped(listed.refusals):
        lines.append(_line(said))
    return "\n".join(lines)


def _line(said: Said) -> str:
    (kind, code, field, sentence), rows = said
    word = "Refused" if kind == "refused" else "Look at"
    where = ", ".join(rows[:PLACES])
    more = f" and {len(rows) - PLACES:,} more" if len(rows) > PLACES else ""
    about = f"{field}: " if field else ""
    return f"{word} ({len(rows):,}): {about}{sentence} {code and f'[{code}] '}{where}{more}"
