"""One invented document for each layout family of real plans, with what must be found in it."""

from __future__ import annotations

import pytest

from goldthread.core.parsing.parse import parse
from goldthread.core.plan.plan import LETTERS, Plan
from goldthread.readers.layouts import shared_layouts
from tests.unit.core.parsing.shapes import Block, drawn

HISTORY = "Amara has lived in Northmere since she was two and came to her school in Reception."
PARENTS = "Her mother says that mornings are hard and that Amara loves music more than anything."
NEED_1 = "Amara has developmental language disorder and uses single phrases in talk with friends."
NEED_2 = "Amara reads at the level of a child of five, so she cannot follow written tasks."
OUT_1 = "By July 2028 Amara will join two ideas with because in 4 of 5 observed talks."
OUT_2 = "By July 2028 Amara will read 100 common words in any order without help."
PRO_1 = "A speech and language therapist will see Amara one-to-one for 45 minutes once a week."
PRO_2 = "A teacher with a Level 5 literacy qualification will teach Amara for 30 minutes daily."
ENDS = (
    "Section G: Health provision", "None.", "Section H1: Social care provision", "None.",
    "Section H2: Other social care provision", "None.", "Section I: Placement",
    "Northmere Primary School, a mainstream school.", "Section J: Personal budget",
    "No personal budget was asked for.", "Section K: Advice and information",
    "Educational psychologist, Ms R. Adeyemi, 2 March 2026, appended",
)  # fmt: skip
FRONT = (
    "Education, Health and Care Plan",
    [("Name", "Amara Okafor"), ("Date of birth", "4 May 2018"), ("Status", "Final")],
)


def read(*blocks: Block) -> Plan:
    return parse(drawn(*blocks), shared_layouts())


def texts(plan: Plan, letter: str) -> list[str]:
    section = plan.section(letter)
    return [] if section is None else [item.text for item in section.items]


def assert_all_found(plan: Plan, *but: str) -> None:
    assert plan.kind == "plan", plan.kind_reason
    assert [x for x in LETTERS if x not in plan.by_letter and x not in but] == []
    assert texts(plan, "B") == [NEED_1, NEED_2]
    assert texts(plan, "E") == [OUT_1, OUT_2]
    assert texts(plan, "F") == [PRO_1, PRO_2]
    for letter, text in (("A", PARENTS), ("I", "Northmere Primary"), ("J", "No personal budget")):
        assert text in plan.by_letter[letter].text


def assert_areas(plan: Plan) -> None:
    for letter in "BEF":
        items = plan.by_letter[letter].items
        assert [i.area for i in items] == ["communication", "cognition"], letter


def test_alphabetical_prose() -> None:
    plan = read(
        *FRONT,
        "# Section A: Views, interests and aspirations", HISTORY, PARENTS,
        "# Section B: Special educational needs", "## Communication and interaction", NEED_1,
        "## Cognition and learning", NEED_2,
        "# Section C: Health needs", "No health needs identified.",
        "# Section D: Social care needs", "No social care needs identified.",
        "# Section E: Outcomes", "## Communication & interaction", OUT_1,
        "## Cognition & learning", OUT_2,
        "# Section F: Special educational provision", "## Communication and interaction", PRO_1,
        "## Cognition and learning", PRO_2,
        *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert_areas(plan)
    assert plan.family == "prose"
    assert texts(plan, "C") == texts(plan, "G") == texts(plan, "H1") == []
    assert plan.by_letter["B"].areas == ("communication", "cognition")
    assert plan.leftover == ()
    assert plan.problems == ()


@pytest.mark.parametrize("heads", [
    ("Section B", "Section F", "Section E"),
    ("B – Special educational needs", "F – Special educational provision", "E – Outcomes"),
    ("Special educational needs", "Provision", "Outcomes"),
    ("(B) Needs", "(F) Provision", "(E) Outcomes sought"),
])  # fmt: skip
def test_one_table_an_area_with_columns_b_f_e(heads: tuple[str, ...]) -> None:
    plan = read(
        *FRONT,
        "** Section A", HISTORY, PARENTS,
        "** Communication and interaction",
        ["Strengths: Amara enjoys talking with adults.", heads, (NEED_1, PRO_1, OUT_1)],
        "** Cognition and learning",
        ["Strengths: Amara can count.", heads, (NEED_2, PRO_2, OUT_2), ("", "", "")],
        "Section C: Health needs", "None.", "Section D: Social care needs", "None.",
        *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert_areas(plan)
    assert plan.family == "area-tables"
    for letter in "BFE":
        found = plan.by_letter[letter]
        assert (found.found_by, found.repeats) == ("column", 2)
    rows = [[i.row for i in plan.by_letter[x].items] for x in "BFE"]
    assert rows[0] == rows[1] == rows[2]
    assert len(set(rows[0])) == 2
    assert "Amara can count" in plan.by_letter["B"].text


def test_area_title_as_first_row_of_the_table() -> None:
    heads = ("Section B", "Section F", "Section E")
    plan = read(
        *FRONT,
        "Section A: Views", HISTORY, PARENTS,
        ["Communication and interaction", heads, (NEED_1, PRO_1, OUT_1)],
        ["Cognition and learning", heads, (NEED_2, PRO_2, OUT_2)],
        "Section C: Health needs", "None.", "Section D: Social care needs", "None.",
        *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert_areas(plan)


@pytest.mark.parametrize("titled", [False, True])
def test_health_and_care_tables_carry_three_and_four_sections(titled: bool) -> None:
    first = ("C – Health needs", "G – Health provision", "E – Outcomes")
    second = ("D – Social care needs", "H1", "H2", "E – Outcomes")
    if titled:
        first = ("Health needs", "Health care provision", "Outcomes")
        second = ("Social care needs", "H1 social care provision", "H2 other", "Outcomes")
    plan = read(
        *FRONT,
        "Section A: Views, interests and aspirations", PARENTS,
        "Communication and interaction",
        [("Section B", "Section F", "Section E"), (NEED_1, PRO_1, OUT_1)],
        "Health",
        [first, ("Amara has epilepsy with absences.", "A nurse will train two staff each term.",
                 "By July 2027 Amara will tell an adult when she feels unwell.")],
        "Social care",
        [second, ("Amara needs an adult with her at the park.", "Two hours of short breaks a week.",
                  "A youth club will be found by the worker.",
                  "By July 2027 Amara will play at the park with a friend.")],
        "Section I: Placement", "Northmere Primary School.", "Section J: Personal budget", "None.",
        "Section K: Advice", "Ms R. Adeyemi, educational psychologist, 2 March 2026",
    )  # fmt: skip
    assert plan.missing == ()
    assert [len(texts(plan, x)) for x in ("C", "G", "D", "H1", "H2", "E")] == [1, 1, 1, 1, 1, 3]
    by = plan.by_letter
    assert by["C"].items[0].row == by["G"].items[0].row == by["E"].items[1].row
    assert by["D"].items[0].row == by["H2"].items[0].row == by["E"].items[2].row
    assert by["H1"].items[0].id == "H1.1"


def test_needs_part_then_outcomes_and_support_by_area() -> None:
    plan = read(
        *FRONT,
        "# Section A: Views, interests and aspirations", PARENTS,
        "# Section B: Special educational needs",
        "## Communication and interaction", NEED_1, "## Cognition and learning", NEED_2,
        "# Section C: Health needs", "None.", "# Section D: Social care needs", "None.",
        "# Outcomes and support plan",
        "## Communication and interaction", "### Section E: Outcomes", OUT_1,
        "### Section F: Provision", PRO_1,
        "## Cognition and learning", "### Section E: Outcomes", OUT_2,
        "### Section F: Provision", PRO_2,
        *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert_areas(plan)
    assert plan.family == "paired"
    assert plan.by_letter["E"].repeats == plan.by_letter["F"].repeats == 2
    assert "section-twice" not in [x.code for x in plan.problems]


def test_needs_part_then_outcomes_and_support_without_letters() -> None:
    plan = read(
        *FRONT,
        "# Section A: Views, interests and aspirations", PARENTS,
        "# Section B: Special educational needs",
        "## Communication and interaction", NEED_1, "## Cognition and learning", NEED_2,
        "# Section C: Health needs", "None.", "# Section D: Social care needs", "None.",
        "# Communication and interaction: outcomes and support plan",
        "## Outcomes", OUT_1, "## Special educational provision", PRO_1,
        "# Cognition and learning: outcomes and support plan",
        "## Outcomes", OUT_2, "## Special educational provision", PRO_2,
        *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert_areas(plan)


def test_e_before_b() -> None:
    plan = read(
        *FRONT,
        "** A. Views, interests and aspirations", PARENTS,
        "** E. Outcomes", "- " + OUT_1, "- " + OUT_2,
        "** B. Special educational needs", "- " + NEED_1, "- " + NEED_2,
        "** F. Special educational provision", "- " + PRO_1, "- " + PRO_2,
        "** C. Health needs", "None.", "** D. Social care needs", "None.",
        *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert [s.letter for s in plan.sections][:4] == ["A", "E", "B", "F"]


def test_two_column_provision() -> None:
    plan = read(
        *FRONT,
        "Section A", PARENTS, "Section B", "- " + NEED_1, "- " + NEED_2,
        "Section C", "None.", "Section D", "None.", "Section E", OUT_1, OUT_2,
        "Section F: Special educational provision",
        [("Provision", "Who will provide support"), (PRO_1, "The therapist"), (PRO_2, "")],
        *ENDS,
    )  # fmt: skip
    assert plan.missing == ()
    first, second = plan.by_letter["F"].items
    assert first.text == f"{PRO_1} · The therapist"
    assert dict(first.parts) == {"what": PRO_1, "who": "The therapist"}
    assert dict(second.parts) == {"what": PRO_2}


def test_numbered_parts_with_titles_instead_of_letters() -> None:
    plan = read(
        *FRONT,
        "# Part 1: Views, interests and aspirations", "## 1.1 My history", HISTORY, PARENTS,
        "# Part 2: Special educational needs", "## 2.1 Communication and interaction", NEED_1,
        "## 2.2 Cognition and learning", NEED_2,
        "# Part 3: Health needs", "None.", "# Part 4: Social care needs", "None.",
        "# Part 5: Outcomes", OUT_1, OUT_2,
        "# Part 6: Special educational provision", PRO_1, PRO_2,
        "# Part 7: Health care provision", "None.",
        "# Part 8: Social care provision", "None.",
        "# Part 9: Placement", "Northmere Primary School.",
        "# Part 10: Personal budget", "No personal budget was asked for.",
        "# Part 11: Advice and information", "Dr Okoro, paediatrician, 3 March 2026",
    )  # fmt: skip
    assert_all_found(plan, "H1", "H2")
    assert plan.family == "parts"
    assert "H" in plan.by_letter
    assert {s.found_by for s in plan.sections} == {"title"}


def test_grouped_banners_are_no_sections() -> None:
    plan = read(
        *FRONT,
        "Section A: Views, interests and aspirations", PARENTS,
        "** STRENGTHS, DIFFICULTIES AND OUTCOMES",
        "Section B: Special educational needs", NEED_1, NEED_2,
        "Section C: Health needs", "None.", "Section D: Social care needs", "None.",
        "Section E: Outcomes", OUT_1, OUT_2,
        "** PROVISION AND RESOURCES",
        "Section F: Special educational provision", PRO_1, PRO_2,
        *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert plan.family == "banners"
    assert "PROVISION" not in plan.by_letter["E"].text


def test_first_person_booklet() -> None:
    plan = read(
        "My Plan",
        [("My name", "Amara Okafor"), ("My date of birth", "4 May 2018")],
        "# All about me", HISTORY, PARENTS,
        "# My special educational needs", NEED_1, NEED_2,
        "# My health needs", "None.", "# My social care needs", "None.",
        "# My outcomes", OUT_1, OUT_2,
        "# What support I need", PRO_1, PRO_2,
        "# My health care provision", "None.", "# My social care provision", "None.",
        "# My school or college", "Northmere Primary School.",
        "# My personal budget", "No personal budget was asked for.",
        "# The people who gave advice", "Ms R. Adeyemi, educational psychologist, 2 March 2026",
    )  # fmt: skip
    assert_all_found(plan, "H1", "H2")
    assert plan.family == "booklet"
    assert plan.facts.child.forename == "Amara"


def test_letter_and_list_opening_puts_the_evidence_before_a() -> None:
    plan = read(
        "Dear Mrs Okafor", "This is the Education, Health and Care Plan for your child.",
        "Evidence considered", "Educational psychologist, Ms R. Adeyemi, 2 March 2026",
        "Community paediatrician, Dr Okoro, 3 March 2026",
        "Section A: Views, interests and aspirations", PARENTS,
        "Section B", NEED_1, NEED_2, "Section C", "None.", "Section D", "None.",
        "Section E", OUT_1, OUT_2, "Section F", PRO_1, PRO_2,
        *ENDS[:-2], "Section K", "See the list at the front.",
    )  # fmt: skip
    assert_all_found(plan)
    assert [a.profession for a in plan.facts.advice] == ["ep", "medical"]


def test_headings_in_one_cell_tables_and_in_full_rows() -> None:
    plan = read(
        *FRONT,
        ["Section A: Views, interests and aspirations"], PARENTS,
        ["Section B: Special educational needs", NEED_1, NEED_2],
        ["SECTION C", "None."], ["SECTION D", "None."],
        ["Section E: Outcomes", ("Outcome", "By whom", "Progress"), (OUT_1, "SENCO", "")],
        [("Section F", ""), ("Provision", "Frequency"), (PRO_1, "Weekly")],
        *ENDS,
    )  # fmt: skip
    assert plan.missing == ()
    assert texts(plan, "B") == [NEED_1, NEED_2]
    assert texts(plan, "E") == [f"{OUT_1} · SENCO"]
    assert plan.by_letter["F"].items[0].parts["how_often"] == "Weekly"


def test_label_at_the_left_of_every_row() -> None:
    plan = read(
        *FRONT,
        [("Section A", PARENTS), ("Section B", f"{NEED_1}\n{NEED_2}"), ("Section C", "None."),
         ("Section D", "None."), ("Section E", f"{OUT_1}\n{OUT_2}"),
         ("Section F", f"{PRO_1}\n{PRO_2}"), ("Section G", "None."), ("Section H1", "None."),
         ("Section H2", "None."), ("Section I", "Northmere Primary School."),
         ("Section J", "No personal budget was asked for."), ("Section K", "Dr Okoro, 3 May 2026")],
    )  # fmt: skip
    assert_all_found(plan)


def test_banner_over_a_table_without_heads() -> None:
    plan = read(
        *FRONT, "Section A", PARENTS,
        "** Sections B, F and E: Communication and interaction", [(NEED_1, PRO_1, OUT_1)],
        "** Sections B, F and E: Cognition and learning", [(NEED_2, PRO_2, OUT_2)],
        "Section C", "None.", "Section D", "None.", *ENDS,
    )  # fmt: skip
    assert_all_found(plan)
    assert_areas(plan)
    assert plan.by_letter["B"].found_by == "banner"


EXPLAINER = [
    ("Section A", "The views, interests and aspirations of the child and their parents."),
    ("Section B", "The child's special educational needs."),
    ("Section C", "Health needs which relate to their special educational needs."),
    ("Section D", "Social care needs which relate to their special educational needs."),
    ("Section E", "The outcomes sought for the child."),
    ("Section F", "The special educational provision required."),
    ("Section G", "Any health provision reasonably required."),
    ("Section H1", "Social care provision under the 1970 Act."),
    ("Section H2", "Any other social care provision."),
    ("Section I", "The name and type of the school."),
    ("Section J", "Details of any direct payment."),
    ("Section K", "The advice and information gathered."),
]


@pytest.mark.parametrize("at_the_end", [False, True])
@pytest.mark.parametrize("titled", [False, True])
def test_explanations_and_contents_are_not_the_plan(at_the_end: bool, titled: bool) -> None:
    head = ("Understanding the content of EHC plans",) if titled else ()
    body = (
        "Section A: Views, interests and aspirations", HISTORY, PARENTS,
        "Section B: Special educational needs", NEED_1, NEED_2,
        "Section C: Health needs", "None.", "Section D: Social care needs", "None.",
        "Section E: Outcomes", OUT_1, OUT_2,
        "Section F: Special educational provision", PRO_1, PRO_2, *ENDS,
    )  # fmt: skip
    explained = (*head, EXPLAINER, "Some words that follow the explanation.")
    plan = read(*FRONT, *(body + explained if at_the_end else explained + body))
    assert_all_found(plan)
    where = plan.leftover if at_the_end else plan.front
    assert "The outcomes sought for the child." in [p.text for p in where]
    assert plan.by_letter["A"].repeats == 1


def test_contents_page_without_dots_and_with() -> None:
    lines = [f"{a}: {b[:-1]} {n}" for n, (a, b) in enumerate(EXPLAINER, 3)]
    body = (
        "Section A", HISTORY, PARENTS, "Section B", NEED_1, NEED_2, "Section C", "None.",
        "Section D", "None.", "Section E", OUT_1, OUT_2, "Section F", PRO_1, PRO_2, *ENDS,
    )  # fmt: skip
    assert_all_found(read(*FRONT, "Contents", *lines, *body))
    dotted = [line.replace(": ", " ......... ") + " 4" for line in lines]
    assert_all_found(read(*FRONT, *dotted, *body))


def test_extra_sections_do_not_swell_their_neighbours() -> None:
    plan = read(
        *FRONT, "Section A", PARENTS, "Section B", NEED_1, NEED_2, "Section C", "None.",
        "Section D", "None.", "Section E", OUT_1, OUT_2,
        "Monitoring arrangements", "The school will look at progress each term.",
        "Section F", PRO_1, PRO_2, *ENDS, "Section L: Transport", "A taxi will be provided.",
    )  # fmt: skip
    assert_all_found(plan)
    left = [p.text for p in plan.leftover]
    assert "The school will look at progress each term." in left
    assert "A taxi will be provided." in left
