"""The settings a person may give, read from the environment, with types and safe defaults."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from goldthread.home import data_folder
from goldthread.records.postgres import Address, app_address, owner_address
from goldthread.records.secret import kept_secret

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Environment:
    """One start's settings. `hosts` are the names the site answers to; `mail` says how messages
    are sent, if at all; `demo` offers sign-in as invented people; `cold` prepares no page."""

    debug: bool
    secret_key: str = field(repr=False)
    hosts: tuple[str, ...]
    https: bool
    home: Path
    app: Address
    owner: Address
    mail: str = field(default="", repr=False)
    demo: bool = False
    cold: bool = False


def read_environment() -> Environment:
    """Errors: ValueError, with one clear sentence, when a variable cannot be understood."""
    home = data_folder()
    url = os.environ.get("DATABASE_URL")
    owner_url = os.environ.get("DATABASE_OWNER_URL") or url
    hosts, https = _names("GOLDTHREAD_HOSTS", LOOPBACK), _truth("GOLDTHREAD_HTTPS")
    return Environment(
        debug=_truth("GOLDTHREAD_DEBUG"),
        secret_key=os.environ.get("GOLDTHREAD_SECRET_KEY") or kept_secret(home / "secret_key"),
        hosts=hosts,
        https=https,
        home=home,
        app=parse_url(url) if url else app_address(home),
        owner=parse_url(owner_url) if owner_url else owner_address(home),
        mail=os.environ.get("GOLDTHREAD_EMAIL_URL", "").strip(),
        demo=_demo(hosts, https),
        cold=_truth("GOLDTHREAD_COLD"),
    )


def parse_url(url: str) -> Address:
    """`postgresql://user:password@host:port/name` as an Address."""
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    try:
        port = parts.port or 5432
    except ValueError:
        port = 0
    if parts.scheme not in ("postgresql", "postgres") or not name or not parts.username or not port:
        raise ValueError(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; "
            "what is set does not (it is not shown here because it may hold a password)."
        )
    return Address(
        host=unquote(parts.hostname or "localhost"),
        port=port,
        name=unquote(name),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
    )


def _demo(hosts: tuple[str, ...], https: bool) -> bool:
    """Anybody may sign in without a password in a demo, so it stays on its own machine."""
    if not _truth("GOLDTHREAD_DEMO"):
        return False
    if https or not set(hosts) <= set(LOOPBACK):
        raise ValueError(
            "GOLDTHREAD_DEMO=1 lets anybody sign in without a password, so it works on this "
            "machine alone: unset it, or unset GOLDTHREAD_HTTPS and GOLDTHREAD_HOSTS."
        )
    return True


def _truth(variable: str) -> bool:
    value = os.environ.get(variable, "").strip().lower()
    if value in ("", "0", "false", "no", "off"):
        return False
    if value in ("1", "true", "yes", "on"):
        return True
    raise ValueError(f"{variable} must be 1 or 0; {value!r} is neither.")


def _names(variable: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = os.environ.get(variable, "")
    return tuple(name.strip() for name in value.split(",") if name.strip()) or default
