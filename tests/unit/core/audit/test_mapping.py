"""Columns of somebody's own list."""

import pytest
from pydantic import ValidationError

from goldthread.core.audit.listing import ListError
from goldthread.core.audit.mapping import (
    ColumnMapping,
    apply,
    identifies,
    suggest_mapping,
    unmapped,
)
from goldthread.readers.lists.aliases import load_columns


def test_usual_headers_are_known_whatever_their_case_and_brackets():
    headers = ["Pupil ID", "d.o.b. (dd/mm/yyyy)", "PRIMARY NEED", "Final_Plan_Date", "Shoe size"]
    mapping = suggest_mapping(headers, load_columns())
    assert mapping.columns == {
        "local_id": "Pupil ID",
        "born": "d.o.b. (dd/mm/yyyy)",
        "need": "PRIMARY NEED",
        "issued_on": "Final_Plan_Date",
    }
    assert unmapped(mapping, headers) == ("Shoe size",)


def test_nothing_is_guessed_by_likeness():
    assert suggest_mapping(["Date of birthday party", "Needs coffee"], load_columns()).columns == {}


def test_no_header_leads_to_two_fields():
    columns = load_columns()
    for name, field in columns.fields.items():
        for header in field.headers:
            assert suggest_mapping([header], columns).columns == {name: header}


def test_no_spelling_of_a_code_means_two_codes():
    columns = load_columns()
    for field, codes in columns.values.items():
        for code, words in codes.items():
            for word in (code, *words):
                assert columns.codes[field]["".join(c for c in word.lower() if c.isalnum())] == code


def test_cells_become_fields_and_codes():
    mapping = ColumnMapping(
        columns={"local_id": "Ref", "need": "Kind"}, values={"need": {"Speech": "SLCN"}}
    )
    rows = [("row 2", ("A1", "speech")), ("row 3", ("", "")), ("row 4", ("A2",))]
    found = list(apply(mapping, ["Ref", "kind"], rows))
    assert [(r.row, r.values) for r in found] == [
        ("row 2", {"local_id": "A1", "need": "SLCN"}),
        ("row 4", {"local_id": "A2"}),
    ]


@pytest.mark.parametrize(
    ("columns", "headers", "said"),
    [
        ({"local_id": "Ref"}, ["Reference"], "no column"),
        ({"local_id": "Ref"}, ["Ref", "REF"], "2 columns"),
        ({"need": "Need"}, ["Need"], "who"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(columns, headers, said):
    with pytest.raises(ListError, match=said):
        apply(ColumnMapping(columns=columns), headers, [])


def test_a_field_that_is_not_ours_is_refused():
    with pytest.raises(ValidationError):
        ColumnMapping(columns={"shoe_size": "Shoe"})


def test_who_can_be_told_apart():
    assert identifies(["upn"])
    assert identifies(["surname", "born"])
    assert not identifies(["surname", "need"])
