"""How a job and its files cross to a checking process and the answer comes back.

Each message is four bytes of length, that much JSON, and the blobs whose sizes the JSON names.
JSON, because a process that has read a hostile file is not to be believed with anything richer.
"""

from __future__ import annotations

import json
from typing import IO, Any

LARGEST_HEADER = 64 * 1024 * 1024


class Broken(OSError):
    """The other side went away, or said something that is no message."""


def send(stream: IO[bytes], header: dict[str, Any], *blobs: bytes) -> None:
    """Writes one message. Errors: OSError when the other side has gone."""
    told = json.dumps({**header, "sizes": [len(b) for b in blobs]}).encode()
    stream.write(len(told).to_bytes(4, "big"))
    stream.write(told)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Reads one message. Errors: Broken, EOFError at the end of the stream."""
    size = _exactly(stream, 4, end_is_fine=True)
    length = int.from_bytes(size, "big")
    if length > LARGEST_HEADER:
        raise Broken("a message is too long")
    header = json.loads(_exactly(stream, length))
    return header, [_exactly(stream, n) for n in header["sizes"]]


def _exactly(stream: IO[bytes], size: int, *, end_is_fine: bool = False) -> bytes:
    data = stream.read(size)
    if not data and size and end_is_fine:
        raise EOFError
    if len(data) != size:
        raise Broken("a message ended early")
    return data
