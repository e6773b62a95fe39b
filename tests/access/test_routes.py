"""Every address is in the table, is guarded as the table says, and is on the page for people."""

import pytest
from django.urls import get_resolver

from goldthread.home import PROJECT
from goldthread.records.policies import policies
from goldthread.records.roles import PERMISSIONS, ROLES
from goldthread.web.work.access import IN_AN_AUTHORITY, page, routes
from goldthread.web.work.doors import DOORS
from tests.access.table import in_authority, in_demo, outside


def slow_walk(patterns, before=""):
    """(whole address, view), by a second walk."""
    for found in patterns:
        whole = before + str(found.pattern).removeprefix("^")
        below = getattr(found, "url_patterns", None)
        yield from [(whole, found.callback)] if below is None else slow_walk(below, whole)


def test_the_two_walks_meet_the_same_addresses():
    walked = [(route.pattern, route.view) for route in routes()]
    assert walked == list(slow_walk(get_resolver().url_patterns))
    assert len(walked) > 130


def test_every_address_is_in_the_table_and_nothing_else_is():
    inside = {IN_AN_AUTHORITY + row.path for row in in_authority()}
    assert {r.pattern for r in routes()} - in_demo().keys() == inside | outside().keys()


def test_every_page_in_an_authority_is_guarded_as_the_table_says():
    said = {IN_AN_AUTHORITY + row.path: row.permission for row in in_authority()}
    assert {r.pattern: r.permission for r in routes() if r.inside} == said
    assert set(said.values()) <= PERMISSIONS.keys()


def test_only_the_table_says_which_addresses_are_quiet():
    quiet = {r.pattern for r in routes() if getattr(r.view, "quiet", False)}
    assert quiet == {IN_AN_AUTHORITY + row.path for row in in_authority() if row.quiet}
    assert len(quiet) == 2


def test_no_page_outside_an_authority_claims_a_permission():
    assert [r.pattern for r in routes() if not r.inside and r.permission] == []


def test_nothing_else_lies_below_work():
    below = [r.pattern for r in routes() if r.pattern.startswith("work")]
    assert [p for p in below if not p.startswith(IN_AN_AUTHORITY)] == ["work/"]


def test_who_opens_the_other_addresses_is_as_the_table_says():
    said = {**outside(), **in_demo()}
    assert {r.pattern: r.who for r in routes() if not r.inside} == {
        r.pattern: said[r.pattern] for r in routes() if not r.inside
    }


def test_pages_for_anybody_have_no_session_and_all_others_have_one():
    """Below these doors alone is there a session; whoever forgets one has nobody signed in."""
    for pattern, who in outside().items():
        if who in ("signed in", "support staff", "the national steward"):
            assert f"/{pattern}".startswith(DOORS), pattern
    assert f"/{IN_AN_AUTHORITY}".startswith(DOORS)


@pytest.mark.parametrize("role", ROLES)
def test_every_permission_of_a_role_opens_something(role):
    """A permission that opens no page and is asked for nowhere would be a word without meaning."""
    asked = {row.permission for row in in_authority()}
    asked |= {p for row in in_authority() for p in (*row.one_of, *row.rows)}
    elsewhere = {"see-identity", "see-figures", "override-gate"}  # asked for within pages
    assert ROLES[role].permissions <= asked | elsewhere


def test_the_committed_page_is_the_generated_one():
    committed = (PROJECT / "docs" / "reference" / "access.md").read_text("utf-8")
    assert committed == page(), "run: python -m goldthread.web.work.access"


def test_the_page_says_yes_exactly_where_the_role_has_the_permission():
    lines = [line.split(" | ") for line in page().splitlines() if line.startswith("| `")]
    paths = {row.path: row for row in in_authority()}
    told = {line[0].strip("|` "): line[1:] for line in lines if len(line) > 12}
    assert len(told) == len(paths)
    for shown, (permission, *answers) in told.items():
        expected = ["yes" if permission in r.permissions else "no" for r in ROLES.values()]
        assert answers[: len(ROLES)] == expected, shown


def test_the_page_lists_every_table_the_site_may_touch():
    for policy in policies():
        assert f"| `{policy.table}` |" in page()
