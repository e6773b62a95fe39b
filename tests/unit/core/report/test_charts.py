"""Charts as values: what they say, what they show, and that no meaning rests on colour."""

import json
import re
from dataclasses import replace

import pytest

from goldthread.core.benchmark.values import Funnel, FunnelPoint, State
from goldthread.core.report import charts, charts_words
from goldthread.core.report.charts_spread import bins
from goldthread.core.report.charts_style import BLUE, GREY, LILAC, ORANGE, PALE, PLUM, TEAL
from tests import builders

NAME = "Northmere"


def funnel() -> Funnel:
    sizes = (10.0, 100.0, 1000.0)
    points = tuple(
        FunnelPoint(str(701 + i), builders.NAMES[i], 100.0, 30.0 + 5 * i, 0.0) for i in range(9)
    )
    return Funnel(
        50.0, 1.0, 0.0, 9, sizes, (20.0, 40.0, 47.0), (80.0, 60.0, 53.0),
        (10.0, 35.0, 45.0), (90.0, 65.0, 55.0), points,
    )  # fmt: skip


def every_chart(narrow: bool) -> list[dict]:
    c = builders.comparison()
    return [
        charts.dot_plot(c, NAME, narrow),
        charts.dot_plot(many_peers(), NAME, narrow),
        charts.trend_plot(c, NAME, narrow),
        charts.funnel_plot(funnel(), c.title, c.unit, 1, "plans", "703", ("701",), narrow),
        charts.distribution(c.title, "2024", "%", 1, [1.0, 2, 3, 9], (2, 3, 4), 3.5, narrow),
        charts.comparison_plot(c.title, "2024", "%", 1, c.peers, 45.9, narrow),
    ]


def many_peers():
    peers = tuple(builders.peer(str(800 + i), f"Place {i}", 20.0 + i) for i in range(40))
    return builders.comparison(peers=peers, peers_used=40)


def rows(spec: dict, field: str) -> list[dict]:
    found = [v for layer in spec["layer"] for v in layer["data"]["values"] if field in v]
    return [dict(t) for t in dict.fromkeys(tuple(sorted(r.items())) for r in found)]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_chart_says_its_finding_and_has_an_alternative_text(narrow):
    for spec in every_chart(narrow):
        json.dumps(spec, allow_nan=False)
        assert spec["width"] == (340 if narrow else 720)
        assert spec["title"]["text"][0]
        assert len(spec["description"]) > 60
        longest = max(map(len, spec["title"]["text"] + spec["title"]["subtitle"]))
        assert longest <= (46 if narrow else 96)


@pytest.mark.parametrize("narrow", [False, True])
def test_colours_are_of_the_palette_and_at_most_four(narrow):
    for spec in every_chart(narrow):
        text = json.dumps({"layer": spec["layer"]})
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", text))
        assert used <= {BLUE, TEAL, PLUM, ORANGE, GREY, LILAC, PALE}
        assert len(used) <= 4


def test_the_dot_plot_has_everyone_with_a_figure_highest_first():
    spec = charts.dot_plot(builders.comparison(), NAME)
    shown = rows(spec, "name")
    assert len(shown) == 10, "nine peers and the authority; Thornby has no figure"
    own = [r for r in shown if r["own"]]
    assert [(r["name"], r["value"], r["low"], r["high"]) for r in own] == [
        (NAME, 61.25, 56.38, 65.9)
    ]
    order = spec["layer"][-1]["encoding"]["y"]["sort"]
    values = {r["name"]: r["value"] for r in shown}
    assert [values[name] for name in order] == sorted(values.values(), reverse=True)


def test_the_own_dot_differs_by_shape_and_by_bold_name():
    points = charts.dot_plot(builders.comparison(), NAME)["layer"][-1]["encoding"]
    assert points["shape"]["condition"]["value"] == "diamond"
    assert points["shape"]["value"] == "circle"
    bold = points["y"]["axis"]["labelFontWeight"]["condition"]
    assert bold == {"test": 'datum.value === "Northmere"', "value": "bold"}


def test_a_name_cannot_break_out_of_the_expression():
    evil = '" || alert(1) || "'
    axis = charts.dot_plot(builders.comparison(), evil)["layer"][-1]["encoding"]["y"]["axis"]
    test = axis["labelFontWeight"]["condition"]["test"]
    assert test == f"datum.value === {json.dumps(evil)}"


def test_the_alternative_text_has_the_sentence_and_the_extremes():
    text = charts.dot_plot(builders.comparison(), NAME)["description"]
    assert builders.comparison().sentence.text in text
    assert "Highest: Northmere, 61.3%. Lowest: Southmere, 38.0%." in text
    assert "England: 45.9%." in text


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_title(state):
    title = charts_words.beside_title(builders.comparison(state=state), NAME)
    assert NAME in title
    assert "{" not in title


def test_with_many_peers_nobody_is_named_but_the_authority():
    spec = charts.dot_plot(many_peers(), NAME)
    assert "Place 3" not in json.dumps(spec["layer"])
    assert len([r for r in rows(spec, "at") if r["own"]]) == 1
    assert len(rows(spec, "at")) == 41


def test_no_interval_no_bar():
    c = builders.comparison(low=None, high=None)
    c = replace(c, peers=tuple(replace(p, low=None, high=None) for p in c.peers))
    assert "Bars show" not in " ".join(charts.dot_plot(c, NAME)["title"]["subtitle"])


def test_a_gap_and_a_break_stop_the_line():
    points = tuple(
        builders.point(year, None if year == 2021 else 50.0) for year in range(2019, 2025)
    )
    c = builders.comparison(trend=builders.trend(points=points, breaks=("Counted anew.",)))
    spec = charts.trend_plot(c, NAME, breaks=(2023,))
    own = [r for r in rows(spec, "run") if r["value"] == 50.0]
    assert [(r["year"], r["run"]) for r in own] == [
        (2019, 0), (2020, 0), (2022, 1), (2023, 2), (2024, 2),
    ]  # fmt: skip
    assert {"year": 2022.5} in rows(spec, "year")
    assert "do not join" in " ".join(spec["title"]["subtitle"])
    assert "Counted anew." in spec["description"]


def test_without_a_break_there_is_no_mark():
    spec = charts.trend_plot(builders.comparison(), NAME)
    assert all(float(r["year"]).is_integer() for r in rows(spec, "year"))


def test_the_trend_title_says_what_happens():
    assert charts.trend_plot(builders.comparison(), NAME)["title"]["text"] == [
        "Northmere: rising over the last five years, by more than chance"
    ]
    unsure = builders.comparison(trend=builders.trend(direction="cannot tell"))
    assert charts.trend_plot(unsure, NAME)["title"]["text"] == [
        "Northmere: 40.0% in 2019, 60.0% in 2024"
    ]


@pytest.mark.parametrize(
    ("value", "n", "where"),
    [
        (50.0, 100.0, "inside"), (59.0, 100.0, "inside"), (61.0, 100.0, "above95"),
        (66.0, 100.0, "above998"), (39.0, 100.0, "below95"), (34.0, 100.0, "below998"),
        # Half-way between two sizes the limits are half-way too: 62.5 and 57.5 … at n = 550.
        (57.0, 550.0, "above95"), (56.0, 550.0, "inside"), (61.0, 550.0, "above998"),
        (85.0, 5.0, "above95"), (56.0, 5000.0, "above998"),
    ],
)  # fmt: skip
def test_where_a_point_is_in_the_funnel(value, n, where):
    point = FunnelPoint("701", NAME, n, value, 0.0)
    assert charts_words.position(funnel(), point) == where


def test_the_funnel_marks_own_and_peers_by_shape():
    spec = charts.funnel_plot(funnel(), "Plans", "%", 1, "plans", "703", ("701", "702"))
    marks = {
        layer["mark"]["shape"] + str(layer["mark"]["filled"]): len(layer["data"]["values"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
    }
    assert marks == {"circleFalse": 6, "circleTrue": 2, "diamondTrue": 1}
    assert spec["layer"][0]["encoding"]["x"]["axis"]["title"] == "Number of plans"


def test_bins_hold_every_value_once():
    values = [0.0, 0.1, 5, 5, 7.25, 19.99, 20.0, 33.3, 100.0]
    found = bins(values)
    assert sum(b["authorities"] for b in found) == len(values)
    for b in found:
        inside = [v for v in values if b["from"] <= v < b["to"]]
        assert b["authorities"] == len(inside)


@pytest.mark.parametrize("values", [[3.0, 3.0], [-5.0, -1.0, 2.0], [0.001, 0.002, 0.0035]])
def test_bins_of_odd_values(values):
    assert sum(b["authorities"] for b in bins(values)) == len(values)


def test_several_authorities_side_by_side():
    c = builders.comparison()
    spec = charts.comparison_plot(c.title, "2024", "%", 1, c.peers, 45.9)
    assert spec["title"]["text"] == ["From 38.0% (Southmere) to 54.0% (Elmby)"]
    none = [builders.peer(value=None)]
    empty = charts.comparison_plot(c.title, "2024", "%", 1, none)
    assert empty["title"]["text"] == ["None of these authorities has a figure"]
