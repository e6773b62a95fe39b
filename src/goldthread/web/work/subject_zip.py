"""What is kept about somebody as one file: a page to read, the same as JSON, and documents."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from goldthread.records.queries.subject import Everything


def zip_of(found: Everything) -> bytes:
    """A ZIP file with `everything.html`, `everything.json` and a folder of documents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.html", as_html(found))
        archive.writestr("everything.json", as_json(found))
        for file in found.files:
            archive.writestr(f"documents/{file.name}", file.data)
    return out.getvalue()


def as_json(found: Everything) -> str:
    """Title of each section -> its records."""
    told = {section.title: list(section.records) for section in found.sections}
    return json.dumps({"about": found.title, **told}, indent=1, ensure_ascii=False, default=str)


def as_html(found: Everything) -> str:
    """One page that needs nothing beside it."""
    sections = [
        (section.title, [_pairs(record) for record in section.records])
        for section in found.sections
        if section.records
    ]
    context = {
        "found": found, "sections": sections, "made_at": timezone.localtime(),
        "empty": [section.title for section in found.sections if not section.records],
    }  # fmt: skip
    return render_to_string("work/privacy_export.html", context)


def _pairs(record: Any) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), _said(value)) for name, value in record.items()]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        return json.dumps(value, indent=1, ensure_ascii=False, default=str)
    return str(value)
