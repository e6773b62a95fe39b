"""Opening authorities, and who works for the service itself."""

import contextlib
import os
from collections.abc import Iterator
from typing import Annotated

import typer

from goldthread.cli import database
from goldthread.cli.say import progress, stop

app = typer.Typer(
    help="Open an authority for its people; name support staff and the national steward.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip

Email = Annotated[str, typer.Argument(help="E-mail address of the account.", metavar="EMAIL")]
Name = Annotated[str, typer.Option(help="Name, for an account that is not there yet.")]
Off = Annotated[bool, typer.Option("--off", help="Take it away again.")]


@app.command("open")
def open_(
    code: Annotated[str, typer.Argument(help="Three digits, as the Department for Education's.")],
    email: Annotated[str, typer.Option(help="E-mail address of the first administrator.")],
    name: Annotated[str, typer.Option(help="Name of the first administrator.")],
) -> None:
    """Open an authority; prints a link by which its first administrator chooses a password."""
    with _ready():
        link = database.open_authority(code, email, name)
    progress(f"Authority {code} is open. Hand this link to {name}; it opens once, within a day:")
    print(_address(link))


@app.command()
def link(email: Email) -> None:
    """Print a link to a new password, for somebody whose administrator cannot make one."""
    with _ready():
        path = database.password_link(email)
    progress("The link opens once, within a day:")
    print(_address(path))


@app.command()
def support(email: Email, name: Name = "", off: Off = False) -> None:
    """Make somebody support staff: they may enter an authority for a reason and for a time."""
    with _ready():
        new = database.trust(email, name=name, support=not off, steward=None)
        path = database.password_link(email) if new else ""
    _tell(f"{email} is {'no longer ' if off else ''}support staff.", path)


@app.command()
def steward(email: Email, name: Name = "", off: Off = False) -> None:
    """Make somebody national steward: they look after the standard, and see no plan."""
    with _ready():
        new = database.trust(email, name=name, support=None, steward=not off)
        path = database.password_link(email) if new else ""
    _tell(f"{email} is {'no longer ' if off else ''}national steward.", path)


def _tell(sentence: str, path: str) -> None:
    progress(sentence)
    if path:
        progress("The account is new. Hand over this link; it opens once, within a day:")
        print(_address(path))


@contextlib.contextmanager
def _ready() -> Iterator[None]:
    """The database runs inside this block; what cannot be done ends with its sentence."""
    try:
        with database.running():
            yield
    except (database.DatabaseProblem, ValueError) as problem:
        stop(str(problem))


def _address(path: str) -> str:
    """The site's own name before a path, as far as the environment says it."""
    hosts = [name.strip() for name in os.environ.get("GOLDTHREAD_HOSTS", "").split(",")]
    secure = os.environ.get("GOLDTHREAD_HTTPS", "").strip().lower() in ("1", "true", "yes", "on")
    host = hosts[0] or "127.0.0.1:8000"
    return f"{'https' if secure else 'http'}://{host}{path}"
