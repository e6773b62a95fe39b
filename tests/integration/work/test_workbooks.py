"""An allotted audit downloaded as a workbook, filled in elsewhere, and brought back."""

import io
import re

import openpyxl
import pytest

from goldthread.core.audit.workbook import FORM
from goldthread.records.models import Answer, Audit, Event, Part
from goldthread.records.scope import scope
from goldthread.web.work.asking import form_of
from goldthread.web.work.reading import shelf
from goldthread.web.work.views import workbooks
from tests.audits import a_record, an_audit, the_audit
from tests.people import NORTH, SOUTH, a_person, client_of
from tests.workbooks import at_once, changed, fill, row_of, upload

QUOTE = "as and when required"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    shelf.clear()
    monkeypatch.setattr(workbooks, "read_book_capped", at_once)


@pytest.fixture
def auditor():
    return a_person("auditor")


@pytest.fixture
def reference(auditor):
    return an_audit(auditor)


@pytest.fixture
def blank(auditor, reference):
    return download(auditor, reference)


def download(here, reference, agency="education"):
    answer = client_of(here).get(f"/work/{NORTH}/audits/{reference}/{agency}/workbook.xlsx")
    assert answer.status_code == 200
    return answer.content


def bring(here, data, code=NORTH, name="audit.xlsx"):
    return client_of(here).post(f"/work/{code}/audits/workbook/", {"file": upload(data, name)})


def take(here, page, **chosen):
    fields = {"sealed": page.context["sealed"], **{f"choose-{c}": v for c, v in chosen.items()}}
    return client_of(here).post(f"/work/{NORTH}/audits/workbook/confirm/", fields)


def answers(reference):
    with scope(authority=NORTH):
        return {a.criterion: a for a in Answer.objects.filter(audit__reference=reference)}


def send(here, reference, criterion, value, version="0", **fields):
    return client_of(here).post(
        f"/work/{NORTH}/audits/{reference}/education/answer",
        {"criterion": criterion, "value": value, "version": version, **fields},
    )


def sentence(page):
    assert page.status_code == 400
    return str(page.context["wrong"])


def kinds(page):
    return {c.criterion: c.kind for c in page.context["prepared"].changes if c.kind != "same"}


# --- What it holds ---------------------------------------------------------------------------


def test_it_asks_what_the_part_asks_and_says_no_word_of_the_plan(auditor, reference, blank):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book["Questions"]
    form = form_of(the_audit(auditor, reference))
    asked = [sheet.cell(r, 1).value for r in range(5, sheet.max_row + 1)]
    assert asked == [c.id for p in form.pages["education"] for c in p.criteria]
    assert [s.title for s in book if s.sheet_state == "hidden"] == ["Lists", "Goldthread"]
    text = "\n".join(
        str(v) for s in book for row in s.iter_rows(values_only=True) for v in row if v
    )
    for paragraph in a_record().paragraphs:
        if len(paragraph.text) > 40:
            assert paragraph.text not in text
    assert "Amara" not in re.sub(r"for 20 minutes.*", "", text)
    assert "The machine:" not in text
    guide = " ".join(str(c.value) for row in book["Read me"].iter_rows() for c in row if c.value)
    for hidden in ("Lists", "Goldthread"):
        assert f"“{hidden}”" in guide


def test_only_answers_comments_and_quotes_can_be_typed_in(blank):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for sheet in book:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        free = {
            c.column_letter for row in sheet.iter_rows() for c in row if not c.protection.locked
        }
        assert free == ({"E", "F", "G"} if sheet.title == "Questions" else set())
    sheet = book["Questions"]
    rules = sheet.data_validations.dataValidation
    assert {r for rule in rules for r in str(rule.sqref).split()} == {
        f"E{row}" for row in range(5, sheet.max_row + 1)
    }
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"


def test_answers_given_here_stand_in_it_and_words_do_not(auditor, reference):
    send(auditor, reference, "F2-quantified", "1", comment="Her mother said so")
    book = openpyxl.load_workbook(io.BytesIO(download(auditor, reference)))
    sheet = book["Questions"]
    row = row_of(sheet, "F2-quantified")
    assert sheet[f"E{row}"].value == "1 Partly met"
    assert sheet[f"H{row}"].value == "a comment kept"
    assert not sheet[f"F{row}"].value


def test_nobody_gets_anothers_part(reference):
    for here in (a_person("quality-lead"), a_person("auditor", name="other"),
                 a_person("auditor", code=SOUTH)):  # fmt: skip
        path = f"/work/{here.authority}/audits/{reference}/education/workbook.xlsx"
        assert client_of(here).get(path).status_code == 404


def test_all_own_parts_in_one_workbook(auditor):
    with scope(authority=NORTH):
        reference = an_audit(auditor)
        audit = Audit.objects.get(reference=reference)
        Part.objects.create(
            authority_id=NORTH, audit=audit, agency="health", auditor_id=auditor.member
        )
    data = download(auditor, reference, "all")
    both = {"F2-quantified": "2 Met", "C1-health-needs": "1 Partly met"}
    assert take(auditor, bring(auditor, changed(data, fill(both)))).status_code == 303
    with scope(authority=NORTH):
        found = {a.criterion: a.part.agency for a in Answer.objects.select_related("part")}
    assert found == {"F2-quantified": "education", "C1-health-needs": "health"}


# --- Coming back -----------------------------------------------------------------------------


def test_answers_come_back_as_if_given_here(auditor, reference, blank):
    said = {"F2-quantified": " 2 met ", "F3-who": 1, "E1-present": "cannot decide",
            "A1-child-view": "Not applicable: the child's age or school year"}  # fmt: skip
    data = changed(blank, fill(said))
    page = bring(auditor, changed(data, fill({"E1-present": "No Section E"}, "F")))
    assert kinds(page) == dict.fromkeys(said, "new")
    assert answers(reference) == {}  # nothing before it is confirmed
    assert take(auditor, page).status_code == 303
    kept = answers(reference)
    assert {c: a.value for c, a in kept.items()} == {
        "F2-quantified": "2", "F3-who": "1", "E1-present": "cannot-decide", "A1-child-view": "age",
    }  # fmt: skip
    assert kept["E1-present"].comment == "No Section E"
    assert kept["F2-quantified"].first == "2"
    assert kept["F2-quantified"].machine["when"] == "after"
    with scope(authority=NORTH):
        said = list(Event.objects.order_by("id").values_list("action", flat=True))
    assert said[-5:] == ["answer.save"] * 4 + ["workbook.take"]
    again = bring(auditor, data)
    assert kinds(again) == {}


def test_an_assisted_audit_was_not_assisted_elsewhere(auditor):
    reference = an_audit(auditor, mode="assisted")
    data = changed(download(auditor, reference), fill({"F2-quantified": "2 Met"}))
    take(auditor, bring(auditor, data))
    assert answers(reference)["F2-quantified"].machine == {}


def test_changed_cleared_and_answered_here_since(auditor, reference):
    for criterion in ("F2-quantified", "F3-who", "F4-firm"):
        send(auditor, reference, criterion, "1")
    data = download(auditor, reference)
    send(auditor, reference, "F4-firm", "3", "1")
    page = bring(auditor, changed(data, fill({"F2-quantified": "2 Met", "F3-who": None})))
    assert kinds(page) == {
        "F2-quantified": "changed", "F3-who": "cleared", "F4-firm": "newer",
    }  # fmt: skip
    take(auditor, page)
    kept = answers(reference)
    assert [kept[c].value for c in ("F2-quantified", "F3-who", "F4-firm")] == ["2", "", "3"]
    assert kept["F2-quantified"].first == "1"


@pytest.mark.parametrize(("choice", "value"), [("here", "1"), ("workbook", "2")])
def test_two_answers_are_never_settled_silently(auditor, reference, blank, choice, value):
    data = changed(blank, fill({"F2-quantified": "2 Met", "F3-who": "2 Met"}))
    data = changed(data, fill({"F2-quantified": "Said elsewhere"}, "F"))
    send(auditor, reference, "F2-quantified", "1", comment="Said here")
    page = bring(auditor, data)
    assert kinds(page) == {"F2-quantified": "conflict", "F3-who": "new"}
    text = page.content.decode()
    assert "Keep what is here: 1 Partly met" in text
    assert "Take the workbook’s: 2 Met" in text
    refused = take(auditor, page)
    assert refused.status_code == 400
    assert "F2-quantified" in sentence(refused)
    assert "F3-who" not in answers(reference)  # nothing half-written
    assert take(auditor, page, **{"F2-quantified": choice}).status_code == 303
    kept = answers(reference)["F2-quantified"]
    assert kept.value == value
    assert kept.comment == "Said here\n\nSaid elsewhere"


def test_what_changes_while_one_looks_is_stale(auditor, reference, blank):
    page = bring(auditor, changed(blank, fill({"F2-quantified": "2 Met", "F3-who": "1"})))
    send(auditor, reference, "F3-who", "3")
    assert take(auditor, page).status_code == 409
    assert set(answers(reference)) == {"F3-who"}


def test_a_preview_is_one_persons(auditor, reference, blank):
    page = bring(auditor, changed(blank, fill({"F2-quantified": "2 Met"})))
    other = a_person("auditor", name="other")
    assert "somebody else" in sentence(take(other, page))
    assert "did not come back whole" in sentence(
        client_of(auditor).post(f"/work/{NORTH}/audits/workbook/confirm/", {"sealed": "x"})
    )


def test_words_that_stand_once_become_evidence_and_others_a_comment(auditor, reference, blank):
    record = a_record()
    once = next(p for p in record.paragraphs if QUOTE in p.text).text
    words = f"“{once.upper()}”\nnever written in this plan"
    page = bring(auditor, changed(blank, fill({"F2-quantified": words}, "G")))
    assert kinds(page) == {"F2-quantified": "words"}
    take(auditor, page)
    kept = answers(reference)["F2-quantified"]
    assert kept.value == ""
    assert [e["quote"] for e in kept.evidence] == [once]
    assert kept.comment == (
        "Words from the plan (not found in the document): “never written in this plan”"
    )
    again = bring(auditor, changed(blank, fill({"F2-quantified": words}, "G")))
    assert kinds(again) == {}


def test_words_of_a_plan_read_elsewhere_stay_words(auditor):
    reference = an_audit(auditor, document=False)
    data = changed(download(auditor, reference), fill({"F2-quantified": "30 minutes"}, "G"))
    take(auditor, bring(auditor, data))
    assert "“30 minutes”" in answers(reference)["F2-quantified"].comment


# --- What cannot be --------------------------------------------------------------------------


def test_whose_it_is_and_what_became_of_it(auditor, reference, blank):
    elsewhere = a_person("auditor", code=SOUTH)
    assert "another authority's" in sentence(bring(elsewhere, blank, SOUTH))
    other = a_person("auditor", name="other")
    assert f"Audit {reference} is not among yours" in sentence(bring(other, blank))
    with scope(authority=NORTH):
        Part.objects.filter(audit__reference=reference).update(state="done")
    assert "open it again" in sentence(bring(auditor, blank))
    with scope(authority=NORTH):
        Part.objects.filter(audit__reference=reference).update(state="under-way")
        Audit.objects.filter(reference=reference).update(state="withdrawn")
    assert f"{reference} is withdrawn by now" in sentence(bring(auditor, blank))
    lead = a_person("quality-lead", "auditor", name="both")
    with scope(authority=NORTH):
        Audit.objects.filter(reference=reference).update(state="allotted")
    assert "allotted to somebody else by now" in sentence(bring(lead, blank))


def test_another_edition_or_other_questions(auditor, reference, blank):
    with scope(authority=NORTH):
        Audit.objects.filter(reference=reference).update(themes=["F"])
    assert "have changed since" in sentence(bring(auditor, blank))
    with scope(authority=NORTH):
        Audit.objects.filter(reference=reference).update(framework="annual-review@2026.1",
                                                         subject="review", themes=[])  # fmt: skip
    assert "asks the questions of ehc-ref@2026.1" in sentence(bring(auditor, blank))


def edit_identity(book):
    book["Goldthread"]["B3"] = NORTH + "x"


def retitle(book):
    book["Questions"]["A1"] = "Audit A-2222222, plan P-1: Education"


def older(book):
    book["Goldthread"]["A1"] = FORM.replace(" 1", " 0")


def twice(book):
    book.copy_worksheet(book["Goldthread"])


def other_answers(book):
    book["Goldthread"]["B8"] = "{}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda b: b.remove(b["Goldthread"]), "sheet “Goldthread” was deleted"),
        (edit_identity, "another authority's"),
        (other_answers, "was changed, or comes from another workbook"),
        (retitle, "comes from another workbook"),
        (older, "another version of Goldthread"),
        (twice, "two identification sheets"),
        (lambda b: b.remove(b["Questions"]), "no sheet “Questions”"),
        (lambda b: b.copy_worksheet(b["Questions"]), "questions twice"),
        (lambda b: b["Questions"].delete_cols(5), "the headings Question"),
        (lambda b: b["Questions"].delete_cols(6), "row 4: the heading “Comment” is missing"),
        (lambda b: b["Questions"].__setitem__("I4", "Answer"), "stands in E4 and I4"),
    ],
)
def test_a_form_that_was_changed_is_recognised(auditor, blank, change, words):
    assert words in sentence(bring(auditor, changed(blank, change)))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("audit.xlsx", b"", "is empty"),
        ("audit.xlsx", b"\xd0\xcf\x11\xe0old", "old Excel file (.xls)"),
        ("audit.xlsx", b"%PDF-1.7", "is a PDF"),
        ("audit.xlsx", b"PK\x03\x04broken", "damaged or cut short"),
        ("audit.xlsx", b"Question,Answer\nF2-quantified,2\n", "is no audit workbook"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_one_sentence(auditor, name, data, words):
    assert words in sentence(bring(auditor, data, name=name))


def move(book):
    book["Questions"].insert_cols(4)
    book["Questions"].insert_rows(6, 2)
    book["Questions"].title = "Mine"


def hide(book):
    sheet = book["Questions"]
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[row_of(sheet, "F3-who")].hidden = True


def test_moved_columns_and_sheets_are_found_and_hidden_ones_said(auditor, blank):
    data = changed(blank, fill({"F2-quantified": "2 Met", "F3-who": "1"}))
    page = bring(auditor, changed(data, move))
    assert kinds(page) == {"F2-quantified": "new", "F3-who": "new"}
    assert page.context["prepared"].notes == (
        "The sheet “Questions” is called “Mine”; it was read.",
    )
    page = bring(auditor, changed(data, hide))
    said = {n.partition(",")[0] for n in page.context["prepared"].notes}
    assert said >= {"Sheet “Questions”: column F", "Sheet “Questions”: row 36"}


def merge(book):
    row = row_of(book["Questions"], "F2-quantified")
    book["Questions"].merge_cells(f"E{row}:E{row + 1}")


def double(book):
    sheet = book["Questions"]
    sheet[f"A{row_of(sheet, 'F3-who')}"] = "F2-quantified"


def reword(book):
    sheet = book["Questions"]
    sheet[f"C{row_of(sheet, 'F2-quantified')}"] = "Is it nice?"


def nameless(book):
    sheet = book["Questions"]
    sheet[f"A{row_of(sheet, 'F2-quantified')}"] = None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (fill({"F2-quantified": "=1+1"}), "holds a formula"),
        (fill({"F2-quantified": "Yes"}), "says “Yes”, which is no answer"),
        (fill({"F2-quantified": "n/a"}), "choose one of the reasons"),
        (fill({"X1-sections": "3"}), "this question has no 3"),
        (fill({"F2-quantified": "2"}, "A"), "“2” is no question of this part"),
        (merge, "is merged with other cells"),
        (double, "F2-quantified stands in A"),
        (reword, "the question was changed"),
        (nameless, "names no question"),
        (fill({"F2-quantified": "x" * 4001}, "F"), "would have 4,001 characters"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_left_out(auditor, reference, blank, change, words):
    data = changed(blank, fill({"F2-quantified": "2 Met", "E1-present": "2 Met"}))
    page = bring(auditor, changed(data, change))
    faults = page.context["prepared"].faults
    assert any(words in f and re.search(r"“Questions”(:|, cell [A-I]\d+)", f) for f in faults)
    assert "F2-quantified" not in kinds(page) or "X1" in faults[0]
    assert take(auditor, page).status_code == 303
    assert answers(reference)["E1-present"].value == "2"


def test_a_workbook_with_macros_is_refused(auditor, blank):
    import zipfile

    out = io.BytesIO(blank)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert "saved with macros" in sentence(bring(auditor, out.getvalue()))


def test_no_file_at_all(auditor):
    page = client_of(auditor).post(f"/work/{NORTH}/audits/workbook/", {})
    assert sentence(page) == "Choose the workbook."
