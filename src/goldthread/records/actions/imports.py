"""Taking in a list of plans: prepared, shown, and only then written, whole or not at all.

Between the two the prepared list travels, encrypted, in the page that shows it: nothing of a list
that nobody confirmed is stored here.
"""

from __future__ import annotations

import datetime as dt
import json
import lzma
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from pydantic import TypeAdapter

from goldthread.core.audit.listing import Listed, ListedPlan, Refusal
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Identity, Import, Plan, Settings
from goldthread.records.models import Mapping as SavedColumns
from goldthread.records.queries.imports import listed_now
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, Refused, Stale
from goldthread.records.sealing import CannotOpen, keyed_digest, open_sealed, seal

MINUTES = 30
"""For which a preview may be confirmed."""
LARGEST = 2_300_000
"""Characters of a sealed list: Django takes forms of 2.5 MB. Some 28,000 plans fit."""
GONE_SHARE = 0.2
"""A list that lacks a greater share of the plans in force is probably not the whole list."""
MOST_REFUSALS = 5000
BATCH = 2000
FACTS = (
    "need", "second_need", "age_band", "phase", "plan_kind", "setting_kind", "urn",
    "requested_on", "issued_on", "amended_on", "last_review_on",
)  # fmt: skip
"""What a list says of a plan. Where it is blank, what was known before stays."""
NAMES = ("forename", "surname", "born", "upn", "local_id")
LENGTHS = {"forename": 80, "surname": 80, "upn": 13, "local_id": 60}


@dataclass(frozen=True)
class Row:
    """One plan as it would be written. `who`: empty where the authority keeps no identities."""

    digest: str
    facts: Mapping[str, str]
    ceased_on: str
    who: Mapping[str, str]


@dataclass(frozen=True)
class Prepared:
    """A list, read and ready to be confirmed."""

    format: str
    file: str
    digest: str
    read: int
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    columns: tuple[str, ...] = ()
    mapping: int | None = None


@dataclass(frozen=True)
class Preview:
    """What confirming would do. `gone`: plans in force that the list lacks, of `before`."""

    added: int
    updated: int
    unchanged: int
    gone: int
    before: int

    @property
    def many_gone(self) -> bool:
        return self.before > 0 and self.gone > GONE_SHARE * self.before


_PREPARED = TypeAdapter(Prepared)


def prepare(
    here: Here, listed: Listed, *, file: str, digest: str, keeps_identity: bool,
    columns: Sequence[str] = (), mapping: int | None = None,
) -> Prepared:  # fmt: skip
    """The list as rows without the list's own ids, which become keyed digests.

    A person who comes twice is refused the second time. Errors: NotAllowed.
    """
    here.check("import-lists")
    rows: dict[str, Row] = {}
    refusals = list(listed.refusals)
    for plan in listed.plans:
        own = keyed_digest(here.authority, plan.local_id)
        if own in rows:
            said = "The list has this person twice; the first row was taken."
            refusals.append(Refusal(plan.row, "local_id", said))
        else:
            rows[own] = _row(plan, own, keeps_identity)
    return Prepared(
        listed.format, file[:200], digest, listed.read, tuple(rows.values()), tuple(refusals),
        tuple(columns), mapping,
    )  # fmt: skip


def _row(plan: ListedPlan, digest: str, keeps_identity: bool) -> Row:
    facts = {name: _text(getattr(plan, name)) for name in FACTS}
    who = {n: _text(getattr(plan, n))[: LENGTHS.get(n)] for n in NAMES} if keeps_identity else {}
    kept = {name: said for name, said in facts.items() if said not in ("", "unknown")}
    return Row(digest, kept, _text(plan.ceased_on), {n: said for n, said in who.items() if said})


def _text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else str(value)


def preview(here: Here, prepared: Prepared) -> Preview:
    """What taking the list in would do now. Nothing is written."""
    here.check("import-lists")
    known = _known(row.digest for row in prepared.rows)
    changed = sum(row.digest in known and _changes(known[row.digest], row) for row in prepared.rows)
    had = listed_now(here)
    gone = len(had.keys() - {row.digest for row in prepared.rows})
    added = len(prepared.rows) - len(known)
    return Preview(added, changed, len(known) - changed, gone, len(had))


def sealed(here: Here, prepared: Prepared, seen: Preview) -> str:
    """The prepared list, and what its page says of it; only this person can send it back.

    Errors: Refused for a list that is too long for a form.
    """
    said = {"authority": here.authority, "person": here.person, "seen": asdict(seen),
            "until": (timezone.now() + dt.timedelta(minutes=MINUTES)).isoformat()}  # fmt: skip
    whole = json.dumps(said).encode() + b"\n" + _PREPARED.dump_json(prepared)
    text = seal(lzma.compress(whole, preset=1)).decode("ascii")
    if len(text) > LARGEST:
        raise Refused(
            f"The list holds {len(prepared.rows):,} plans, more than can be taken in at once: "
            "leave out those that ceased, and try again."
        )
    return text


def opened(here: Here, text: str) -> tuple[Prepared, Preview]:
    """What `sealed` gave. Errors: Refused when it is too old or not this person's."""
    try:
        head, _, whole = lzma.decompress(open_sealed(text.encode())).partition(b"\n")
    except (CannotOpen, lzma.LZMAError, ValueError) as error:
        raise Refused("The list did not come back whole; choose the file again.") from error
    said = json.loads(head)
    if (said["authority"], said["person"]) != (here.authority, here.person):
        raise Refused("This list was read for somebody else; choose the file again.")
    if dt.datetime.fromisoformat(said["until"]) < timezone.now():
        raise Refused(f"The list was read more than {MINUTES} minutes ago; choose the file again.")
    return _PREPARED.validate_json(whole), Preview(**said["seen"])


def take_in(here: Here, prepared: Prepared, seen: Preview) -> int:
    """Writes the list: adds plans, updates those it knows again, forgets none; gives its number.

    `seen`: what was confirmed. Errors: NotAllowed; Stale when confirming would do something else
    by now.
    """
    here.check("import-lists")
    # Two lists at once would each add the same person.
    Settings.objects.select_for_update().get(authority_id=here.authority)
    if preview(here, prepared) != seen:
        raise Stale("Plans have changed since you read the list, so nothing was taken in.")
    taken = Import.objects.create(
        authority_id=here.authority, by_id=here.member, format=prepared.format, file=prepared.file,
        digest=prepared.digest, read=prepared.read, added=seen.added, updated=seen.updated,
        refused=len({r.row for r in prepared.refusals if r.kind == "refused"}),
        refusals=[asdict(r) for r in prepared.refusals[:MOST_REFUSALS]],
        columns=[c[:120] for c in prepared.columns],
    )  # fmt: skip
    known = _known(row.digest for row in prepared.rows)
    _add(here, taken, [row for row in prepared.rows if row.digest not in known])
    _update(taken, [(known[row.digest], row) for row in prepared.rows if row.digest in known])
    _identify(here, prepared.rows)
    if prepared.mapping is not None:
        SavedColumns.objects.filter(pk=prepared.mapping).update(used_at=timezone.now())
    record(
        here, "list.import", subject=f"list-{taken.pk}", format=prepared.format,
        read=prepared.read, added=seen.added, updated=seen.updated, refused=taken.refused,
        not_listed=seen.gone, digest=prepared.digest,
    )  # fmt: skip
    return taken.pk


def _known(digests: Any) -> dict[str, Plan]:
    every = list(digests)
    rows = Plan.objects.filter(local_digest__in=every)
    return {plan.local_digest: plan for plan in rows}


def _changes(plan: Plan, row: Row) -> bool:
    """Whether the list says something else than is recorded."""
    if _text(plan.ceased_on) != row.ceased_on:
        return True
    return any(_text(getattr(plan, name)) != said for name, said in row.facts.items())


def _apply(plan: Plan, row: Row) -> Plan:
    for name, said in row.facts.items():
        setattr(plan, name, dt.date.fromisoformat(said) if name.endswith("_on") else said)
    plan.ceased_on = dt.date.fromisoformat(row.ceased_on) if row.ceased_on else None
    return plan


def _add(here: Here, taken: Import, rows: Sequence[Row]) -> None:
    references = _references(len(rows))
    Plan.objects.bulk_create(
        (
            _apply(Plan(authority_id=here.authority, reference=reference, source=taken,
                        local_digest=row.digest), row)
            for reference, row in zip(references, rows, strict=True)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _references(number: int) -> Collection[str]:
    taken = set(Plan.objects.values_list("reference", flat=True))
    made: dict[str, None] = {}
    while len(made) < number:
        reference = new_reference("P")
        if reference not in taken:
            made[reference] = None
    return made


def _update(taken: Import, pairs: Sequence[tuple[Plan, Row]]) -> None:
    """Changed plans in batches; of the others only that the list has them."""
    same = [plan.pk for plan, row in pairs if not _changes(plan, row)]
    changed = [_apply(plan, row) for plan, row in pairs if plan.pk not in set(same)]
    for plan in changed:
        plan.source = taken
    Plan.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"],
        update_fields=[*FACTS, "ceased_on", "source"],
    )  # fmt: skip
    Plan.objects.filter(pk__in=same).update(source=taken)


def _identify(here: Here, rows: Sequence[Row]) -> None:
    """Who the plans are about, where the list says it; what it leaves blank stays as it was."""
    named = {row.digest: row.who for row in rows if row.who}
    plans = dict(
        Plan.objects.filter(local_digest__in=list(named)).values_list("local_digest", "pk")
    )
    had = {i.plan_id: i for i in Identity.objects.filter(plan__in=list(plans.values()))}
    made = []
    for digest, who in named.items():
        identity = had.get(plans[digest]) or Identity(
            authority_id=here.authority, plan_id=plans[digest]
        )
        for name, said in who.items():
            setattr(identity, name, dt.date.fromisoformat(said) if name == "born" else said)
        made.append(identity)
    Identity.objects.bulk_create(
        made, batch_size=BATCH, update_conflicts=True, unique_fields=["plan"],
        update_fields=list(NAMES),
    )  # fmt: skip


def save_mapping(here: Here, name: str, columns: Mapping[str, str]) -> int:
    """Keeps how a list's columns are read, under a name; one of that name is replaced.

    Errors: NotAllowed; WrongField.
    """
    here.check("import-lists")
    called = " ".join(name.split())
    if not 0 < len(called) <= 80:
        raise WrongField("name", "Give the mapping a name of at most 80 characters.")
    row, made = SavedColumns.objects.update_or_create(
        authority_id=here.authority, name=called, defaults={"columns": dict(columns)}
    )
    record(
        here, "mapping.save", subject=f"mapping-{row.pk}", new=made, fields=sorted(columns)
    )  # fmt: skip
    return row.pk
