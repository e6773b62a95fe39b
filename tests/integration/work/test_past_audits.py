"""Past audits from a spreadsheet: mapped, looked at, brought in, corrected, taken back."""

import datetime as dt
import io

import openpyxl
import pytest

from goldthread.core.audit.signed import SignedAudit
from goldthread.readers.frameworks import shared_framework
from goldthread.records.actions.counting import check
from goldthread.records.models import Audit, AuditMapping, Cell, Event, Import, Plan, Tally
from goldthread.records.queries.counts import Filters, tallied
from goldthread.records.queries.standing import standing
from goldthread.records.scope import scope
from goldthread.simulation.past_audits import AUDITORS, NAMES, past_rows, past_workbook
from goldthread.web.work import bringing_in
from goldthread.web.work.views import past as pages
from tests.audits import a_plan_of
from tests.integration.work.past import BASE, AtOnce, confirm, go_on, read, through
from tests.people import NORTH, SOUTH, a_person, client_of
from tests.workbooks import at_once, changed

LOCAL = "example-local@2026.1"


@pytest.fixture(autouse=True)
def thread(monkeypatch):
    monkeypatch.setattr(pages, "read_book_capped", at_once)
    found = AtOnce()
    monkeypatch.setattr(bringing_in, "begin", found.begin)
    return found


@pytest.fixture
def analyst():
    return a_person("analyst")


@pytest.fixture
def walk():
    return shared_framework(LOCAL).crosswalk


@pytest.fixture
def year(walk):
    return past_workbook(walk, 30)


def bring(here, thread, data, **fields):
    answer = confirm(here, through(here, data, **fields))
    assert answer.status_code == 303, answer.context["wrong"]
    done = thread.finish()
    assert done.wrong == ""
    return done.number


def rows():
    with scope(authority=NORTH):
        return list(Audit.objects.filter(purpose="imported").order_by("pk"))


def counted_is_kept(here):
    with scope(authority=NORTH, person=here.person):
        lead = a_person("administrator", name="Counts")
    with scope(authority=NORTH, person=lead.person):
        assert check(lead, shared_framework).fault == ""


def edit(data, cells):
    return changed(data, lambda book: [book["Audits 2025"].__setitem__(k, v)
                                       for k, v in cells.items()])  # fmt: skip


# --- The straight way ------------------------------------------------------------------------


def test_a_year_comes_in_by_the_local_tools_crosswalk(analyst, thread, walk, year):
    page = read(analyst, year)
    assert page.context["table"].left_out == ("Name of child", "DOB", "Auditor")
    page = go_on(analyst, page)
    assert page.context["found"] == 19
    page = go_on(analyst, go_on(analyst, page))
    assert page.context["read"].coverage.graded == "B"
    assert (page.context["found"].added, page.context["refused_all"]) == (30, 0)
    assert page.content.decode().count("Class B: results may be shown") == 1
    assert "“Overall grade” is kept beside each audit" in page.content.decode()
    assert rows() == []  # nothing before it is confirmed
    assert confirm(analyst, page).status_code == 303
    with scope(authority=NORTH):
        assert not Import.objects.exists()
    state = client_of(analyst).get(f"{BASE}working/state.json").json()
    assert state == {"done": 0, "of": 30, "finished": False, "said": ""}
    assert "0 of 30 done" in client_of(analyst).get(f"{BASE}working/").content.decode()
    done = thread.finish()
    assert thread.told == [(25, 30), (30, 30)]
    answer = client_of(analyst).get(f"{BASE}working/")
    assert answer["Location"] == f"{BASE}{done.number}/"
    assert "30 read, 30 added" in client_of(analyst).get(answer["Location"]).content.decode()
    found = rows()
    assert len(found) == 30
    _, given = past_rows(walk, 30, 7)
    for audit, row in zip(found, given, strict=True):
        signed = standing(audit)
        assert (audit.state, audit.mode, audit.band) == ("signed", "imported", "")
        assert signed.at.date() == row[1]
        assert audit.facts["past"]["overall"] == row[-2]
        said = {j.criterion: j.value for j in signed.judgements}
        assert said["A1-child-view"] == {"Yes": 2, "Partly": 1, "No": 0,
                                         "Not needed": "no-such-need"}[row[9 + 4]]  # fmt: skip
        assert "E2-smart" not in said  # only a broader link asks it
        assert SignedAudit.from_json(signed.to_json()).digest == audit.digest
    counted_is_kept(analyst)
    with scope(authority=NORTH, person=analyst.person):
        months = tallied(analyst, Filters(), ("drawn", "month"), ["A1-child-view"])
        assert {t.by[0] for t in months} == {"imported"}
        expected = {r[1].replace(day=1) for r in given if r[9 + 4] != "Not needed"}
        assert {t.by[1] for t in months if t.count.n} == expected
        event = Event.objects.order_by("-id").first()
    assert (event.action, event.detail["added"]) == ("past.import", 30)


def test_nothing_of_anybody_is_kept(analyst, thread, year):
    bring(analyst, thread, year)
    with scope(authority=NORTH):
        told = [
            Audit.objects.values_list("facts", "signed", "cell"),
            Import.objects.values_list("refusals", "columns"),
            AuditMapping.objects.values_list("record"),
            Event.objects.values_list("detail"),
        ]
        text = str([list(t) for t in told])
    for word in (*NAMES, *AUDITORS, "Seen with the setting", "QA/001", "NM-4001", "2014-"):
        assert word not in text


def test_the_same_file_again_changes_nothing_and_a_corrected_row_replaces(analyst, thread, year):
    bring(analyst, thread, year)
    before = [a.pk for a in rows()]
    page = through(analyst, year)
    assert "This very table was brought in" in page.content.decode()
    # The tool's name is part of what an audit is known again by, so the saved mapping is used.
    with scope(authority=NORTH):
        mapping = AuditMapping.objects.get()
    page = read(analyst, year, mapping=mapping.pk)
    assert vars(page.context["found"]) == {"added": 0, "replaced": 0, "same": 30, "plans": 0}
    assert "There is nothing to bring in" in page.content.decode()
    mended = edit(year, {"N4": "Partly", "N5": "Not needed"})
    page = read(analyst, mended, mapping=mapping.pk)
    assert page.context["found"].replaced in (1, 2)
    replaced = page.context["found"].replaced
    confirm(analyst, page)
    thread.finish()
    found = rows()
    assert [a.state for a in found].count("withdrawn") == replaced
    assert len(found) == len(before) + replaced
    assert standing(found[-1]).judgements != standing(found[0]).judgements
    counted_is_kept(analyst)


def test_an_import_is_taken_back_whole_and_can_come_again(analyst, thread, year):
    number = bring(analyst, thread, year)
    client = client_of(analyst)
    refused = client.post(f"{BASE}{number}/", {"reason": ""})
    assert refused.status_code == 400
    assert client.post(f"{BASE}{number}/", {"reason": "wrong-file"}).status_code == 303
    assert {a.state for a in rows()} == {"withdrawn"}
    with scope(authority=NORTH):
        assert Cell.objects.count() == Tally.objects.count() == 0
    assert client.post(f"{BASE}{number}/", {"reason": "wrong-file"}).status_code == 400
    bring(analyst, thread, year)
    assert [a.state for a in rows()].count("signed") == 30
    counted_is_kept(analyst)


def test_plans_are_found_by_reference_and_by_the_lists_own_number(analyst, thread, walk):
    known = a_plan_of(analyst, need="ASD", phase="primary", team="West")
    data = past_workbook(walk, 3, plans=(known.reference.lower(), "NM-9", ""))
    bring(analyst, thread, data)
    first, second, third = rows()
    assert first.plan_id == known.pk
    assert (first.cell["team"], first.cell["need"]) == ("West", "ASD")
    assert second.plan_id is third.plan_id is None
    assert second.cell["need"] in ("ASD", "SEMH", "SLCN", "MLD", "SLD")


def test_a_childs_number_finds_the_plan_and_is_not_kept(analyst, thread, walk):
    from goldthread.records.sealing import keyed_digest

    upn = "H" + "80120000120" + "1"
    with scope(authority=NORTH):
        plan = Plan.objects.create(
            authority_id=NORTH, reference="P-2222BB", local_digest=keyed_digest(NORTH, upn)
        )
    data = edit(past_workbook(walk, 4), {"E3": "UPN", "E4": upn})
    page = read(analyst, data)
    assert page.context["table"].numbers == ("UPN",)
    assert upn not in page.content.decode()
    bring(analyst, thread, data)
    assert rows()[0].plan_id == plan.pk


# --- The pages of a mapping ------------------------------------------------------------------


def test_each_step_says_what_is_missing(analyst, year):
    page = read(analyst, year)
    wrong = go_on(analyst, page, fact_date="")
    assert str(wrong.context["wrong"]) == "Choose the column with the date of the audit."
    wrong = go_on(analyst, page, fact_plan="Date of audit")
    assert "is chosen twice" in str(wrong.context["wrong"])
    page = go_on(analyst, page)
    wrong = go_on(analyst, page, **{f"to_{i}_{j}": "" for i in range(20) for j in range(2)})
    assert "at least one column" in str(wrong.context["wrong"])
    wrong = go_on(analyst, page, share_0_0="0")
    assert "from 1 to 100" in str(wrong.context["wrong"])
    more = go_on(analyst, page, more_0="1")
    assert more.context["step"] == "questions"
    assert len(more.context["items"][0].rows) == 2
    page = go_on(analyst, more, to_0_1="X2-identity", relation_0_1="broader")
    assert page.context["step"] == "answers"
    back = go_on(analyst, page, to="questions")
    links = back.context["draft"].links
    assert [k.relation for k in next(iter(links.values()))] == ["exact", "broader"]


def test_a_word_that_is_not_known_must_be_chosen(analyst, thread, year):
    data = edit(year, {"N4": "Sort of"})
    page = go_on(analyst, go_on(analyst, read(analyst, data)))
    values = {v.said: v for s in page.context["scales"] for v in s.values}
    assert values["Sort of"].picked == "?"
    field = values["Sort of"].field.replace("-", "_")
    wrong = go_on(analyst, page)
    assert str(wrong.context["wrong"]) == "Choose what “Sort of” means."
    page = go_on(analyst, page, **{field: "1"})
    assert page.status_code == 200
    assert page.context["warnings_all"] == 0


def test_scores_begin_at_bounds_and_answers_of_other_scales_stand_beside(analyst, thread, walk):
    data = past_workbook(walk, 12)
    scores = {f"J{4 + n}": n / 11 for n in range(12)}
    page = go_on(analyst, go_on(analyst, read(analyst, edit(data, scores))))
    assert [s.scores for s in page.context["scales"]] == [False, True]
    wrong = go_on(analyst, page, bound_1="0.9", bound_2="0.5", bound_3="1")
    assert str(wrong.context["wrong"]) == "The three scores must rise."
    page = go_on(analyst, page, bound_1="0.4", bound_2="0.7", bound_3="0.95")
    confirm(analyst, page)
    assert thread.finish().wrong == ""
    said = [next(j.value for j in standing(a).judgements if j.criterion == "X1-sections")
            for a in rows()]  # fmt: skip
    expected = [sum(n / 11 >= b for b in (0.4, 0.7, 0.95)) for n in range(12)]
    assert said == [min(e, 2) for e in expected]  # presence has no 3


def test_a_saved_mapping_of_another_file_or_edition_is_refused(analyst, thread, year):
    bring(analyst, thread, year)
    with scope(authority=NORTH):
        mapping = AuditMapping.objects.get()
    page = read(analyst, edit(year, {"N3": "Something else"}), mapping=mapping.pk)
    assert page.status_code == 400
    assert "The table has no column “Q5." in str(page.context["wrong"])
    with scope(authority=NORTH):
        record = mapping.record
        record["crosswalk"]["reference"] = "ehc-ref@2025.1"
        AuditMapping.objects.update(record=record)
    page = read(analyst, year, mapping=mapping.pk)
    assert "answers the questions of ehc-ref@2025.1" in str(page.context["wrong"])
    client = client_of(analyst)
    assert client.post(f"{BASE}mappings/", {"mapping": mapping.pk}).status_code == 303
    page = read(analyst, year, mapping=mapping.pk)
    assert "deleted meanwhile" in str(page.context["wrong"])


def test_one_sheet_an_audit(analyst, thread, walk):
    headings, given = past_rows(walk, 5, 3)
    book = openpyxl.Workbook()
    book.active.title = "Guidance"
    book.active["A1"] = "Fill in one sheet a plan"
    for n, row in enumerate(given):
        sheet = book.create_sheet(f"Plan {n + 1}")
        sheet["A1"] = "Quality audit"
        for r, (heading, said) in enumerate(zip(headings, row, strict=True), start=3):
            sheet.cell(r, 1, f"{heading}:" if r == 3 else heading)
            sheet.cell(r, 3, said)
    out = io.BytesIO()
    book.save(out)
    bring(analyst, thread, out.getvalue(), layout="sheets")
    assert [standing(a).at.date() for a in rows()] == [row[1] for row in given]
    assert rows()[0].facts["past"]["row"] == "sheet “Plan 1”"


# --- What cannot be --------------------------------------------------------------------------


def refused(page):
    return {r.row: r.sentence for r in page.context["read"].refusals}


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("B4", "31/02/2025", "This is no date that can be read with the day first"),
        ("B4", "13/25/2025", "or say that the file has it the other way"),
        ("B4", dt.date(2031, 1, 1), "The date lies ahead"),
        ("B4", dt.date(2012, 1, 1), "before the first EHC plans"),
        ("B4", None, "There is no date of the audit"),
        ("B4", "=TODAY()", "a formula whose result the file does not have"),
        ("N4", "=1+1", "a formula whose result the file does not have"),
        ("I4", "Housing", "The agency is not known"),
        ("F4", "Mystery", "The need is not one that is known"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(analyst, thread, walk, cell, value, words):
    data = edit(past_workbook(walk, 3), {cell: value})
    page = through(analyst, data)
    said = refused(page)
    assert list(said) == [f"Sheet “Audits 2025”, cell {cell}"]
    assert words in said[f"Sheet “Audits 2025”, cell {cell}"]
    assert page.context["found"].added == (2 if cell == "B4" else 3)
    confirm(analyst, page)
    number = thread.finish().number
    told = client_of(analyst).get(f"{BASE}{number}/refusals.csv").content.decode()
    assert f"Sheet “Audits 2025”, cell {cell}" in told


def test_dates_as_text_serials_and_the_american_way(analyst, walk):
    data = past_workbook(walk, 3)
    page = through(analyst, edit(data, {"B4": "4 March 2025", "B5": "05/03/2025", "B6": 45722}))
    assert [a.on for a in page.context["read"].audits] == [
        dt.date(2025, 3, 4), dt.date(2025, 3, 5), dt.date(2025, 3, 6),
    ]  # fmt: skip
    page = read(analyst, edit(data, {"B4": "3/24/2025", "B5": "3/2/2025", "B6": "2025-03-04"}))
    assert page.context["order"] == "month-first"
    page = go_on(analyst, go_on(analyst, go_on(analyst, page)))
    assert page.context["read"].audits[1].on == dt.date(2025, 3, 2)


def awkward(book):
    sheet = book["Audits 2025"]
    sheet.column_dimensions["G"].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet["K4"] = sheet["J4"].value
    for row in range(4, 8):
        sheet.cell(row, 3000).value = None
    sheet["A8"], sheet["A7"] = sheet["A7"].value, sheet["A7"].value
    sheet.insert_rows(5)


def test_hidden_empty_double_and_total_rows_are_said(analyst, walk):
    page = through(analyst, changed(past_workbook(walk, 6), awkward))
    text = page.content.decode()
    assert "hidden columns were read: G" in text
    assert "is a row of totals; it was left out" in text
    assert any("the same reference as row" in s for s in refused(page).values())
    assert page.context["found"].added == 5


def two_headings(book):
    sheet = book["Audits 2025"]
    sheet["J2"], sheet["L2"] = "Section A", "Section B"
    for column in "JKLM":
        sheet[f"{column}3"] = "Clear"


def test_headings_in_two_rows_and_alike_are_told_apart(analyst, walk):
    data = changed(past_workbook(walk, 4), lambda b: b["Audits 2025"].unmerge_cells("J2:AB2"))
    page = read(analyst, changed(data, two_headings))
    assert page.context["table"].headers[6:10] == (
        "Section A: Clear", "Section A: Clear (2)", "Section B: Clear", "Section B: Clear (2)",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "fields", "words"),
    [
        ([["Only", "headings"]], {}, "has no sheet with headings and rows"),
        ([["Date", "A", "B"], ["x"]], {"sheet": "Other"}, "no sheet called “Other”"),
        ([["Date", "A", "B"], ["x"]], {"head": "40"}, "no row of audits stands below row 40"),
        ([["Date", "A", "B"], ["x"]], {"head": "0"}, "a whole number from 1 to 60"),
        ([["Checklist", "One", "Two"], ["Audit ref", "1", "2"], ["Date of audit", "3", "4"]], {},
         "one column an audit"),
        ([["a", "b"], ["c", "d"]], {"layout": "sheets"}, ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_audits(analyst, rows, fields, words):
    from tests.integration.work.past import book_of

    out = io.BytesIO()
    book_of(rows).save(out)
    page = read(analyst, out.getvalue(), **fields)
    if words:
        assert page.status_code == 400
        assert words in str(page.context["wrong"])


def test_a_csv_file(analyst, thread, walk):
    headings, given = past_rows(walk, 4, 1)
    lines = [";".join(f'"{cell}"' for cell in row) for row in (headings, *given)]
    bring(analyst, thread, "\r\n".join(lines).encode("cp1252"), name="past.csv")
    assert len(rows()) == 4


def test_what_changed_meanwhile_is_not_brought_in(analyst, thread, year):
    first, second = through(analyst, year), through(analyst, year)
    confirm(analyst, first)
    thread.finish()
    confirm(analyst, second)
    assert "All these audits are here already" in thread.finish().wrong
    page = client_of(analyst).get(f"{BASE}working/")
    assert page.status_code == 400
    assert len(rows()) == 30


def test_a_fault_writes_nothing(analyst, thread, year, monkeypatch):
    from goldthread.records.actions import past_audits as actions

    def broken(rows, framework_of):
        raise RuntimeError("no")

    monkeypatch.setattr(actions, "count_many", broken)
    confirm(analyst, through(analyst, year))
    assert thread.finish().wrong == bringing_in.FAULT
    assert rows() == []


# --- Who -------------------------------------------------------------------------------------


def test_lists_of_plans_and_past_audits_are_kept_apart(analyst, thread, year):
    number = bring(analyst, thread, year)
    lead = client_of(a_person("quality-lead"))
    assert lead.get(f"/work/{NORTH}/imports/{number}/").status_code == 404
    assert "past.xlsx" not in lead.get(f"/work/{NORTH}/imports/").content.decode()
    page = lead.get(f"/work/{NORTH}/audits/{rows()[0].reference}/").content.decode()
    assert "kept as said and never turned into answers" in page
    assert "Class B" in page
    listed = lead.get(f"/work/{NORTH}/audits/").content.decode()
    assert listed.count("Brought in from a spreadsheet") == 30


def test_nobody_else_sees_or_takes_back(analyst, thread, year):
    number = bring(analyst, thread, year)
    there = client_of(a_person("analyst", code=SOUTH))
    for path in (f"{number}/", f"{number}/refusals.csv"):
        assert there.get(f"/work/{SOUTH}/audits/past/{path}").status_code == 404
    manager = client_of(a_person("send-manager"))
    assert manager.get(BASE).status_code == 403
    assert manager.post(f"{BASE}{number}/", {"reason": "twice"}).status_code == 403
