"""A second look at a signed audit: opening it, and deciding.

What was signed never changes: `Audit.standing` has what counts since, and the authority's figures
change in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from goldthread.core.audit.judgement import Value
from goldthread.core.audit.moderating import (
    SHORTEST_REASON,
    Decided,
    Due,
    Why,
    decision_faults,
    due,
    moderated,
    stamp,
    summary,
)
from goldthread.core.audit.signed import SignedAudit
from goldthread.core.audit.transitions import next_state
from goldthread.core.framework.framework import Framework
from goldthread.records.actions.counting import count, uncount
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Audit, Decision, Moderation, Reply, SampleLine
from goldthread.records.queries.audits import AuditRow
from goldthread.records.queries.moderation import ASKED, OWN, RESERVED, WHOLE, bars, kept_words
from goldthread.records.queries.standing import standing
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, NotAllowed, Refused, Stale
from goldthread.records.sealing import keyed_digest

LONGEST_REASON = 2000


class Undecided(Refused):
    """What keeps a panel's decision from being kept: criterion or reserved word -> sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


@dataclass(frozen=True)
class Panel:
    """What a panel decides. `reason`: of the whole; `own`: why one who answered decides; `seen`:
    `stamp` of what it had before it."""

    decided: tuple[Decided, ...]
    reason: str
    own: str = ""
    seen: str = ""


def open_where_due(here: Here, row: Audit, framework: Framework) -> str:
    """Opens the moderation that a signature makes due, in the signing transaction, before the
    figures are counted; its reference, empty where none is due.

    Of two blind audits of one line the second signature decides; who signs at the same moment
    waits at the line, so that one of the two sees the other.
    """
    first, second = _pair(row)
    if first is None or first.state != "signed":
        return ""
    found = due(framework, first.purpose, standing(first), standing(second) if second else None)
    waits = Moderation.objects.select_for_update().filter(audit=first, state="waiting").first()
    if waits is not None:
        return _joined(waits, second, found)
    before = Moderation.objects.filter(audit=first).exists()
    if found is None or (before and found.why != "double"):
        return ""
    return _open(here, first, second, found.why).reference


def _pair(row: Audit) -> tuple[Audit | None, Audit | None]:
    """The audit that counts and its blind second, as far as they are signed."""
    if row.line_id is None:
        return row, None
    SampleLine.objects.select_for_update().get(pk=row.line_id)
    others = Audit.objects.filter(line_id=row.line_id).exclude(pk=row.pk).exclude(state="withdrawn")
    if row.purpose == "double":
        return others.exclude(purpose="double").order_by("pk").first(), row
    return row, others.filter(purpose="double", state="signed").order_by("signed_at").first()


def _joined(waits: Moderation, second: Audit | None, found: Due | None) -> str:
    """The second audit comes to a moderation that waits already."""
    if second is not None and waits.second_id is None:
        waits.second = second
        if found is not None and found.why == "double":
            waits.why = "double"
        waits.save(update_fields=["second", "why"])
    return waits.reference


def _open(
    here: Here, first: Audit, second: Audit | None, why: Why, by: int | None = None
) -> Moderation:
    return Moderation.objects.create(
        authority_id=here.authority, reference=new_reference("M"), audit=first, second=second,
        why=why, before=summary(standing(first)), opened_by_id=by,
    )  # fmt: skip


def ask_moderation(here: Here, audit: AuditRow, reason: str) -> str:
    """Somebody wants a second look; gives the moderation's reference.

    Of a blind second audit, the one that counts is moderated. Errors: NotAllowed; WrongField for
    the reason; Refused for an audit that is not signed, an anchor plan, or one that waits already.
    """
    here.check("moderate")
    said = _reason("reason", reason, "why this audit should be looked at again")
    made = open_by_hand(here, audit, "asked")
    Decision.objects.create(
        authority_id=here.authority, moderation=made, criterion=ASKED, reason=said
    )
    record(here, "moderation.open", subject=made.audit.reference, moderation=made.reference)
    return made.reference


def open_by_hand(here: Here, audit: AuditRow, why: Why) -> Moderation:
    """Opens one without an event of its own: the caller writes one. Errors: Refused."""
    row = Audit.objects.select_for_update().get(pk=audit.id)
    if row.state != "signed":
        raise Refused("This audit is not signed, so there is nothing to moderate yet.")
    if row.purpose == "anchor":
        raise Refused("An anchor plan has agreed answers; its audits are not moderated.")
    first, second = _pair(row)
    if first is None or first.state != "signed":
        raise Refused("The first audit of this plan is not signed yet; moderate it then.")
    try:
        with transaction.atomic():
            return _open(here, first, second, why, here.member)
    except IntegrityError as error:
        raise Refused("This audit waits for moderation already; look at that one.") from error


def decide(here: Here, reference: str, panel: Panel, framework: Framework) -> bool:
    """What the panel decides counts from now on; whether it changed anything.

    The same decision sent twice is kept once. Errors: NotAllowed for who may not decide; Stale
    when it was decided, or either audit counts otherwise, meanwhile; Undecided with all that is
    missing.
    """
    here.check("moderate")
    audit, row = _locked(here, reference)
    if row.state == "decided":
        return _again(here, row, panel)
    _check_may(here, row, panel)
    list(Reply.objects.select_for_update().filter(moderation=row))
    was, second = standing(audit), _second(row)
    if panel.seen != stamp(was, second):
        raise Stale("One of the two audits counts otherwise by now; look at both again.")
    must = _must(framework, row, audit, was, second)
    if faults := panel_faults(framework, was, panel, must):
        raise Undecided(faults)
    now = _keep(here, row, audit, panel, (was, second), framework)
    record(here, "moderation.decide", subject=audit.reference, moderation=reference, why=row.why,
           decided=len(panel.decided), before=was.digest, after=now.digest, band=audit.band,
           replies=_answer_replies(here, row, panel.reason))  # fmt: skip
    return now.digest != was.digest


def _locked(here: Here, reference: str) -> tuple[Audit, Moderation]:
    """Audit before moderation, as in signing: two who come at once wait and never block."""
    sought = Moderation.objects.filter(authority_id=here.authority, reference=reference)
    audit = Audit.objects.select_for_update().get(pk__in=sought.values("audit"))
    return audit, sought.select_for_update().get()


def _again(here: Here, row: Moderation, panel: Panel) -> bool:
    """The same form once more says so quietly; any other learns that it came too late."""
    kept = {c: d for c, d in kept_words(row.pk).items() if c not in RESERVED}
    sent = {one.criterion: (str(one.value), one.reason.strip()) for one in panel.decided}
    same = sent == {c: (d.value, d.reason) for c, d in kept.items()}
    if row.decided_by_id == here.member and same:
        return bool(row.before["digest"] != row.after["digest"])
    raise Stale("This was decided meanwhile. What you wrote was not kept; it stands below.")


def _check_may(here: Here, row: Moderation, panel: Panel) -> None:
    bar = bars(here, [row.pk])[row.pk]
    if not bar.free:
        raise NotAllowed(bar.sentence)
    if bar.last and len(panel.own.strip()) < SHORTEST_REASON:
        raise Undecided({OWN: f"Say why you decide yourself, in at least {SHORTEST_REASON} "
                              "characters."})  # fmt: skip


def _second(row: Moderation) -> SignedAudit | None:
    other = row.second
    return standing(other) if other is not None and other.state == "signed" else None


def _must(
    framework: Framework, row: Moderation, audit: Audit, was: SignedAudit,
    second: SignedAudit | None,
) -> tuple[str, ...]:  # fmt: skip
    """Questions on which the panel decides: those of the rule, and those that replies name."""
    found = due(framework, audit.purpose, was, second)
    asked = {j.criterion for j in was.judgements}
    named = Reply.objects.filter(moderation=row).values_list("criteria", flat=True)
    replied = (c for criteria in named for c in criteria if c in asked)
    return tuple(dict.fromkeys([*(found.criteria if found else ()), *replied]))


def panel_faults(
    framework: Framework, was: SignedAudit, panel: Panel, must: tuple[str, ...]
) -> dict[str, str]:
    """Criterion or reserved word -> what is missing there, or too long; empty when all is well."""
    faults = decision_faults(framework, was, panel.decided, must)
    for one in panel.decided:
        if len(one.reason) > LONGEST_REASON:
            faults[one.criterion] = f"{one.criterion}: {_too_long(one.reason)}"
    try:
        _reason(WHOLE, panel.reason, "in a sentence what the panel decided and why")
    except WrongField as wrong:
        faults[WHOLE] = str(wrong)
    if len(panel.own) > LONGEST_REASON:
        faults[OWN] = _too_long(panel.own)
    return faults


def _reason(field: str, said: str, what: str) -> str:
    kept = said.strip()
    if len(kept) < SHORTEST_REASON:
        raise WrongField(field, f"Say {what}, in at least {SHORTEST_REASON} characters.")
    if len(kept) > LONGEST_REASON:
        raise WrongField(field, _too_long(kept))
    return kept


def _too_long(said: str) -> str:
    return f"This has {len(said):,} characters; keep it below {LONGEST_REASON:,}."


def _keep(
    here: Here, row: Moderation, audit: Audit, panel: Panel,
    pair: tuple[SignedAudit, SignedAudit | None], framework: Framework,
) -> SignedAudit:  # fmt: skip
    """Keeps decisions, what counts now, and the figures."""
    was, second = pair
    now = moderated(
        framework, was, _wordless(here, panel, second), f"member {here.member}", timezone.now()
    )
    _keep_decisions(here, row, panel, pair)
    row.state = next_state("moderation", "waiting", "decide")
    row.before, row.after = summary(was), summary(now)
    row.decided_at, row.decided_by_id = timezone.now(), here.member
    row.save()
    if now is not was:
        _let_count(audit, now, framework)
    return now


def _wordless(here: Here, panel: Panel, second: SignedAudit | None) -> list[Decided]:
    """Decisions with keyed digests for words, and the second's evidence where it is followed."""
    others = {j.criterion: j for j in second.judgements} if second else {}
    return [
        replace(
            one,
            reason=keyed_digest(here.authority, one.reason.strip()),
            evidence=others[one.criterion].evidence
            if one.criterion in others and others[one.criterion].value == one.value
            else (),
        )
        for one in panel.decided
    ]


def _keep_decisions(
    here: Here, row: Moderation, panel: Panel, pair: tuple[SignedAudit, SignedAudit | None]
) -> None:
    first, second = (_answers(audit) for audit in pair)
    rows = [
        Decision(criterion=one.criterion, first=str(first[one.criterion]),
                 second=str(second.get(one.criterion, "")), value=str(one.value),
                 reason=one.reason.strip())
        for one in panel.decided
    ]  # fmt: skip
    rows += [
        Decision(criterion=word, reason=said.strip())
        for word, said in ((WHOLE, panel.reason), (OWN, panel.own))
        if said.strip()
    ]
    row.decisions.exclude(criterion=ASKED).delete()
    for decision in rows:
        decision.authority_id, decision.moderation = here.authority, row
    Decision.objects.bulk_create(rows)


def _answers(audit: SignedAudit | None) -> dict[str, Value]:
    return {j.criterion: j.value for j in audit.judgements} if audit else {}


def _let_count(audit: Audit, now: SignedAudit, framework: Framework) -> None:
    uncount(audit, framework)
    audit.standing = json.loads(now.to_json())
    audit.band, audit.index = now.grade.capped or "", now.grade.index
    audit.compliance = now.grade.compliance
    audit.save(update_fields=["standing", "band", "index", "compliance"])
    count(audit, framework)


def _answer_replies(here: Here, row: Moderation, reason: str) -> list[str]:
    """The outcome answers the replies that led to it."""
    replies = Reply.objects.filter(moderation=row, state="waiting").order_by("pk")
    found = list(replies.values_list("reference", flat=True))
    replies.update(
        state=next_state("reply", "waiting", "answer"), outcome="moderated",
        answer=reason.strip(), answered_at=timezone.now(), answered_by_id=here.member,
    )  # fmt: skip
    return found
