"""Comparisons as JSON text."""

from __future__ import annotations

import json
from typing import Any


def json_text(document: dict[str, Any]) -> str:
    """Indented UTF-8, with a last line feed. Not-a-number is an error, never written."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
