"""The SEN2 return as XML: versions, spellings, several plans, and what is no return."""

import datetime as dt

import pytest

from goldthread.core.audit.listing import ListError
from goldthread.readers.lists import read_list

TODAY = dt.date(2026, 2, 1)
HEADER = (
    "<Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>301</LEA></Source></Header>"
)
PERSON = (
    "<Surname>Osei</Surname><Forename>Ash</Forename><PersonBirthDate>2012-03-01</PersonBirthDate>"
)
PLAN = (
    "<Requests><ReceivedDate>2023-01-01</ReceivedDate><Assessment><NamedPlan>"
    "<StartDate>2023-06-01</StartDate>{end}<PlanDetail><URN>100001</URN></PlanDetail></NamedPlan>"
    "</Assessment><ActivePlans>{active}</ActivePlans></Requests>"
)


def message(*persons, header=HEADER):
    inside = "".join(f"<Person>{p}</Person>" for p in persons)
    return f"<?xml version='1.0'?><Message>{header}<Persons>{inside}</Persons></Message>"


def read(text, authority=None):
    data = text if isinstance(text, bytes) else text.encode()
    return read_list([("return.xml", data)], TODAY, authority=authority)


def plan_of(person, **parts):
    parts = {"end": "", "active": "<LastReview>2025-01-01</LastReview>", **parts}
    return read(message(person + PLAN.format(**parts)))


def test_the_header_settles_authority_and_reference_date():
    listed = plan_of(PERSON)
    assert (listed.authority, listed.reference_date) == ("301", dt.date(2026, 1, 15))
    assert listed.plans[0].row == "Person 1"


def test_old_and_odd_spellings_are_read():
    old = PERSON + "<GENDERCURRENT>F</GENDERCURRENT>"
    text = message(old + PLAN.format(end="", active="<RES>A</RES><WPB>x</WPB>"))
    text = text.replace("Person>", "PERSON>").replace("StartDate", "startdate")
    plan = read(text.replace("<Requests>", "<Requests><rquestsource>1</rquestsource>")).plans[0]
    assert (plan.sex, plan.issued_on) == ("F", dt.date(2023, 6, 1))


def test_a_namespace_changes_nothing():
    text = message(PERSON + PLAN.format(end="", active="<LastReview>2025-01-01</LastReview>"))
    spaced = text.replace("<Message>", "<Message xmlns='urn:invented'>")
    assert read(spaced).plans == read(text).plans


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_encodings(encoding):
    text = message(PERSON.replace("Osei", "Zoë") + PLAN.format(end="", active="<X>1</X>"))
    declared = text.replace("?>", f" encoding='{encoding.removesuffix('-sig')}'?>", 1)
    assert read(declared.encode(encoding)).plans[0].surname == "Zoë"


def test_people_without_a_plan_are_counted_and_left_out():
    asked = PERSON + "<Requests><ReceivedDate>2025-12-01</ReceivedDate></Requests>"
    listed = read(message(asked, PERSON, PERSON + PLAN.format(end="", active="<X>1</X>")))
    assert (listed.read, listed.without_plan, len(listed.plans)) == (3, 2, 1)
    assert listed.plans[0].row == "Person 3"


def test_of_several_plans_the_one_in_force_is_taken():
    ended = PLAN.format(end="<CeaseDate>2024-01-01</CeaseDate>", active="<X>1</X>")
    later = PLAN.format(end="", active="<X>1</X>").replace("2023-06-01", "2024-06-01")
    listed = read(message(PERSON + later + ended))
    assert [(p.issued_on, p.ceased_on) for p in listed.plans] == [(dt.date(2024, 6, 1), None)]
    assert listed.refusals == ()


def test_two_plans_in_force_are_said():
    both = PLAN.format(end="", active="<X>1</X>")
    listed = read(message(PERSON + both + both.replace("2023-06-01", "2025-06-01")))
    assert listed.plans[0].issued_on == dt.date(2025, 6, 1)
    assert [(r.row, r.kind) for r in listed.refusals] == [("Person 1", "warning")]


def test_the_place_of_the_day_is_the_one_not_left():
    def place(urn, rank, entered, left=""):
        end = f"<LeavingDate>{left}</LeavingDate>" if left else ""
        return (
            f"<PlacementDetail><URN>{urn}</URN><PlacementRank>{rank}</PlacementRank>"
            f"<EntryDate>{entered}</EntryDate>{end}</PlacementDetail>"
        )

    active = (
        place(100002, 1, "2020-09-01", "2024-07-20")
        + place(100003, 2, "2025-09-01")
        + place(100004, 1, "2024-09-01")
        + place(100005, 1, "2023-09-01", "2026-07-20")
    )
    assert plan_of(PERSON, active=active).plans[0].urn == "100004"


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ([("ASD", 1), ("SLCN", 2)], ("ASD", "SLCN")),
        ([("SLCN", 2), ("ASD", 1)], ("ASD", "SLCN")),
        ([("HI", "")], ("HI", None)),
        ([("HI", 2)], (None, "HI")),
        ([], (None, None)),
    ],
)
def test_needs_stand_by_their_rank(needs, found):
    active = "<X>1</X>" + "".join(
        f"<SENneed><SENtype>{code}</SENtype><SENtypeRank>{rank}</SENtypeRank></SENneed>"
        for code, rank in needs
    )
    plan = plan_of(PERSON, active=active).plans[0]
    assert (plan.need, plan.second_need) == found


def test_a_plan_from_another_authority_is_transferred():
    assert (
        plan_of(PERSON, active="<TransferLA>209</TransferLA>").plans[0].plan_kind == "transferred"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<Message><Header/></Message>", "no rows"),
        (message(PERSON, header=HEADER.replace("SEN2", "CIN")), "no SEN2 return"),
        ("<rss><Person><Surname>x</Surname></Person></rss>", "no SEN2 return"),
        (message(PERSON)[:-30], "damaged or cut short"),
        ("<html><body>Sign in</body></html>", "web page"),
        ("<!DOCTYPE Message [<!ENTITY a 'b'>]><Message/>", "document type"),
    ],
)
def test_what_is_no_return_is_refused_in_a_sentence(text, said):
    with pytest.raises(ListError, match=said) as refused:
        read(text)
    assert str(refused.value).count("\n") == 0


BOMB = (
    "<?xml version='1.0'?>" + " " * 5000 + "<!DOCTYPE Message [<!ENTITY a 'aaaaaaaaaa'>"
    "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
    "<Message><Persons><Person><Surname>&c;</Surname></Person></Persons></Message>"
)


def test_entities_are_never_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("do not read")
    outside = (
        "<?xml version='1.0'?>"
        + " " * 5000
        + f"<!DOCTYPE M [<!ENTITY a SYSTEM '{secret.as_uri()}'>]>"
        "<Message><Persons><Person><Surname>&a;</Surname></Person></Persons></Message>"
    )
    for text in (BOMB, outside):
        with pytest.raises(ListError, match="document type"):
            read(text)
    with pytest.raises(ListError):
        read(BOMB.encode("utf-16"))


def test_deep_nesting_is_refused():
    deep = "<a>" * 5000 + "</a>" * 5000
    with pytest.raises(ListError, match="damaged"):
        read(message(PERSON + f"<Requests>{deep}</Requests>"))
