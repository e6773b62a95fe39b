"""Files that are damaged, locked, far too large or made to harm: one clear sentence each."""

from __future__ import annotations

import time
import zlib

import pytest

from goldthread.core.plan.document import ReadingError
from goldthread.readers.pdf import read_pdf
from goldthread.readers.pdf.weighing import MOST_EACH, weigh
from tests.unit.readers.pdf.made import locked, said, sentinels, written_by_hand

PAGE = said([(50, 700, "One line zq1 of text on the only page that there is.")])


def refused(data: bytes) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_pdf(data, "plan.pdf")
    sentence = str(caught.value)
    assert sentence.startswith("plan.pdf ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return caught.value


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40, b"not a PDF", b""],
    ids=["bare", "garbage", "other", "empty"],
)
def test_damaged_files_are_refused(data: bytes) -> None:
    assert refused(data).code == "damaged"


def test_a_file_cut_short_is_refused_or_read_without_invention() -> None:
    whole = written_by_hand([PAGE])
    assert sentinels(read_pdf(whole, "plan.pdf").text) == ["zq1"]
    with pytest.raises(ReadingError):
        read_pdf(whole[: len(whole) // 3], "plan.pdf")


def test_too_many_pages_are_refused() -> None:
    kids = " ".join(["3 0 R"] * 50_000)
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 50000"
        b"/Kids[" + kids.encode() + b"]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R"
        b"/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    error = refused(data)
    assert error.code == "too-many-pages"
    assert "50,000 pages" in str(error)


def test_no_pages_are_refused() -> None:
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0"
    assert refused(data + b"/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF").code in (
        "no-pages", "damaged",
    )  # fmt: skip


def test_content_that_unpacks_to_far_too_much_is_refused_at_once() -> None:
    bomb = b"BT /F1 9 Tf 5 5 Td (x) Tj ET\n" * (300 * 1024 * 1024 // 29)
    data = written_by_hand([bomb])
    del bomb
    assert len(data) < 2_000_000
    begun = time.monotonic()
    assert refused(data).code == "too-much-content"
    assert time.monotonic() - begun < 5


def test_many_small_bombs_together_are_refused() -> None:
    one = zlib.compress(b" " * (5 * 1024 * 1024), 9)
    assert len(one) < MOST_EACH // 1032
    body = b"1 0 obj <</Filter/FlateDecode>> stream\n" + one + b"\nendstream endobj\n"
    with pytest.raises(ReadingError):
        weigh(b"%PDF-1.4\n" + body * 25, "plan.pdf")
    weigh(b"%PDF-1.4\n" + body * 3, "plan.pdf")


def test_content_packed_twice_is_weighed_unpacked_twice() -> None:
    inner = zlib.compress(b" " * (25 * 1024 * 1024), 9)
    body = b"1 0 obj <</Filter[/FlateDecode/FlateDecode]>> stream\n" + zlib.compress(inner)
    with pytest.raises(ReadingError):
        weigh(b"%PDF-1.4\n" + body + b"\nendstream endobj\n", "plan.pdf")


def test_forms_within_themselves_and_huge_pages_do_no_harm() -> None:
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X 5 0 R "
        b">> >> /Length 5 >>\nstream\n/X Do\nendstream"
    )
    data = written_by_hand([PAGE + b"\n/X Do"], more=[form], box="9000000 9000000")
    data = data.replace(b"/Resources << /Font", b"/Resources << /XObject << /X 5 0 R >> /Font")
    assert sentinels(read_pdf(data, "plan.pdf").text) == ["zq1"]


def test_scripts_are_not_run_and_do_not_matter() -> None:
    data = written_by_hand([PAGE]).replace(
        b"<< /Type /Catalog ",
        b"<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Type /Catalog ",
        1,
    )
    assert sentinels(read_pdf(data, "plan.pdf").text) == ["zq1"]


def test_a_password_to_open_is_told_and_one_to_edit_does_not_matter() -> None:
    assert refused(locked(PAGE, user="secret")).code == "password"
    assert sentinels(read_pdf(locked(PAGE, user=""), "plan.pdf").text) == ["zq1"]
