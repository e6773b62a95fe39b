"""All that the pages on agreement show, worked out at first asking and kept while marks stand.

See docs/decisions/0016-agreement-is-kept-by-its-stamp.md.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from goldthread.content import folder
from goldthread.core.audit.agreement import AgreementFound, agreement
from goldthread.core.audit.agreement_words import Wording
from goldthread.core.audit.blind_grades import whole_grades
from goldthread.core.audit.drift import AnchorChart, QuarterOf, anchor_charts, drift
from goldthread.core.audit.machine_agreement import MachineRow, machine_agreement
from goldthread.core.audit.marks import Mark, pairs_of
from goldthread.core.audit.strictness import Group, Linked, Strictness, strictness
from goldthread.core.audit.strictness_units import blocks_of, group_of
from goldthread.core.framework.framework import Framework
from goldthread.core.report.trust_tables import pairs_by
from goldthread.readers.content import wording
from goldthread.readers.frameworks import REFERENCE, shared_framework
from goldthread.records.queries.agreement import Stamp, double_audits, marks, stamp
from goldthread.records.scope import Here

MOST = 24
"""Authorities and kinds of document kept in a process; a few hundred kilobytes each."""

EDITIONS = {"plan": REFERENCE, "review": "annual-review@2026.1", "advice": "advice@2026.1"}
"""Whose questions are shown where nothing was signed yet."""

_kept: OrderedDict[tuple[str, str], Trust] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Trust:
    """Of one kind of document of one authority. `marked`: auditor -> documents; `together`:
    auditor -> documents marked blind beside somebody else; `audits`, `doubles`: documents drawn at
    random and signed, and those of them that were marked twice."""

    stamp: Stamp
    framework: Framework
    agreement: AgreementFound
    groups: tuple[Group, ...]
    quarters: Mapping[int, tuple[QuarterOf, ...]]
    anchors: Mapping[int, AnchorChart]
    machine: tuple[MachineRow, ...]
    marked: Mapping[int, int]
    together: Mapping[int, int]
    audits: int
    doubles: int

    def places(self, member: int) -> tuple[tuple[Group, Linked, Strictness | None], ...]:
        """The groups an auditor is in, with their own line of it where there is one."""
        found = []
        for group in self.groups:
            place = group.of(member)
            if place:
                found.append((group, *place))
        return tuple(sorted(found, key=lambda row: -(row[2].documents if row[2] else 0)))


@lru_cache(maxsize=1)
def trust_wording() -> Wording:
    """Rule id -> sentence."""
    return wording(folder("reference") / "trust")


def trust_of(here: Here, subject: str) -> Trust:
    """What stands now, of audits signed within the year."""
    now = stamp(here, subject)
    key = here.authority, subject
    with _lock:
        found = _kept.get(key)
        if found is not None and found.stamp == now:
            _kept.move_to_end(key)
            return found
    # Worked out outside the lock: two who ask at once do the same work, and nobody waits.
    made = _made(here, subject, now, found)
    with _lock:
        _kept[key] = made
        _kept.move_to_end(key)
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def _made(here: Here, subject: str, now: Stamp, before: Trust | None) -> Trust:
    """From the marks. Agreement, which takes longest, is made anew only where a pair has come."""
    framework = shared_framework(now.framework or EDITIONS[subject])
    given = marks(here, subject, now.since)
    pairs = pairs_of(given)
    agreed = before.agreement if before and before.framework.key == framework.key else None
    if agreed is None or agreed.pairs != pairs:
        grades = whole_grades(framework, double_audits(here, subject, now.since))
        agreed = agreement(framework, pairs, grades)
    blocks = blocks_of(given, group_of(framework))
    groups = strictness(blocks)
    marked = _marked(given)
    drawn = [mark for mark in given if mark.drawn == "random"]
    twice = {mark.document for mark in drawn if mark.second}
    return Trust(
        now, framework, agreed, groups, drift(blocks, groups),
        anchor_charts(blocks), machine_agreement(framework, given), marked,
        pairs_by(pairs.blind, marked), len({mark.document for mark in drawn}), len(twice),
    )  # fmt: skip


def _marked(given: tuple[Mark, ...]) -> Mapping[int, int]:
    return Counter(by for by, _ in {(mark.by, mark.document) for mark in given})
