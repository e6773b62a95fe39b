"""`goldthread redraw`: draw a published sample again, from its list alone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.say import progress, stop
from goldthread.core.audit.drawing import RESERVE, Draw, Pick, draw, redraw_differs
from goldthread.core.audit.frame import Frame, read_frame

COLUMNS = ("stratum", "role", "order", "reference")


def redraw(
    frame: Annotated[Path, typer.Argument(help="The list, as downloaded: frame.txt.")],
    period: Annotated[str, typer.Option(help="As on the sample's page: 2026-11.")],
    salt: Annotated[str, typer.Option(help="The published salt.")],
    size: Annotated[
        list[str] | None, typer.Option(help="“Stratum=number”, once for each stratum.")
    ] = None,
    draw_file: Annotated[
        Path | None,
        typer.Option("--draw", help="draw.csv: takes the sizes from it, and compares with it."),
    ] = None,
    reserve: Annotated[float, typer.Option(help="Share of the sample kept in reserve.")] = RESERVE,
) -> None:
    """Draw a sample again and print it; with --draw, say whether it is the one that was drawn.

    Exit code 0: drawn, and the same; 1: it differs, or a file cannot be read; 2: wrong use.
    """
    held = _frame(frame)
    stored = _stored(draw_file, held) if draw_file else ()
    if bool(size) == bool(draw_file):
        stop("Say how many of each stratum: with --size for each one, or with --draw.", code=2)
    sizes = _sizes(size) if size else _counted(stored, held)
    try:
        drawn = draw(held, sizes, period, salt, reserve)
    except ValueError as error:
        stop(str(error), code=2)
    print("\t".join(COLUMNS))
    for pick in drawn.picks:
        print(pick.stratum, pick.role, pick.order, pick.reference, sep="\t")
    progress(f"Digest of the list: {drawn.frame_digest}\nSeed: {drawn.seed}")
    if draw_file:
        _compare(held, drawn, stored)


def _frame(path: Path) -> Frame:
    try:
        # As bytes: a changed line ending is a changed list.
        return read_frame(path.read_bytes().decode("utf-8"))
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror or error}.")
    except ValueError as error:
        stop(f"{path} is not a list to draw from: {error}")


def _stored(path: Path, frame: Frame) -> tuple[Pick, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return tuple(_pick(row, frame) for row in csv.DictReader(lines))
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror or error}.")
    except (ValueError, KeyError, TypeError):
        stop(f"{path} is not a draw: it needs the columns {', '.join(COLUMNS)}.")


def _pick(row: Mapping[str, str], frame: Frame) -> Pick:
    if row["role"] not in ("main", "reserve"):
        raise ValueError(row["role"])
    stratum = row["stratum"]
    # A spreadsheet would take some names for formulas, so the file has an apostrophe before them.
    plain = stratum.removeprefix("'")
    stratum = plain if stratum not in frame.strata and plain in frame.strata else stratum
    role = "main" if row["role"] == "main" else "reserve"
    return Pick(row["reference"], stratum, int(row["order"]), role)  # type: ignore[arg-type]


def _counted(stored: tuple[Pick, ...], frame: Frame) -> dict[str, int]:
    """The size of each stratum, as the draw has it; 0 for one that it does not name."""
    main = Counter(pick.stratum for pick in stored if pick.role == "main")
    return {**dict.fromkeys(frame.strata, 0), **main}


def _sizes(said: list[str]) -> dict[str, int]:
    sizes = {}
    for each in said:
        stratum, _, number = each.rpartition("=")
        if not stratum or not (number.isascii() and number.isdecimal()):
            stop(f"“{each}” is no size: write “Stratum=number”.", code=2)
        sizes[stratum] = int(number)
    return sizes


def _compare(frame: Frame, again: Draw, stored: tuple[Pick, ...]) -> None:
    said = Draw(
        again.period, again.salt, again.frame_digest, again.seed, stored, again.sizes, again.reserve
    )
    differs = redraw_differs(frame, said)
    for sentence in differs:
        progress(sentence)
    if differs:
        stop("This is not the draw that the list, the period and the salt give.")
    progress("The same: this is the draw that the list, the period and the salt give.")
