"""Each page: its status, what it says, and that its numbers are the engine's."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from goldthread.core.report import cells
from tests.integration.web.reading import read

PLACE = "/authorities/birmingham/"
MEASURE = f"{PLACE}measures/plans-within-20-weeks/"
PAGES = [
    "/", "/find?q=north", PLACE, f"{PLACE}?peers=ons", f"{PLACE}?peers=region",
    f"{PLACE}?peers=301,302,303", f"{PLACE}group/", MEASURE, f"{MEASURE}?year=2023",
    f"{MEASURE}?peers=england", f"{PLACE}measures/inspection-outcome/",
    f"{PLACE}measures/dsg-balance/", f"{PLACE}measures/clinical-officer-in-post/",
    "/authorities/city-of-london/", "/authorities/westmorland-and-furness/",
    "/compare/", "/compare/?a=birmingham&a=leeds",
    "/compare/?a=birmingham&a=leeds&measure=plans-within-20-weeks", "/england/", "/measures/",
    "/measures/plans-within-20-weeks/", "/measures/inspection-outcome/", "/data/",
    "/data/changes/", "/methods/", "/accessibility/", "/privacy/", "/api/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_stands_and_is_well_formed(client: Client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    page = read(answer)
    assert page.open == [], "every tag is closed"
    assert len(page.ids) == len(set(page.ids)), "no id twice"
    assert page.inline == [], "the policy forbids inline style and script"
    assert all(image.get("alt") for image in page.images)
    assert "Set-Cookie" not in answer
    html = answer.content.decode()
    assert html.count("<h1") == 1
    assert re.search(r"<title>[^<]{4,}</title>", html)
    assert not re.search(r"(?<!-)\bNone\b(?! of|\. )|\bnan\b|\{\{|\{%", page.words)


@pytest.mark.parametrize("address", PAGES)
def test_the_words_blame_nobody(client: Client, address):
    """Inspectors' own words (“systemic failings”) are theirs."""
    words = read(client.get(address)).words.lower()
    assert not re.search(r"underperform|\bfailing\b|\bworst\b|\bpoor(?:ly)?\b", words)


def test_the_first_page_finds_everyone(client: Client, benchmark):
    page = read(client.get("/"))
    for place in benchmark.library.places.current:
        assert f"/authorities/{place.slug}/" in page.links


def test_the_authority_page_says_what_stands_out(client: Client, benchmark):
    place = benchmark.library.places.get("Birmingham")
    found = benchmark.compare_many(place, benchmark.comparator(place))
    out = benchmark.stands_out(found)
    words = read(client.get(PLACE)).words
    assert out.favourable
    assert out.unfavourable
    for c in (*out.favourable, *out.unfavourable, *out.different, *out.cannot_tell):
        said = c.sentence.text.removeprefix(f"{c.title}: ")
        assert f"{c.title} {said[:1].upper()}{said[1:]}" in words


def test_an_empty_side_is_said_too(client: Client, benchmark):
    for place in benchmark.library.places.current:
        found = benchmark.compare_many(place, benchmark.comparator(place, "england"))
        out = benchmark.stands_out(found)
        if out.unfavourable and not out.favourable:
            break
    words = read(client.get(f"/authorities/{place.slug}/?peers=england")).words
    assert "Clearly on the favourable side Nothing, beside these peers." in words


def test_inspections_have_no_common_period(client: Client):
    words = read(client.get("/measures/inspection-outcome/")).words
    assert words.startswith("All authorities in England, newest inspection of each")


def test_the_authority_page_has_every_measure_as_the_engine_has_it(client: Client, benchmark):
    place = benchmark.library.places.get("Birmingham")
    found = benchmark.compare_many(place, benchmark.comparator(place))
    page = read(client.get(PLACE))
    rows = {row[0]: row for table in page.tables for row in table[1:]}
    assert len(rows) == len(found)
    for c in found:
        (head,) = [h for h in rows if h.startswith(f"{c.title} {c.period}")]
        value = cells.own(c) + (f" likely {cells.likely(c)}" if c.low is not None else "")
        assert rows[head][1] == value
        assert rows[head][2] == cells.peers(c)
        assert rows[head][3] == cells.figure(c, c.england, c.england_text)


def test_the_measure_page_has_sentence_table_and_method(client: Client, benchmark):
    place = benchmark.library.places.get("Birmingham")
    c = benchmark.compare(place, benchmark.comparator(place), "plans-within-20-weeks")
    page = read(client.get(MEASURE))
    assert c.sentence.text.removeprefix(f"{c.title}: ") in page.words
    table = {row[0]: row[1:] for row in page.tables[0][1:]}
    assert table["Birmingham"] == [cells.own(c), cells.likely(c), cells.counted(c)]
    assert set(table) == {"Birmingham", "Median of peers", "England", *(p.name for p in c.peers)}
    for part in (
        "How this figure is made",
        "Higher is the favourable side",
        "Wilson",
        c.caveats[0],
    ):
        assert part in page.words
    assert len(page.images) == 3, "dot plot, trend, funnel"


def test_an_older_year_is_shown_when_asked(client: Client, benchmark):
    place = benchmark.library.places.get("Birmingham")
    c = benchmark.compare(place, benchmark.comparator(place), "plans-within-20-weeks", 2023)
    words = read(client.get(f"{MEASURE}?year=2023")).words
    assert c.sentence.text.removeprefix(f"{c.title}: ") in words
    assert "in 2023" in words


def test_the_peers_stay_in_the_links(client: Client):
    page = read(client.get(f"{PLACE}?peers=ons"))
    measures = [link for link in page.links if "/measures/" in link and link.startswith(PLACE)]
    assert measures
    assert all(link.endswith("?peers=ons") for link in measures)
    assert "report.html?peers=ons" in page.links


def test_a_place_too_small_to_rank_says_so(client: Client):
    words = read(client.get("/authorities/city-of-london/")).words
    assert "Its results are shown, but not ranked." in words
    assert "highest of" not in words


def test_a_young_authority_says_from_what_it_came(client: Client):
    words = read(client.get("/authorities/westmorland-and-furness/")).words
    assert "was formed on 1 April 2023 from Cumbria" in words


def test_withheld_figures_are_said_on_the_page(client: Client, benchmark):
    """Wherever a peer has no figure, the page says why."""
    place = benchmark.library.places.get("Hackney")
    c = benchmark.compare(place, benchmark.comparator(place), "plans-within-20-weeks", 2023)
    assert c.value is None
    address = "/authorities/hackney/measures/plans-within-20-weeks/?year=2023"
    words = read(client.get(address)).words
    assert "No figure" in words
    assert c.note in words


def test_england_has_every_measure(client: Client, benchmark):
    page = read(client.get("/england/"))
    links = [link for link in page.links if link.startswith("/measures/")]
    wanted = {f"/measures/{m}/" for m in benchmark.measure_ids()} | {"/measures/"}
    assert set(links) == wanted


def test_the_national_page_has_all_authorities_and_no_place_numbers(client: Client, benchmark):
    page = read(client.get("/measures/plans-within-20-weeks/"))
    rows = page.tables[0][1:]
    results = {r.name: r for r in benchmark.results("plans-within-20-weeks")}
    assert [row[0] for row in rows] == sorted(results)
    assert len(rows) == 153
    for row in rows:
        result = results[row[0]]
        if result.value is not None:
            assert (
                row[2].startswith(f"{result.value:.1f}%")
                or abs(float(row[2].split("%")[0]) - result.value) <= 0.0501
            )


@pytest.mark.parametrize(("sort", "down"), [("value", False), ("-value", True)])
def test_the_national_table_is_sorted_by_query(client: Client, sort, down):
    page = read(client.get(f"/measures/plans-within-20-weeks/?sort={sort}"))
    shown = [row[2] for row in page.tables[0][1:]]
    known = [float(s.split("%")[0]) for s in shown if s[0].isdigit()]
    assert known == sorted(known, reverse=down)
    assert all(not s[0].isdigit() for s in shown[len(known) :]), "no figure comes last"


def test_side_by_side_has_the_figures_of_each(client: Client, benchmark):
    page = read(client.get("/compare/?a=birmingham&a=leeds&a=kent&measure=plans-within-20-weeks"))
    results = {r.name: r for r in benchmark.results("plans-within-20-weeks")}
    head, row = page.tables[0]
    assert head == ["Measure", "Birmingham", "Leeds", "Kent", "England"]
    for name, cell in zip(head[1:4], row[1:4], strict=True):
        assert cell.startswith(f"{results[name].value:.1f}%")
        assert f"{results[name].low:.1f} to" in cell


def test_the_data_page_names_every_source_and_licence(client: Client, benchmark):
    page = read(client.get("/data/"))
    for source in benchmark.library.sources.values():
        assert source.id in page.ids
        assert " ".join(source.title.split()) in page.words
        assert " ".join(source.licence.split()) in page.words


def test_a_name_a_code_and_an_old_code_lead_to_the_same_page(client: Client):
    for text in ("Birmingham", "330", "E08000025", "birmingham city council"):
        answer = client.get("/find", {"q": text})
        assert (answer.status_code, answer["Location"]) == (302, PLACE)
    moved = client.get("/authorities/330/measures/plans-within-20-weeks/?peers=ons&year=2023")
    assert moved["Location"] == f"{MEASURE}?peers=ons&year=2023"


def test_own_group_by_boxes(client: Client):
    address = f"{PLACE}group/?go=1&peer=301&peer=302&peer=303&measure=plans-within-20-weeks"
    assert client.get(address)["Location"] == f"{MEASURE}?peers=301,302,303"
    page = read(client.get(f"{PLACE}?peers=301,302,303"))
    assert "your own group of 3" in page.words


def test_downloads_hold_the_same_figures(client: Client, benchmark):
    place = benchmark.library.places.get("Birmingham")
    c = benchmark.compare(place, benchmark.comparator(place), "plans-within-20-weeks")
    answer = client.get(f"{MEASURE}figures.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    own = next(r for r in rows if r["code"] == "330")
    assert float(own["value"]) == pytest.approx(c.value)
    body = json.loads(client.get(f"{PLACE}comparison.json").content)
    assert len(body["measures"]) == len(benchmark.measure_ids())
    book = load_workbook(io.BytesIO(client.get(f"{MEASURE}figures.xlsx").content))
    assert "Read me" in book.sheetnames


def test_the_report_is_one_file_that_fetches_nothing(client: Client):
    answer = client.get(f"{PLACE}report.html")
    assert answer.status_code == 200
    assert 'filename="birmingham-report.html"' in answer["Content-Disposition"]
    html = answer.content.decode()
    assert "What stands out" in html
    assert "<svg" in html
    assert not re.search(r"<(?:script|link|img|iframe)\b", html)
