"""The SEN2 return as XML for COLLECT, a person at a time: no entities, no network, no trees kept.

Names are matched without case, whatever their namespace; parts are found at any depth, since
versions nest them a little differently.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from goldthread.core.audit.listing import Listed, ListError
from goldthread.readers.lists.opening import Opened
from goldthread.readers.lists.sen2 import Fields, Frame, Person, Request, listed

_PERSON = re.compile(rb"<(?:[\w.-]+:)?(person)[\s>/]", re.IGNORECASE)
_DECLARED = re.compile(r"^(<\?xml[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')")
HEAD = 1024 * 1024


class _Reading:
    """One pass over the file: persons as they come, the header at the end."""

    def __init__(self, file: Opened) -> None:
        self.name = file.name
        self.header: Fields = {}
        self._data = _bytes(file.data)
        found = _PERSON.search(self._data)
        self._tag = found[1].decode() if found else "Person"

    def persons(self) -> Iterator[Person]:
        parts = etree.iterparse(
            io.BytesIO(self._data),
            tag=f"{{*}}{self._tag}",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for number, (_, element) in enumerate(parts, 1):
                if number == 1:
                    self._read_header(element.getroottree().getroot())
                yield _person(element, f"Person {number:,}".replace(",", ""))
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise ListError(
                f"{self.name} is damaged or cut short at line {error.lineno or 1:,}: export it "
                "again."
            ) from error
        if not self.header:
            self._read_header(parts.root)

    def _read_header(self, root: etree._Element | None) -> None:
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise ListError(
                f"{self.name} holds a document type, which no SEN2 return does: export it again."
            )
        for element in root.iter(etree.Element):
            name = _name(element.tag)
            if name == "person":
                break
            if len(element) == 0 and element.text:
                self.header.setdefault(name, element.text.strip())
        said = self.header.get("collection", "")
        if _name(root.tag) != "message" or (said and "sen2" not in said.lower().replace(" ", "")):
            raise ListError(
                f"{self.name} is XML but no SEN2 return: choose the file made for COLLECT’s SEN2."
            )


def read(file: Opened, frame: Frame) -> Listed:
    """The plans of the return. Errors: ListError for XML that is no sound SEN2 return."""
    head = file.data[:4096].replace(b"\0", b"")
    if b"<!doctype" in head.lower():
        raise ListError(
            f"{file.name} holds a document type, which no SEN2 return does: export it again."
        )
    reading = _Reading(file)
    # Persons are read before the plans are made of them, so that the header is known first.
    persons = reading.persons()
    first = next(persons, None)
    everyone = iter(()) if first is None else _chain(first, persons)
    return listed(everyone, reading.header, frame, "sen2-xml")


def _chain(first: Person, rest: Iterator[Person]) -> Iterator[Person]:
    yield first
    yield from rest


def _bytes(data: bytes) -> bytes:
    """The file as UTF-8 when it is UTF-16, so that its names can be searched."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    return _DECLARED.sub(r"\1", data.decode("utf-16", "replace")).encode()


def _person(element: etree._Element, row: str) -> Person:
    person = Person(row)
    for child in element:
        name = _name(child.tag)
        if name == "requests":
            request = Request()
            _fill(child, request.fields, request)
            person.requests.append(request)
        elif len(child) == 0 and child.text:
            person.fields[name] = child.text.strip()
    return person


def _fill(element: etree._Element, into: Fields, request: Request) -> None:
    """The items of `element` into `into`, its parts into `request`."""
    for child in element:
        name = _name(child.tag)
        if len(child) == 0:
            if child.text:
                into[name] = child.text.strip()
        else:
            _fill(child, _part(name, into, request), request)


def _part(name: str, into: Fields, request: Request) -> Fields:
    """Where the items of a part called `name` go."""
    if name == "namedplan":
        return request.plan
    if name == "activeplans":
        return request.active
    many = {
        "plandetail": request.details,
        "placementdetail": request.placements,
        "senneed": request.needs,
    }.get(name)
    if many is None:
        return {} if name == "assessment" else into
    many.append({})
    return many[-1]


def _forget(element: etree._Element) -> None:
    """Frees a person and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
