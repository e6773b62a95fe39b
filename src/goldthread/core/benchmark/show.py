"""Numbers as people read them: one place for rounding, units and minus signs."""

from __future__ import annotations

import math

from goldthread.core.measures.definition import Measure

MINUS = "\u2212"


def rounded(value: float, decimals: int) -> float:
    """Half away from zero, as DfE rounds (`dfeR` round_five_up), so that 0.5 % prints as 1 %."""
    factor = 10.0**decimals
    return math.copysign(math.floor(abs(value) * factor + 0.5 + 1e-9) / factor, value)


def number(value: float, decimals: int) -> str:
    """“1,234.5”, with a true minus sign and never “-0”."""
    text = f"{rounded(value, decimals):,.{decimals}f}"
    if text[0] != "-":
        return text
    digits = text[1:]
    return f"{MINUS}{digits}" if digits.strip("0.,") else digits


def shown(value: float | None, unit: str, decimals: int, short: bool = False) -> str:
    """A value with its unit: “61%”, “£1,234 per head”, “36.2 per 1,000 people”.

    `short` leaves out the words after a number that has had its unit before in the sentence.
    """
    if value is None:
        return "no figure"
    text = number(value, decimals)
    if unit.startswith("%"):
        return f"{text}%" if short else f"{text}{unit}"
    if unit.startswith("£"):
        words = unit.removeprefix("£").strip()
        sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
        return f"{sign}£{digits}" if short or not words else f"{sign}£{digits} {words}"
    return text if short or not unit else f"{text} {unit}"


def count(value: float | None) -> str:
    """A count with thousands separated; not whole only where a source is not."""
    if value is None:
        return "no figure"
    return number(value, 0 if float(value).is_integer() else 1)


def sentence_decimals(measure: Measure, *values: float | None) -> int:
    """Decimals for a sentence: per cent whole, unless the values then look alike."""
    known = [v for v in values if v is not None]
    if not measure.unit.startswith("%") or measure.decimals == 0:
        return measure.decimals
    alike = len(known) > 1 and abs(known[0] - known[1]) < 1.5
    small = bool(known) and abs(known[0]) < 10
    return measure.decimals if alike or small else 0


def chances(probability: float) -> str:
    """“9 chances in 10”, rounded down: never more certain than we are."""
    return f"{min(9, math.floor(probability * 10 + 1e-9))} chances in 10"
