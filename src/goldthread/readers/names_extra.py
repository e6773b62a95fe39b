"""Names found by a trained recogniser, where one is installed; it is no part of Goldthread."""

from __future__ import annotations

import importlib
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from goldthread.core.privacy.identifiers import Span

MODEL = "en_core_web_sm"


@lru_cache(maxsize=1)
def recogniser() -> Any:
    """The model, loaded once; None when spaCy or its English model is not installed."""
    if find_spec("spacy") is None:
        return None
    try:
        return importlib.import_module("spacy").load(MODEL)
    except OSError:
        return None


def more_names(text: str) -> tuple[Span, ...]:
    """Names of people in `text`; none without a recogniser."""
    model = recogniser()
    if model is None:
        return ()
    return tuple(
        Span(e.start_char, e.end_char, "name", "", "likely")
        for e in model(text).ents
        if e.label_ == "PERSON"
    )
