"""The invented spreadsheet of past audits that is kept, and the mapping beside it."""

import datetime as dt
from pathlib import Path

from goldthread.core.audit.mapping import plain
from goldthread.core.audit.past import read_past
from goldthread.core.audit.past_mapping import PastMapping
from goldthread.core.audit.past_table import table_of_rows, without_people
from goldthread.readers.audits import read_book
from goldthread.readers.audits.words import past_words
from goldthread.readers.content import read_yaml
from goldthread.readers.frameworks import shared_framework
from goldthread.readers.lists.aliases import load_columns
from goldthread.simulation.past_audits import SPOILED, past_rows, past_workbook, sample_mapping

HOME = Path(__file__).parents[3] / "samples" / "audits"
TODAY = dt.date(2026, 11, 24)


def test_the_sample_is_what_the_simulation_writes_and_reads_by_its_mapping():
    walk = shared_framework("example-local@2026.1").crosswalk
    data = (HOME / "past-audits.xlsx").read_bytes()
    assert data == past_workbook(walk, spoiled=SPOILED)
    mapping = PastMapping.model_validate(read_yaml(HOME / "mapping.yaml"))
    assert mapping == sample_mapping(walk)
    words = past_words()
    book = read_book("past-audits.xlsx", data)
    whole = table_of_rows(book, mapping.sheet, known=set(words.known_facts))
    personal = {plain(h) for k in words.personal for h in k.headers} - set(words.known_facts)
    table = without_people(whole, personal, (), str)
    assert table.left_out == ("Name of child", "DOB", "Auditor")
    read = read_past(
        table, mapping, shared_framework(), words, load_columns().codes, TODAY
    )  # fmt: skip
    assert (read.read, len(read.audits), read.coverage.graded) == (200, 196, "B")
    assert [(r.row.rpartition(" ")[2], r.kind) for r in read.refusals] == [
        ("B8", "refused"), ("N13", "warning"), ("B23", "refused"), ("B28", "refused"),
        ("F33", "warning"), ("18", "refused"),
    ]  # fmt: skip
    _, given = past_rows(walk, 200, 7)
    said = {a.place: a.answers.get("F3-who") for a in read.audits}
    meant = {"Yes": 2, "Partly": 1, "No": 0, "Not needed": "no-such-need"}
    column = next(i for i, h in enumerate(whole.headers) if h.startswith("Q13."))
    for n in (0, 1, 57, 199):
        assert said[f"row {n + 4}"] == meant[given[n][column]]
