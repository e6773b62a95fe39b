"""Drawing a sample, taking out a plan that cannot be audited, setting a whole draw aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.core.audit.drawing import Draw, draw, replacement
from goldthread.core.audit.frame import Frame
from goldthread.core.audit.transitions import next_state
from goldthread.records.actions.refusing import WrongField
from goldthread.records.log import record
from goldthread.records.models import Audit, Sample, SampleLine, Settings
from goldthread.records.queries.frames import SUBJECTS, Choice, FrameAsked, choose, frame_of
from goldthread.records.queries.samples import MODES, allocation, stored_draw
from goldthread.records.references import new_reference
from goldthread.records.scope import Here, NotAllowed, Refused, Stale

REVIEW, ADVICE = "annual-review@2026.1", "advice@2026.1"
SHORTEST_WHY, SHORTEST_REASON, LONGEST_REASON = 10, 5, 240
REASONS: dict[str, str] = {
    "ceased": "The plan has ceased",
    "transferred": "The child or young person has moved to another authority",
    "no-document": "The document cannot be found",
    "not-ours": "Another authority made the plan, and it was not issued anew",
    "wrong-list": "It should not have been on the list",
    "conflict": "Everybody who could audit it has a tie to it",
    "stopped": "Something going on forbids it now, such as a tribunal or a complaint",
    "other": "Another reason",
}
"""Why a drawn plan cannot be audited."""


@dataclass(frozen=True)
class DrawAsked:
    """A sample before it is drawn. `seen`: digest of the frame that the person was shown.

    `themes`: sections of a short form, empty for all; `address`: the steps' query, to ask again.
    """

    frame: FrameAsked
    mode: str = "random"
    why: str = ""
    themes: tuple[str, ...] = ()
    size: int = 0
    blind: bool = True
    seen: str = ""
    address: str = ""


def check_asked(asked: DrawAsked) -> None:
    """Errors: WrongField for a mode, theme or reason that cannot be."""
    if asked.mode not in MODES:
        raise WrongField("mode", "Choose how to draw: random, thematic or risk-led.")
    if asked.mode == "random" and (asked.themes or _risky(asked.frame)):
        raise WrongField(
            "mode",
            "A random sample has no themes and is not chosen by age or overdue review: choose "
            "thematic or risk-led for that.",
        )
    if asked.mode != "random" and len(asked.why.strip()) < SHORTEST_WHY:
        raise WrongField(
            "why",
            "Say why this theme or risk is looked at, in at least "
            f"{SHORTEST_WHY} characters: it stands beside every number of this sample.",
        )
    if asked.themes and asked.frame.subject != "plan":
        raise WrongField("themes", "Only audits of plans have themes to choose from.")


def _risky(asked: FrameAsked) -> bool:
    return bool(asked.older or asked.unreviewed)


def framework_of(here: Here, subject: str) -> str:
    """The key of the framework that a subject is audited by here."""
    if subject != "plan":
        return REVIEW if subject == "review" else ADVICE
    said: str = Settings.objects.values_list("framework", flat=True).get(
        authority_id=here.authority
    )
    return said


def draw_sample(here: Here, asked: DrawAsked, today: dt.date) -> str:
    """Draws and keeps a sample; returns its reference.

    The period is numbered within its month, so nobody can choose among names of periods until a
    sample pleases. Errors: NotAllowed; WrongField; Stale when the list is not the one seen.
    """
    here.check("draw-samples")
    check_asked(asked)
    if asked.frame.subject not in SUBJECTS:
        raise WrongField("subject", "Choose what to audit.")
    settings = Settings.objects.select_for_update().get(authority_id=here.authority)
    choice = choose(here, asked.frame, today)
    frame = frame_of(choice, asked.frame)
    if asked.seen != frame.digest:
        raise Stale("The list of plans has changed since you looked at it; look at it again.")
    drawn = _draw(frame, asked, _period(today), settings.salt)
    row = _keep(here, asked, frame, drawn)
    _keep_lines(row, choice, drawn)
    record(here, "sample.draw", subject=row.reference, mode=asked.mode, about=asked.frame.subject,
           frame=len(frame.lines), digest=frame.digest, size=len(drawn.of("main")))  # fmt: skip
    return row.reference


def _draw(frame: Frame, asked: DrawAsked, period: str, salt: str) -> Draw:
    try:
        sizes = allocation(frame, asked.size, asked.frame.subject, asked.frame.keys)
    except ValueError as error:
        raise WrongField("size", str(error)) from error
    return draw(frame, sizes, period, salt)


def _period(today: dt.date) -> str:
    """“2026-11”, then “2026-11-2” for the second draw of that month. The caller holds the lock."""
    month = f"{today:%Y-%m}"
    before = Sample.objects.filter(period__startswith=month).count()
    return f"{month}-{before + 1}" if before else month


def _said(period: str) -> str:
    """“November 2026”, “November 2026, draw 2”."""
    year, month, *again = period.split("-")
    return f"{dt.date(int(year), int(month), 1):%B %Y}" + "".join(f", draw {n}" for n in again)


def _keep(here: Here, asked: DrawAsked, frame: Frame, drawn: Draw) -> Sample:
    subject, held = asked.frame.subject, frame.sizes
    return Sample.objects.create(
        authority_id=here.authority, reference=new_reference("S"),
        title=f"{SUBJECTS[subject]}, {MODES[asked.mode].lower()}, {_said(drawn.period)}",
        mode=asked.mode, subject=subject, framework=framework_of(here, subject),
        themes=list(asked.themes), blind=asked.blind, period=drawn.period,
        keys=list(asked.frame.keys), frame=frame.text, frame_digest=drawn.frame_digest,
        salt=drawn.salt, seed=drawn.seed, why=asked.why.strip(), asked=asked.address,
        sizes={name: {"plans": held[name], "drawn": size} for name, size in drawn.sizes},
        drawn_by_id=here.member,
    )  # fmt: skip


def _keep_lines(row: Sample, choice: Choice, drawn: Draw) -> None:
    plans = choice.plans
    SampleLine.objects.bulk_create(
        SampleLine(
            authority_id=row.authority_id, sample=row, plan_id=plans[pick.reference],
            reference=pick.reference, stratum=pick.stratum, order=pick.order, role=pick.role,
            state="in" if pick.role == "main" else "waiting",
        )
        for pick in drawn.picks
    )  # fmt: skip


def replace_line(here: Here, sample: str, reference: str, code: str, words: str) -> str:
    """Takes out a plan that cannot be audited; the next of its stratum's reserve takes its place.

    Audits of it that are not signed are withdrawn. Returns the reserve plan's reference, or
    nothing where the reserve is used up. Errors: NotAllowed; WrongField; Refused.
    """
    here.check("draw-samples")
    reason = _reason(code, words)
    row = Sample.objects.select_for_update().get(reference=sample)
    if row.state == "set-aside":
        raise Refused("This sample is set aside; nothing was changed.")
    lines = {line.reference: line for line in row.lines.all()}
    line = row.lines.get(reference=reference)
    if line.state != "in":
        raise Refused(f"{reference} is {_word(line.state)}; nothing was changed.")
    withdrawn = _withdraw(here, line)
    line.state, line.reason = "replaced", reason
    line.save(update_fields=["state", "reason"])
    came = _call_in(stored_draw(row, lines.values()), lines, line)
    record(here, "sample.replace", subject=sample, out=reference, into=came, reason=code,
           withdrawn=withdrawn)  # fmt: skip
    return came


def _reason(code: str, words: str) -> str:
    if code not in REASONS:
        raise WrongField("code", "Choose why it cannot be audited.")
    said = " ".join(words.split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise WrongField(
            "words",
            f"Say in a few words how you know: {SHORTEST_REASON} to {LONGEST_REASON} characters, "
            "no child's name.",
        )
    return f"{REASONS[code]}: {said}"


def _word(state: str) -> str:
    return "replaced already" if state == "replaced" else "in the reserve, so nobody audits it yet"


def _withdraw(here: Here, line: SampleLine) -> int:
    """Withdraws the line's open audits; how many. Errors: Refused when one is signed."""
    audits = list(Audit.objects.select_for_update().filter(line=line).exclude(state="withdrawn"))
    if any(audit.state == "signed" for audit in audits):
        raise Refused(f"{line.reference} is audited and signed, so it cannot be replaced.")
    if audits and not here.can("withdraw-audits"):
        raise NotAllowed("Its audit has begun, and your role here may not withdraw audits.")
    for audit in audits:
        audit.state = next_state("audit", audit.state, "withdraw")
        audit.save(update_fields=["state"])
    return len(audits)


def _call_in(drawn: Draw, lines: Mapping[str, SampleLine], out: SampleLine) -> str:
    """The reserve line that takes the place, now in the sample; empty when there is none left."""
    used = [
        ref for ref, line in lines.items() if line.role == "reserve" and line.state != "waiting"
    ]
    pick = replacement(drawn, out.reference, used)
    if pick is None:
        return ""
    came = lines[pick.reference]
    came.state, came.takes_from = "in", out
    came.save(update_fields=["state", "takes_from"])
    return pick.reference


def set_aside(here: Here, sample: str, words: str) -> None:
    """A draw that nobody will audit: it stays in the list with the reason, and counts nowhere.

    Errors: NotAllowed; WrongField; Refused when audits of it are allotted.
    """
    here.check("draw-samples")
    said = " ".join(words.split())
    if not SHORTEST_WHY <= len(said) <= LONGEST_REASON:
        raise WrongField(
            "words", f"Say why in {SHORTEST_WHY} to {LONGEST_REASON} characters: it stays on show."
        )
    row = Sample.objects.select_for_update().get(reference=sample)
    if row.state == "set-aside":
        raise Refused("This sample is set aside already.")
    if Audit.objects.filter(line__sample=row).exclude(state="withdrawn").exists():
        raise Refused("Audits of this sample are allotted: withdraw them first.")
    row.state, row.why = "set-aside", f"{row.why} Set aside: {said}".strip()
    row.save(update_fields=["state", "why"])
    record(here, "sample.set-aside", subject=sample)
