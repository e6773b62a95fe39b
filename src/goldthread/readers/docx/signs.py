"""Characters that a Word file writes as elements: symbols, ticked boxes, emoji, form fields."""

from __future__ import annotations

from lxml import etree

from goldthread.readers.docx import names as n

TICKED, UNTICKED = "☒", "☐"
WINGDINGS = {
    0x52: TICKED, 0x53: TICKED, 0x54: TICKED, 0x6F: UNTICKED, 0x71: UNTICKED, 0x72: UNTICKED,
    0xA8: UNTICKED, 0xFB: "✗", 0xFC: "✓", 0xFD: TICKED, 0xFE: TICKED,
    0xE0: "→", 0xDF: "←", 0xF0: "→",
}  # fmt: skip
"""Of Wingdings and Wingdings 2, those that say something."""
GREEK = {0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBE: "—",
         0xAE: "→", 0xB0: "°"}  # fmt: skip
"""Of the font called Symbol."""
PRIVATE = range(0xF000, 0xF100)


def sign(child: etree._Element, tag: str) -> str:
    """The characters that one child of a run stands for when it is neither text nor picture."""
    if tag == n.HARD_HYPHEN:
        return "-"
    if tag == n.SYM:
        return _symbol(child.get(n.W + "char", ""), child.get(n.W + "font", ""))
    if tag == n.SYMBOL:
        return _character(child.get(n.EMOJI + "char", ""))
    if tag == n.RUBY:
        base = child.find(n.W + "rubyBase")
        return "" if base is None else "".join(t.text or "" for t in base.iter(n.T))
    return ""


def _symbol(code: str, font: str) -> str:
    number = _code(code)
    low = number & 0xFF
    if font.startswith("Wingdings"):
        return WINGDINGS.get(low, "•")
    if font == "Symbol":
        return GREEK.get(low, "•")
    if number in PRIVATE:
        return chr(low) if 32 < low < 127 else WINGDINGS.get(low, "•")
    return _character(code)


def _character(code: str) -> str:
    number = _code(code)
    kept = 32 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000
    return chr(number) if kept else ""


def _code(code: str) -> int:
    try:
        return int(code[:6], 16)
    except ValueError:
        return 0


def form_field(child: etree._Element) -> str:
    """What an old form field shows that has no text of its own: a box, a choice."""
    box = child.find(f"{n.W}ffData/{n.W}checkBox")
    if box is not None:
        ticked = box.find(n.W + "checked")
        return _box(box.find(n.W + "default") if ticked is None else ticked, n.VAL) + " "
    choice = child.find(f"{n.W}ffData/{n.W}ddList")
    if choice is None:
        return ""
    entries, chosen = choice.findall(n.W + "listEntry"), choice.find(n.W + "result")
    index = 0 if chosen is None else n.whole(chosen.get(n.VAL), 0, 10**6)
    return entries[index].get(n.VAL, "") if index < len(entries) else ""


def control_box(control: etree._Element) -> str:
    """☒ or ☐ for a w:sdt that is a tick box; empty for any other."""
    properties = control.find(n.SDT_PR)
    box = None if properties is None else properties.find(n.CHECKBOX)
    return "" if box is None else _box(box.find(n.CHECKED), n.W14 + "val")


def _box(ticked: etree._Element | None, attribute: str) -> str:
    return TICKED if ticked is not None and ticked.get(attribute, "1") not in n.OFF else UNTICKED
