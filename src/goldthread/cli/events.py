"""Whether the event logs are as they were written."""

from typing import Annotated

import typer

from goldthread.cli import database
from goldthread.cli.say import progress, stop

app = typer.Typer(
    help="Check the event logs of authorities.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip


@app.callback()
def group() -> None:
    """Check the event logs of authorities."""


@app.command()
def verify(
    authority: Annotated[str, typer.Option(help="Code of one authority; without it, all.")] = "",
) -> None:
    """Print how many events each log has and the digest of the last; exit 1 at any fault.

    Keep the digests somewhere else: a log that was written anew from the start has others.
    """
    try:
        with database.running():
            found = database.verify_events(authority)
    except (database.DatabaseProblem, ValueError) as problem:
        stop(str(problem))
    for log in found:
        print(f"{log.authority}  {log.events} events  {log.head}")
    faults = [f"Authority {log.authority}: {log.fault}" for log in found if log.fault]
    if faults:
        stop("\n".join(faults))
    progress(f"{len(found)} whole event log{'' if len(found) == 1 else 's'}.")
