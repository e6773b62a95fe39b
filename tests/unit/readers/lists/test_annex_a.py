"""Annex A, list 1: each validation rule by its published code, and the fictitious example."""

import datetime as dt
import io

import openpyxl
import pytest

from goldthread.content import folder
from goldthread.core.audit.list_rules import RULES
from goldthread.readers.lists import read_list
from goldthread.readers.lists.annex_a import FIELDS
from goldthread.simulation.lists import upn
from goldthread.simulation.lists_excel import ANNEX_A

DAY = dt.date(2026, 1, 15)
NUMBER = 77
GOOD = {
    "Unique ID": "C1", "UPN": "", "Date of birth": dt.date(2014, 1, 1), "Gender": "a) Male",
    "Ethnicity": "WBRI", "Date initial EHC plan issued": dt.date(2020, 1, 1),
    "Date updated EHC plan issued": dt.date(2024, 1, 1),
    "Date EHC plan last reviewed": dt.date(2025, 6, 1), "SEN primary need": "k) ASD",
    "Main education establishment – URN": 123456,
    "Main education establishment – phase": "b) Primary", "Elective home education": "b) No",
    "Does the child or young person have a disability?": "a) Yes",
}  # fmt: skip
BORN, URN = "Date of birth", "Main education establishment – URN"
SUBSIDIARY = "Subsidiary education establishment – phase (dual registration)"


def workbook(*rows, above=(), sheet="List_1"):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for line in above:
        page.append(line)
    page.append(ANNEX_A)
    for row in rows:
        page.append([row.get(column) for column in ANNEX_A])
    out = io.BytesIO()
    book.save(out)
    return [("annex.xlsx", out.getvalue())]


def row(**changes):
    return {**GOOD, "UPN": upn(NUMBER), **changes}


def codes(*rows):
    return [r.code for r in read_list(workbook(*rows), DAY).refusals]


def test_a_good_row_breaks_no_rule():
    listed = read_list(workbook(row()), DAY)
    assert listed.refusals == ()
    plan = listed.plans[0]
    assert (plan.need, plan.sex, plan.phase, plan.urn) == ("ASD", "M", "primary", "123456")
    assert (plan.status, plan.plan_kind, plan.row) == ("amended", "reviewed", "row 2")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({BORN: None}, "101a"),
        ({"Gender": None}, "101b"),
        ({"Ethnicity": None}, "101c"),
        ({"SEN primary need": None}, "101d"),
        ({BORN: dt.date(2000, 6, 1)}, "102a"),
        ({BORN: dt.date(1999, 6, 1)}, "102b"),
        ({"Does the child or young person have a disability?": None}, "103"),
        ({BORN: dt.date(2026, 6, 1)}, "105a"),
        ({"Date updated EHC plan issued": dt.date(2026, 6, 1)}, "105c"),
        ({"Date EHC plan last reviewed": dt.date(2026, 6, 1)}, "105d"),
        ({"Date updated EHC plan issued": dt.date(2019, 1, 1)}, "106a"),
        ({"Date EHC plan last reviewed": dt.date(2019, 1, 1)}, "106b"),
        ({"UPN": None}, "107"),
        ({URN: None}, "108a"),
        ({URN: None, SUBSIDIARY: "h) Pupil referral unit/Alternative provision"}, "108b"),
    ],
)
def test_each_rule_by_its_code(changes, code):
    assert codes(row(**changes)) == [code]


def test_a_plan_issued_in_the_future():
    late = row(**{"Date initial EHC plan issued": dt.date(2026, 6, 1)})
    assert codes(late) == ["105b"]


def test_one_upn_twice_keeps_the_plan_issued_last():
    later = row(**{"Unique ID": "C2", "Date initial EHC plan issued": dt.date(2021, 1, 1)})
    listed = read_list(workbook(row(), later), DAY)
    assert [(r.row, r.code, r.kind) for r in listed.refusals] == [("row 2", "109", "refused")]
    assert [p.local_id for p in listed.plans] == ["C2"]


def test_the_codes_are_those_of_the_published_rules():
    sheet = openpyxl.load_workbook(
        folder("reference") / "annex_a/annex_a_send_validation_rules.xlsx"
    )
    published = {str(r[2]) for r in sheet["Sheet1"].iter_rows(values_only=True) if r[2]}
    mine = {c for rule in RULES.values() for c in (rule.code, *dict(rule.codes).values()) if c}
    assert mine | {"109"} == {c for c in published if c.startswith("1")} - {"104", "112"}


def test_headings_may_stand_below_a_merged_title_on_any_sheet():
    found = read_list(workbook(row(), above=[["Annex A"], []], sheet="EHCPs 2026"), DAY)
    assert (found.format, found.plans[0].row) == ("annex-a", "row 4")


def test_home_education_and_special_schools_are_settings_not_phases():
    home = row(**{"Elective home education": "a) Yes", URN: "ok"})
    special = row(**{"Unique ID": "C2", "UPN": upn(2),
                     "Main education establishment – phase": "g) Special"})  # fmt: skip
    plans = read_list(workbook(home, special), DAY).plans
    assert [p.setting_kind for p in plans] == ["home-educated", "special-school"]
    assert plans[1].phase == "secondary"  # by age: 11 on 31 August 2025


def test_the_fictitious_example_is_read_with_its_faults():
    path = folder("reference") / "annex_a/fictitious_annex_a_send_lists.xlsx"
    listed = read_list([(path.name, path.read_bytes())], DAY)
    assert (listed.format, listed.read) == ("annex-a", 2)
    assert "102b" in {r.code for r in listed.refusals}


def test_every_heading_of_ours_is_in_the_standard_list():
    from goldthread.core.audit.mapping import plain

    assert set(FIELDS) <= {plain(column) for column in ANNEX_A}
