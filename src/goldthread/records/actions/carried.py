"""What was read and not confirmed yet: it travels, encrypted, in the page that shows it.

Nothing that nobody confirmed is stored here, and only the person who read it can send it back.
"""

from __future__ import annotations

import datetime as dt
import json
import lzma

from django.utils import timezone

from goldthread.records.scope import Here, Refused
from goldthread.records.sealing import CannotOpen, open_sealed, seal

MINUTES = 60
"""For which it may be sent back."""
LARGEST = 2_300_000
"""Characters: Django takes forms of 2.5 MB."""


def carry(here: Here, what: str, data: bytes) -> str:
    """`data` for a hidden field. `what`: “The workbook”, for people.

    Errors: Refused for what is too much for a form.
    """
    said = {"authority": here.authority, "person": here.person,
            "until": (timezone.now() + dt.timedelta(minutes=MINUTES)).isoformat()}  # fmt: skip
    text = seal(lzma.compress(json.dumps(said).encode() + b"\n" + data, preset=1)).decode("ascii")
    if len(text) > LARGEST:
        raise Refused(f"{what} holds more than can be taken in at once: send a part of it.")
    return text


def carried(here: Here, what: str, text: str) -> bytes:
    """What `carry` was given. Errors: Refused when it is too old or not this person's."""
    again = "choose the file again."
    try:
        head, _, data = lzma.decompress(open_sealed(text.encode())).partition(b"\n")
    except (CannotOpen, lzma.LZMAError, ValueError) as error:
        raise Refused(f"{what} did not come back whole; {again}") from error
    said = json.loads(head)
    if (said["authority"], said["person"]) != (here.authority, here.person):
        raise Refused(f"{what} was read for somebody else; {again}")
    if dt.datetime.fromisoformat(said["until"]) < timezone.now():
        raise Refused(f"{what} was read more than {MINUTES} minutes ago; {again}")
    return data
