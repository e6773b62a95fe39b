"""`goldthread figures` and `goldthread measures`, as a person types them, on real rows."""

import csv
import json
import shutil
import socket
import zipfile

import pytest
from typer.testing import CliRunner

from goldthread.cli.main import app
from goldthread.readers import shared, store
from goldthread.readers.library import load_library
from tests.fakes import ees_server
from tests.fakes import sen2_files as sen2
from tests.fakes.ees_server import FakeDataSet, FakeService, problem

TOTAL = "All EHC plans issued"
PUBLICATION = "88312cc0-fe1d-4ab5-81df-33fd708185cb"
WITHIN = "plans-within-20-weeks"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The counts of the content's own figures, made once for all tests here."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOLDTHREAD_HOME", str(folder))
        load_library()
    return folder / "cache"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, kept):
    folder = tmp_path / "home"
    shutil.copytree(kept, folder / "cache")
    monkeypatch.setenv("GOLDTHREAD_HOME", str(folder))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(shared, "_kept", None)
    return folder


def run(*arguments, code=0):
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result


def timeliness_2026():
    """The rows of 2024 as the release of 2026 would print those of 2025: other names of columns and
    totals, a new topic, new columns, and words for a symbol. The values are last year's."""
    table = sen2.rows("timeliness_20_week", ("2024",))
    table = sen2.renamed(table, {h: h.lower() for h in table[0]})
    table = [["All EHC plans" if cell == TOTAL else cell for cell in row] for row in table]
    table = sen2.changed(table, "time_period", lambda _: "2025")
    for column in ("plans_issued_den", "plans_issued_within_20_weeks"):
        table = sen2.changed(
            table, column, lambda _: "no data", la_name="Leicester", breakdown="All EHC plans"
        )
    weeks = [["avg_weeks_issue_plan"], *(["24.1"] for _ in table[1:])]
    return [row + more for row, more in zip(table, weeks, strict=True)]


def test_a_new_release_from_dry_run_to_removal(tmp_path, home):
    path = sen2.write(tmp_path / "timeliness.csv", timeliness_2026())

    dry = run("figures", "import", "--dry-run", path).stdout
    assert "taken as “EHC plans issued within 20 weeks” (sen2-timeliness)" in dry
    assert "new years 2025" in dry
    assert "This was a dry run: nothing was stored." in dry
    assert not (home / "figures" / "current").exists()
    assert "No release has been imported" in run("figures", "list").stdout
    before = shared.get_benchmark()
    assert before.years(WITHIN)[0] == 2024

    edition = "Reporting year 2026, published 25 June 2026"
    said = run("figures", "import", path, "--edition", edition, "--format", "json").stdout
    report = json.loads(said)
    (file,) = report["files"]
    assert file["outcome"] == "taken"
    assert file["columns"]["pc_plans_issued_20_weeks_ex"] == "pc_plans_issued_20_weeks_ex"
    assert "avg_weeks_issue_plan" in file["unread"]
    assert file["years"] == [2025]
    assert any("Leicester" in s["symbols"] for s in file["sums"])
    (found,) = [d for d in report["differences"] if d["measure"] == WITHIN]
    assert found["years_added"] == [2025]
    assert found["england"][0]["before"] is None

    after = shared.get_benchmark()  # made anew, for the list of releases has changed
    assert after.years(WITHIN)[:2] == (2025, 2024)
    library = after.library
    leicester = library.counts.filter(measure=WITHIN, area="856", year=2025).row(0, named=True)
    assert (leicester["value"], leicester["status"]) == (None, "unavailable")
    assert edition in library.sources["sen2-timeliness"].release

    again = run("figures", "import", path).stdout
    assert "Already imported: timeliness.csv" in again
    assert "Nothing was imported" in again
    listed = run("figures", "list").stdout
    assert report["release"] in listed
    assert edition in listed

    assert f"Removed {report['release']}" in run("figures", "remove", report["release"]).stdout
    assert shared.get_benchmark().years(WITHIN)[0] == 2024
    assert shared.get_benchmark().library.counts.equals(before.library.counts)


def test_a_release_zip_takes_what_it_knows_and_names_the_rest(tmp_path):
    path = tmp_path / "education-health-and-care-plans_2026.zip"
    stranger = sen2.rows("requests", ("2024",))
    stranger = sen2.renamed(stranger, {h: f"n{i}" for i, h in enumerate(stranger[0]) if i > 11})
    table = timeliness_2026()
    table = sen2.changed(
        table, "plans_issued_den", lambda _: "1,234", la_name="Barnet", breakdown="All EHC plans"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/timeliness_20_week.csv", sen2.text(table))
        archive.writestr("data/timeliness_20_week.meta.csv", "col_name\n")
        archive.writestr("data/requests.csv", sen2.text(stranger))
        archive.writestr("data-guidance/data-guidance.txt", "words")
    listed = tmp_path / "refused.csv"
    said = run("figures", "import", path, "--report", listed).stdout
    assert "Skipped: data/timeliness_20_week.meta.csv: describes timeliness_20_week.csv" in said
    assert "Skipped: data/requests.csv is an EES file, but none of its columns" in said
    assert "Skipped: data-guidance/data-guidance.txt: not a data file" in said
    assert "“1,234”: Write 1234, without a thousands separator." in said
    with listed.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [r for r in rows if r["outcome"] == "row refused"]
    assert (row["area"], row["column"], row["value"]) == ("Barnet", "plans_issued_den", "1,234")
    assert row["line"] == str(sen2.line_of(table, la_name="Barnet", breakdown="All EHC plans"))


def test_what_is_refused_leaves_nothing(tmp_path, home):
    data = sen2.text(sen2.rows("requests", ("2024",))).encode()
    path = tmp_path / "requests.csv"
    path.write_bytes(data[:-30])
    result = run("figures", "import", path, code=1)
    assert "Refused: requests.csv, line" in result.stdout
    assert "Nothing was imported; the figures are as they were." in result.stdout
    assert store.releases(home / "figures") == ()
    assert not (home / "figures" / "releases").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "absent.csv"], "absent.csv does not exist."),
        (["import", "."], "is a folder"),
        (["import", __file__, "--format", "xml"], "There is no format “xml”"),
        (["remove", "2026-01-01-000000000000"], "none has been imported"),
        (["fetch", "--version", "1.0"], "--version goes with --data-set"),
        (["fetch", "--source", "sen2-nothing"], "There is no such source"),
    ],
)
def test_wrong_use(arguments, said):
    assert said in run("figures", *arguments, code=2).stderr


def test_a_failure_after_reading_leaves_the_old_state(tmp_path, home, monkeypatch):
    path = sen2.write(tmp_path / "timeliness.csv", timeliness_2026())

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_replace_list", refuse)
    result = run("figures", "import", path, code=1)
    assert "No space left on device); nothing has changed." in result.stderr
    assert store.releases(home / "figures") == ()


def test_two_editions_of_one_file_at_once(tmp_path):
    one = sen2.write(tmp_path / "one.csv", timeliness_2026())
    two = sen2.write(tmp_path / "two.csv", sen2.rows("timeliness_20_week", ("2024",)))
    same = sen2.write(tmp_path / "same.csv", timeliness_2026())
    said = run("figures", "import", "--dry-run", one, two, same, code=1).stdout
    assert "Refused: two.csv and one.csv are both “EHC plans issued within 20 weeks”" in said
    assert "Skipped: same.csv: the same bytes as one.csv" in said


def test_an_older_edition_is_warned_of(tmp_path):
    path = sen2.write(tmp_path / "old.csv", sen2.rows("timeliness_20_week", ("2022",)))
    said = run("figures", "import", "--dry-run", path).stdout
    assert "old.csv ends in 2022, but figures up to 2024 are held" in said


@pytest.fixture
def service():
    words = ees_server.told(timeliness_2026())
    sets = [FakeDataSet("tim-id", "Timeliness", {"1.0": words})]
    with FakeService({PUBLICATION: ("Plans", sets)}).running() as fake:
        yield fake


def test_a_data_set_is_fetched_and_imported(service, home):
    result = run("figures", "fetch", "--source", "sen2-timeliness", "--base-url", service.url)
    assert result.stderr.startswith(f"Asking {service.url.split('/')[2]} …")
    assert "Edition      Timeliness, version 1.0, published 2026-06-25" in result.stdout
    (release,) = store.releases(home / "figures")
    assert release.files[0].source == "sen2-timeliness"
    assert [a.partition("?")[0].rpartition("/v1")[2] for a in service.asked] == [
        f"/publications/{PUBLICATION}/data-sets",
        "/data-sets/tim-id/meta",
        "/data-sets/tim-id/csv",
    ]


def test_without_a_choice_the_offer_is_listed_and_nothing_fetched(service, home):
    said = run("figures", "fetch", "--base-url", service.url).stdout
    assert said == "tim-id  Timeliness, version 1.0, published 2026-06-25: sen2-timeliness\n"
    assert not any("/csv" in a for a in service.asked)
    service.publications[PUBLICATION][1].clear()
    assert (
        "offers no data sets here yet" in run("figures", "fetch", "--base-url", service.url).stdout
    )


def test_a_source_that_is_not_on_offer(service):
    result = run("figures", "fetch", "--source", "sen2-caseload", "--base-url", service.url, code=1)
    assert "no data set for sen2-caseload. Download the file" in result.stderr


def test_a_download_that_breaks_off_changes_nothing(service, home):
    service.cut = True
    result = run("figures", "fetch", "--data-set", "tim-id", "--base-url", service.url, code=1)
    assert "broke off; nothing was kept" in result.stderr
    assert not (home / "figures").exists()


def test_what_the_service_refuses_is_one_sentence(service):
    service.answers = [(404, {}, problem(404, "Not Found"))]
    result = run("figures", "fetch", "--data-set", "none", "--base-url", service.url, code=1)
    assert "has nothing at /data-sets/none" in result.stderr


def test_no_other_command_opens_a_connection(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    path = sen2.write(tmp_path / "timeliness.csv", timeliness_2026())
    run("figures", "import", "--dry-run", path)
    run("measures")


def test_measures_are_listed_in_three_forms():
    text = run("measures", "--theme", "timeliness").stdout
    assert WITHIN in text
    assert "plans-per-1000" not in text
    rows = json.loads(run("measures", "--format", "json").stdout)
    (found,) = [r for r in rows if r["id"] == WITHIN]
    assert found["years"][-1] == 2019
    assert found["source"] == "EHC plans issued within 20 weeks"
    listed = run("measures", "--format", "csv").stdout.lstrip("\ufeff").splitlines()
    assert listed[0] == "id,title,theme,unit,years,source"
    assert len(listed) == len(rows) + 1
    assert "There is no theme “x”" in run("measures", "--theme", "x", code=2).stderr
    assert "There is no format “x”" in run("measures", "--format", "x", code=2).stderr
