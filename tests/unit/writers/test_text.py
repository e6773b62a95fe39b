from goldthread.core.benchmark.standout import StandsOut
from goldthread.core.report.blocks import Column, Report, Table
from goldthread.core.report.report import authority_report, measures_report
from goldthread.writers.text import WIDTH, text
from tests.builders import authority, comparator, comparison, library, silent


def whole(brief=False):
    found = StandsOut((comparison(),), (), (), (), "A note on chance.")
    report = authority_report(
        authority(), comparator(), [comparison(), silent()], found, library(), brief=brief
    )
    return text(report)


def test_no_line_is_wider_than_the_screen_or_ends_in_space():
    lines = whole().splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert all(line == line.rstrip() for line in lines)


def test_what_stands_out_comes_before_the_themes():
    said = whole()
    assert said.index("WHAT STANDS OUT") < said.index("Clearly on the favourable side")
    assert said.index("Clearly on the favourable side") < said.index("DEMAND")


def test_a_wide_table_becomes_entries_with_named_cells():
    said = " ".join(whole(brief=True).split())
    assert (
        "New plans issued within 20 weeks Northmere 61.3% · likely 56.4 to 65.9 · peers 46.0% · "
        "England 45.9% · Clearly above (favourable) · five years: Rising · 2024"
    ) in said


def test_a_chosen_measure_shows_its_peers_in_columns():
    report = measures_report(authority(), comparator(), [comparison()], library())
    lines = text(report).splitlines()
    assert any(line.split() == ["Northmere", "61.3%", "56.4", "to", "65.9", "245", "of", "400"]
               for line in lines)  # fmt: skip


def test_pictures_can_be_left_out():
    assert "year by year" not in whole(brief=True)


def test_a_narrow_table_keeps_its_columns_in_line():
    table = Table("Caption", (Column("A"), Column("B", numeric=True)), (("x", "1"), ("long", "22")))
    lines = text(Report("T", "S", (table,), "0")).splitlines()
    assert lines[-3:] == ["-" * 8, "x      1", "long  22"]
