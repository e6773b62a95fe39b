"""Tags and attributes of WordprocessingML that the walker knows."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P, R, T, TBL, TR, TC = W + "p", W + "r", W + "t", W + "tbl", W + "tr", W + "tc"
SDT, SDT_CONTENT = W + "sdt", W + "sdtContent"
INS, DEL, MOVE_TO, MOVE_FROM = W + "ins", W + "del", W + "moveTo", W + "moveFrom"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
PPR, RPR, TRPR, TCPR = W + "pPr", W + "rPr", W + "trPr", W + "tcPr"
VAL = W + "val"
TEXTBOX = W + "txbxContent"
BREAK, TAB, CR, SYM = W + "br", W + "tab", W + "cr", W + "sym"
DEL_TEXT, HARD_HYPHEN = W + "delText", W + "noBreakHyphen"
RENDERED_BREAK = W + "lastRenderedPageBreak"
WRAPPERS = frozenset({W + "hyperlink", W + "smartTag", W + "fldSimple", W + "customXml", CHOICE,
                      SDT_CONTENT, W + "dir", W + "bdo"})  # fmt: skip
"""Around runs or blocks, with nothing of their own to say."""
PICTURES = frozenset({W + "drawing", W + "pict", W + "object", ALTERNATE})
"""May hold text boxes."""
OFF = frozenset({"0", "false", "off", "none"})
