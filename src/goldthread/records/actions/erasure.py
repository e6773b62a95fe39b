"""Erasing what is kept about one child or one person, when that is asked for and right.

Answers and grades stay, and no longer say whose plan they were about.
"""

from dataclasses import dataclass

from django.db.models import Q

from goldthread.records.actions.anonymous import anonymise
from goldthread.records.actions.people import ADMINISTRATOR
from goldthread.records.actions.refusing import WrongField
from goldthread.records.actions.words import take_words
from goldthread.records.log import record
from goldthread.records.models import (
    Answer,
    Audit,
    Decision,
    Document,
    Experience,
    Identity,
    Import,
    Membership,
    Plan,
    Reply,
    SampleLine,
)
from goldthread.records.scope import Here, Refused


@dataclass(frozen=True)
class Erased:
    """`audits` stay, without their plan; `answers` lost their words; the rest is gone."""

    documents: int
    experiences: int
    audits: int
    answers: int


def erase_plan(here: Here, reference: str, typed: str) -> Erased:
    """Erases who a plan is about, its documents, its words and its facts, at once.

    `typed`: the reference as somebody typed it to confirm. Audits that nobody signed are
    withdrawn. Errors: NotAllowed; WrongField when the two differ; ObjectDoesNotExist.
    """
    here.check("erase")
    _check_typed(reference, typed, "the plan's reference")
    plan = Plan.objects.select_for_update().get(authority_id=here.authority, reference=reference)
    audits = list(
        Audit.objects.select_for_update(of=("self",))
        .filter(_about(plan))
        .values_list("pk", "state")
    )
    ids = [pk for pk, _ in audits]
    answers = take_words(Answer.objects.filter(audit_id__in=ids))
    Answer.objects.filter(audit_id__in=ids).update(evidence=[])
    Decision.objects.filter(moderation__audit_id__in=ids).update(reason="")
    Reply.objects.filter(audit_id__in=ids).update(words="", answer="")
    Audit.objects.filter(pk__in=ids).update(plan=None, document=None, experience=None, facts={})
    open_ones = [pk for pk, state in audits if state not in ("signed", "withdrawn")]
    Audit.objects.filter(pk__in=open_ones).update(state="withdrawn")
    SampleLine.objects.filter(plan=plan).update(plan=None, reason="")
    experiences = Experience.objects.filter(plan=plan).delete()[1]
    _take_file_names(here, plan)
    documents = Document.objects.filter(plan=plan).count()
    plan.delete()
    erased = Erased(
        documents, experiences.get("records.Experience", 0), len(audits), answers
    )  # fmt: skip
    record(here, "plan.erase", subject=reference, **vars(erased))
    return erased


def _about(plan: Plan) -> Q:
    return Q(plan=plan) | Q(document__plan=plan)


def _take_file_names(here: Here, plan: Plan) -> None:
    """Names of lists, where one names the child."""
    identity = Identity.objects.filter(plan=plan).first()
    for name in (identity.surname, identity.forename) if identity else ():
        if len(name) > 1:
            lists = Import.objects.filter(authority_id=here.authority, file__icontains=name)
            lists.update(file="")


def erase_person(here: Here, member: int, typed: str) -> None:
    """Ends a person's access and takes their name off everything, at once.

    `typed`: the name as somebody typed it to confirm. Errors: NotAllowed; WrongField when it is
    another; Refused for oneself, an administrator or somebody who was erased already.
    """
    here.check("erase")
    row = Membership.objects.select_related("person").get(
        authority_id=here.authority, pk=member
    )  # fmt: skip
    if row.person.erased_at is not None:
        raise Refused("This person was erased already.")
    _check_typed(row.person.name, typed, "the person's name")
    if row.pk == here.member:
        raise Refused("You cannot erase yourself; ask another administrator.")
    if ADMINISTRATOR in row.roles and row.ended_at is None:
        raise Refused("Take the role of administrator from this person first, then erase them.")
    anonymise(here, member)
    record(here, "person.erase", subject=f"member-{member}")


def _check_typed(expected: str, typed: str, what: str) -> None:
    if " ".join(typed.split()).casefold() != " ".join(expected.split()).casefold():
        raise WrongField("typed", f"What you typed is not {what}; type it exactly as shown.")
