"""LibreOffice without a window: opens a workbook, has cells filled in, works it out, saves it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

from lxml import etree

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
MISSING = "LibreOffice Calc is missing: apt-get install libreoffice-calc"


def converted(file: Path, kind: str) -> Path | None:
    """The file in another form, beside it; None where no LibreOffice Calc is installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    profile = file.parent / "profile"
    target = file.with_suffix(f".{kind}")
    if target != file:
        target.unlink(missing_ok=True)
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
    subprocess.run(
        [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(file.parent), str(file)],
        env=kept, check=False, timeout=180, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return target if target.is_file() else None


def filled_in(file: Path, sheet: str, cells: Mapping[tuple[str, int], str]) -> Path | None:
    """The workbook after LibreOffice opened it, cells were filled in, everything was worked out
    anew, and LibreOffice saved it as .xlsx. `cells`: (first cell of the row, column) -> text.

    It is filled in as LibreOffice's own flat XML, between opening and saving.
    """
    flat = converted(file, "fods")
    if flat is None:
        return None
    tree = etree.parse(flat)
    for formula in tree.iter(f"{{{TABLE}}}table-cell"):
        if formula.get(f"{{{TABLE}}}formula"):  # without a result, so that it must be worked out
            for name in [n for n in formula.attrib if n.startswith(f"{{{OFFICE}}}")]:
                del formula.attrib[name]
            for child in list(formula):
                formula.remove(child)
    table = next(t for t in tree.iter(f"{{{TABLE}}}table") if t.get(f"{{{TABLE}}}name") == sheet)
    for (name, column), said in cells.items():
        _type_in(_row(table, name), column, said)
    saved = file.parent / "saved.fods"
    tree.write(saved, encoding="utf-8", xml_declaration=True)
    return converted(saved, "xlsx")


def _row(table: etree._Element, name: str) -> etree._Element:
    for row in table.iter(f"{{{TABLE}}}table-row"):
        first = row.find(f"{{{TABLE}}}table-cell")
        if first is not None and "".join(first.itertext()).strip() == name:
            return row
    raise LookupError(name)


def _type_in(row: etree._Element, column: int, said: str) -> None:
    cells = [c for c in row if c.tag.endswith("table-cell")]
    for cell in cells:  # cells alike are written once, with their number
        times = int(cell.attrib.pop(f"{{{TABLE}}}number-columns-repeated", "1"))
        for _ in range(min(times, 40) - 1):
            cell.addnext(deepcopy(cell))
    cell = [c for c in row if c.tag.endswith("table-cell")][column]
    for child in list(cell):
        cell.remove(child)
    cell.set(f"{{{OFFICE}}}value-type", "string")
    for line in said.split("\n"):
        etree.SubElement(cell, f"{{{TEXT}}}p").text = line
