"""What is inside a download: zips honest, broken and hostile."""

import gzip
import io
import zipfile

import pytest

from goldthread.readers import release
from goldthread.readers.ees import EesError
from goldthread.readers.release import parts


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def test_data_files_are_read_and_all_others_named(tmp_path):
    path = zipped(
        tmp_path / "release.zip",
        {
            "data/caseload.csv": b"a,b\n1,2\n",
            "data/caseload.meta.csv": b"col_name",
            "requests.csv.gz": gzip.compress(b"c,d\n"),
            "data-guidance/data-guidance.txt": b"words",
            "supporting-files/old.csv": b"e,f\n",
            "__MACOSX/data/caseload.csv": b"junk",
        },
    )
    found = {p.name: p for p in parts(path)}
    assert found["data/caseload.csv"].data == b"a,b\n1,2\n"
    assert found["requests.csv.gz"].data == b"c,d\n"
    assert found["data/caseload.meta.csv"].skip == "describes caseload.csv"
    assert found["data-guidance/data-guidance.txt"].skip == "not a data file"
    assert found["supporting-files/old.csv"].skip.startswith("not in the folder")
    assert found["__MACOSX/data/caseload.csv"].skip == "not a data file"


@pytest.mark.parametrize("data", [b"", b"not a zip at all", b"PK\x03\x04 and then nothing"])
def test_a_zip_that_is_none(tmp_path, data):
    path = tmp_path / "release.zip"
    path.write_bytes(data)
    with pytest.raises(EesError, match=r"release\.zip is not a zip file, or is cut short"):
        list(parts(path))


def test_a_zip_cut_short(tmp_path):
    path = zipped(tmp_path / "release.zip", {"data/a.csv": b"a,b\n" * 1000})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(EesError, match="cut short"):
        list(parts(path))


def test_a_zip_of_nothing(tmp_path):
    with pytest.raises(EesError, match="is empty"):
        list(parts(zipped(tmp_path / "release.zip", {})))


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "data/../../evil.csv", "C:\\evil.csv", "..\\evil.csv"]
)
def test_a_zip_that_leads_out_of_its_folder(tmp_path, name):
    path = zipped(tmp_path / "release.zip", {"data/a.csv": b"a", name: b"b"})
    with pytest.raises(EesError, match="leads out of its own folder"):
        list(parts(path))


def test_a_zip_with_a_link_in_it(tmp_path):
    path = tmp_path / "release.zip"
    link = zipfile.ZipInfo("data/a.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(EesError, match="leads out"):
        list(parts(path))


def test_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "MEMBERS", 3)
    path = zipped(tmp_path / "release.zip", {f"{i}.csv": b"" for i in range(4)})
    with pytest.raises(EesError, match="holds 4 files"):
        list(parts(path))


def test_a_zip_bomb_stops_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "UNPACKED", 2**20)
    path = zipped(tmp_path / "release.zip", {"data/a.csv": b"0" * (2**20 + 1)})
    assert path.stat().st_size < 10_000
    with pytest.raises(EesError, match="unpacks to more than 1 MB"):
        list(parts(path))


def test_a_size_that_lies_is_found_out(tmp_path):
    path = zipped(tmp_path / "release.zip", {"data/a.csv": b"0" * 5000})
    data = path.read_bytes()
    true, false = (5000).to_bytes(4, "little"), (50).to_bytes(4, "little")
    path.write_bytes(data.replace(true, false))
    (part,) = parts(path)
    assert part.data == b""
    assert "damaged" in part.refuse


def test_a_gzip_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "LARGEST", 2 * 2**20)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"0" * (4 * 2**20)))
    (part,) = parts(path)
    assert "unpacks to over 2 MB" in part.refuse


def test_a_gzip_cut_short(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 50)[:-40])
    (part,) = parts(path)
    assert "cut short" in part.refuse


def test_a_file_too_large_is_not_even_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "LARGEST", 2**20)
    path = tmp_path / "a.csv"
    path.write_bytes(b"0" * (2**20 + 1))
    with pytest.raises(EesError, match="the most that is read is 1 MB"):
        list(parts(path))


def test_a_description_named_as_data(tmp_path):
    path = tmp_path / "Caseload.meta.csv"
    path.write_bytes(b"col_name")
    with pytest.raises(EesError, match=r"holds no figures: import caseload\.csv"):
        list(parts(path))


def test_a_locked_file(tmp_path):
    path = zipped(tmp_path / "release.zip", {"data/a.csv": b"a,b\n"})
    data = bytearray(path.read_bytes())
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.find(start)
        data[at + (6 if start == b"PK\x03\x04" else 8)] |= 1
    path.write_bytes(bytes(data))
    (part,) = parts(path)
    assert "password" in part.refuse


def test_names_are_fit_for_a_terminal():
    assert release._shown("data/\x1b[31mred\n.csv") == "data/?[31mred?.csv"
    assert io.StringIO(release._shown("a" * 500)).read() == "a" * 120
