"""The headers and codes by which lists are read: `reference/lists/columns.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.audit.mapping import Columns
from goldthread.readers.content import read_yaml, valid
from goldthread.readers.places import read_places


@lru_cache(maxsize=2)
def load_columns(reference: Path | None = None) -> Columns:
    """From Goldthread's own `reference` unless another is given. Errors: ContentError."""
    home = reference or folder("reference")
    path = home / "lists" / "columns.yaml"
    columns: Columns = valid(path, Columns, read_yaml(path))
    return columns


@lru_cache(maxsize=2)
def authority_codes(reference: Path | None = None) -> dict[str, str]:
    """Names and GSS codes of authorities, in lower case -> three-digit code.

    For lists that name an authority otherwise than by its DfE code.
    """
    places = read_places(reference or folder("reference"))
    found = {gss.lower(): a.code for a in places.authorities for gss in a.gss}
    found.update({a.name.lower(): a.code for a in places.authorities})
    return found
