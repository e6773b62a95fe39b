"""The derived file of plan ages, made again from the published rows in the plainest way."""

import csv
import gzip

from goldthread.content import folder

REFERENCE = folder("reference")
YEARS = {"years_under_2": ["Less than a year", "1"], "years_2_to_4": ["2", "3", "4"]}
YEARS["years_5_and_over"] = [*map(str, range(5, 12)), "12 or more"]
AGES = {"age_under_5": ["under 3", "age 3", "age 4"]}
for band, ages in (("5_to_10", (5, 11)), ("11_to_15", (11, 16)), ("16_to_18", (16, 19))):
    AGES[f"age_{band}"] = [f"age {a}" for a in range(*ages)]
AGES["age_19_to_25"] = [f"age {a}" for a in range(19, 26)]
TOPICS = {"Years EHC plan in place": YEARS, "Child or young persons age": AGES}
SHORT = {"England", "London", "East of England", "Hackney", "Peterborough"}


def place(row: dict) -> tuple:
    return row["time_period"], row["geographic_level"], row["region_code"], row["old_la_code"]


def name(row: dict) -> str:
    return row["la_name"] or row["region_name"] or row["country_name"]


def published() -> dict:
    cells: dict = {}
    with gzip.open(REFERENCE / "sen2_2025" / "caseload.csv.gz", "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["breakdown_topic"] in TOPICS:
                item = row["breakdown_topic"], row["breakdown"]
                cells.setdefault(place(row), {})[item] = row["ehcplans"]
    return cells


def derived() -> list[dict]:
    with (REFERENCE / "derived" / "plan_ages.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_band_is_the_sum_of_its_published_rows():
    cells = published()
    for row in derived():
        for topic, bands in TOPICS.items():
            found = {i: v for (t, i), v in cells[place(row)].items() if t == topic}
            assert set(found) <= {i for items in bands.values() for i in items}
            for band, items in bands.items():
                parts = [found[i] for i in items if i in found]
                if all(v == "x" for v in found.values()):
                    assert row[band] == "x", name(row)
                else:
                    assert row[band] == str(sum(map(int, parts))), (name(row), band)


def test_bands_add_up_to_every_total_but_where_two_authorities_sent_none():
    rows = derived()
    assert len(rows) == 2 * 163
    for row in rows:
        for bands in TOPICS.values():
            known = all(row[b].isdigit() for b in bands)
            whole = known and sum(int(row[b]) for b in bands) == int(row["ehcplans"])
            assert whole or (row["time_period"] == "202324" and name(row) in SHORT), name(row)
