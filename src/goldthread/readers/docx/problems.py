"""What a Word file holds that was not read, or read in one of two possible ways."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.core.plan.document import Problem
from goldthread.readers.docx import names as n
from goldthread.readers.docx.package import Package
from goldthread.readers.docx.walker import Walker


def problems(package: Package, walker: Walker) -> Iterable[Problem]:
    """In the order in which a writer would see to them."""
    name = package.name
    if walker.tracked:
        yield Problem(
            "tracked-changes",
            f"{name} has {_many(walker.tracked, 'tracked change')}: it was read as if all were "
            "accepted. Accept or reject them before it is issued.",
        )
    comments = package.xml(package.part("comments"))
    count = 0 if comments is None else len(comments.findall(n.W + "comment"))
    if count:
        yield Problem(
            "comments",
            f"{name} has {_many(count, 'comment')} in its margin, which we did not read. "
            "Take them out before it is issued.",
        )
    if walker.hidden:
        yield Problem(
            "hidden-text",
            f"{name} has hidden text in {_many(walker.hidden, 'place')}, which we did not read. "
            "Show it in Word (¶) and keep it or take it out before it is issued.",
        )
    if walker.foreign:
        yield Problem(
            "inserted-file",
            f"{name} has {_many(walker.foreign, 'other file')} inserted as a whole, which we did "
            "not read. Open it in Word, save it again and try once more.",
        )
    if package.holds("word/diagrams/data"):
        yield Problem(
            "diagram",
            f"{name} has a diagram (SmartArt), whose words we did not read. Check it by eye.",
        )


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
