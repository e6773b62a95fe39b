"""Static files: hashed names and compressed copies once collected, the plain ones before that."""

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from goldthread.home import PACKAGE


@dataclass(frozen=True)
class Static:
    root: Path
    backend: str
    collected: bool


def static_settings(home: Path) -> Static:
    """Where collected files of exactly this content live, and which storage may serve them.

    The folder's name is the content's digest: an update collects afresh and never serves old files.
    """
    root = home / "static" / content_digest()
    root.mkdir(parents=True, exist_ok=True)
    collected = (root / "staticfiles.json").is_file()
    if collected:
        return Static(root, "whitenoise.storage.CompressedManifestStaticFilesStorage", True)
    return Static(root, "django.contrib.staticfiles.storage.StaticFilesStorage", False)


def content_digest() -> str:
    """Sixteen hex digits over our own static files and the versions of packages that bring some."""
    digest = hashlib.sha256(f"ninja {version('django-ninja')}".encode())
    folder = PACKAGE / "web" / "static"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
