"""Tables of text, and the sentence each unreadable file gets."""

import gzip

import pytest

from goldthread.readers.tables import TableError, read_table, table_of

GOOD = 'time_period,la_name,ehcplans\n202425,Leeds,x\n202425,"Bristol, City of",0\n'


def test_every_value_is_text_and_a_blank_is_an_empty_text():
    table = table_of(b"a,b\n1,\n,02\n", "plans.csv")
    assert table.to_dicts() == [{"a": "1", "b": ""}, {"a": "", "b": "02"}]


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_table():
    table = table_of(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "plans.csv")
    assert table.columns == ["time_period", "la_name", "ehcplans"]
    assert table["ehcplans"].to_list() == ["x", "0"]
    assert table["la_name"].to_list() == ["Leeds", "Bristol, City of"]


def test_gzip_is_known_by_its_bytes_and_not_by_its_name(tmp_path):
    path = tmp_path / "plans.csv"
    path.write_bytes(gzip.compress(GOOD.encode()))
    assert read_table(path).height == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "plans.csv is empty"),
        (b" \n\n ", "plans.csv is empty"),
        (b"a,b\n", "has a header but no rows"),
        (b"PK\x03\x04rest", "is an Excel or zip file, not CSV"),
        (b"\xd0\xcf\x11\xe0rest", "is an old Excel file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\n<!DOCTYPE html><p>no", "is a web page"),
        ("a,b\n1,2".encode("utf-16"), "in the UTF-16 encoding"),
        ("a,b\n1,2\n3,Café".encode("cp1252"), "is not UTF-8 (line 3"),
        (b"a,b\n1,\x00\n", "binary data"),
        (b"a,b,a\n1,2,3\n", "more than one column called “a”"),
        (b"just words\nand more\n", "no commas in its first line"),
        (b"a,b,c\n1,2,3\n1,2\n1,2,3\n", "line 3: 2 values where there are 3 columns"),
        (b"a,b,c\n1,2,3\n1,2", "cut short"),
        (b"a,b\n1,2,3\n", "line 2: 3 values where there are 2"),
        (gzip.compress(GOOD.encode(), mtime=0)[:-12], "cut short or damaged"),
    ],
)
def test_an_unreadable_file_gets_one_sentence_that_names_it(data, said):
    with pytest.raises(TableError) as error:
        table_of(data, "plans.csv")
    assert said in str(error.value)
    assert "plans.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_a_sentence_too(tmp_path):
    with pytest.raises(TableError, match=r"nowhere.csv cannot be read: No such file"):
        read_table(tmp_path / "nowhere.csv")


def test_a_gzip_bomb_is_refused_before_it_is_unpacked_whole(monkeypatch):
    monkeypatch.setattr("goldthread.readers.tables.LARGEST", 2**20)
    with pytest.raises(TableError, match="unpacks to more than 1 MB"):
        table_of(gzip.compress(b"0" * (2**20 + 1)), "plans.csv")


def test_a_quoted_field_over_two_lines_is_one_value():
    assert table_of(b'a,b\n"one\ntwo",3\n', "t.csv")["a"].to_list() == ["one\ntwo"]
