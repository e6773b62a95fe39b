"""Whether the kept counts are those of the audits, and counting them anew."""

from typing import Annotated

import typer

from goldthread.cli import database
from goldthread.cli.say import progress, stop

app = typer.Typer(
    help="Check or rebuild the counts that figures are made of.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
Authority = Annotated[str, typer.Option(help="Code of one authority; without it, all.")]


@app.callback()
def group() -> None:
    """Check or rebuild the counts that figures are made of."""


@app.command()
def verify(authority: Authority = "") -> None:
    """Count every audit anew and compare; exit 1 at the first difference in any authority."""
    try:
        with database.running():
            found = database.verify_counts(authority)
    except (database.DatabaseProblem, LookupError, ValueError) as problem:
        stop(str(problem))
    for each in found:
        print(f"{each.authority}  {each.audits} audits  {each.cells} cells")
    faults = [f"Authority {each.authority}: {each.fault}" for each in found if each.fault]
    if faults:
        stop("\n".join([*faults, "Rebuild them with: goldthread counts rebuild"]))
    progress("Kept counts are those of the audits.")


@app.command()
def rebuild(authority: Authority = "") -> None:
    """Count every audit anew in place of what is kept, each authority whole or not at all."""
    try:
        with database.running():
            found = database.rebuild_counts(authority)
    except (database.DatabaseProblem, LookupError, ValueError) as problem:
        stop(str(problem))
    for each in found:
        print(f"{each.authority}  {each.audits} audits  {each.fault or 'as before'}")
    progress("Counts are rebuilt.")
