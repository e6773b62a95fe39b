"""The page on what an import changed, with and without an import."""

import datetime as dt
import json
from types import SimpleNamespace

from django.test import Client

from goldthread.readers.import_report import (
    Before,
    FileReport,
    ImportReport,
    MeasureDifference,
    RefusedRow,
)
from goldthread.web import answers
from goldthread.web.views import changes
from tests.integration.web.reading import read

REPORT = ImportReport(
    date=dt.date(2026, 11, 3),
    release="2026-11-03-0123456789ab",
    files=(
        FileReport(
            name="plans.csv",
            outcome="taken",
            refused=(RefusedRow(line=7, area="Leeds", column="n", value="-4", why="below nought"),),
        ),
    ),
    differences=(
        MeasureDifference(
            measure="plans-within-20-weeks", title="New plans issued within 20 weeks", unit="%",
            decimals=1, added=153, removed=0, changed=2, years_added=(2025,),
            england=(Before(area="England", year=2025, period="2025", before=None, after=47.25),),
            moved_most=(Before(area="Leeds", year=2024, period="2024", before=9.3, after=19.5),),
        ),
    ),
)  # fmt: skip


def page(client: Client, monkeypatch, releases):
    monkeypatch.setattr(answers, "pages", answers.Pages(0))
    monkeypatch.setattr(changes.store, "releases", lambda folder: releases)
    return read(client.get("/data/changes/"))


def stored(folder):
    file = SimpleNamespace(name="plans.csv", edition="Reporting year 2026", rows=1530)
    return SimpleNamespace(
        id="2026-11-03-0123456789ab", imported=dt.date(2026, 11, 3), files=(file,), path=folder
    )


def test_without_an_import(client: Client, monkeypatch):
    words = page(client, monkeypatch, ()).words
    assert "No release has been imported into this copy" in words


def test_an_import_with_its_differences(client: Client, monkeypatch, tmp_path):
    (tmp_path / "report.json").write_text(REPORT.model_dump_json())
    found = page(client, monkeypatch, (stored(tmp_path),))
    assert "Imported on 3 November 2026" in found.words
    assert "plans.csv: Reporting year 2026, 1530 rows taken" in found.words
    assert "1 rows refused. The first: line 7, below nought" in found.words
    assert found.tables[0][1] == [
        "New plans issued within 20 weeks",
        "153 new, 2 revised, 0 gone",
        "2025: no figure → 47.3%",
        "Leeds 2024: 9.3% → 19.5%",
    ]


def test_an_import_whose_report_is_gone(client: Client, monkeypatch, tmp_path):
    words = page(client, monkeypatch, (stored(tmp_path),)).words
    assert "The report of this import is missing" in words
    (tmp_path / "report.json").write_text(json.dumps({"date": "never"}))
    assert "is missing" in page(client, monkeypatch, (stored(tmp_path),)).words
