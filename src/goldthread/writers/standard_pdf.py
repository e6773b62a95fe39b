"""The readable standard as a tagged PDF (PDF/UA-1), set by Typst in this process."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Literal

from goldthread.core.report.standard import Standard

UA: Literal["ua-1"] = "ua-1"
"""Typst refuses to write a file that does not meet it."""
MADE = 1_767_225_600
"""The one moment that every file says it was made at, so that equal content gives equal bytes:
1 January 2026."""


def standard_pdf(standard: Standard) -> bytes:
    """The bytes of the PDF, the same for the same edition, with fonts of Typst's own."""
    import typst

    template = files("goldthread.writers").joinpath("templates/standard.typ").read_bytes()
    return typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(standard), ensure_ascii=False)},
        pdf_standards=UA,
        timestamp=MADE,
    )


def _data(standard: Standard) -> dict[str, Any]:
    grading = standard.grading
    plain = {**standard.__dict__, "grading": None, "coverage": None}
    for name in ("chapters", "roles", "topics", "families"):
        plain[name] = _plain(plain[name])
    for name in ("profiles", "professions", "sources"):
        plain[name] = [member.model_dump(mode="json") for member in plain[name]]
    return {
        **plain,
        "compliance": list(grading.compliance.values()) if grading else [],
        "ungraded": _ungraded(standard),
        "coverage": _coverage(standard),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(member) for member in value]
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _ungraded(standard: Standard) -> str:
    over = standard.grading.undecided_over if standard.grading else 0.0
    return f"More than {over:.0%} of the questions that apply undecided: no grade."


def _coverage(standard: Standard) -> list[str]:
    found = standard.coverage
    if found is None:
        return []
    share = (
        f"{found.weight} of {found.of} points of core weight ({found.share:.0%}) are asked by "
        "exact or narrower questions."
    )
    left = f"Core questions not asked so: {', '.join(found.not_mapped) or 'none'}."
    return [share, *found.warnings, left]
