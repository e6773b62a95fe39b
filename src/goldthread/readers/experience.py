"""The form on family experience, from `frameworks/experience/`: one file an edition."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from goldthread.content import folder
from goldthread.core.audit.experience import ExperienceForm
from goldthread.readers import content
from goldthread.readers.content import ContentError


class UnknownForm(LookupError):
    """There is no such edition of the form; the message says which there are."""


def experience_form(edition: str = "", frameworks: Path | None = None) -> ExperienceForm:
    """The form of one edition, “2026.1”; the newest where none is named.

    Errors: UnknownForm; ContentError, a line for each fault.
    """
    home = (frameworks or folder("frameworks")) / "experience"
    known = sorted((path.stem for path in home.glob("*.yaml")), key=_parts)
    wanted = edition or (known[-1] if known else "")
    if wanted not in known:
        raise UnknownForm(
            f"There is no form on family experience “{wanted}”; known: "
            f"{', '.join(known) or 'none'}."
        )
    path = home / f"{wanted}.yaml"
    form: ExperienceForm = content.valid(path, ExperienceForm, content.read_yaml(path))
    if form.edition != wanted:
        raise ContentError(
            f"{path.name}: edition is “{form.edition}”; give the file and the edition one name."
        )
    return form


@lru_cache(maxsize=4)
def shared_form(edition: str = "") -> ExperienceForm:
    """`experience_form` of this installation, read once."""
    return experience_form(edition)


def _parts(edition: str) -> tuple[int, ...]:
    """2026.10 comes after 2026.9; what is no edition comes first."""
    parts = edition.split(".")
    return tuple(int(part) for part in parts) if all(p.isdecimal() for p in parts) else ()
