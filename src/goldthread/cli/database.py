"""The one door from the commands to the database: starts Django, and only when asked to."""

import contextlib
import datetime as dt
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread import __version__
from goldthread.content import folder
from goldthread.home import PACKAGE, data_folder
from goldthread.records.postgres import DatabaseProblem, embedded

if TYPE_CHECKING:
    from goldthread.records.actions.authorities import AuthorityRow
    from goldthread.records.actions.counting import Checked
    from goldthread.records.actions.nightly import Removed
    from goldthread.records.log import Verified

__all__ = [
    "DatabaseProblem",
    "invent",
    "is_invented",
    "may_invent",
    "migrate",
    "prepare",
    "running",
]


@contextlib.contextmanager
def running() -> Iterator[None]:
    """The database this copy uses, started when it is the embedded one. Errors: DatabaseProblem."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with embedded(data_folder()):
        yield


def prepare() -> None:
    """Migrate, unless the embedded database was migrated with exactly these files before.

    A start with nothing new then needs no Django in this process, which saves seconds; a demo that
    is also set up for other people reads the settings, which refuse it in one sentence.
    """
    if any(os.environ.get(name) for name in ("GOLDTHREAD_HOSTS", "GOLDTHREAD_HTTPS")):
        start_django()
    mark, stamp = fingerprint(), data_folder() / "database" / "prepared"
    embedded_here = not os.environ.get("DATABASE_URL")
    if embedded_here and stamp.is_file() and stamp.read_text(encoding="ascii") == mark:
        return
    migrate()
    if embedded_here:
        stamp.write_text(mark, encoding="ascii")


def may_invent(say: Callable[[str], None]) -> bool:
    """Whether invented authorities may be in this database.

    False where it is anybody's own, or a real authority works in it: nothing is invented there,
    and nobody may sign in without a password. The database must be prepared.
    """
    if os.environ.get("DATABASE_URL"):
        say("DATABASE_URL names a database of your own, so nothing is invented in it.")
        return False
    if is_invented():
        return True
    start_django()
    from django.db import connections

    from goldthread.records.actions.demo import refuse_real_work
    from goldthread.records.scope import Refused

    try:
        refuse_real_work()
    except Refused as refused:
        say(str(refused))
        return False
    finally:
        connections.close_all()
    return True


def is_invented() -> bool:
    """Whether the invented authorities are whole."""
    return (data_folder() / "database" / "filled").is_file()


def invent(say: Callable[[str], None]) -> None:
    """The invented authorities, whole or not at all; only where they `may_invent`."""
    start_django()
    from django.db import connections

    from goldthread.cli.demo_content import demonstration
    from goldthread.records.actions.demo import fill

    fill(lambda: demonstration(dt.date.today()), say)
    connections.close_all()
    stamp = data_folder() / "database" / "filled"
    stamp.write_text(__version__, encoding="ascii")


def fingerprint() -> str:
    """A digest of all that `migrate` puts anywhere: migrations, static files, authorities."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    folders = (
        PACKAGE / "records",
        PACKAGE / "web" / "static",
        PACKAGE / "cli",
        folder("reference") / "la",
    )
    for place in folders:
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"\0{path.relative_to(place).as_posix()}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def migrate() -> int:
    """Bring tables and the list of authorities up to date; returns the number of authorities.

    Also collects static files for this version. The database must be running.
    """
    start_django()
    from django.core.management import call_command
    from django.db import connections

    from goldthread.records.actions.authorities import load_authorities

    check_roles()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    count = load_authorities(reference_authorities())
    connections.close_all()
    collect_static()
    return count


def start_django() -> None:
    """Errors: DatabaseProblem when a setting in the environment cannot be understood."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    try:
        _ = settings.DEBUG
    except ValueError as error:
        raise DatabaseProblem(str(error)) from error
    django.setup()


def check_roles() -> None:
    """Refuse a site whose role stands above row-level security. Errors: DatabaseProblem."""
    from django.conf import settings
    from django.db import OperationalError, connections

    app, owner = (settings.DATABASES[alias]["USER"] for alias in ("default", "owner"))
    if app == owner:
        raise DatabaseProblem(
            f"DATABASE_URL and DATABASE_OWNER_URL both use the role {app}; give the site a role "
            "of its own that owns no tables, because an owner stands above row-level security."
        )
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = user")
            (above,) = cursor.fetchone() or (True,)
    except OperationalError as error:
        said = " ".join(str(error).split())[:300]
        raise DatabaseProblem(f"The database cannot be reached: {said}") from error
    if above:
        raise DatabaseProblem(
            f"The role {app} in DATABASE_URL is a superuser or bypasses row-level security; "
            "use a plain role."
        )


def collect_static() -> None:
    """Copy static files under hashed names, once for each content; old copies go."""
    import shutil

    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    if (root / "staticfiles.json").is_file():
        return
    if root.parent.is_dir():
        shutil.rmtree(root.parent)
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    call_command("collectstatic", verbosity=0, interactive=False)


def reference_authorities() -> "list[AuthorityRow]":
    """Every authority of the reference files, the abolished ones included. Errors: LookupError."""
    from goldthread.readers.places import read_places
    from goldthread.records.actions.authorities import AuthorityRow

    places = read_places(folder("reference"))
    return [AuthorityRow(found.code, found.name, found.current) for found in places.authorities]


def open_authority(code: str, email: str, name: str) -> str:
    """Opens an authority; the path of a link by which its first administrator chooses a password.

    Errors: ValueError, one sentence.
    """
    start_django()
    from goldthread.records.actions.opening import open_authority as opened

    opened(code, email=email, name=name)
    return password_link(email)


def password_link(email: str) -> str:
    """The path of a link to a new password. Errors: ValueError for an address without account."""
    start_django()
    from goldthread.records.actions.entrance import link_by_email

    return link_by_email(email)


def trust(email: str, *, name: str, support: bool | None, steward: bool | None) -> bool:
    """Makes somebody support staff or national steward, or no longer; None leaves it as it is.

    Returns whether the account is new. Errors: ValueError for a new account without a name.
    """
    start_django()
    from goldthread.records.actions.entrance import trust as trusted

    return trusted(email, name=name, support=support, steward=steward)


def verify_events(code: str = "") -> "list[Verified]":
    """Goes through the event log of one authority, or of all. Errors: ValueError, unknown code."""
    start_django()
    from goldthread.records.queries.chains import verify_all

    return verify_all(code)


def verify_counts(code: str = "") -> "list[Checked]":
    """Whether the kept counts of one authority, or of each, are those of its audits.

    Errors: ValueError for an unknown code, LookupError for an edition that is not there.
    """
    start_django()
    from goldthread.readers.frameworks import shared_framework
    from goldthread.records.actions.counting_everywhere import check_all

    return check_all(code, shared_framework)


def rebuild_counts(code: str = "") -> "list[Checked]":
    """Counts every audit anew; what was not right before is in the result. As `verify_counts`."""
    start_django()
    from goldthread.readers.frameworks import shared_framework
    from goldthread.records.actions.counting_everywhere import rebuild_all

    return rebuild_all(code, shared_framework)


def remove_due(code: str, today: dt.date, *, dry_run: bool) -> "list[Removed]":
    """Removes what one authority, or every one, kept long enough. Errors: ValueError."""
    start_django()
    from goldthread.records.actions.nightly import remove_due as remove

    return remove(code, today, dry_run=dry_run)


def personal_data_page() -> str:
    """The reference page of every field of every record and its class, as Markdown."""
    start_django()
    from goldthread.records.personal import personal_data_page as page

    return page()
