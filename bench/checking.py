"""What a check costs: reading, parsing, all rules; beside naive readers in the same run.

    python3 run.py dev bench checking

Times are of one core, the median of several runs after a warm one. The peers only read: python-docx
every paragraph and cell; pdfplumber every page's text and tables; spaCy, where it is installed,
names in the text that python-docx gives.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib.util
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from goldthread.checking import batch
from goldthread.checking.job import Job
from goldthread.checking.pipeline import tools
from goldthread.checking.pool import Pool
from goldthread.core.parsing.parse import parse
from goldthread.readers.documents import read_document
from goldthread.readers.frameworks import REFERENCE
from goldthread.simulation.plans.big import big_plan
from goldthread.simulation.plans.corpus import samples

TODAY = dt.date(2026, 11, 24)
FAMILIES = ("prose", "area-tables")


def main() -> None:
    gc.freeze()
    ready = tools(REFERENCE)
    print(f"a loop of a million steps: {took(spin, 3):.0f} ms (30 to 50 on an idle machine)")
    for kind, family in (("docx", "prose"), ("docx", "area-tables"), ("pdf", "prose"),
                         ("untagged", "prose"), ("untagged", "area-tables")):  # fmt: skip
        whole(kind, family, ready)
    growth(ready)
    many()
    scanned(ready)


def took(run: Callable[[], object], times: int = 9) -> float:
    """Median milliseconds of processor time."""
    run()
    found = []
    for _ in range(times):
        begun = time.process_time()
        run()
        found.append((time.process_time() - begun) * 1000)
    return statistics.median(found)


def spin() -> int:
    total = 0
    for n in range(1_000_000):
        total += n
    return total


def whole(kind: str, family: str, ready) -> None:
    data = big_plan(20, kind, family=family)
    name = "plan.docx" if kind == "docx" else "plan.pdf"
    raw = read_document(data, name)
    plan = parse(raw, ready.layouts)
    reading = took(lambda: read_document(data, name))
    parsing = took(lambda: parse(raw, ready.layouts))
    checking = took(lambda: ready.checker.check(ready.checker.subject(plan, TODAY)))
    total = reading + parsing + checking
    words = len(raw.text.split())
    print(f"\n{kind}, {family}, 20 pages, {words:,} words, {len(raw.paragraphs)} paragraphs")
    print(f"  read {reading:.1f} + parse {parsing:.1f} + 46 rules {checking:.1f} = {total:.1f} ms")
    for peer, run in peers(kind, data):
        cost = took(run, 3)
        print(f"  {peer}: {cost:.0f} ms, {cost / total:.1f} times as long")


def peers(kind: str, data: bytes) -> list[tuple[str, Callable[[], object]]]:
    if kind != "docx":
        return [("pdfplumber, text and tables", lambda: plumbed(data))]
    found: list[tuple[str, Callable[[], object]]] = [
        ("python-docx, text only", lambda: plain_docx(data))
    ]
    if importlib.util.find_spec("spacy") and importlib.util.find_spec("en_core_web_sm"):
        import spacy

        model = spacy.load("en_core_web_sm")
        text = plain_docx(data)
        found.append(("spaCy on that text", lambda: model(text)))
    return found


def plain_docx(data: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(data))
    lines = [p.text for p in document.paragraphs]
    lines += [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join(lines)


def plumbed(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(p.extract_text()) + len(p.find_tables()) for p in document.pages)


def growth(ready) -> None:
    print("\ncost by length (docx, prose): ", end="")
    for pages in (10, 20, 40, 80):
        data = big_plan(pages, "docx")

        def run(data: bytes = data) -> None:
            plan = parse(read_document(data, "plan.docx"), ready.layouts)
            ready.checker.check(ready.checker.subject(plan, TODAY))

        print(f"{pages} pages {took(run, 5) / pages:.2f} ms a page", end="; ")
    print()


def many(counts: tuple[int, ...] = (100, 1000)) -> None:
    print("\nfolders of plans of about 5 pages on two processes, with records written:")
    with TemporaryDirectory() as spare:
        for count in counts:
            folder = Path(spare) / str(count)
            folder.mkdir()
            for sample in samples(1, count, kinds=("docx",)):
                (folder / sample.name).write_bytes(sample.data)
            paths = batch.find_documents([folder])
            with Pool(2) as pool:
                list(batch.run(paths[:4], Job(today=TODAY), pool, across=False))
                begun = time.perf_counter()
                done = sum(1 for _ in batch.run(paths, Job(today=TODAY), pool, across=False))
                seconds = time.perf_counter() - begun
                memory = [psutil.Process(p._process.pid).memory_info().rss for p in pool._all]
            largest = max(memory) / 1e6
            each = seconds / done * 1000
            print(f"  {done:,}: {seconds:.1f} s, {each:.1f} ms a plan; a process {largest:.0f} MB")


def scanned(ready) -> None:
    for sample in samples(1, 1, kinds=("scan",)):
        begun = time.perf_counter()
        raw = read_document(sample.data, sample.name)
        seconds = time.perf_counter() - begun
        print(f"\nscan: {raw.pages} pages, {seconds / (raw.pages or 1):.1f} s a page")


if __name__ == "__main__":
    main()
