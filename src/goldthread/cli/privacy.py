"""Removing what authorities have kept long enough. Start it every night."""

import datetime as dt
from typing import Annotated

import typer

from goldthread.cli import database
from goldthread.cli.say import progress, stop

WHAT = {
    "documents": ("document", "documents"),
    "words": ("record with words", "records with words"),
    "plans": ("plan that says whom it is about", "plans that say whom they are about"),
    "people": ("person who left", "people who left"),
    "invitations": ("invitation", "invitations"),
    "sessions": ("session", "sessions"),
}


def retention(
    authority: Annotated[str, typer.Option(help="Code of one authority; without it, all.")] = "",
    dry_run: Annotated[bool, typer.Option(help="Say what would go, and remove nothing.")] = False,
) -> None:
    """Remove what has been kept for as long as each authority's settings say.

    Prints a line for each authority with its code. Running it twice removes nothing more.
    """
    try:
        with database.running():
            found = database.remove_due(authority, dt.date.today(), dry_run=dry_run)
    except (database.DatabaseProblem, ValueError) as problem:
        stop(str(problem))
    for removed in found:
        said = ", ".join(_counted(removed.due)) or "nothing is due"
        print(f"{removed.code}  {said}")
    progress(_together(len(found), dry_run))


def _counted(due: object) -> list[str]:
    numbers = vars(due)
    return [
        f"{numbers[name]} {one if numbers[name] == 1 else more}"
        for name, (one, more) in WHAT.items()
        if numbers[name]
    ]


def _together(authorities: int, dry_run: bool) -> str:
    places = f"{authorities} open authorit{'y' if authorities == 1 else 'ies'}"
    done = "This would go; nothing was removed" if dry_run else "Removed"
    return f"{done} ({places})."
