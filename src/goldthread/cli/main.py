"""The command `goldthread`. Each command lives in a module of its own, imported when it is used.

To add a command: write `goldthread/cli/<name>.py` with a function (or, for a group of commands, a
`typer.Typer`), and add one line to COMMANDS. Nothing is imported before the command runs, so that
`compare` and `check` never start Django.
"""

import errno
import importlib
import sys
import traceback
from importlib.util import find_spec
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "authorities": "goldthread.cli.authorities:app",
    "check": "goldthread.cli.check:app",
    "check-wording": "goldthread.cli.check_wording:check_wording",
    "compare": "goldthread.cli.compare:compare",
    "counts": "goldthread.cli.counts:app",
    "demo": "goldthread.cli.serve:demo",
    "events": "goldthread.cli.events:app",
    "figures": "goldthread.cli.figures:app",
    "frameworks": "goldthread.cli.frameworks:app",
    "lists": "goldthread.cli.lists:lists",
    "measures": "goldthread.cli.measures:measures",
    "migrate": "goldthread.cli.serve:migrate",
    "redraw": "goldthread.cli.samples_drawn:redraw",
    "retention": "goldthread.cli.privacy:retention",
    "rule-change": "goldthread.cli.rule_change:rule_change_command",
    "pseudonymise": "goldthread.cli.pseudonymise:pseudonymise",
    "samples": "goldthread.cli.samples:samples",
    "serve": "goldthread.cli.serve:serve",
    "version": "goldthread.cli.serve:version",
}


class LazyCommands(TyperGroup):
    """A group whose members are named in COMMANDS and loaded on demand."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, place in COMMANDS.items() if find_spec(place.partition(":")[0])]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        return as_command(getattr(importlib.import_module(module), attribute), cmd_name)


def as_command(member: Any, name: str) -> Any:
    """A function or a Typer group as a command called `name`."""
    group = member
    if not isinstance(member, typer.Typer):
        group = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        group.command(name)(member)
    command = typer.main.get_command(group)
    command.name = name
    return command


app = typer.Typer(
    cls=LazyCommands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def root(
    debug: bool = typer.Option(False, "--debug", help="Show the full trace of unexpected errors."),
) -> None:
    """Compare, check, audit and improve Education, Health and Care plans."""


def main() -> None:
    """Runs a command. Wrong use exits 2; an unexpected error prints one sentence and exits 1."""
    try:
        app(prog_name="goldthread")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe (`| head`) went away; that is no error.
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if "--debug" in sys.argv:
            traceback.print_exc()
        else:
            print(unexpected(error), file=sys.stderr)
        sys.exit(1)


def unexpected(error: Exception) -> str:
    """One sentence about a fault of ours, and where to report it."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"The disk that holds {error.filename or 'this folder'} is full; free some space."
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return (
        f"Goldthread met an error it did not expect ({said}). "
        "Run it again as `goldthread --debug …` and report what it prints: see CONTRIBUTING.md."
    )
