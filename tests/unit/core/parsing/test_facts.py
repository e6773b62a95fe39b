"""What a plan says about itself: child, status, dates, people, advice. All invented."""

from __future__ import annotations

import datetime as dt

import pytest

from goldthread.core.parsing.parse import parse
from goldthread.core.plan.plan import Facts
from goldthread.readers.layouts import shared_layouts
from tests.unit.core.parsing.shapes import Block, drawn

BODY = (
    "Section A", "Amara says that she loves music.", "Section B", "Amara has a hearing loss.",
    "Section E", "By July 2028 Amara will ask for help.", "Section F",
    "A teacher will teach Amara daily.",
)  # fmt: skip


def facts(*front: Block, margins: tuple[str, ...] = (), end: tuple[Block, ...] = ()) -> Facts:
    document = drawn(*front, *BODY, *end, margins=margins)
    return parse(document, shared_layouts()).facts


def test_labels_at_the_left_and_several_numbers_in_one_cell() -> None:
    found = facts([
        ("Full name", "Amara Okafor (known as Ama)", "DOB", "04/05/2018"),
        ("UPN: x NHS no: y\nSocial care no: z", "", "Gender", "☐ Male ☒ Female"),
        ("Setting and year group", "Northmere Primary School, Year 3", "", ""),
        ("Parents/carers", "Ngozi Okafor (mother) and Chidi Okafor (father)", "", ""),
    ])  # fmt: skip
    child = found.child
    assert child.name is not None
    assert (child.name.value, child.known_as, child.pronoun) == ("Amara Okafor", "Ama", "she")
    assert child.born is not None
    assert child.born.day == dt.date(2018, 5, 4)
    assert child.year_group is not None
    assert child.year_group.value == "Year 3"
    names = [(p.name, p.role) for p in found.people]
    assert ("Ngozi Okafor", "parent") in names
    assert ("Chidi Okafor", "parent") in names


def test_labels_above_their_values() -> None:
    found = facts([
        ("Forename", "Surname", "Date of birth"), ("Amara", "OKAFOR", "4th May 2018"),
        ("School", "Year group", "Pronouns"), ("Northmere Primary School", "4", "they/them"),
    ])  # fmt: skip
    child = found.child
    assert (child.forename, child.surname, child.pronoun) == ("Amara", "OKAFOR", "they")
    assert child.born is not None
    assert child.born.day == dt.date(2018, 5, 4)
    assert child.school is not None
    assert child.school.value == "Northmere Primary School"
    assert child.year_group is not None
    assert child.year_group.value == "Year 4"


def test_lines_with_a_colon_a_tab_or_nothing() -> None:
    found = facts("Name: Amara Okafor\tNHS number: 0", "Date of birth 4 May 2018", "Sex:\tFemale")
    assert found.child.forename == "Amara"
    assert found.child.born is not None
    assert found.child.pronoun == "she"


def test_several_labels_run_together_in_one_line() -> None:
    found = facts("Name: Amara Okafor Date of birth: 4 May 2018 Year group: Year 4")
    assert found.child.surname == "Okafor"
    assert found.child.born is not None
    assert found.child.year_group is not None


def test_a_name_in_the_title_only() -> None:
    found = facts("Education, Health and Care Plan for Amara Okafor")
    assert found.child.name is not None
    assert found.child.name.value == "Amara Okafor"


def test_placeholders_are_no_facts() -> None:
    found = facts("Name: [insert name]", "Date of birth:", "Officer: TBC")
    assert found.child.name is None
    assert found.child.born is None
    assert found.officer is None


@pytest.mark.parametrize(("line", "status"), [
    ("Status: Final", "final"),
    ("Status: Draft / Final / Amended", "unknown"),
    ("Status: ☐ Draft ☐ Final", "unknown"),
    ("Status: ☐ Draft ☒ Final ☐ Amended final", "final"),
    ("Status: Draft ☐ Final ☒", "final"),
    ("Status: [x] Draft [ ] Final", "draft"),
    ("Plan status: Amended final", "amended"),
    ("DRAFT EDUCATION, HEALTH AND CARE PLAN", "draft"),
    ("Final Education, Health and Care Plan", "final"),
    ("Amended Final EHC Plan", "amended"),
    ("Proposed plan", "draft"),
    ("This final paragraph says that a plan may be a draft one day.", "unknown"),
    ("Education, Health and Care Plan", "unknown"),
])  # fmt: skip
def test_status(line: str, status: str) -> None:
    assert facts(line).status == status


def test_a_running_head_says_the_status_when_nothing_else_does() -> None:
    assert facts("EHC plan", margins=("DRAFT",)).status == "draft"
    assert facts("Status: Final", margins=("DRAFT",)).status == "final"


def test_a_file_name_is_no_status() -> None:
    document = drawn("EHC plan", *BODY, name="Amara FINAL.docx")
    assert parse(document, shared_layouts()).facts.status == "unknown"


def test_dates_get_the_role_of_the_nearest_label() -> None:
    found = facts(
        [("Date of draft", "3 March 2026", "Date of final plan", "1 May 2026"),
         ("Date first issued", "27.02.2024", "Next review due", "July 2027")],
        "This plan was amended on 2 June 2026.",
        end=("Signed by: Joan Marsh, SEND Officer", "Date: 30.08.2026"),
    )  # fmt: skip
    roles = {d.role: (d.day, d.exact) for d in found.dates}
    assert roles["draft"] == (dt.date(2026, 3, 3), True)
    assert roles["issued"] == (dt.date(2026, 5, 1), True)
    assert roles["first_made"] == (dt.date(2024, 2, 27), True)
    assert roles["review_due"] == (dt.date(2027, 7, 31), False)
    assert roles["amended"] == (dt.date(2026, 6, 2), True)
    assert roles["signed"] == (dt.date(2026, 8, 30), True)
    assert found.officer is not None
    assert "Joan Marsh" in found.officer.value


def test_the_next_review_is_read_from_a_sentence_where_no_label_gives_it() -> None:
    found = facts("EHC plan", end=("Section K", "The next review is due by 6 May 2027 at school."))
    assert [d.day for d in found.dates if d.role == "review_due"] == [dt.date(2027, 5, 6)]


def test_authority_and_version() -> None:
    found = facts("Northmere County Council", "Version 2.1")
    assert found.authority is not None
    assert found.authority.value == "Northmere County Council"
    assert found.version is not None
    assert found.version.value == "2.1"


def test_advice_in_a_table_and_in_lines() -> None:
    table = [
        ("Advice", "Author", "Date received", "Appended"),
        ("Educational psychology", "Ms R. Adeyemi", "2 March 2026", "Yes"),
        ("Speech and language therapy", "Ewa Nowak", "not known", "No"),
    ]
    found = facts(end=("Section K", table)).advice
    assert [(a.author, a.profession, a.day, a.appended) for a in found] == [
        ("Ms R. Adeyemi", "ep", dt.date(2026, 3, 2), True),
        ("Ewa Nowak", "salt", None, False),
    ]
    lines = (
        "Section K", "The following advice was asked for:",
        "- Dr B. Okoro, community paediatrician, 3 March 2026 (Appendix B)",
        "- Parents: Ngozi Okafor, 1 March 2026, not attached",
    )  # fmt: skip
    found = facts(end=lines).advice
    assert [(a.author, a.profession, a.appended) for a in found] == [
        ("Dr B. Okoro", "medical", True),
        ("Ngozi Okafor", "parents", False),
    ]
