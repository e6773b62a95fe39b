"""The gate for drafts: asking whether one is ready to issue, and letting it pass nevertheless."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils import timezone

from goldthread.core.audit.gate import SHORTEST_REASON, Block, Override, ready
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Document, GateDecision
from goldthread.records.queries.documents import DocumentRow, find_document
from goldthread.records.queries.gate import decisions_about
from goldthread.records.scope import Here, NotAllowed, Refused, Stale

LONGEST = 2000
"""Characters of a reason."""


def decide(here: Here, reference: str, blocks: Sequence[Block]) -> str:
    """Whether this version is ready to issue; gives the state and keeps the decision.

    `blocks`: what `core.audit.gate.blocks` finds in it. What was let pass before counts.
    Errors: NotAllowed; Refused; Stale; ObjectDoesNotExist.
    """
    here.check("issue-drafts")
    draft = _draft(here, reference)
    state = ready(blocks, _given(here, draft)).state
    _keep(here, draft, state, blocks)
    record(here, f"gate.{state}", subject=reference, blocks=[b.criterion for b in blocks])
    return state


def ask_manager(here: Here, reference: str, blocks: Sequence[Block], reason: str) -> None:
    """Asks a manager to let the draft pass. Errors: as `decide`; WrongField for the reason."""
    here.check("issue-drafts")
    draft = _draft(here, reference)
    said = _reason(reason, "why the plan should be issued as it is")
    if not _left(here, draft, blocks):
        raise Refused("Nothing holds this draft back, so nobody need be asked.")
    _keep(here, draft, "asked", blocks, reason=said)
    record(here, "gate.ask", subject=reference, blocks=[b.criterion for b in blocks])


def override(
    here: Here, reference: str, blocks: Sequence[Block], criteria: Collection[str], reason: str
) -> str:
    """Lets these blocks pass; gives the state of the draft after it.

    Never by whoever writes the plan or added the question themself. Errors: as `ask_manager`.
    """
    here.check("override-gate")
    draft = _draft(here, reference)
    _check_other_person(here, draft)
    said = _reason(reason, "why the plan can be issued as it is")
    chosen = [b.criterion for b in blocks if b.criterion in criteria]
    if not chosen:
        raise WrongField("criteria", "Choose what you let pass.")
    now = timezone.now()
    mine = [Override(c, said, f"member-{here.member}", now) for c in chosen]
    state = ready(blocks, [*_given(here, draft), *mine]).state
    _keep(here, draft, state, blocks, reason=said, overrides=chosen)
    record(here, "gate.override", subject=reference, criteria=chosen, state=state)
    return state


def may_override(here: Here, draft: DocumentRow) -> bool:
    """Whether this person may let a block of this draft pass."""
    own = here.member is None or here.member in (draft.writer, draft.author)
    return here.can("override-gate") and not own


def _check_other_person(here: Here, draft: DocumentRow) -> None:
    if not may_override(here, draft):
        raise NotAllowed("You write this plan yourself, so another manager must let it pass.")


def _draft(here: Here, reference: str) -> DocumentRow:
    draft = find_document(here, reference)
    Document.objects.select_for_update().get(pk=draft.id)
    if draft.kind != "plan":
        raise Refused("Only a plan can be ready to issue; this document is none.")
    if draft.state != "read":
        raise Refused("This document has not been read, so nobody can say whether it is ready.")
    if not draft.newest:
        raise Stale("A newer version of this plan is there; look at that one.")
    return draft


def _given(here: Here, draft: DocumentRow) -> list[Override]:
    """What was let pass of this version already."""
    return [
        Override(criterion, decision.reason, f"member-{decision.by}", decision.at)
        for decision in decisions_about(here, draft.id)
        for criterion in decision.overrides
        if len(decision.reason.strip()) >= SHORTEST_REASON
    ]


def _left(here: Here, draft: DocumentRow, blocks: Sequence[Block]) -> list[Block]:
    passed = {o.criterion for o in _given(here, draft)}
    return [b for b in blocks if b.criterion not in passed]


def _reason(reason: str, what: str) -> str:
    said = reason.replace("\r\n", "\n").strip()
    if len(said) < SHORTEST_REASON:
        raise WrongField("reason", f"Say in at least {SHORTEST_REASON} characters {what}.")
    if len(said) > LONGEST:
        raise WrongField("reason", f"The reason is too long; use at most {LONGEST:,} characters.")
    return said


def _keep(
    here: Here, draft: DocumentRow, state: str, blocks: Sequence[Block],
    reason: str = "", overrides: Sequence[str] = (),
) -> None:  # fmt: skip
    GateDecision.objects.create(
        authority_id=here.authority, document_id=draft.id, state=state,
        blocks=[{"criterion": b.criterion, "source": b.source} for b in blocks],
        overrides=list(overrides), reason=reason, by_id=here.member,
    )  # fmt: skip
