"""Published figures as counts: every measure's numerator and denominator, by area and year.

One pass over all measures at once. A figure that is not there makes the count not there, with the
reason; nothing is filled in, and nothing is read as nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from goldthread.core.measures.caveats import marks
from goldthread.core.measures.definition import Measure, Term
from goldthread.core.measures.figures import COUNTS, Status
from goldthread.core.measures.mergers import with_predecessors
from goldthread.core.measures.worst import place, ranked, unranked
from goldthread.core.places import Places

GIVEN = (Status.OK.value, Status.PROVISIONAL.value)
ADDED_UP = ("proportion", "rate", "change", "amount")
"""Kinds made from counts, which may be added up over places."""

KEYS = ["measure", "area", "year"]
Measures = dict[str, Measure]


def counts_of(
    figures: pl.DataFrame,
    measures: Measures,
    places: Places,
    wording: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """Counts (schema COUNTS) of all measures from `figures` (schema FIGURES).

    A row stands for every area and year of the numerator. `value` is in shown units: numerator /
    denominator x scale for a proportion, rate or amount; (numerator / denominator - 1) x 100 for a
    change; as printed for a value; 1 or 0 for an answer. Where any part is missing, or a caveat
    withholds it, or it cannot be true, there is no number but a status and a note: the caveat, or
    the sentence that `wording` has for `note.<status>`. Years without one figure of any authority
    are left out. An authority formed from whole others has their sums for the years before it, and
    a note that says so.
    """
    wording = wording or {}
    parts = _parts(figures, measures, places, wording)
    rows = _joined(parts.filter(pl.col("side") == "n"), parts.filter(pl.col("side") == "d"))
    rows = _valued(rows.join(_kinds(measures.values()), on="measure"), wording)
    rows = _with_authorities(rows, places)
    rows = _with_not_inspected(rows, measures.values(), places, wording)
    rows = _caveated(rows, marks(measures.values(), rows.select(KEYS), places), wording)
    return rows.select(pl.col(name).cast(kind) for name, kind in COUNTS.items()).sort(KEYS)


def worded(wording: Mapping[str, str], rule: str) -> str:
    """The sentence of a rule, or the rule's id where nobody has worded it."""
    return wording.get(rule, rule)


def _terms(measures: Iterable[Measure]) -> pl.DataFrame:
    """A row for each column of each side of each measure."""
    rows = [
        (m.id, side, term.source, column.lower(), len(term.columns), term.year, term.offset)
        for m in measures
        for side, term in (("n", m.numerator), ("d", m.denominator))
        if term is not None
        for column in term.columns
    ]
    kinds = {"measure": pl.String, "side": pl.String, "source": pl.String, "key": pl.String}
    numbers = {"parts": pl.Int32, "fixed": pl.Int32, "offset": pl.Int32}
    return pl.DataFrame(rows, schema={**kinds, **numbers}, orient="row")


def _parts(
    figures: pl.DataFrame, measures: Measures, places: Places, wording: Mapping[str, str]
) -> pl.DataFrame:
    """Each side of each measure added up over its columns, by area and the measure's own year.

    Sides with a fixed year have no year, and stand for all.
    """
    keyed = figures.with_columns(pl.col("series").str.to_lowercase().alias("key"))
    found = keyed.join(_terms(measures.values()), on=["source", "key"])
    found = found.filter(pl.col("fixed").is_null() | (pl.col("fixed") == pl.col("year")))
    year = pl.when(pl.col("fixed").is_null()).then(pl.col("year") - pl.col("offset"))
    value, status = pl.col("value"), pl.col("status")
    given = status.is_in(GIVEN)
    found = found.with_columns(year.cast(pl.Int32).alias("year"))
    summed = found.group_by("measure", "side", "area", "year").agg(
        pl.when((pl.len() == pl.col("parts").first()) & (value.is_not_null() & given).all())
        .then(value.sum())
        .alias("value"),
        pl.when(pl.len() < pl.col("parts").first())
        .then(pl.min_horizontal(ranked(status).min(), place(Status.NOT_COLLECTED)))
        .otherwise(ranked(status).min())
        .alias("rank"),
        (value < 0).any().alias("negative"),
        pl.col("text").first(),
        pl.col("period").first(),
        pl.col("release").last(),
    )
    summed = summed.with_columns(pl.lit(None, pl.String).alias("sum_note"))
    counted = [m.id for m in measures.values() if m.kind in ADDED_UP]
    return with_predecessors(summed, counted, places, worded(wording, "note.summed"))


def _joined(upper: pl.DataFrame, lower: pl.DataFrame) -> pl.DataFrame:
    """Numerators with their denominators, whether those are of the year or fixed."""
    sides = ["value", "rank", "negative"]
    lower = lower.select(*KEYS, *sides)
    fixed = lower.filter(pl.col("year").is_null()).drop("year")
    rows = upper.drop("side").rename({"value": "numerator", "rank": "worst"})
    rows = rows.join(
        lower.rename({s: f"{s}_d" for s in sides}), on=KEYS, how="left", maintain_order="left"
    ).join(
        fixed.rename({s: f"{s}_f" for s in sides}),
        on=["measure", "area"],
        how="left",
        maintain_order="left",
    )
    return rows.with_columns(
        pl.coalesce("value_d", "value_f").alias("denominator"),
        pl.coalesce("rank_d", "rank_f").alias("rank_below"),
        (pl.col("negative") | pl.coalesce("negative_d", "negative_f").fill_null(False)).alias(
            "negative"
        ),
    )


def _kinds(measures: Iterable[Measure]) -> pl.DataFrame:
    rows = [(m.id, m.kind, m.scale) for m in measures]
    kinds = {"measure": pl.String, "kind": pl.String, "scale": pl.Float64}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _valued(rows: pl.DataFrame, wording: Mapping[str, str]) -> pl.DataFrame:
    """The shown value and the status of each row, before caveats."""
    kind, upper, lower = pl.col("kind"), pl.col("numerator"), pl.col("denominator")
    divided = kind.is_in(ADDED_UP)
    missing_below = pl.lit(place(Status.NOT_COLLECTED), pl.Int32)
    below = pl.when(divided).then(pl.col("rank_below").fill_null(missing_below))
    rows = rows.with_columns(pl.min_horizontal("worst", below).alias("worst"))
    wrong = (
        pl.when(divided & pl.col("negative"))
        .then(pl.lit(worded(wording, "note.below-nought")))
        .when((kind == "proportion") & (upper > lower))
        .then(pl.lit(worded(wording, "note.above-whole")))
    )
    nobody = divided & (lower == 0) & upper.is_not_null()
    rows = rows.with_columns(wrong.alias("wrong"), nobody.fill_null(False).alias("nobody"))
    rows = rows.with_columns(
        pl.when(pl.col("wrong").is_not_null())
        .then(pl.lit(Status.WITHHELD.value))
        .when("nobody")
        .then(pl.lit(Status.TOO_FEW.value))
        .otherwise(unranked(pl.col("worst")))
        .alias("status"),
        pl.col("wrong").alias("note"),
    )
    return rows.with_columns(pl.when(pl.col("status").is_in(GIVEN)).then(_value()).alias("value"))


def _value() -> pl.Expr:
    kind, upper, lower = pl.col("kind"), pl.col("numerator"), pl.col("denominator")
    yes = pl.col("text").str.to_lowercase().str.starts_with("yes")
    return (
        pl.when(kind.is_in(["proportion", "rate", "amount"]))
        .then(upper / lower * pl.col("scale"))
        .when(kind == "change")
        .then((upper / lower - 1) * 100)
        .when(kind == "value")
        .then(upper)
        .when(kind == "answer")
        .then(yes.cast(pl.Float64))
    )


def _with_authorities(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Only those years of a measure that some authority has a figure for."""
    codes = [a.code for a in places.authorities]
    known = rows.filter(pl.col("area").is_in(codes), pl.col("status").is_in(GIVEN))
    return rows.join(known.select("measure", "year").unique(), on=["measure", "year"], how="semi")


def _with_not_inspected(
    rows: pl.DataFrame, measures: Iterable[Measure], places: Places, wording: Mapping[str, str]
) -> pl.DataFrame:
    """Rows for authorities without an inspection: nothing failed to be collected there."""
    ids = [m.id for m in measures if m.period_kind == "inspection"]
    known = rows.filter(pl.col("measure").is_in(ids))
    everyone = pl.DataFrame({"area": [a.code for a in places.current]})
    missing = (
        known.select("measure", "year", "kind")
        .unique()
        .join(everyone, how="cross")
        .join(known, on=KEYS, how="anti")
        .with_columns(
            pl.lit(Status.NOT_COLLECTED.value).alias("status"),
            pl.lit(worded(wording, "note.not-inspected")).alias("note"),
            pl.lit("").alias("period"),
            pl.lit("").alias("release"),
        )
    )
    return pl.concat([rows, missing], how="diagonal")


def _caveated(rows: pl.DataFrame, marked: pl.DataFrame, wording: Mapping[str, str]) -> pl.DataFrame:
    """Withheld figures taken away, and notes added; nothing but a known figure keeps numbers."""
    reasons = {s.value: worded(wording, f"note.{s.value}") for s in Status}
    rows = rows.join(marked, on=KEYS, how="left").with_columns(pl.lit("all").alias("cell"))
    withheld = pl.col("withheld").is_not_null()
    wrong = withheld & pl.col("status").is_in(GIVEN)
    rows = rows.with_columns(
        pl.when(wrong).then(pl.lit(Status.WITHHELD.value)).otherwise("status").alias("status")
    )
    shown = pl.col("status").is_in(GIVEN)
    counted = shown & pl.col("kind").is_in(ADDED_UP)
    return rows.with_columns(
        pl.when(counted).then("numerator").alias("numerator"),
        pl.when(counted).then("denominator").alias("denominator"),
        pl.when(shown).then("value").alias("value"),
        pl.when(shown).then("text").alias("text"),
        pl.when(withheld)
        .then("withheld")
        .when(shown)
        .then(_together("sum_note", "noted"))
        .otherwise(
            pl.coalesce(
                "note",
                "explained",
                pl.col("status").replace_strict(reasons, return_dtype=pl.String),
            )
        )
        .alias("note"),
    )


def _together(*columns: str) -> pl.Expr:
    """Sentences one after another, or null where there are none."""
    said = pl.concat_list(*columns).list.drop_nulls().list.join(" ")
    return pl.when(said != "").then(said)


DIFFERENCES = {
    "measure": pl.String,
    "area": pl.String,
    "year": pl.Int32,
    "ours": pl.Float64,
    "printed": pl.Float64,
}


def check_published(
    counts: pl.DataFrame, figures: pl.DataFrame, measures: Measures
) -> pl.DataFrame:
    """Where our result is not the one that the source prints, to the measure's decimals.

    Only counts that are shown are compared, and only where the source prints a number. Result:
    schema DIFFERENCES, sorted; empty when all agree.
    """
    printing = {
        m.id: m.model_copy(
            update={"numerator": Term(source=m.numerator.source, columns=(m.published,), label="")}
        )
        for m in measures.values()
        if m.published
    }
    terms = _terms(printing.values()).filter(pl.col("side") == "n")
    keyed = figures.with_columns(pl.col("series").str.to_lowercase().alias("key"))
    printed = keyed.join(terms, on=["source", "key"]).select(
        *KEYS, pl.col("value").alias("printed")
    )
    half = pl.DataFrame(
        [(m.id, 0.5 * 10.0**-m.decimals) for m in printing.values()],
        schema={"measure": pl.String, "half": pl.Float64},
        orient="row",
    )
    both = counts.join(printed, on=KEYS).join(half, on="measure").drop_nulls(["value", "printed"])
    return (
        both.filter((pl.col("value") - pl.col("printed")).abs() > pl.col("half") + 1e-9)
        .rename({"value": "ours"})
        .select(pl.col(name).cast(kind) for name, kind in DIFFERENCES.items())
        .sort(KEYS)
    )
