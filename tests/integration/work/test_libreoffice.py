"""An allotted audit, filled in with LibreOffice and brought back."""

import io

import openpyxl
import pytest

from goldthread.web.work.reading import shelf
from goldthread.web.work.views import workbooks
from tests.audits import an_audit
from tests.integration.work.test_workbooks import answers, bring, download, kinds, take
from tests.libreoffice import MISSING, filled_in
from tests.people import a_person
from tests.workbooks import at_once

pytestmark = pytest.mark.machine


def test_libreoffice_fills_it_in_counts_and_brings_it_back(tmp_path, monkeypatch):
    shelf.clear()
    monkeypatch.setattr(workbooks, "read_book_capped", at_once)
    here = a_person("auditor")
    reference = an_audit(here)
    file = tmp_path / "audit.xlsx"
    file.write_bytes(download(here, reference))
    saved = filled_in(
        file, "Questions",
        {("F2-quantified", 4): "1 Partly met", ("F2-quantified", 5): "Two of five items",
         ("F3-who", 4): "2 Met", ("A1-child-view", 4): "Cannot decide"},
    )  # fmt: skip
    if saved is None:
        pytest.skip(MISSING)
    data = saved.read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert book["Questions"]["A2"].value.startswith("Answered 3 of ")  # counted by LibreOffice
    counted = {r[0].value: r[1].value for r in book["Read me"].iter_rows() if r[1].value}
    assert counted["All questions"] == 3
    assert counted["Special educational provision"] == 2
    rules = openpyxl.load_workbook(io.BytesIO(data))["Questions"].data_validations.dataValidation
    assert all(rule.type == "list" for rule in rules)
    assert rules
    page = bring(here, data)
    assert page.context["prepared"].faults == ()
    assert kinds(page) == dict.fromkeys(("F2-quantified", "F3-who", "A1-child-view"), "new")
    assert take(here, page).status_code == 303
    kept = answers(reference)
    assert {c: a.value for c, a in kept.items()} == {
        "F2-quantified": "1", "F3-who": "2", "A1-child-view": "cannot-decide",
    }  # fmt: skip
    assert kept["F2-quantified"].comment == "Two of five items"
