"""Pages that are pictures: recognised, with their tables, or said not to be."""

from __future__ import annotations

import io
import re
import shutil

import pypdfium2
import pytest
from PIL import Image

from goldthread.core.plan.document import ReadingError
from goldthread.readers.pdf import read_pdf, scan
from tests.unit.readers.pdf.made import rows_of, set_by_typst

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may have the processor meanwhile."""
    monkeypatch.setattr(scan, "SECONDS", 600.0)


BODY = """
= Section F – Provision
Amara will be helped by a trained adult in each lesson of the week.

#table(columns: (3fr, 2fr, 1fr), [What], [Who], [How often],
  [Language work with a trained adult in a quiet room], [Teaching assistant], [Daily],
  [Reading practice in a small group of three children], [Class teacher], [Weekly])
"""


def photographed(body: str, skew: float = 0.0, pages: int = 1) -> bytes:
    drawn = pypdfium2.PdfDocument(set_by_typst(body, tags=False))
    picture = drawn[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    drawn.close()
    picture = picture.rotate(skew, Image.Resampling.BILINEAR, fillcolor=250)
    out = io.BytesIO()
    rest = [picture] * (pages - 1)
    picture.save(out, "PDF", save_all=True, append_images=rest, resolution=200, quality=60)
    return out.getvalue()


@needs_tesseract
@pytest.mark.parametrize("skew", [0.0, 0.7, -0.5])
def test_a_scan_is_read_with_its_table_whole(skew: float) -> None:
    said: list[str] = []
    document = read_pdf(photographed(BODY, skew), "scan.pdf", progress=said.append)
    assert document.kind == "scan"
    assert said == ["page 1 of 1 recognised"]
    assert "Amara will be helped by a trained adult in each lesson of the week." in document.text
    assert re.search(r"Section F\W+Provision", document.text)
    assert rows_of(document) == [
        ["What", "Who", "How often"],
        ["Language work with a trained adult in a quiet room", "Teaching assistant", "Daily"],
        ["Reading practice in a small group of three children", "Class teacher", "Weekly"],
    ]
    assert all(0.8 < p.confidence <= 1 for p in document.paragraphs)
    assert not document.problems


def test_without_tesseract_a_scan_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan.shutil, "which", lambda _: None)
    with pytest.raises(ReadingError, match="install tesseract") as caught:
        read_pdf(photographed(BODY), "scan.pdf")
    assert caught.value.code == "no-text-layer"


def test_without_recognition_a_scan_is_refused() -> None:
    with pytest.raises(ReadingError, match="all 2 pages are pictures"):
        read_pdf(photographed(BODY, pages=2), "scan.pdf", ocr=False)


def test_a_picture_among_pages_with_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan.shutil, "which", lambda _: None)
    both = pypdfium2.PdfDocument(set_by_typst("A page with text in it. " * 5, tags=False))
    picture = pypdfium2.PdfDocument(photographed(BODY))
    both.import_pages(picture)
    out = io.BytesIO()
    both.save(out)
    both.close()
    picture.close()
    document = read_pdf(out.getvalue(), "plan.pdf")
    assert document.kind == "pdf"
    (problem,) = document.problems
    assert (problem.code, problem.page) == ("no-text-layer", 2)
    assert problem.sentence == (
        "Page 2 is a picture without text and was not read: install tesseract, or ask for the Word "
        "file, or a PDF made from it."
    )


def test_words_of_low_confidence_are_told() -> None:
    head = "\t".join(["a heading"] * 12)
    rows = [
        "5\t1\t1\t1\t1\t1\t100\t100\t90\t30\t40.5\tAmara",
        "5\t1\t1\t1\t1\t2\t200\t100\t90\t30\t60.5\treads",
        "5\t1\t1\t1\t1\t3\t300\t100\t2\t30\t90\t|",
    ]
    found = scan.read_tsv("\n".join([head, *rows]), 3, 842, 0.36, [])
    assert [line.text for line in found.lines] == ["Amara reads"]
    assert found.confidence == pytest.approx(0.505)
    assert found.lines[0].confidence == pytest.approx(0.505)
