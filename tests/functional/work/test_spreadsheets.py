"""Audits in spreadsheets, in a browser: an analyst brings in last year's workbook through a saved
mapping and reads exactly what was refused and why; an auditor works in Excel and comes back."""

import io
import os
import re
from pathlib import Path

import openpyxl
import pytest

from tests.functional.conftest import DESK, SMALLEST
from tests.functional.work.conftest import BASE, follow, good, press

pytestmark = [pytest.mark.browser, pytest.mark.machine]
SAMPLE = Path(__file__).parents[3] / "samples" / "audits" / "past-audits.xlsx"
PICTURES = os.environ.get("GOLDTHREAD_PICTURES", "")
"""A folder to which the pages are drawn as well, to look at."""


def seen(page, name):
    good(page)
    if PICTURES:
        for size in (DESK, SMALLEST):
            page.set_viewport_size(size)
            path = Path(PICTURES) / f"{name}-{size['width']}.png"
            page.screenshot(path=path, full_page=True)
        page.set_viewport_size(DESK)


def heading(page):
    return page.locator("h1").inner_text()


def read(page, data, mapping=""):
    page.goto(f"{BASE}audits/past/")
    name = "past-audits.xlsx"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})
    if mapping:
        page.select_option("#mapping", label=f"As saved: {mapping}")
    press(page, "Read it")


def brought_in(page, number):
    press(page, f"Bring in {number} audit{'' if number == 1 else 's'}")
    page.wait_for_url(re.compile(r"/audits/past/\d+/"))
    assert heading(page).startswith("Audits brought in on ")


def gone_through(page):
    """From the file to what would be brought in: columns, questions, answers."""
    read(page, SAMPLE.read_bytes())
    assert "“Name of child”, “DOB”, “Auditor”" in page.locator(".govuk-inset-text").inner_text()
    seen(page, "past-columns")
    press(page, "Continue")
    assert heading(page) == "What each question asks"
    seen(page, "past-questions")
    press(page, "Continue")
    press(page, "Continue")
    assert "Choose what “Maybe” means." in page.locator(".govuk-error-summary").inner_text()
    seen(page, "past-answers")
    page.get_by_label("“Maybe”").select_option("")
    press(page, "Continue")
    assert "of the 25 core questions" in page.locator("#main-content").inner_text()
    seen(page, "past-check")


def corrected():
    """The workbook with one of its dates put right."""
    book = openpyxl.load_workbook(io.BytesIO(SAMPLE.read_bytes()))
    book["Audits 2025"]["B8"] = "28/02/2025"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken_back(page):
    """Everything that was brought in, so that others find the demonstration as it was."""
    page.goto(f"{BASE}audits/past/")
    for address in [a.get_attribute("href") for a in page.locator("tbody th a").all()]:
        page.goto(address)
        page.get_by_text("Take these audits back").click()
        page.select_option("#reason", "other")
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("^Take back")).click()
        assert "None counts any more" in page.locator("main").inner_text()


def test_an_analyst_brings_in_last_years_audits_and_reads_what_was_refused(door):
    page = door.enter("Analyst")
    page.goto(f"{BASE}audits/")
    follow(page, "Bring in past audits from a spreadsheet")
    seen(page, "past")
    press(page, "Read it")
    assert "Choose the spreadsheet." in page.locator(".govuk-error-summary").inner_text()
    gone_through(page)
    page.fill("#tool", "Northmere checklist")
    page.fill("#name", "Northmere checklist 2025")
    brought_in(page, 196)
    assert "200 read, 196 added, 0 replaced, 4 left out" in page.locator("main").inner_text()
    refused = page.locator("table", has_text="Rows that are left out").inner_text()
    for cell in ("cell B8", "cell B23", "cell B28"):
        assert f"Sheet “Audits 2025”, {cell}" in refused
    assert "is no date that can be read with the day first" in refused
    seen(page, "past-import")
    with page.expect_download() as file:
        page.get_by_role("link", name="What was left out and why, as CSV").click()
    assert "cell F33" in Path(file.value.path()).read_text(encoding="utf-8-sig")
    read(page, corrected(), "Northmere checklist 2025")
    assert heading(page) == "What would be brought in"
    brought_in(page, 1)
    page.goto(f"{BASE}audits/")
    page.get_by_role("link", name=re.compile("^A-")).first.click()
    seen(page, "past-audit")
    assert "kept as said and never turned into answers" in page.locator("main").inner_text()
    taken_back(page)


def test_an_auditor_answers_in_a_workbook_and_brings_it_back(door):
    page = door.enter("Auditor", "Siân Mbeki-Lowe")
    follow(page, "My work")
    page.locator(".govuk-task-list__link").last.click()
    address = page.url
    with page.expect_download() as file:
        page.get_by_role("link", name="Work on it in Excel").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(file.value.path()).read_bytes()))
    sheet = book["Questions"]
    left = [r for r in range(5, sheet.max_row + 1) if not sheet.cell(r, 5).value]
    sheet.cell(left[0], 5).value = "2 Met"
    sheet.cell(left[0], 6).value = "Said on the train"
    sheet.cell(left[1], 5).value = "Yes"
    out = io.BytesIO()
    book.save(out)
    page.get_by_role("link", name="bring the workbook back").first.click()
    seen(page, "workbook")
    page.set_input_files(
        "#file", {"name": "a.xlsx", "mimeType": "application/zip", "buffer": out.getvalue()}
    )
    press(page, "Read it")
    text = page.locator("main").inner_text()
    assert "1 change." in text
    assert f"cell E{left[1]}" in text
    assert "Comment added: Said on the train" in text
    seen(page, "workbook-preview")
    press(page, "Take it in")
    assert page.url == address
