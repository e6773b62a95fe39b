"""The Design System as it may be used off GOV.UK: no crown, no crest, no fonts, no other hosts."""

import re

import pytest

from goldthread.home import PACKAGE

FOLDER = PACKAGE / "web" / "static"
FILES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".css", ".js", ".svg"})


def test_the_licence_and_the_note_stand_beside_it():
    version = re.search(
        r'--govuk-frontend-version:"([\d.]+)"',
        (FOLDER / "govuk" / "govuk-frontend.min.css").read_text(encoding="utf-8"),
    )[1]
    assert f"govuk-frontend {version}" in (FOLDER / "govuk" / "NOTE.md").read_text(encoding="utf-8")
    assert "MIT License" in (FOLDER / "govuk" / "LICENCE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_that_belongs_to_government_only(path):
    text = path.read_text(encoding="utf-8")
    assert "GDS Transport" not in text
    assert "crest" not in text
    assert "@font-face" not in text
    assert "/assets/" not in text
    assert "sourceMappingURL" not in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_styles_ask_for_no_other_file(path):
    if path.suffix == ".css":
        assert re.findall(r"url\((?!data:)[^)]*\)|@import", path.read_text(encoding="utf-8")) == []
