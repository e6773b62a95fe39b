"""Filters for pages of plans and documents."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(words: Mapping[str, str], code: str) -> str:
    """What a code is called; the code itself where there is no word for it."""
    return words.get(code, code)
