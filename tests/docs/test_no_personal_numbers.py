"""No number shaped like a pupil's (UPN) or a patient's (NHS) stands anywhere in the project."""

import gzip
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).parents[2]
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN = re.compile(rf"(?<![0-9A-Za-z])[{LETTERS}]\d{{11}}[0-9{LETTERS}](?![0-9A-Za-z])")
NHS = re.compile(r"(?<![\w.,£-])\d{3}([ -]?)\d{3}\1\d{4}(?!\w|[.,-]\d)")
MONEY = ("reference/finance/",)
"""Sums of pounds have ten digits too."""


def nhs_number(digits: str) -> bool:
    """Ten digits with the right check digit (modulus 11), not all alike."""
    check = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9]) and check != 10 and len(set(digits)) > 1


def found_in(text: str) -> list[str]:
    upns = [m.group() for m in UPN.finditer(text)]
    numbers = [re.sub(r"\D", "", m.group()) for m in NHS.finditer(text)]
    return upns + [n for n in numbers if nhs_number(n)]


def texts(path: Path) -> Iterator[str]:
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as book:
            yield from (book.read(n).decode("utf-8", "replace") for n in book.namelist())
    elif path.suffix == ".pdf":  # its bytes hold tables of ten-digit places
        with pypdfium2.PdfDocument(path) as document:
            yield from (page.get_textpage().get_text_range() for page in document)
    elif path.suffix == ".gz":
        yield gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    elif path.suffix not in (".png", ".ico", ".woff2"):
        yield path.read_text(encoding="utf-8", errors="replace")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [n for n in listed.stdout.decode().split("\0") if n and not n.startswith(MONEY)]
    return [ROOT / n for n in names if (ROOT / n).is_file()]


def test_no_file_holds_one():
    files = tracked()
    if not files:
        pytest.skip("not a git checkout, so nothing says which files are the project's")
    held = {p.relative_to(ROOT).as_posix(): hits for p in files for t in texts(p)
            if (hits := found_in(t))}  # fmt: skip
    assert held == {}


def test_the_scan_would_find_them():
    upn = "H" + "80120000100" + "1"
    nhs = "943" + "476" + "5919"  # the published example of a valid number
    assert found_in(f"upn {upn}, nhs {nhs[:3]} {nhs[3:6]} {nhs[6:]}.") == [upn, nhs]
    assert found_in(f"nhs {nhs} and {nhs[:3]}-{nhs[3:6]}-{nhs[6:]} here") == [nhs, nhs]
    assert found_in(f"{nhs[:9]}8 and 1111111111 are none") == []
