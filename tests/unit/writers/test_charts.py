"""SVG and PNG: well formed, growing, self-contained, kept, and drawn even where nothing is."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from goldthread.core.report import charts
from goldthread.writers import charts as drawing
from tests import builders
from tests.unit.core.report.test_charts import every_chart

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def spec():
    return charts.dot_plot(builders.comparison(), "Northmere")


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_HOME", str(tmp_path))
    monkeypatch.setattr(drawing, "_kept", drawing.OrderedDict())
    return tmp_path


def test_the_svg_grows_and_describes_itself(spec):
    root = ElementTree.fromstring(drawing.svg(spec))
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox", "").startswith("0 0 720 ")
    assert root.get("width") is None
    assert root.get("height") is None
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Northmere: clearly higher than its peers"
    assert description.text == spec["description"]


@pytest.mark.parametrize("narrow", [False, True])
def test_no_chart_refers_to_anything_outside(narrow):
    for spec in every_chart(narrow):
        text = drawing.svg(spec)
        ElementTree.fromstring(text)
        assert not re.search(r'(?:href|src)="(?!#)', text)
        assert not re.search(r"url\((?!#)", text)
        assert "<script" not in text
        assert " style=" not in text
        assert "<style" not in text


def test_the_words_of_the_chart_are_text_in_it(spec):
    text = "".join(ElementTree.fromstring(drawing.svg(spec)).itertext())
    for word in ("Northmere", "Southmere", "Per cent", "Dashed line"):
        assert word in text


def test_names_are_escaped():
    c = builders.comparison()
    evil = "<script>alert(1)</script> & Sons"
    root = ElementTree.fromstring(drawing.svg(charts.dot_plot(c, evil)))
    assert not list(root.iter(f"{SVG}script"))
    assert evil in root.find(f"{SVG}title").text


def test_ids_of_two_charts_never_meet(spec):
    other = charts.trend_plot(builders.comparison(), "Northmere")
    ids = [set(re.findall(r'\bid="([^"]+)"', drawing.svg(s))) for s in (spec, other)]
    assert ids[0]
    assert ids[1]
    assert not ids[0] & ids[1]


def test_the_png_has_twice_the_pixels(spec):
    data = drawing.png(spec)
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 1440


def test_a_chart_is_drawn_once(spec, own_home, monkeypatch):
    drawn = []

    def draw(chart):
        drawn.append(chart)
        return '<svg viewBox="0 0 1 1"></svg>'

    monkeypatch.setattr(drawing, "_draw_svg", draw)
    first = drawing.svg(spec)
    assert drawing.svg(dict(spec)) == first
    drawing._kept.clear()
    assert drawing.svg(spec) == first, "read from the disk"
    assert len(drawn) == 1
    assert [p.name for p in own_home.rglob("*.svg")] == [f"{drawing.digest(spec)}.svg"]
    drawing.svg({**spec, "description": "Another."})
    assert len(drawn) == 2


def test_a_kept_file_of_nothing_is_drawn_again(spec, own_home):
    whole = drawing.svg(spec)
    (path,) = own_home.rglob("*.svg")
    path.write_bytes(b"")
    drawing._kept.clear()
    assert drawing.svg(spec) == whole


def test_memory_is_bounded(own_home, monkeypatch):
    monkeypatch.setattr(drawing, "KEPT", 3)
    for i in range(10):
        drawing._once(f"{i:02}.svg", lambda i=i: f"{i}".encode())
    assert len(drawing._kept) == 3
    assert drawing._once("00.svg", lambda: b"again") == b"0", "still on the disk"


def test_a_disk_that_refuses_is_no_failure(spec, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("GOLDTHREAD_HOME", str(blocked / "below"))
    monkeypatch.setattr(drawing, "_kept", drawing.OrderedDict())
    assert "<svg" in drawing.svg(spec)
