import pytest

from goldthread.core.benchmark.standout import StandsOut
from goldthread.core.benchmark.values import Sentence, State
from goldthread.core.report import cells
from goldthread.core.report.blocks import Heading, Items, Note, Paragraph, Picture, Table
from goldthread.core.report.report import (
    NOTHING_STANDS_OUT,
    authority_report,
    measures_report,
)
from tests.builders import (
    authority,
    comparator,
    comparison,
    library,
    measure,
    silent,
    source,
)

NOTHING = StandsOut((), (), (), (), "A note on chance.")


def blocks_of(report, kind):
    return [b for b in report.blocks if isinstance(b, kind)]


def test_what_stands_out_comes_first_with_its_title_and_sentence():
    good = comparison()
    found = StandsOut((good,), (), (), (), "A note on chance.")
    report = authority_report(authority(), comparator(), [good, silent()], found, library())
    first, group, items = report.blocks[:3]
    assert first.text == "What stands out"
    assert group.text == "Clearly on the favourable side"
    assert isinstance(items, Items)
    assert items.items[0].lead == good.title
    assert items.items[0].text == f"{good.sentence.text} {good.trend.sentence}"
    assert Note("A note on chance.") in report.blocks


def test_each_sentence_leads_to_its_figures():
    good = comparison()
    found = StandsOut((good,), (), (), (), "")
    report = authority_report(authority(), comparator(), [good], found, library())
    anchors = {h.anchor for h in blocks_of(report, Heading)}
    assert {
        i.anchor for block in blocks_of(report, Items) for i in block.items if i.anchor
    } <= anchors


def test_anchors_are_unique():
    good = comparison()
    found = StandsOut((good,), (), (), (silent(),), "")
    report = authority_report(authority(), comparator(), [good, silent()], found, library())
    anchors = [h.anchor for h in blocks_of(report, Heading)]
    assert len(anchors) == len(set(anchors))


def test_when_nothing_stands_out_it_says_so():
    report = authority_report(authority(), comparator(), [comparison()], NOTHING, library())
    assert Paragraph(NOTHING_STANDS_OUT) in report.blocks
    assert Note("A note on chance.") not in report.blocks


def test_every_measure_stands_in_its_themes_table():
    report = authority_report(
        authority(), comparator(), [comparison(), silent()], NOTHING, library()
    )
    tables = {t.caption.partition(":")[0]: t for t in blocks_of(report, Table)}
    assert list(tables) == ["Demand", "Timeliness"]
    row = tables["Timeliness"].rows[0]
    assert row == (
        "New plans issued within 20 weeks", "61.3%", "56.4 to 65.9", "46.0%", "45.9%",
        "Clearly above (favourable)", "Rising", "2024",
    )  # fmt: skip


def test_a_missing_figure_is_a_dash_with_its_reason_below():
    report = authority_report(authority(), comparator(), [silent()], NOTHING, library())
    (table,) = blocks_of(report, Table)
    assert table.rows[0][1:] == ("–", "–", "–", "45.9", "No figure", "–", "2024")
    reasons = [i.text for block in blocks_of(report, Items) for i in block.items]
    assert "The source marks it as unavailable." in reasons


def test_pictures_carry_the_same_numbers_as_a_table():
    report = measures_report(authority(), comparator(), [comparison()], library())
    peers, trend = blocks_of(report, Picture)
    assert peers.table.rows[0] == ("Northmere", "61.3%", "56.4 to 65.9", "245 of 400")
    assert ("Thornby (no figure: Not available)", "", "", "") in peers.table.rows
    assert [row[0] for row in trend.table.rows] == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert all(p.spec["description"] for p in (peers, trend))


def test_chosen_measures_are_not_ranked_as_standing_out():
    report = measures_report(authority(), comparator(), [comparison()], library())
    assert "What stands out" not in [h.text for h in blocks_of(report, Heading)]


def test_sources_and_licences_close_the_report():
    report = measures_report(authority(), comparator(), [comparison()], library())
    said = [i for block in blocks_of(report, Items) for i in block.items if i.lead == "Nobody"]
    assert "Open Government Licence v3.0" in said[0].text
    assert said[0].link == "https://example.org/plans"


def test_a_caveat_is_said_once_with_the_measures_that_it_touches():
    two = [comparison(), comparison(id="other", title="Another measure")]
    report = authority_report(authority(), comparator(), two, NOTHING, library())
    said = [i for block in blocks_of(report, Items) for i in block.items]
    touched = [i.lead for i in said if i.text == "Exceptions are counted as late."]
    assert touched == ["New plans issued within 20 weeks; Another measure"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Clearly above (favourable)"),
        ({"good": False, "state": State.CLEARLY_BELOW}, "Clearly below (unfavourable)"),
        ({"good": None}, "Clearly above"),
        ({"flagged": False}, "Clearly above (one of many looked at: may be chance)"),
        ({"state": State.NOT_COMPARED, "good": None}, "–"),
        ({"state": State.NO_FIGURE, "good": None}, "No figure"),
        ({"state": State.OWN_DATA_ONLY, "good": None}, "Own result only"),
    ],
)
def test_the_state_in_words(changes, words):
    assert cells.beside(comparison(**changes)) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (111, "111th"),
     (121, "121st")],
)  # fmt: skip
def test_ordinals(n, words):
    assert cells.ordinal(n) == words


def test_words_show_how_many_peers_have_the_same():
    said = comparison(
        text="Typically positive", value=None, peer_median=None, low=None, high=None,
        sentence=Sentence("compare.words", "Typically positive (2024)."),
    )  # fmt: skip
    assert cells.own(said) == "Typically positive"
    assert cells.peers(said) == "–"


def test_a_brief_report_has_no_pictures_and_only_the_caveats_of_what_stands_out():
    good = comparison()
    other = comparison(id="other", title="Another", caveats=("Only of the other.",))
    found = StandsOut((good,), (), (), (), "")
    report = authority_report(
        authority(), comparator(), [good, other], found, library(), brief=True
    )
    assert not blocks_of(report, Picture)
    said = [i.text for block in blocks_of(report, Items) for i in block.items]
    assert "Exceptions are counted as late." in said
    assert "Only of the other." not in said


def test_files_of_one_publication_are_one_source():
    two = {"invented-plans": source(), "other": source(id="other", title="Other plans")}
    plans = measure(denominator=measure().denominator.model_copy(update={"source": "other"}))
    content = library(sources=two, measures={plans.id: plans})
    report = measures_report(authority(), comparator(), [comparison()], content)
    (said,) = [i for b in blocks_of(report, Items) for i in b.items if i.lead == "Nobody"]
    assert said.text == (
        "Invented plans; Other plans. Edition 1, published 1 June 2025. Figures: 2019 to 2024. "
        "Invented for tests. Licence: Open Government Licence v3.0."
    )


def test_a_sentence_does_not_say_its_title_twice():
    c = comparison(sentence=Sentence("r", "New plans issued within 20 weeks: 61% in 2024."))
    assert cells.said(c) == "61% in 2024."
