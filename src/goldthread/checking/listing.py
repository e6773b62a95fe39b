"""Reads a list of plans in a process of its own, capped in memory and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from goldthread.checking.capped import Caps, ask, broke, serve
from goldthread.checking.job import Refused
from goldthread.checking.worker import MEMORY
from goldthread.core.audit.listing import Listed, ListError
from goldthread.core.audit.mapping import ColumnMapping

SECONDS = 20
"""Of the processor, for one list (Linux, macOS)."""
CLOCK = 60.0
"""Seconds by the clock: a busy machine is no fault of the list."""
WHAT = "a list of plans"
_LISTED = TypeAdapter(Listed)


def read_list_capped(
    files: Sequence[tuple[str, bytes]],
    today: dt.date,
    authority: str | None = None,
    mapping: ColumnMapping | None = None,
) -> Listed | Refused:
    """As `readers.lists.read_list`, in a process of 1.5 GiB and 20 seconds of processor.

    Never raises for what a list holds: `Refused.sentence` says why it was not read. Its codes:
    list (no sound list), too-slow, too-much-memory, reader-broke, fault.
    """
    name = files[0][0] if files else "The list"
    header = {
        "names": [n for n, _ in files],
        "today": today.isoformat(),
        "authority": authority,
        "mapping": mapping.model_dump(mode="json") if mapping else None,
    }
    caps = Caps(MEMORY, SECONDS, CLOCK, WHAT)
    answer = ask("goldthread.checking.listing", name, header, [data for _, data in files], caps)
    if isinstance(answer, Refused):
        return answer
    kind, told = answer
    try:
        return (
            _LISTED.validate_json(told) if kind == "listed" else Refused.model_validate_json(told)
        )
    except ValidationError:
        return broke(name)


# --- In the capped process -------------------------------------------------------------------


def _read(header: dict[str, Any], blobs: list[bytes]) -> tuple[str, bytes]:
    from goldthread.readers.lists import read_list  # only this process needs it

    mapping = header["mapping"]
    try:
        listed = read_list(
            list(zip(header["names"], blobs, strict=True)),
            dt.date.fromisoformat(header["today"]),
            ColumnMapping.model_validate(mapping) if mapping else None,
            header["authority"],
        )
    except ListError as error:
        refused = Refused(name=header["name"], code="list", sentence=str(error))
        return "refused", refused.model_dump_json().encode()
    return "listed", _LISTED.dump_json(listed)


if __name__ == "__main__":
    serve(_read, WHAT)
