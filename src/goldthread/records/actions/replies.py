"""The right of reply: giving one to an audit of one's own work, and answering it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from goldthread.core.audit.replying import LONGEST_REPLY, SHORTEST_REPLY
from goldthread.core.audit.transitions import next_state
from goldthread.records.actions.moderation import open_by_hand
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Audit, Moderation, Reply
from goldthread.records.queries.audits import AuditRow, get_audit
from goldthread.records.queries.replies import Right, right_of
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, NotAllowed, Refused, Stale

OUTCOMES = ("kept", "noted", "moderated")


def give_reply(
    here: Here, audit: AuditRow, words: str, criteria: Collection[str], asked: Collection[str]
) -> str:
    """Keeps a reply of the writer, or of the adviser, and gives its reference.

    `criteria`: the questions it is about, of those `asked` in the audit; none for the whole. The
    same reply sent twice is kept once. Errors: NotAllowed for another's work; Refused after the
    last day, or for a second reply; WrongField.
    """
    here.check("reply")
    Audit.objects.select_for_update().get(pk=audit.id)
    right = right_of(here, audit.id)
    if right is None:
        raise NotAllowed(_not_yours(audit))
    said = _words("words", words, "what you want to say")
    about = [criterion for criterion in asked if criterion in criteria]
    if len(about) != len(set(criteria)):
        raise WrongField("criteria", "Choose questions of this audit.")
    if right.given:
        return _again(right, said, about)
    _check_in_time(right)
    made = Reply.objects.create(
        authority_id=here.authority, reference=new_reference("Y"), audit_id=audit.id,
        member_id=here.member, who=right.who, criteria=about, words=said,
    )  # fmt: skip
    record(here, "reply.give", subject=audit.reference, reply=made.reference, criteria=about)
    return made.reference


def _not_yours(audit: AuditRow) -> str:
    if audit.state != "signed":
        return "This audit is not signed yet; you can reply once it is."
    if audit.purpose == "double":
        return "This is a second, blind marking; reply to the first audit of the plan."
    return "Only who wrote the plan or the advice replies to its audit."


def _words(field: str, said: str, what: str) -> str:
    kept = said.strip()
    if len(kept) < SHORTEST_REPLY:
        raise WrongField(field, f"Write {what}, in at least {SHORTEST_REPLY} characters.")
    if len(kept) > LONGEST_REPLY:
        raise WrongField(
            field, f"This has {len(kept):,} characters; keep it below {LONGEST_REPLY:,}."
        )
    return kept


def _again(right: Right, said: str, about: list[str]) -> str:
    kept = Reply.objects.get(reference=right.given)
    if (kept.words, kept.criteria) == (said, about):
        return right.given
    raise Refused(
        "You have replied to this audit already. You may reply again if moderation changes it."
    )


def _check_in_time(right: Right) -> None:
    until = right.window.until
    if until is not None and not right.window.open_on(timezone.localdate()):
        raise Refused(
            f"Replies could be given until {until.day} {until:%B %Y}. Ask the quality lead to "
            "have the audit looked at again."
        )


def answer_reply(here: Here, reference: str, outcome: str, words: str) -> str:
    """Answers a reply; gives the reference of the moderation it leads to, or nothing.

    kept: the audit stays, with the reason; noted: nothing was asked for; moderated: a panel looks
    again, and its decision will be the answer. The same answer sent twice is kept once. Errors:
    NotAllowed, also for one's own reply; Stale when it was answered meanwhile; WrongField.
    """
    here.check("moderate")
    row = _locked(here, reference)
    if row.member_id is not None and row.member_id == here.member:
        raise NotAllowed("This is your own reply, so somebody else must answer it.")
    if outcome not in OUTCOMES:
        raise WrongField("outcome", "Choose what becomes of the reply.")
    if row.state != "waiting" or row.moderation_id is not None:
        return _answered(here, row, outcome, words)
    made = ""
    if outcome == "moderated":
        row.moderation = _panel(here, row)
        made = row.moderation.reference
        row.state = next_state("reply", row.state, "moderate")
    else:
        row.answer = _words("answer", words, "your answer")
        row.state = next_state("reply", row.state, "answer")
        row.answered_at, row.answered_by_id = timezone.now(), here.member
    row.outcome = outcome
    row.save()
    record(here, "reply.answer", subject=row.audit.reference, reply=reference, outcome=outcome,
           moderation=made)  # fmt: skip
    return made


def _locked(here: Here, reference: str) -> Reply:
    """The audit before the reply, as in deciding: two who come at once wait and never block."""
    sought = Reply.objects.filter(authority_id=here.authority, reference=reference)
    Audit.objects.select_for_update().get(pk__in=sought.values("audit"))
    return sought.select_for_update(of=("self",)).select_related("audit").get()


def _panel(here: Here, row: Reply) -> Moderation:
    """The moderation that will answer the reply: one that waits already, or a new one."""
    waits = Moderation.objects.filter(audit_id=row.audit_id, state="waiting").first()
    return waits or open_by_hand(here, get_audit(here, row.audit.reference), "reply")


def _answered(here: Here, row: Reply, outcome: str, words: str) -> str:
    same = row.outcome == outcome and (outcome == "moderated" or row.answer == words.strip())
    if not (same and row.answered_by_id in (None, here.member)):
        raise Stale("This reply was answered meanwhile. Look at the answer.")
    return row.moderation.reference if row.moderation else ""
