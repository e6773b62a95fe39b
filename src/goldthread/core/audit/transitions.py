"""The states of an audit, its parts, its moderations and replies to it: what leads from one to the
next, and who may do it.

An audit is made of parts, one for each agency that answers (`core/audit/sharing.py`). A signed
audit never changes: a panel's decisions stand beside it (`core/audit/moderating.py`), or another
audit of the same document is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Thing = Literal["audit", "part", "moderation", "reply"]
State = Literal[
    "allotted", "under-way", "ready", "signed", "withdrawn", "done", "reopened", "waiting",
    "decided", "answered",
]  # fmt: skip
Event = Literal[
    "start", "complete", "reopen", "sign", "withdraw", "finish", "reallot", "decide", "answer",
    "moderate",
]  # fmt: skip
Actor = Literal["auditor", "lead-auditor", "quality-lead", "moderator", "goldthread"]

ACTORS: dict[Actor, str] = {
    "auditor": "the auditor of the part",
    "lead-auditor": "the lead auditor",
    "quality-lead": "the quality lead",
    "moderator": "a moderator who answered neither audit",
    "goldthread": "Goldthread itself",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """`event` leads from `before` to `after`; `who` may bring it on; `when`: what it takes."""

    thing: Thing
    before: State
    event: Event
    after: State
    who: tuple[Actor, ...]
    when: str


FIRST: dict[Thing, State] = {
    "audit": "allotted", "part": "allotted", "moderation": "waiting", "reply": "waiting",
}  # fmt: skip
TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "audit", "allotted", "start", "under-way", ("goldthread",),
        "Somebody answers the first question of any part.",
    ),
    Transition(
        "audit", "under-way", "complete", "ready", ("goldthread",),
        "The last part is done.",
    ),
    Transition(
        "audit", "ready", "reopen", "under-way", ("lead-auditor", "quality-lead"),
        "A part is opened again, with a reason.",
    ),
    Transition(
        "audit", "ready", "sign", "signed", ("lead-auditor",),
        "Every question is answered and every gate has its evidence; it never changes after.",
    ),
    Transition(
        "audit", "allotted", "withdraw", "withdrawn", ("quality-lead",),
        "With a reason; in a sample the next reserve plan takes its place.",
    ),
    Transition(
        "audit", "under-way", "withdraw", "withdrawn", ("quality-lead",),
        "With a reason; the answers are kept and never counted.",
    ),
    Transition(
        "audit", "ready", "withdraw", "withdrawn", ("quality-lead",),
        "With a reason; the answers are kept and never counted.",
    ),
    Transition(
        "part", "allotted", "start", "under-way", ("auditor",),
        "The first question of the part is answered.",
    ),
    Transition(
        "part", "under-way", "finish", "done", ("auditor",),
        "Every question of the part is answered.",
    ),
    Transition(
        "part", "done", "reopen", "reopened", ("lead-auditor", "quality-lead"),
        "With a reason, as long as the audit is not signed.",
    ),
    Transition(
        "part", "reopened", "finish", "done", ("auditor",),
        "Every question of the part is answered.",
    ),
    Transition(
        "part", "allotted", "reallot", "allotted", ("quality-lead",),
        "The part goes to another auditor.",
    ),
    Transition(
        "part", "under-way", "reallot", "allotted", ("quality-lead",),
        "Another auditor begins anew; the answers of the first stay on record.",
    ),
    Transition(
        "moderation", "waiting", "decide", "decided", ("moderator",),
        "With a reason for each question and for the whole; “no change” is a decision too.",
    ),
    Transition(
        "reply", "waiting", "answer", "answered", ("quality-lead", "goldthread"),
        "The audit is kept, with the reason; or the reply is noted; or a panel has decided, and "
        "its reason is the answer.",
    ),
    Transition(
        "reply", "waiting", "moderate", "waiting", ("quality-lead",),
        "A panel looks at the audit again.",
    ),
)  # fmt: skip


def next_state(thing: Thing, state: State, event: Event) -> State:
    """Where `event` leads from `state`.

    Errors: ValueError, one sentence with what is possible instead.
    """
    for step in leaving(thing, state):
        if step.event == event:
            return step.after
    raise ValueError(
        f"The {thing} is {_word(state)}, so it cannot {event}. {_possible(thing, state)}"
    )


def check_transition(
    thing: Thing, before: State, after: State, actor: Actor | None = None
) -> Transition:
    """The step from one state to another, which `actor` may make where one is named.

    Errors: ValueError, one sentence, when there is no such step or it is another person's.
    """
    found = [step for step in leaving(thing, before) if step.after == after]
    if not found:
        raise ValueError(
            f"The {thing} is {_word(before)} and cannot become {_word(after)}. "
            f"{_possible(thing, before)}"
        )
    if actor is not None and actor not in found[0].who:
        raise ValueError(
            f"Only {_either(ACTORS[a] for a in found[0].who)} can take {_a(thing)} from "
            f"{_word(before)} to {_word(after)}."
        )
    return found[0]


def leaving(thing: Thing, state: State) -> tuple[Transition, ...]:
    """The steps out of a state, in the order of the table; none from where it ends."""
    return tuple(s for s in TRANSITIONS if (s.thing, s.before) == (thing, state))


def states(thing: Thing) -> tuple[State, ...]:
    """All states of a thing, in the order of the table."""
    own = [s for s in TRANSITIONS if s.thing == thing]
    return tuple(dict.fromkeys([FIRST[thing], *(s.after for s in own)]))


def _possible(thing: Thing, state: State) -> str:
    after = list(dict.fromkeys(_word(step.after) for step in leaving(thing, state)))
    if not after:
        return "Nothing changes it any more."
    return f"From there it can become {_either(after)}."


def _word(state: str) -> str:
    return state.replace("-", " ")


def _a(thing: str) -> str:
    return f"an {thing}" if thing == "audit" else f"a {thing}"


def _either(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def markdown() -> str:
    """`docs/reference/audit-states.md`, whole."""
    return "\n".join(
        (
            "# States of an audit",
            "",
            "<!-- Written from `src/goldthread/core/audit/transitions.py`. "
            "Change that, not this. -->",
            "",
            "An audit has a part for each agency that answers. Whoever may do a step needs the "
            "permission as well.",
            *_table("audit", "The audit"),
            *_table("part", "Its parts"),
            *_table("moderation", "A second look: moderation"),
            "",
            "A moderation begins by itself when the audit is signed, where the framework says so; "
            "when a moderator asks; or with a reply. An audit has one that waits, at most.",
            *_table("reply", "Replies of the writer or adviser"),
            "",
        )
    )


def _table(thing: Thing, title: str) -> Iterable[str]:
    yield from ("", f"## {title}", "", "| From | What happens | To | Who | When |")
    yield "|---|---|---|---|---|"
    for state in states(thing):
        for step in leaving(thing, state):
            who = _either(ACTORS[actor] for actor in step.who)
            yield (
                f"| {_word(step.before)} | {step.event} | {_word(step.after)} | {who} "
                f"| {step.when} |"
            )
    ends = [state for state in states(thing) if not leaving(thing, state)]
    if ends:
        yield from ("", f"Nothing leads on from {_either(_word(state) for state in ends)}.")
