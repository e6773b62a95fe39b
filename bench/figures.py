"""What an authority's own figures take: every query that its quality page makes, with three years
of audits, alone in the database and as one of twenty.

Counts are put straight into the cells, as signing puts them. The peer in the same run is the bare
sum that PostgreSQL makes of as many numbers from memory. `rows` are those that the database read
for all the queries together: they must not grow as other authorities do.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from goldthread.core.audit.audit import Blank, Subject, questions, sign
from goldthread.core.audit.judgement import Judgement
from goldthread.core.measures.counting import CellKey, Count, added, counts_of
from goldthread.readers.frameworks import shared_framework

AUDITS, MONTHS, OTHERS = 1_500, 36, 19
OWN = "301"
VARIANTS = 60
"""Invented audits whose counts are used again and again."""
TURNS = 9
NEEDS = ("ASD", "SLCN", "SEMH", "MLD", "SPLD", "SLD", "PD", "HI", "VI", "PMLD", "MSI", "OTH")
OFTEN = (30, 22, 18, 9, 5, 5, 4, 2, 2, 2, 1, 1)
PHASES = ("early-years", "primary", "secondary", "post-16")
SETTINGS = ("school", "special-school", "sen-unit", "college", "early-years", "home-educated",
            "alternative-provision", "arranged-by-parent")  # fmt: skip
KINDS = ("new", "reviewed", "transferred")
TEAMS = ("North", "South", "East", "West", "Early years", "Preparing for adulthood")
AGES = ("0-4", "5-10", "11-15", "16-18", "19-25")
DRAWN = ("random", "thematic", "risk-led", "draft", "imported")
DRAWN_OFTEN = (60, 10, 10, 10, 10)


def audits_counted(chance: random.Random) -> list[tuple[Count, ...]]:
    """Counts of invented audits with answers at random."""
    framework = shared_framework()
    blank = Blank(framework.key, Subject("plan", "final", year=5, age=9))
    asked = questions(framework, blank).criteria
    at = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
    found = []
    for _ in range(VARIANTS):
        given = [
            Judgement(c.id, chance.choice([int(a) for a in c.descriptors]), "lead", "education",
                      at, comment="Seen.")
            for c in asked
        ]  # fmt: skip
        found.append(counts_of(framework, sign(framework, blank, given, "lead", at)))
    return found


def cells(chance: random.Random) -> Iterator[CellKey]:
    for number in range(AUDITS):
        months = number * MONTHS // AUDITS
        yield CellKey(
            month=dt.date(2024 + months // 12, months % 12 + 1, 1), framework="ehc-ref@2026.1",
            subject="plan", drawn=chance.choices(DRAWN, DRAWN_OFTEN)[0],  # type: ignore[arg-type]
            plan_kind=chance.choice(KINDS), age_band=chance.choice(AGES),
            need=chance.choices(NEEDS, OFTEN)[0], phase=chance.choice(PHASES),
            setting_kind=chance.choice(SETTINGS), team=chance.choice(TEAMS),
        )  # fmt: skip


def fill(code: str, counted: list[tuple[Count, ...]]) -> None:
    from goldthread.records.cells import add, beat
    from goldthread.records.scope import scope

    chance = random.Random(code)
    sums: dict[CellKey, tuple[Count, ...]] = {}
    for key in cells(chance):
        sums[key] = added(sums.get(key, ()), chance.choice(counted))
    with scope(authority=code):
        beat(code)
        add(code, sums)


def asked() -> dict[str, Callable[[Any], object]]:
    """What the quality page asks for: name -> query."""
    from goldthread.records.queries.counts import Filters, options, pulse, tallied

    some = ("index", "band")
    themes = tuple(f"theme:{s}" for s in sorted({c.section for c in shared_framework().criteria}))
    drawn = Filters(drawn=("random",))
    year = Filters(drawn=("random",), since=dt.date(2026, 1, 1))
    one = Filters(drawn=("random",), need=("ASD",))
    queries: dict[str, Callable[[Any], object]] = {
        "when last": pulse,
        "what to choose from": options,
        "whole, every measure": lambda here: tallied(here, drawn),
        "whole, every draw": lambda here: tallied(here, Filters(), ("drawn",)),
        "last year, every measure": lambda here: tallied(here, year),
        "one need, every measure": lambda here: tallied(here, one),
        "by month, index and band": lambda here: tallied(here, drawn, ("month",), some),
        "by month, themes": lambda here: tallied(here, drawn, ("month",), themes),
    }
    for name in ("need", "phase", "setting_kind", "plan_kind", "team", "profession"):
        queries[f"by {name}, index and band"] = lambda here, n=name: tallied(
            here, drawn, (n,), some
        )
    return queries


PAGE = (
    "when last", "what to choose from", "whole, every measure", "by month, index and band",
    "by month, themes", "by need, index and band", "by phase, index and band",
    "by setting_kind, index and band", "by plan_kind, index and band", "by team, index and band",
    "by profession, index and band",
)  # fmt: skip


COPY = """
WITH made AS (
    INSERT INTO records_cell (authority_id, month, framework, subject, drawn, plan_kind, age_band,
                              need, phase, setting_kind, team, profession)
    SELECT %(code)s, month, framework, subject, drawn, plan_kind, age_band, need, phase,
           setting_kind, team, profession
    FROM records_cell WHERE authority_id = %(own)s
    RETURNING *
)
INSERT INTO records_tally (authority_id, cell_id, measure, n, met, total, squares, at0, at1, at2,
                           at3, not_applicable, undecided)
SELECT %(code)s, made.id, measure, n, met, total, squares, at0, at1, at2, at3, not_applicable,
       undecided
FROM made
JOIN records_cell AS cell USING (month, framework, subject, drawn, plan_kind, age_band, need, phase,
                                 setting_kind, team, profession)
JOIN records_tally AS tally ON tally.cell_id = cell.id
WHERE cell.authority_id = %(own)s
"""
"""The other authorities have counts like our own, so that what they cost is the same."""


def measure() -> dict[str, tuple[float, int]]:
    """Query -> milliseconds, the best of some turns, and rows read."""
    from goldthread.records.scope import Here, scope

    here = Here(authority=OWN, person=None, permissions=frozenset({"see-figures"}))
    found = {}
    with scope(authority=OWN):
        for name, query in asked().items():
            found[name] = (best(lambda q=query: q(here)), rows_read(lambda q=query: q(here)))
    return found


def best(act: Callable[[], object]) -> float:
    times = []
    for _ in range(TURNS):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return min(times)


def rows_read(act: Callable[[], object]) -> int:
    """Rows that scans handed on or threw away, as the database itself counts them."""
    from django.db import connection

    said: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    with connection.cursor() as cursor:
        total = 0
        for sql, params in said:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
            total += sum(scanned(cursor.fetchone()[0][0]["Plan"]))
    return total


def scanned(plan: dict[str, Any]) -> Iterator[int]:
    if "Scan" in plan["Node Type"] and plan["Node Type"] != "Bitmap Index Scan":
        thrown = plan.get("Rows Removed by Filter", 0) + plan.get(
            "Rows Removed by Index Recheck", 0
        )
        yield round((plan["Actual Rows"] + thrown) * plan["Actual Loops"])
    for part in plan.get("Plans", ()):
        yield from scanned(part)


def bare_sum() -> float:
    from django.db import connection

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT g %% 90, sum(g), sum(g), sum(g), sum(g), sum(g), sum(g), sum(g), sum(g),"
                " sum(g), sum(g) FROM generate_series(1, %s) g GROUP BY 1", [AUDITS * 87]
            )  # fmt: skip
            cursor.fetchall()

    return best(act)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as folder:
        os.environ["GOLDTHREAD_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        from goldthread.cli import database

        with database.running():
            database.migrate()
            compare(Path(folder))
    return 0


def compare(home: Path) -> None:
    from django.db import connections

    from goldthread.records.models import Authority
    from goldthread.records.postgres import connect, owner_address

    def settle() -> None:
        with connect(owner_address(home), autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")

    counted = audits_counted(random.Random(5))
    fill(OWN, counted)
    settle()
    alone = measure()
    others = [c for c in Authority.objects.order_by("code").values_list("code", flat=True)
              if c > "301"][:OTHERS]  # fmt: skip
    with connect(owner_address(home), autocommit=True) as owner:
        for code in others:
            owner.execute(COPY, {"code": code, "own": OWN})
    settle()
    among = measure()
    print(f"{AUDITS:,} audits of {MONTHS} months; peer, a bare sum: {bare_sum():.1f} ms\n")
    print(f"| | ms alone | ms of {OTHERS + 1} | rows alone | rows of {OTHERS + 1} |")
    print("|---|---|---|---|---|")
    for name, (ms, rows) in alone.items():
        print(f"| {name} | {ms:.1f} | {among[name][0]:.1f} | {rows} | {among[name][1]} |")
    page = [sum(m[name][0] for name in PAGE) for m in (alone, among)]
    rows = [sum(m[name][1] for name in PAGE) for m in (alone, among)]
    print(f"| **the page** | {page[0]:.1f} | {page[1]:.1f} | {rows[0]} | {rows[1]} |")
    connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
