"""The client against a service on this machine that keeps, or breaks, the published protocol."""

import gzip
import threading

import pytest

from goldthread.readers import ees_api, fetching
from goldthread.readers.ees_api import ApiError, EesApi
from goldthread.readers.intake import Job, read_path, shelf
from tests.fakes import ees_server, sen2_files
from tests.fakes.ees_server import FakeDataSet, FakeService, problem

PUBLICATION = "88312cc0-fe1d-4ab5-81df-33fd708185cb"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture(scope="module")
def words():
    return ees_server.told(sen2_files.rows("requests", ("2024",)))


@pytest.fixture
def service(words):
    sets = [FakeDataSet("requests-id", "Requests", {"1.0": words, "1.1": words})]
    publications = {PUBLICATION: ("Education, health and care plans", sets)}
    publications |= {f"p{i}": (f"Other statistics {i}", []) for i in range(45)}
    with FakeService(publications).running() as fake:
        yield fake


@pytest.fixture
def waits():
    return []


@pytest.fixture
def api(service, waits):
    return EesApi(service.url, timeout=5, sleep=waits.append)


@pytest.fixture(scope="module")
def held():
    return shelf(sen2_files.REFERENCE)


def test_all_pages_are_read(service, api):
    assert len(api.publications()) == 46
    assert [a.partition("?")[2] for a in service.asked] == [
        f"page={n}&pageSize=20" for n in (1, 2, 3)
    ]


def test_publications_are_searched(api):
    assert [p.id for p in api.publications("health and care")] == [PUBLICATION]


def test_data_sets_versions_and_words(service, api):
    (found,) = api.data_sets(PUBLICATION)
    assert (found.id, found.latestVersion.version) == ("requests-id", "1.1")
    assert [v.version for v in api.versions("requests-id")] == ["1.1", "1.0"]
    meta = api.meta("requests-id", "1.0")
    assert meta.indicators[0].column == "requests_received_in_year"
    assert "dataSetVersion=1.0" in service.asked[-1]
    assert service.agents == {"goldthread/0.1.0"}


@pytest.mark.parametrize("packed", [True, False])
def test_a_download_is_whole_packed_or_not(service, api, words, tmp_path, packed):
    service.packed = packed
    path = tmp_path / "a"
    api.download("requests-id", "1.0", path)
    data = path.read_bytes()
    assert (gzip.decompress(data) if packed else data) == words[1]


@pytest.mark.parametrize("packed", [True, False])
def test_a_download_that_breaks_off_leaves_nothing(service, api, tmp_path, packed):
    service.packed, service.cut = packed, True
    with pytest.raises(ApiError, match="broke off; nothing was kept"):
        api.download("requests-id", "1.0", tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_never_answers(service, tmp_path):
    service.stall = threading.Event()
    api = EesApi(service.url, timeout=0.2)
    with pytest.raises(ApiError, match=r"did not answer within 0\.2 s"):
        api.data_sets(PUBLICATION)
    with pytest.raises(ApiError, match="did not answer"):
        api.download("requests-id", "1.0", tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_request_that_is_refused_is_said_in_the_services_words(service, api):
    wrong = {"message": "Must be a version.", "code": "Version", "path": "dataSetVersion"}
    service.answers = [(400, {}, problem(400, "Errors occurred.", [wrong]))]
    with pytest.raises(ApiError, match=r"refused .*: Must be a version \(dataSetVersion\)\."):
        api.meta("requests-id", "one")


def test_a_page_too_large_is_refused_as_the_protocol_says(service, api, monkeypatch):
    monkeypatch.setattr(ees_api, "PAGE_SIZE", 41)
    with pytest.raises(ApiError, match=r"Must be between 1 and 40 \(pageSize\)"):
        api.publications()


def test_what_is_not_there(service, api, waits):
    with pytest.raises(ApiError, match="nothing at /data-sets/absent"):
        api.data_set("absent")
    with pytest.raises(ApiError, match="nothing at"):
        api.data_set("../publications")
    assert service.asked[-1].endswith("/data-sets/..%2Fpublications")
    assert waits == []


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_busy_service_is_asked_again_after_a_while(service, api, waits, status):
    busy = problem(status, "Busy")
    service.answers = [(status, {"Retry-After": "7"}, busy), (status, {}, busy)]
    assert api.data_set("requests-id").title == "Requests"
    assert waits == [7, 2]


def test_a_service_that_stays_busy_is_left_alone(service, api, waits):
    service.answers = [(429, {"Retry-After": "5"}, problem(429, "Too many"))] * 5
    with pytest.raises(ApiError, match="asked too often; wait 5 s"):
        api.data_set("requests-id")
    assert waits == [5, 5]
    assert len(service.asked) == 3


def test_nobody_waits_an_hour(service, api, waits):
    service.answers = [(429, {"Retry-After": "3600"}, problem(429, "Too many"))]
    with pytest.raises(ApiError, match="wait 3600 s"):
        api.data_set("requests-id")
    assert waits == []


def test_gateway_timeouts_and_other_faults(service, api):
    service.answers = [(504, {}, b"<html>")] * 3
    with pytest.raises(ApiError, match=r"too busy to answer \(504\)"):
        api.data_set("requests-id")
    service.answers = [(500, {}, problem(500, "There was a problem."))]
    with pytest.raises(ApiError, match=r"answered 500 There was a problem; try later"):
        api.data_set("requests-id")


@pytest.mark.parametrize("body", [b"<html>", b"", b"\x1f\x8bbroken"])
def test_an_answer_that_is_no_json(service, api, body):
    service.packed = False
    service.answers = [(200, {}, body)]
    with pytest.raises(ApiError, match="not JSON"):
        api.data_set("requests-id")


def test_an_answer_in_another_form(service, api):
    service.answers = [(200, {}, b'{"name": "x"}')]
    with pytest.raises(ApiError, match="not as documented \\(DataSet: id\\)"):
        api.data_set("requests-id")


def test_a_service_that_sends_to_another_host_is_not_followed(service, api):
    service.answers = [(302, {"Location": "http://example.org/x"}, b"")]
    with pytest.raises(ApiError, match=r"points to another host, example\.org"):
        api.data_set("requests-id")


@pytest.mark.parametrize(
    "url", ["file:///etc", "http://example.org", "ftp://example.org", "nothing", ""]
)
def test_addresses_that_are_not_asked(url):
    with pytest.raises(ApiError, match="must begin with https://"):
        EesApi(url).data_set("x")


def test_a_host_that_is_not_there(service):
    port = service.url.split(":")[2].split("/")[0]
    api = EesApi(service.url.replace(port, "1"))
    with pytest.raises(ApiError, match=r"cannot be reached .*figures import"):
        api.data_set("x")


def test_labels_become_columns_and_the_file_is_taken_as_its_source(service, api, held, tmp_path):
    asked = fetching.service(sen2_files.REFERENCE)
    (found,) = fetching.offers(api, asked.publication, held.sources, held.series)
    assert found.source.id == "sen2-requests"
    assert found.edition == "Requests, version 1.1, published 2026-06-25"
    path = fetching.fetch(api, found, asked, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["requests.csv"]
    assert path.read_text(encoding="utf-8") == sen2_files.text(
        sen2_files.rows("requests", ("2024",))
    )


def test_years_of_two_numbers_and_the_twin_files(api, service, held, tmp_path):
    sets = service.publications[PUBLICATION][1]
    for id_, name in (("all", "sen_needs_all_plans"), ("new", "sen_need_newplans")):
        meta = ees_server.told(sen2_files.rows(name))
        sets.append(FakeDataSet(id_, "Needs", {"2.0": meta}))
    asked = fetching.service(sen2_files.REFERENCE)
    found = {
        o.data_set.id: o for o in fetching.offers(api, asked.publication, held.sources, held.series)
    }
    assert found["all"].source.id == "sen2-needs"
    assert found["new"].source.id == "sen2-needs-new"
    path = fetching.fetch(api, found["all"], asked, tmp_path)
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("202425,")
    import datetime as dt

    job = Job(paths=(), reference=sen2_files.REFERENCE, today=dt.date(2026, 11, 24))
    ((report, _),) = read_path(path, held, job)
    assert (report.outcome, report.years) == ("taken", (2025,))


def test_a_version_that_is_not_there(api, held):
    with pytest.raises(ApiError, match=r"no version 9\.0; it has 1\.1, 1\.0"):
        fetching.offer(api, "requests-id", "9.0", held.sources, held.series)
    assert fetching.offer(api, "requests-id", "1.0", held.sources, held.series).version == "1.0"


def test_two_headings_for_one_column(service, api, held, words, tmp_path):
    meta, data = words
    head, _, rest = data.partition(b"\n")
    twice = head.replace(b"country_name", b"Region") + b"\n" + rest
    service.publications[PUBLICATION][1].append(FakeDataSet("twice", "T", {"1.0": (meta, twice)}))
    found = fetching.offer(api, "twice", "", held.sources, held.series)
    with pytest.raises(ApiError, match="two columns that mean “region_name”"):
        fetching.fetch(api, found, fetching.service(sen2_files.REFERENCE), tmp_path)
    assert list(tmp_path.iterdir()) == []
