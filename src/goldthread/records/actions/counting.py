"""Keeping the figures: an audit is counted in the transaction in which it is signed.

Counts are kept, not reckoned at every look, so that a page costs the same however many audits
there are; and they are rebuilt from the audits with equal results, so that nobody has to believe
them (`check`).

An audit is counted under `Audit.cell`: its month, draw and case-mix groups as they stood when it
was signed. It is kept with the audit, because a plan's groups change (another school, another
team), and because a plan may be erased: the audit then has no plan, and its figures must stay
what they were. It names no child: it holds the groups that the counts themselves are kept under,
no reference, date of birth or school, and no way back to a plan. That way is `Audit.plan`, which
erasing takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils import timezone

from goldthread.core.framework.framework import Framework
from goldthread.core.measures.counting import CellKey, Count, Drawn, added, counts_of
from goldthread.records import cells
from goldthread.records.log import record
from goldthread.records.models import Audit
from goldthread.records.queries.standing import counted, counts, standing
from goldthread.records.scope import Here, Refused

FrameworkOf = Callable[[str], Framework]
"""Key -> edition; `readers.frameworks.shared_framework`."""
KEEPS_COUNTS = "manage-settings"
MANY = 200
_GROUPS = {
    "plan_kind": "plan__plan_kind", "age_band": "plan__age_band", "need": "plan__need",
    "phase": "plan__phase", "setting_kind": "plan__setting_kind", "team": "plan__team",
}  # fmt: skip
_MODE = "line__sample__mode"


def count(row: Audit, framework: Framework) -> None:
    """Adds what counts of a signed audit to its authority's figures, in this transaction.

    Nothing happens for an audit that no figure is made of (`standing.counts`). `Audit.cell` is
    set, and kept, when it is empty. Rows that the caller will change later in the transaction
    must be locked before: counting holds the authority's figures from here to its end.
    """
    count_many([row], lambda _: framework)


def uncount(row: Audit, framework: Framework) -> None:
    """Takes away exactly what `count` added: call it before what counts is changed.

    Nothing happens for an audit that was never counted.
    """
    if counts(row) and row.cell:
        cells.beat(row.authority_id)
        found = counts_of(framework, standing(row))
        cells.take(row.authority_id, {cells.key_from(row.cell): found})


def count_many(rows: Iterable[Audit], framework_of: FrameworkOf) -> None:
    """`count` for many audits of one authority, with few statements."""
    every = [row for row in rows if counts(row)]
    if not every:
        return
    (authority,) = {row.authority_id for row in every}
    place_new(every)
    cells.beat(authority)
    cells.add(authority, _summed(every, framework_of))


def place_new(rows: Sequence[Audit]) -> None:
    """Sets and keeps the cell of those audits that have none yet."""
    new = [row for row in rows if not row.cell]
    groups = _groups_of(new)
    for row in new:
        row.cell = cells.key_record(_cell(row, groups[row.pk]))
    if new:
        Audit.objects.bulk_update(new, ["cell"], batch_size=MANY)


def cell_of(row: Audit) -> dict[str, str]:
    """Where a signed audit will be counted, for `Audit.cell`; for those who save it themselves."""
    return cells.key_record(_cell(row, _groups_of([row])[row.pk]))


def _groups_of(rows: Sequence[Audit]) -> dict[int, dict[str, Any]]:
    """Case-mix groups and draw of each audit, as they are now."""
    wanted = Audit.objects.filter(pk__in=[row.pk for row in rows])
    return {found["pk"]: found for found in wanted.values("pk", _MODE, *_GROUPS.values())}


def _cell(row: Audit, groups: dict[str, Any]) -> CellKey:
    if row.signed is None or row.signed_at is None:
        raise ValueError(f"{row.reference} is not signed yet, so nothing of it counts.")
    return CellKey(
        month=timezone.localtime(row.signed_at).date().replace(day=1),
        framework=row.framework,
        subject=row.subject,
        drawn=_drawn(row.purpose, groups[_MODE]),
        profession=row.signed["subject"].get("profession", ""),
        **{name: groups[path] or "" for name, path in _GROUPS.items()},
    )


def _drawn(purpose: str, mode: str | None) -> Drawn:
    """The mode of the sample; without one, “sample” is what a random draw's audits are for."""
    if purpose in ("draft", "imported"):
        return cast(Drawn, purpose)
    return cast(Drawn, mode or ("random" if purpose == "sample" else purpose))


def _summed(rows: Iterable[Audit], framework_of: FrameworkOf) -> cells.Counted:
    sums: dict[CellKey, tuple[Count, ...]] = {}
    for row in rows:
        if not row.cell:
            raise Refused(f"{row.reference} was signed before counts were kept; rebuild them.")
        key = cells.key_from(row.cell)
        found = counts_of(framework_of(row.framework), standing(row))
        sums[key] = added(sums.get(key, ()), found)
    return sums


@dataclass(frozen=True)
class Checked:
    """`fault`: the first difference in a sentence; empty when kept and counted anew are equal."""

    authority: str
    audits: int
    cells: int
    fault: str = ""


def check(here: Here, framework_of: FrameworkOf) -> Checked:
    """Whether the kept counts are those of the audits, cell by cell; signing waits meanwhile.

    Errors: NotAllowed.
    """
    here.check(KEEPS_COUNTS)
    cells.hold(here.authority)
    audits = counted(here)
    kept = cells.kept(here.authority)
    if new := audits.filter(cell={}).order_by("pk").first():
        fault = f"{new.reference} was signed before counts were kept; rebuild them."
    else:
        fault = _difference(kept, cells.with_months(_summed(_in_turn(here), framework_of)))
    return Checked(here.authority, audits.count(), len(kept), fault)


def rebuild(here: Here, framework_of: FrameworkOf) -> int:
    """Counts every audit anew in place of what is kept; returns how many audits count.

    One transaction: pages show what was there until all is counted. Errors: NotAllowed.
    """
    here.check(KEEPS_COUNTS)
    # Held before the pulse, in which order everybody holds rows.
    new = counted(here).filter(cell={}).order_by("pk").select_for_update(of=("self",))
    place_new(list(new))
    cells.beat(here.authority)
    audits = counted(here).count()
    anew = _summed(_in_turn(here), framework_of)
    cells.clear(here.authority)
    cells.add(here.authority, anew)
    record(here, "counts.rebuild", audits=audits, cells=len(anew))
    return audits


def _in_turn(here: Here) -> Iterator[Audit]:
    return counted(here).order_by("pk").iterator(MANY)


def _difference(kept: cells.Counted, anew: cells.Counted) -> str:
    for key in sorted(kept.keys() | anew.keys()):
        here = f"{key.month:%B %Y}, {key.framework}, {key.drawn}, need {key.need or 'not known'}"
        if key not in kept:
            return f"{here}: audits count there, and nothing is kept."
        if key not in anew:
            return f"{here}: counts are kept, and no audit counts there."
        if differs := set(kept[key]) ^ set(anew[key]):
            first = min(count.measure for count in differs)
            return f"{here}: {first} is kept with other numbers than its audits have."
    return ""
