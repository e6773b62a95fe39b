"""Asking families, and taking what they say."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from django.utils import timezone

from goldthread.core.audit.experience import ExperienceForm, dial
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Audit, Experience
from goldthread.records.queries.experience import WHO, digest_of
from goldthread.records.queries.plans import visible_plans
from goldthread.records.scope import Here, Refused

DAYS = 60
"""For which a link is open."""
LONGEST = 2000
"""Characters of a comment."""


def ask_family(here: Here, plan: str, who: str, form: str) -> str:
    """Makes a link for one plan; gives its token, which is kept nowhere.

    `who`: parent-carer or young-person; `form`: key of the edition. Errors: NotAllowed;
    WrongField; ObjectDoesNotExist.
    """
    here.check("ask-families")
    if who not in WHO:
        raise WrongField("who", "Choose whom you ask.")
    row = visible_plans(here).get(reference=plan)
    token = secrets.token_urlsafe(24)
    made = Experience.objects.create(
        authority_id=here.authority, plan=row, form=form, who=who,
        digest=digest_of(here.authority, token),
        expires_at=timezone.now() + dt.timedelta(days=DAYS),
    )  # fmt: skip
    record(here, "experience.ask", subject=plan, link=made.pk, who=who)
    return token


def withdraw_link(here: Here, link: int) -> None:
    """Closes a link that nobody has answered. Errors: NotAllowed; Refused; ObjectDoesNotExist."""
    here.check("ask-families")
    row = Experience.objects.select_for_update().get(pk=link)
    if row.answered_at is not None:
        raise Refused("The family has answered already, so there is nothing to withdraw.")
    row.digest, row.expires_at = "", timezone.now()
    row.save(update_fields=["digest", "expires_at"])
    record(here, "experience.withdraw", subject=row.plan.reference if row.plan else "", link=link)


def take_answers(
    authority: str, token: str, form: ExperienceForm, answers: Mapping[str, str], comment: str
) -> bool:
    """Keeps one family's answers, once; False when the link is no longer open.

    Call it in the authority's scope. The newest audit of the plan points to them from then on.
    Errors: WrongField.
    """
    said = comment.replace("\r\n", "\n").strip()
    if len(said) > LONGEST:
        raise WrongField("comment", f"Your words are too long; use at most {LONGEST:,} characters.")
    if not answers and not said:
        raise WrongField("answers", "Answer at least one question, or write something.")
    try:
        dial(form, answers)
    except ValueError as error:
        raise WrongField("answers", "Choose one of the answers that are offered.") from error
    now = timezone.now()
    row = (
        Experience.objects.select_for_update()
        .filter(digest=digest_of(authority, token), answered_at=None, expires_at__gt=now)
        .first()
    )
    if row is None:
        return False
    row.answers, row.comment, row.answered_at, row.digest = dict(answers), said, now, ""
    row.save(update_fields=["answers", "comment", "answered_at", "digest"])
    if row.plan_id is not None:
        _point_to(row)
    here = Here(authority=authority, person=None, via="family")
    record(here, "experience.answer", subject=f"link-{row.pk}")
    return True


def _point_to(row: Experience) -> None:
    """One audit only, so that no reply counts twice beside audits."""
    audits = Audit.objects.filter(plan=row.plan_id, experience=None).exclude(state="withdrawn")
    newest = audits.order_by("-id").values_list("pk", flat=True).first()
    if newest is not None:
        Audit.objects.filter(pk=newest).update(experience=row)
