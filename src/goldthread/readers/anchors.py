"""Anchor plans of `samples/anchors/<edition>/`: a folder each, a text and its agreed answers."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.audit.anchors import Anchor, AnchorParagraph, AnchorPlan, faults_of
from goldthread.core.parsing.parse import parse
from goldthread.readers import content
from goldthread.readers.content import ContentError
from goldthread.readers.frameworks import REFERENCE, shared_framework
from goldthread.readers.layouts import shared_layouts
from goldthread.readers.plain import read_text


def load_anchors(edition: str = "", root: Path | None = None) -> tuple[AnchorPlan, ...]:
    """Every anchor of an edition (“2026.1”; empty: of the reference), by id, validated.

    Errors: ContentError, a line for each fault.
    """
    home = (root or folder("samples") / "anchors") / (edition or REFERENCE.partition("@")[2])
    found, faults = [], []
    for path in sorted(home.glob("*/anchor.yaml")):
        try:
            found.append(load_anchor(path.parent))
        except ContentError as error:
            faults.append(str(error))
    if faults:
        raise ContentError("\n".join(faults))
    return tuple(found)


def load_anchor(home: Path) -> AnchorPlan:
    """The anchor in the folder `home`. Errors: ContentError, a line for each fault."""
    path = home / "anchor.yaml"
    anchor: Anchor = content.valid(path, Anchor, content.read_yaml(path))
    if anchor.id != home.name:
        raise ContentError(
            f"{home.name}: id is “{anchor.id}”; give the folder and the id one name."
        )
    plan = _with_text(anchor, home / "plan.txt")
    if faults := faults_of(shared_framework(anchor.framework), plan):
        raise ContentError("\n".join(faults))
    return plan


def _with_text(anchor: Anchor, path: Path) -> AnchorPlan:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{anchor.id}: plan.txt cannot be read as UTF-8 text.") from error
    read = parse(read_text(text.encode("utf-8"), path.name), shared_layouts(), "plan")
    headings = {s.location.paragraph for s in read.sections}
    return AnchorPlan(
        anchor,
        text,
        titles={s.letter: s.title for s in read.sections},
        paragraphs=tuple(
            AnchorParagraph(
                number=p.location.paragraph or 0,
                section=read.letter_of.get(p.location.paragraph or 0, ""),
                text=p.text,
                heading=p.location.paragraph in headings,
                bullet=p.bullet,
            )
            for p in read.document.paragraphs
        ),
    )


@lru_cache(maxsize=1)
def shared_anchors() -> tuple[AnchorPlan, ...]:
    """`load_anchors`, kept: anchors do not change while a process runs."""
    return load_anchors()


def find_anchor(anchor: str) -> AnchorPlan | None:
    """The anchor of this id, or None; also for no id."""
    if not anchor:
        return None
    return next((plan for plan in shared_anchors() if plan.id == anchor), None)


def current_anchors(today: dt.date) -> tuple[AnchorPlan, ...]:
    """Those that may be marked on this day."""
    return tuple(
        plan
        for plan in shared_anchors()
        if plan.anchor.valid_from <= today
        and (plan.anchor.valid_to is None or today <= plan.anchor.valid_to)
    )
