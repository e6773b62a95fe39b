"""Removing what has been kept for as long as the authority decided.

Signed answers, grades and counts stay; what goes is documents, words, who a plan is about, and
who did the work. The months are in the authority's settings.
"""

import calendar
import datetime as dt
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from goldthread.records.actions.anonymous import anonymise
from goldthread.records.actions.words import take_words, with_words
from goldthread.records.log import record
from goldthread.records.models import (
    Answer,
    Conflict,
    Decision,
    Experience,
    GateDecision,
    Identity,
    Import,
    Invitation,
    Membership,
    Plan,
    Reply,
    SampleLine,
    Settings,
    SignedIn,
    Stored,
    SupportVisit,
)
from goldthread.records.scope import Here, scope

REMOVES = "manage-settings"
"""The permission for looking at what is due and for removing it."""


@dataclass(frozen=True)
class Due:
    """How many records lose something. `plans`: that lose who they are about."""

    documents: int = 0
    words: int = 0
    plans: int = 0
    people: int = 0
    invitations: int = 0
    sessions: int = 0

    @property
    def nothing(self) -> bool:
        return not any(astuple(self))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def due(here: Here, today: dt.date) -> Due:
    """What goes when retention runs on this day. Errors: NotAllowed."""
    here.check(REMOVES)
    with scope(authority=here.authority, person=here.person, door="erase"):
        old = _Old(here, today)
        return Due(
            documents=old.documents().count(),
            words=with_words(old.answers()).count() + sum(q.count() for q, _ in old.texts()),
            plans=old.plans().count(),
            people=old.members().count(),
            invitations=old.invitations().count(),
            sessions=old.sessions().count(),
        )


def apply(here: Here, today: dt.date) -> Due:
    """Removes what is due, in the caller's transaction; a second run finds nothing.

    Writes one event with the numbers, and none when nothing was due. Errors: NotAllowed.
    """
    here.check(REMOVES)
    with scope(authority=here.authority, person=here.person, door="erase"):
        # Two runs at once queue here, and the second finds nothing left.
        Settings.objects.select_for_update().get(authority_id=here.authority)
        old = _Old(here, today)
        removed = Due(
            documents=_number(old.documents().delete()),
            words=take_words(old.answers()) + sum(q.update(**to) for q, to in old.texts()),
            plans=_take_identity(old.plans()),
            people=_take_names(here, old.members()),
            invitations=_number(old.invitations().delete()),
            sessions=_number(old.sessions().delete()),
        )
    if not removed.nothing:
        record(here, "retention.apply", subject=here.authority, **vars(removed))
    return removed


class _Old:
    """The rows of one authority that are older than it keeps them."""

    def __init__(self, here: Here, today: dt.date) -> None:
        self.code = here.authority
        self.start = _midnight(today)
        kept = Settings.objects.get(authority_id=here.authority)
        self.document, self.word, self.identity, self.staff = (
            _midnight(months_before(today, months))
            for months in (
                kept.document_months, kept.words_months, kept.identity_months, kept.staff_months,
            )
        )  # fmt: skip

    def documents(self) -> QuerySet[Stored]:
        return Stored.objects.filter(
            authority_id=self.code, document__added_at__lt=self.document
        )  # fmt: skip

    def answers(self) -> QuerySet[Answer]:
        return Answer.objects.filter(authority_id=self.code, answered_at__lt=self.word)

    def texts(self) -> list[tuple[QuerySet[Any], dict[str, Any]]]:
        """Rows with words, and what is put in the words' place."""
        mine, word = {"authority_id": self.code}, self.word
        said = Coalesce("answered_at", "made_at")
        return [
            (GateDecision.objects.filter(**mine, at__lt=word).exclude(reason=""), {"reason": ""}),
            (Conflict.objects.filter(**mine, made_at__lt=word).exclude(reason=""), {"reason": ""}),
            (
                SampleLine.objects.filter(**mine, sample__drawn_at__lt=word).exclude(reason=""),
                {"reason": ""},
            ),
            (
                Experience.objects.annotate(said=said)
                .filter(**mine, said__lt=word)
                .exclude(comment=""),
                {"comment": ""},
            ),
            (
                Decision.objects.filter(**mine, moderation__opened_at__lt=word).exclude(reason=""),
                {"reason": ""},
            ),
            (
                Reply.objects.filter(**mine, said_at__lt=word).exclude(words="", answer=""),
                {"words": "", "answer": ""},
            ),
            (Import.objects.filter(**mine, at__lt=word).exclude(file=""), {"file": ""}),
            (
                SupportVisit.objects.filter(**mine, began_at__lt=word).exclude(reason=""),
                {"reason": ""},
            ),
        ]

    def plans(self) -> QuerySet[Plan]:
        """Counted from the last thing that happened to the plan."""
        day = self.identity.date()
        dates = ("issued_on", "amended_on", "last_review_on", "ceased_on")
        named = Q(identity__isnull=False) | ~Q(urn="") | ~Q(local_digest="")
        # GREATEST passes over what is missing.
        return Plan.objects.annotate(
            last=Greatest(F("made_at__date"), *(F(name) for name in dates))
        ).filter(named, authority_id=self.code, last__lt=day)

    def members(self) -> QuerySet[Membership]:
        return Membership.objects.filter(
            Q(ended_at__lt=self.staff) | Q(ends_at__lt=self.staff),
            authority_id=self.code, person__erased_at=None,
        )  # fmt: skip

    def invitations(self) -> QuerySet[Invitation]:
        return Invitation.objects.filter(authority_id=self.code, expires_at__lt=self.start)

    def sessions(self) -> QuerySet[SignedIn]:
        """They belong to no authority; whichever runs first removes them."""
        return SignedIn.objects.filter(expire_date__lt=self.start)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _number(deleted: tuple[int, dict[str, int]]) -> int:
    return deleted[0]


def _take_identity(plans: QuerySet[Plan]) -> int:
    ids = list(plans.values_list("pk", flat=True))
    Identity.objects.filter(plan_id__in=ids).delete()
    return int(Plan.objects.filter(pk__in=ids).update(urn="", local_digest=""))


def _take_names(here: Here, members: QuerySet[Membership]) -> int:
    ids = list(members.values_list("pk", flat=True))
    for member in ids:
        anonymise(here, member)
    return len(ids)
