"""What each operation answers, for OpenAPI. Null is a missing value; it is never nought."""

from __future__ import annotations

from ninja import Field, Schema


class Error(Schema):
    error: str = Field(description="One sentence: what is wrong, and what to do.")
    code: str = Field(description="For programs; never changes.")
    suggestions: list[str] = Field(description="Near names or codes to use instead; may be empty.")


class Named(Schema):
    code: str
    name: str


class Authority(Schema):
    code: str = Field(description="Three-digit DfE code.")
    gss: str | None = Field(description="Newest GSS code.")
    name: str
    slug: str
    region: Named
    area: Named = Field(description="Its region, with Inner and Outer London apart.")
    kind: str = Field(description="UA, MD, SC, ILB or OLB.")
    ranked: bool = Field(description="False where plans are too few for any rank.")


class Authorities(Schema):
    items: list[Authority]


class AuthorityDetail(Authority):
    all_gss: list[str]
    formed_on: str | None = Field(description="ISO date, where that is after 2018.")
    formed_from: list[Named]
    neighbours: dict[str, list[str]] = Field(description="List's id to DfE codes, nearest first.")


class MeasureSummary(Schema):
    id: str
    title: str
    theme: str
    why: str
    kind: str
    unit: str
    decimals: int
    period_kind: str
    polarity: str = Field(description="higher, lower, or no judgement.")
    interval: str = Field(description="wilson, byar, or none.")
    sources: list[str] = Field(description="Ids of sources.")
    years: list[int] = Field(description="Years with figures, newest first.")


class Measures(Schema):
    items: list[MeasureSummary]


class Term(Schema):
    source: str
    columns: list[str]
    label: str
    year: int | None
    offset: int


class Caveat(Schema):
    text: str
    effect: str
    authorities: list[str]
    regions: list[str]
    levels: list[str]
    years: list[int]


class Break(Schema):
    year: int
    text: str


class MeasureDetail(MeasureSummary):
    numerator: Term
    denominator: Term | None
    scale: float
    interval_note: str
    similar_within: float
    breaks: list[Break]
    caveats: list[Caveat]
    published: str | None
    tags: list[str]
    order: int
    author: str
    checker: str
    next_review: str


class Count(Schema):
    measure: str
    area: str = Field(description="DfE code, or GSS code of a region or England.")
    level: str = Field(description="authority, region or england.")
    name: str | None
    year: int
    period: str
    numerator: float | None
    denominator: float | None
    value: float | None = Field(description="In the measure's unit.")
    text: str | None
    status: str
    note: str | None
    release: str


class Counts(Schema):
    total: int
    page: int
    pages: int
    size: int
    next: str | None = Field(description="Address of the next page.")
    items: list[Count]


class Source(Schema):
    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    release: str
    published: str | None
    as_at: str
    link: str
    notes: list[str]


class Sources(Schema):
    digest: str = Field(description="Names exactly the content that all answers are made from.")
    items: list[Source]


class Comparator(Schema):
    id: str
    title: str
    peers: list[Named]
    left_out: list[str]


class GeneratedFrom(Schema):
    digest: str
    sources: list[Source]


class Point(Schema):
    year: int
    period: str
    value: float | None
    low: float | None
    high: float | None
    status: str
    note: str | None


class Trend(Schema):
    direction: str
    sentence: str
    points: list[Point]
    starts: int | None
    breaks: list[str]
    peers: list[Point] = Field(description="Median (value) and quartiles (low, high) of the peers.")
    england: list[Point]
    expected_next: float | None


class Peer(Schema):
    code: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    status: str
    note: str | None
    text: str | None


class Comparison(Schema):
    id: str
    title: str
    theme: str
    unit: str
    decimals: int
    polarity: str
    year: int
    period: str
    value: float | None
    text: str | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    status: str
    note: str | None
    peer_median: float | None
    peer_lower_quartile: float | None
    peer_upper_quartile: float | None
    peer_pooled: float | None
    peer_mean: float | None
    peers_used: int
    region: float | None
    england: float | None
    england_text: str | None
    rank_low: int | None
    rank_high: int | None
    rank_of: int | None
    percentile: float | None
    probability_above: float | None
    probability_similar: float | None
    reliability: float | None
    flagged: bool
    good: bool | None
    state: str
    sentence: str
    rule: str
    trend: Trend
    caveats: list[str]
    peers: list[Peer]
    source: str


class Comparisons(Schema):
    authority: Authority
    comparator: Comparator
    generated_from: GeneratedFrom
    measures: list[Comparison]
