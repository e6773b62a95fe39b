"""The commands that run the site: `demo`, `serve`, `migrate`, `version`."""

import contextlib
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from typing import Annotated

import typer

from goldthread import __version__
from goldthread.cli import database
from goldthread.cli.say import progress, stop
from goldthread.desks import THREADS

Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Number of server processes.")]


def version() -> None:
    """Print the version."""
    print(__version__)


def migrate() -> None:
    """Bring the database up to date."""
    with _ready():
        count = database.migrate()
    progress(f"The database is up to date: {count} authorities.")


def serve(port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 1) -> None:
    """Run the site on a database that `goldthread migrate` has prepared."""
    _check_port(host, port)
    with _ready():
        _run(host, port, workers, open_browser=False)


def demo(
    port: Port = 8000,
    browser: Annotated[bool, typer.Option(help="Open a browser when ready.")] = True,
    invent: Annotated[bool, typer.Option(help="Invent an authority at the first start.")] = True,
) -> None:
    """Prepare everything on this machine, run the site, and invent an authority in it."""
    _check_port("127.0.0.1", port)
    os.environ["GOLDTHREAD_DEMO"] = "1"  # its processes read it
    progress("Starting the database …")
    with _ready():
        database.prepare()
        may = invent and database.may_invent(progress)
        if not may:
            del os.environ["GOLDTHREAD_DEMO"]
        progress("Starting the site …")
        new = may and not database.is_invented()
        with _inventing(port) if new else contextlib.nullcontext():
            _run("127.0.0.1", port, 1, open_browser=browser, empty=new)


@contextlib.contextmanager
def _inventing(port: int) -> Iterator[None]:
    """An invented authority is made by a process beside the site, so that the site answers at
    once. Cut off, it leaves nothing, and the next start begins again."""
    import multiprocessing

    beside = multiprocessing.get_context("spawn").Process(target=_invent, args=(port,), daemon=True)
    beside.start()
    try:
        yield
    finally:
        beside.terminate()
        beside.join(30)


def _invent(port: int) -> None:
    _stop_politely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the site, which ends this
    try:
        with database.running():
            database.invent(progress)
    except database.DatabaseProblem as problem:
        progress(str(problem))
    else:
        _say_where_to_enter(f"http://127.0.0.1:{port}")


def _say_where_to_enter(address: str) -> None:
    print(f"Sign in as somebody invented at {address}/demo/", flush=True)


@contextlib.contextmanager
def _ready() -> Iterator[None]:
    """The database runs inside this block, and a polite stop at any moment leaves nothing."""
    _stop_politely()
    try:
        with database.running():
            yield
    except (database.DatabaseProblem, LookupError) as problem:
        stop(str(problem))


def _stop_politely() -> None:
    """SIGTERM and SIGHUP end the process like Ctrl-C does: through every `finally`."""

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":  # there, this option would let two servers share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            stop(f"Port {port} may not be used by this user; choose one above 1023 with --port.")
        except OSError as error:
            if error.errno in (getattr(socket, "EAI_ADDRFAMILY", None), 99, 49):
                stop(f"This machine has no address {host}; choose another with --host.")
            stop(f"Port {port} is in use by another program; choose another with --port.")


def _run(host: str, port: int, workers: int, *, open_browser: bool, empty: bool = False) -> None:
    """Serve until told to stop. `empty`: nobody is there yet who could sign in with one click.

    WSGI, with threads enough for every open page that is kept informed
    (docs/decisions/0015-open-pages-wait-in-threads.md).
    """
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Workers start as fresh programs on every system: a fork would copy our threads' locks.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ["GOLDTHREAD_WORKERS"] = str(workers)  # its processes read it
    server = Granian(
        "goldthread.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=3,
        respawn_failed_workers=workers > 1,
        log_level=LogLevels.error,
    )
    # The server would take a closed terminal for a wish to reload.
    server.signal_handler_reload = server.signal_handler_interrupt  # type: ignore[method-assign]
    told = threading.Event()
    announcer = threading.Thread(
        target=_announce, args=(host, port, open_browser, told, empty), daemon=True
    )
    announcer.start()
    try:
        server.serve()
    finally:
        told.set()


def _announce(host: str, port: int, open_browser: bool, told: threading.Event, empty: bool) -> None:
    """Print the address once the site really answers, and open a browser if wanted."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    begun = time.monotonic()
    while not _answers(f"{address}/health"):
        if told.wait(0.1):
            return
        if time.monotonic() - begun > 60:
            progress("The site has not answered for a minute; its messages are above.")
            return
    print(f"Goldthread is ready at {address} (Ctrl-C stops it)", flush=True)
    if os.environ.get("GOLDTHREAD_DEMO") == "1" and not empty:
        _say_where_to_enter(address)
    if open_browser:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(address)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
