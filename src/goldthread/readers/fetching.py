"""From the statistics service to a data file: which data set, and its columns under their names."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from goldthread.core.frozen import Content
from goldthread.core.measures.source import Source
from goldthread.readers.content import ContentError, read_yaml
from goldthread.readers.ees_api import GZIP, ApiError, DataSet, EesApi, Filter, Indicator, Meta
from goldthread.readers.figures import IDENTIFYING
from goldthread.readers.recognise import ENOUGH, Match, match

SPAN = re.compile(r"(\d{4})/(?:\d{2})?(\d{2})")
KINDS = {"calendar": {"CY", "RY"}, "january": {"AY", "M1"}, "academic": {"AY"}, "financial": {"FY"}}


class Service(Content):
    """`reference/ees.yaml`."""

    base_url: str
    publication: str
    publication_title: str
    by_hand: str
    headings: dict[str, tuple[str, ...]]
    identifiers: dict[str, str]


@dataclass(frozen=True)
class Offer:
    """A data set of the publication, and which of our sources it looks like."""

    data_set: DataSet
    version: str
    meta: Meta
    source: Source | None

    @property
    def edition(self) -> str:
        """As a reader would name it."""
        latest = self.data_set.latestVersion
        same = latest is not None and latest.version == self.version
        day = f", published {latest.published[:10]}" if same and latest and latest.published else ""
        return f"{self.data_set.title}, version {self.version}{day}"


def service(reference: Path) -> Service:
    """Where to ask. Errors: ContentError."""
    path = reference / "ees.yaml"
    try:
        return Service.model_validate(read_yaml(path))
    except ValueError as error:
        raise ContentError(f"{path.name} is not as it should be: {error}") from error


def offers(
    api: EesApi,
    publication: str,
    sources: Mapping[str, Source],
    series: Mapping[str, tuple[str, ...]],
) -> list[Offer]:
    """Every data set of a publication. Asks once for the list and once for each data set's words.

    Errors: ApiError.
    """
    found = api.data_sets(publication)
    return [_offer(api, d, d.latestVersion.version, sources, series)
            for d in found if d.latestVersion]  # fmt: skip


def offer(
    api: EesApi,
    id_: str,
    version: str,
    sources: Mapping[str, Source],
    series: Mapping[str, tuple[str, ...]],
) -> Offer:
    """One data set by its id, at `version` or at its newest. Errors: ApiError."""
    data_set = api.data_set(id_)
    known = [v.version for v in api.versions(id_)]
    latest = data_set.latestVersion.version if data_set.latestVersion else ""
    if version and version not in known:
        raise ApiError(
            f"Data set {id_} has no version {version}; it has {', '.join(known) or 'none'}."
        )
    if not (version or latest):
        raise ApiError(f"Data set {id_} has no published version; try another.")
    return _offer(api, data_set, version or latest, sources, series)


def _offer(
    api: EesApi,
    data_set: DataSet,
    version: str,
    sources: Mapping[str, Source],
    series: Mapping[str, tuple[str, ...]],
) -> Offer:
    meta = api.meta(data_set.id, version)
    columns = [*(f.column for f in meta.filters), *(i.column for i in meta.indicators)]
    matches = [match(columns, sources[id_], names) for id_, names in series.items()]
    likely = [m for m in matches if m.share >= ENOUGH]
    likely.sort(key=lambda m: _rank(m, meta), reverse=True)
    return Offer(data_set, version, meta, likely[0].source if likely else None)


def _rank(found: Match, meta: Meta) -> tuple[float, bool, int]:
    codes = {p.code for p in meta.timePeriods}
    agrees = bool(codes & KINDS.get(found.source.year_kind, set()))
    return round(found.share, 2), agrees, len(found.columns)


def fetch(api: EesApi, chosen: Offer, asked: Service, folder: Path) -> Path:
    """Downloads a data set into `folder` and gives its columns the names of a data file.

    Errors: ApiError; no file is left then.
    """
    raw = folder / "download"
    api.download(chosen.data_set.id, chosen.version, raw)
    stem = re.sub(r"[^a-z0-9]+", "_", chosen.data_set.title.lower()).strip("_")[:60] or "data_set"
    path = folder / f"{stem}.csv"
    try:
        with _text(raw) as text, path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(relabel(text, chosen.meta, asked))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error, ApiError) as error:
        path.unlink(missing_ok=True)
        if isinstance(error, ApiError):
            raise
        raise ApiError(
            f"What {api.host} sent is no whole CSV file ({error}); try again."
        ) from error
    finally:
        raw.unlink(missing_ok=True)
    return path


def _text(path: Path) -> IO[str]:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    if packed:
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def relabel(text: IO[str], meta: Meta, asked: Service) -> Iterator[list[str]]:
    """The rows of a CSV for people, with the columns, levels and periods of a data file.

    A heading that is neither a column nor the label of one is kept as it is. Errors: ApiError when
    two headings mean one column.
    """
    rows = csv.reader(text, strict=True)
    header = [_column(h, meta, asked) for h in next(rows, [])]
    twice = sorted({h for h in header if header.count(h) > 1})
    if twice:
        raise ApiError(f"The data set has two columns that mean “{twice[0]}”; fetch it by hand.")
    levels = {level.code: level.label for level in meta.geographicLevels}
    identifier = _identifier(meta, asked) if "time_identifier" not in header else None
    yield [*header, "time_identifier"] if identifier else header
    for row in rows:
        named = dict(zip(header, row, strict=False))
        named["time_period"] = SPAN.sub(r"\1\2", named.get("time_period", ""))
        level = named.get("geographic_level", "")
        named["geographic_level"] = levels.get(level, level)
        cells = [named.get(h, "") if i < len(row) else None for i, h in enumerate(header)]
        whole = [c for c in cells if c is not None] + row[len(header) :]
        yield [*whole, identifier] if identifier else whole


def _column(heading: str, meta: Meta, asked: Service) -> str:
    plain = heading.strip().lower()
    if plain in IDENTIFYING:
        return plain
    known: list[Filter | Indicator] = [*meta.filters, *meta.indicators]
    for item in known:
        if plain == item.column.lower():
            return item.column
    for column, headings in asked.headings.items():
        if plain in (h.lower() for h in headings):
            return column
    for item in known:
        if plain == item.label.strip().lower():
            return item.column
    return heading.strip()


def _identifier(meta: Meta, asked: Service) -> str:
    codes = {p.code for p in meta.timePeriods}
    return asked.identifiers.get(next(iter(codes)), "") if len(codes) == 1 else ""
