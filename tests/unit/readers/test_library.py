"""The whole library: kept counts, imported releases, editions, and nothing half-written."""

import datetime as dt
import shutil

import polars as pl
import pytest

from goldthread.content import folder
from goldthread.core.measures.figures import FIGURES
from goldthread.core.places import ENGLAND
from goldthread.readers import content, library, store
from goldthread.readers.library import load_figures, load_library
from goldthread.readers.places import read_places

REFERENCE = folder("reference")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A content folder with three measures of the real files."""
    root = tmp_path_factory.mktemp("reference")
    shutil.copytree(REFERENCE / "la", root / "la")
    shutil.copytree(REFERENCE / "neighbours", root / "neighbours")
    shutil.copytree(REFERENCE / "wording", root / "wording")
    shutil.copytree(REFERENCE / "sen2_2026_partial", root / "sen2_2026_partial")
    shutil.copytree(REFERENCE / "sources", root / "sources")
    shutil.copy(REFERENCE / "themes.yaml", root)
    for name in ("sen2_2025/ceased_plans.csv.gz", "sen2_2025/caseload.csv.gz"):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(REFERENCE / name, root / name)
    (root / "measures").mkdir()
    for name in ("plans-growth", "plans-moved-away", "in-mainstream"):
        shutil.copy(REFERENCE / "measures" / f"{name}.yaml", root / "measures")
    return root


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def value(found, measure: str, area: str, year: int):
    rows = found.counts.filter(
        pl.col("measure") == measure, pl.col("area") == area, pl.col("year") == year
    )
    return rows["numerator"].to_list()


def test_everything_is_there(small, home):
    found = load_library(small)
    assert set(found.measures) == {"plans-growth", "plans-moved-away", "in-mainstream"}
    assert len(found.places.current) == 153
    assert set(found.models) == {"dfe", "dfe-2021", "ons"}
    assert found.themes[0].id == "demand"
    assert "compare.peers" in found.wording
    assert value(found, "plans-growth", ENGLAND, 2025) == [638745]


def test_counts_are_kept_and_come_back_the_same(small, home):
    first = load_library(small)
    (kept,) = (home / "cache").glob("counts-*")
    assert first.digest in kept.name
    again = load_library(small)
    assert again.counts.equals(first.counts)
    assert again.digest == first.digest


def test_kept_counts_are_really_read(small, home, monkeypatch):
    first = load_library(small)
    monkeypatch.setattr(library, "load_figures", lambda *_: pytest.fail("read the files again"))
    assert load_library(small).counts.height == first.counts.height


@pytest.mark.parametrize("damage", [b"", b"PAR1 and no more"])
def test_a_damaged_kept_file_is_made_anew(small, home, damage):
    first = load_library(small)
    (kept,) = (home / "cache").glob("counts-*")
    kept.write_bytes(damage)
    assert load_library(small).counts.equals(first.counts)


def test_a_data_folder_that_cannot_be_written_is_no_error(small, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("GOLDTHREAD_HOME", str(tmp_path / "file" / "below"))
    assert load_library(small).counts.height > 0


def test_a_change_of_content_is_another_digest_and_old_counts_go(small, home, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(small, copy)
    before = load_library(copy).digest
    path = copy / "measures" / "plans-growth.yaml"
    path.write_text(path.read_text("utf-8").replace("Growth in", "Growth of"), encoding="utf-8")
    after = load_library(copy)
    assert after.digest != before
    assert [p.stem for p in (home / "cache").glob("counts-*")] == [f"counts-{after.digest}"]


def test_the_newest_count_of_plans_is_read_as_the_same_series(small, home):
    found = load_library(small)
    assert value(found, "plans-growth", ENGLAND, 2026) == [718838]
    assert value(found, "plans-growth", "209", 2026) == [None]
    assert value(found, "in-mainstream", ENGLAND, 2026) == []
    # Placements are not of that edition, so the source is not named by it.
    assert found.sources["sen2-caseload"].release == "Reporting year 2025, published 26 June 2025"


def imported(home, year: int, count: float, release: str, day: int = 1):
    """A release of one figure: plans of Leeds."""
    row = ("sen2-caseload", release, "ehcplans", "383", year, f"January {year}", count, None, "ok")
    figures = pl.DataFrame([row], schema=FIGURES, orient="row")
    file = store.StoredFile(
        name="caseload.csv", source="sen2-caseload", edition=release, sha256=f"{day:064}", rows=1
    )
    with store.writing(home / "figures"):
        store.add(home / "figures", figures, (file,), "{}", dt.date(2026, 7, day))


def test_a_newer_release_replaces_the_same_figures_and_no_others(small, home):
    before = load_library(small)
    imported(home, 2025, 7000, "Edition 2")
    found = load_library(small, home / "figures")
    assert found.digest != before.digest
    assert value(found, "plans-growth", "383", 2025) == [7000]
    assert value(found, "plans-growth", "383", 2024) == value(before, "plans-growth", "383", 2024)
    assert value(found, "plans-growth", ENGLAND, 2025) == [638745]
    imported(home, 2025, 7001, "Edition 3", day=2)
    assert value(load_library(small, home / "figures"), "plans-growth", "383", 2025) == [7001]


def test_an_imported_year_comes_before_one_that_only_continues_the_series(small, home):
    imported(home, 2026, 8000, "Edition 2")
    found = load_library(small, home / "figures")
    assert value(found, "plans-growth", "383", 2026) == [8000]
    assert value(found, "plans-growth", ENGLAND, 2026) == [718838]


def test_no_releases_is_no_error(small, home):
    assert load_library(small, home / "figures").digest == load_library(small).digest


def test_only_the_series_that_measures_use_are_read(small):
    places = read_places(small)
    measures = content.measures(small / "measures")
    found = load_figures(small, measures, content.sources(small / "sources"), places)
    assert set(found["source"]) == {"sen2-caseload", "sen2-ceased", "sen2-plan-totals-2026"}
    assert "special_total" not in set(found["series"])
    assert found.select("source", "series", "area", "year").is_duplicated().sum() == 0
