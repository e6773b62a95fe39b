"""Everything a comparison is made from, read from content and imported releases."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import polars as pl

from goldthread import content as folders
from goldthread.core.benchmark.library import Library
from goldthread.core.measures.definition import Measure
from goldthread.core.measures.figures import COUNTS, empty_figures
from goldthread.core.measures.published import counts_of
from goldthread.core.measures.source import Source
from goldthread.core.places import Places
from goldthread.home import data_folder
from goldthread.readers import content, store
from goldthread.readers.figures import figures_of
from goldthread.readers.places import read_models, read_places
from goldthread.readers.tables import read_table

PACKAGE = Path(__file__).resolve().parent.parent
RULES = ("readers", "core/measures", "core/places.py")
"""Code that turns files into counts: when it changes, kept counts no longer stand."""

KEYS = ["source", "series", "area", "year"]


def load_library(reference: Path | None = None, releases: Path | None = None) -> Library:
    """Places, measures, sources, neighbour lists, wording and every count.

    `reference` is the content folder (the installation's own when None), `releases` the folder of
    imported releases (`store`), none when None. Counts are kept in the data folder under the digest
    of all they were made from; where that cannot be written they are made anew each time.

    Errors: ContentError, TableError, FiguresError, StoreError, each a sentence on what to do.
    """
    root = reference or folders.folder("reference")
    measures = content.measures(root / "measures")
    sources = content.sources(root / "sources")
    places = read_places(root)
    imported = store.releases(releases) if releases else ()
    digest = _digest(root, imported)
    wording = content.wording(root / "wording")
    counts = _kept(digest)
    if counts is None:
        figures = load_figures(root, measures, sources, places, imported)
        counts = counts_of(figures, measures, places, wording)
        _keep(counts, digest)
    return Library(
        places=places,
        themes=content.themes(root),
        measures=measures,
        sources=_with_editions(sources, _editions(counts, measures)),
        counts=counts,
        models=read_models(root),
        wording=wording,
        digest=digest,
    )


def load_figures(
    root: Path,
    measures: dict[str, Measure],
    sources: dict[str, Source],
    places: Places,
    imported: Iterable[store.StoredRelease] = (),
) -> pl.DataFrame:
    """The figures (schema FIGURES) that the measures are made from: the content's own, replaced
    cell by cell by those of imported releases, the newest last."""
    wanted = _wanted(measures.values(), sources)
    parts = [
        figures_of(read_table(root / source.file), source, places, wanted[id_])
        for id_, source in sources.items()
        if wanted.get(id_)
    ]
    parts += [_only(release.figures(), wanted) for release in imported]
    figures = pl.concat([empty_figures(), *parts]).unique(KEYS, keep="last", maintain_order=True)
    return _continued(figures, sources)


def _wanted(measures: Iterable[Measure], sources: dict[str, Source]) -> dict[str, set[str]]:
    """Source id -> series that some measure uses, in lower case."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for m in measures:
        for term in (m.numerator, m.denominator):
            if term is not None:
                wanted[term.source] |= {c.lower() for c in term.columns}
        if m.published:
            wanted[m.numerator.source].add(m.published.lower())
    for source in sources.values():
        for series, target in source.continues.items():
            of, _, name = target.partition(".")
            if name.lower() in wanted[of]:
                wanted[source.id].add(series.lower())
    return wanted


def _only(figures: pl.DataFrame, wanted: dict[str, set[str]]) -> pl.DataFrame:
    pairs = [(source, series) for source, some in wanted.items() for series in some]
    table = pl.DataFrame(pairs, schema={"source": pl.String, "key": pl.String}, orient="row")
    keyed = figures.with_columns(pl.col("series").str.to_lowercase().alias("key"))
    return keyed.join(table, on=["source", "key"], how="semi").drop("key")


def _continued(figures: pl.DataFrame, sources: dict[str, Source]) -> pl.DataFrame:
    """The figures, and those that carry on another source's series where it has no row."""
    added = []
    for source in sources.values():
        for series, target in source.continues.items():
            of, _, name = target.partition(".")
            rows = figures.filter(pl.col("source") == source.id, pl.col("series") == series)
            added.append(
                rows.with_columns(pl.lit(of).alias("source"), pl.lit(name).alias("series"))
            )
    return pl.concat([figures, *added]).unique(KEYS, keep="first", maintain_order=True)


def _editions(counts: pl.DataFrame, measures: dict[str, Measure]) -> dict[str, list[str]]:
    """Source id -> the editions that every measure of it has figures from, oldest first.

    An edition that only some of its measures draw on is left out: it would be named beside figures
    that are not from it.
    """
    source_of = {m.id: m.numerator.source for m in measures.values()}
    table = (
        counts.filter(pl.col("release") != "")
        .group_by("measure", "release")
        .agg(pl.col("year").max())
        .with_columns(pl.col("measure").replace_strict(source_of).alias("source"))
    )
    of_all = (
        table.group_by("source", "release")
        .agg(pl.len().alias("with"), pl.col("year").max())
        .join(table.group_by("source").agg(pl.col("measure").n_unique().alias("all")), on="source")
        .filter(pl.col("with") == pl.col("all"))
        .sort("source", "year", "release")
    )
    found: dict[str, list[str]] = defaultdict(list)
    for source, release in of_all.select("source", "release").iter_rows():
        found[source].append(release)
    return found


def _with_editions(sources: dict[str, Source], editions: dict[str, list[str]]) -> dict[str, Source]:
    """The sources, each named by the editions that its figures come from, the newest last."""
    return {
        id_: source.model_copy(update={"release": "; then ".join(editions[id_])})
        if editions.get(id_)
        else source
        for id_, source in sources.items()
    }


def _digest(root: Path, imported: Iterable[store.StoredRelease]) -> str:
    """16 hexadecimal digits that name the content, the imported releases and the rules."""
    found = hashlib.sha256()
    code = [path for rule in RULES for path in _files(PACKAGE / rule, "*.py")]
    content_files = _files(root, "*.yaml") + _files(root, "*.csv") + _files(root, "*.csv.gz")
    for path in (*code, *content_files):
        found.update(path.relative_to(PACKAGE if path in code else root).as_posix().encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    for release in imported:
        found.update(release.manifest.figures_sha256.encode())
    return found.hexdigest()[:16]


def _files(where: Path, pattern: str) -> list[Path]:
    return [where] if where.is_file() else sorted(where.rglob(pattern))


def _kept(digest: str) -> pl.DataFrame | None:
    """Counts that an earlier process made from the same, or None."""
    try:
        path = data_folder() / "cache" / f"counts-{digest}.parquet"
        counts = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        return None
    return counts if dict(counts.schema) == COUNTS else None


def _keep(counts: pl.DataFrame, digest: str) -> None:
    """Written aside and renamed, so that no process ever reads half of it; not written is fine."""
    with suppress(OSError):
        folder = data_folder() / "cache"
        folder.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".part", dir=folder)
        os.close(handle)
        part = Path(name)
        try:
            counts.write_parquet(part)
            part.replace(folder / f"counts-{digest}.parquet")
        finally:
            part.unlink(missing_ok=True)
        for old in folder.glob("counts-*.parquet"):
            if old.stem != f"counts-{digest}":
                old.unlink(missing_ok=True)
