"""The invented year was made by auditors of known strictness, and the pages find it."""

import re

from goldthread.cli.demo_year import read_year
from tests.functional.work.conftest import BASE, good

EDUCATION = ("Priya Nkemelu", "Gareth Ashdown", "Ivana Marsh", "Kwame Hollis")


def test_the_strictest_and_the_kindest_are_found_and_called_so(door):
    truth = read_year().severity
    strictest, kindest = (pick(EDUCATION, key=lambda n: truth[n]) for pick in (max, min))
    page = door.enter("Quality lead")
    page.goto(f"{BASE}trust/auditors/")
    rows = {
        name: page.locator("tr", has=page.get_by_role("link", name=name)).first.inner_text()
        for name in EDUCATION
    }
    assert "Stricter than the others" in rows[strictest]
    assert "Kinder than the others" in rows[kindest]
    points = {name: _points(said) for name, said in rows.items()}
    assert min(points, key=lambda n: points[n]) == strictest
    assert max(points, key=lambda n: points[n]) == kindest
    good(page)


def _points(said: str) -> float:
    """The first signed number of a row: points beside the others."""
    return float(re.findall(r"[+−]\d\.\d\d", said)[0].replace("−", "-"))


def test_a_director_sees_the_year_with_its_numbers_and_ranges(door):
    page = door.enter("Director")
    page.goto(f"{BASE}quality/")
    said = page.locator(".gt-sentence").first.inner_text()
    assert re.search(r"\d+ of \d+ are good or better: \d+% \(likely \d+% to \d+%\)", said), said
    page.goto(f"{BASE}trust/auditors/")
    assert not any(name in page.locator("main").inner_text() for name in EDUCATION)
