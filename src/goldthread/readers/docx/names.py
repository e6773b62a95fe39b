"""Tags and attributes of WordprocessingML that the walker knows."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
EMOJI = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, R, T, TBL, TR, TC = W + "p", W + "r", W + "t", W + "tbl", W + "tr", W + "tc"
SDT, SDT_CONTENT, SDT_PR = W + "sdt", W + "sdtContent", W + "sdtPr"
INS, DEL, MOVE_TO, MOVE_FROM = W + "ins", W + "del", W + "moveTo", W + "moveFrom"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
PPR, RPR, TRPR, TCPR = W + "pPr", W + "rPr", W + "trPr", W + "tcPr"
VAL, TYPE = W + "val", W + "type"
TEXTBOX = W + "txbxContent"
BREAK, TAB, CR, SYM = W + "br", W + "tab", W + "cr", W + "sym"
PLACED_TAB = W + "ptab"
DEL_TEXT, HARD_HYPHEN = W + "delText", W + "noBreakHyphen"
FIELD, RUBY = W + "fldChar", W + "ruby"
RENDERED_BREAK = W + "lastRenderedPageBreak"
CHECKBOX, CHECKED = W14 + "checkbox", W14 + "checked"
SYMBOL = EMOJI + "symEx"
MATHS_TEXT, MATHS_HERE = MATHS + "t", frozenset({MATHS + "oMath", MATHS + "oMathPara"})
ALT_CHUNK = W + "altChunk"

PSTYLE, NUM_PR, OUTLINE, BREAK_BEFORE = (
    W + "pStyle", W + "numPr", W + "outlineLvl", W + "pageBreakBefore",
)  # fmt: skip
NUM_ID, LEVEL = W + "numId", W + "ilvl"
RSTYLE, VANISH = W + "rStyle", W + "vanish"
GRID_SPAN, GRID_BEFORE, VMERGE = W + "gridSpan", W + "gridBefore", W + "vMerge"
HEADER = W + "tblHeader"

WRAPPERS = frozenset({W + "hyperlink", W + "smartTag", W + "fldSimple", W + "customXml",
                      SDT_CONTENT, W + "dir", W + "bdo"})  # fmt: skip
"""Around runs or blocks, with nothing of their own to say."""
PICTURES = frozenset({W + "drawing", W + "pict", W + "object"})
"""May hold text boxes."""
OFF = frozenset({"0", "false", "off", "none"})


def whole(value: str | None, default: int, most: int) -> int:
    """A whole number as an attribute writes it, at most `most`; `default` for anything else."""
    if value is None or len(value) > 9 or not (value.isascii() and value.isdigit()):
        return default
    return min(int(value), most)
