"""A paper as a Word file, written as XML by hand: quick, and the same bytes every time.

It holds what plans hold and python-docx cannot write: content controls, text boxes, tables inside
cells, merged cells, tracked changes and struck-through text.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from goldthread.simulation.plans.blocks import (
    DELETED,
    END,
    INSERTED,
    STRUCK,
    Block,
    Cell,
    Heading,
    Paper,
    Para,
    Table,
)
from goldthread.simulation.plans.docx_parts import FIXED, NAMESPACES, margin_part

_PIECES = re.compile(f"([{STRUCK}{INSERTED}{DELETED}])([^{END}]*){END}")
_WHO = 'w:id="{0}" w:author="Plan writer" w:date="2026-01-01T09:00:00Z"'
_WIDTH = 9600
_STYLES = {0: "Title", 1: "Heading1", 2: "Heading2"}


def write_docx(paper: Paper) -> bytes:
    """The .docx file; the same paper gives the same bytes."""
    body = "".join(_block(block) for block in paper.blocks)
    parts = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}{_SECTION}"
        "</w:body></w:document>",
        "word/header1.xml": margin_part("hdr", _para(_runs(paper.header))),
        "word/footer1.xml": margin_part("ftr", _para(_runs(paper.footer) + _PAGE)),
        **FIXED,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return file.getvalue()


_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
    '<w:footerReference w:type="default" r:id="rId4"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
    'w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_PAGE = (
    '<w:r><w:t xml:space="preserve">  Page </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return _heading(block)
    if isinstance(block, Para):
        return _paragraph(block)
    return _table(block) + ("" if not block.rows else "<w:p/>")


def _heading(block: Heading) -> str:
    if block.style == "styled" or block.level == 0:
        return _para(_runs(block.text), f'<w:pStyle w:val="{_STYLES[block.level]}"/>')
    if block.style == "bold":
        return _para(_runs(block.text, bold=True))
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>'
    words = _para(_runs(block.text, bold=True))
    return (
        f'{_TABLE_HEAD}<w:tblGrid><w:gridCol w:w="{_WIDTH}"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{_WIDTH}" w:type="dxa"/>{shade}</w:tcPr>{words}</w:tc></w:tr></w:tbl><w:p/>'
    )


def _paragraph(block: Para) -> str:
    style = '<w:pStyle w:val="ListBullet"/>' if block.bullet else ""
    inner = _para(_runs(block.text), style)
    if block.extra == "control":
        return f'<w:sdt><w:sdtPr><w:alias w:val="Views"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'  # noqa: E501
    if block.extra == "textbox":
        return _para(f"<w:r>{_TEXTBOX.format(inner)}</w:r>")
    return inner


_TEXTBOX = (
    '<w:pict><v:shape id="box1" type="#_x0000_t202" '
    'style="width:450pt;height:90pt;mso-wrap-style:square"><v:textbox><w:txbxContent>{0}'
    "</w:txbxContent></v:textbox></v:shape></w:pict>"
)


def _para(runs: str, properties: str = "") -> str:
    held = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{held}{runs}</w:p>"


def _runs(text: str, bold: bool = False) -> str:
    """Runs of `text`; marked stretches become struck, inserted or deleted ones."""
    if END not in text:
        return _run(text, bold)
    made, at = [], 0
    for number, match in enumerate(_PIECES.finditer(text), 1):
        made += [_run(text[at : match.start()], bold), _changed(match[1], match[2], number)]
        at = match.end()
    return "".join([*made, _run(text[at:], bold)])


def _changed(mark: str, text: str, number: int) -> str:
    who = _WHO.format(900 + number)
    if mark == DELETED:
        gone = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
        return f"<w:del {who}>{gone}</w:del>"
    if mark == INSERTED:
        return f"<w:ins {who}>{_run(text, False)}</w:ins>"
    return _run(text, False, "<w:strike/>")


def _run(text: str, bold: bool, extra: str = "") -> str:
    if not text:
        return ""
    look = f"<w:rPr>{'<w:b/>' if bold else ''}{extra}</w:rPr>" if bold or extra else ""
    said = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    said = said.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{said}</w:t></w:r>'


_TABLE_HEAD = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
)


def _table(block: Table) -> str:
    widths = [_WIDTH * share // 100 for share in block.widths]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    rows = "".join(_row(row, widths) for row in block.rows)
    head = _TABLE_HEAD if block.ruled else _TABLE_HEAD.replace("TableGrid", "TableNormal")
    return f"{head}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(row: tuple[Cell, ...], widths: list[int]) -> str:
    made, at = [], 0
    for entry in row:
        wide = sum(widths[at : at + entry.span])
        at += entry.span
        made.append(_cell(entry, wide))
    return f"<w:tr>{''.join(made)}</w:tr>"


_MERGES = {"": "", "start": '<w:vMerge w:val="restart"/>', "more": "<w:vMerge/>"}


def _cell(entry: Cell, wide: int) -> str:
    span = f'<w:gridSpan w:val="{entry.span}"/>' if entry.span > 1 else ""
    span += _MERGES[entry.merge]
    texts = ("",) if entry.merge == "more" else entry.texts
    words = "".join(_para(_runs(text, entry.bold)) for text in texts)
    if entry.nested:
        inner = "".join(_row((Cell((text,)),), [wide - 200]) for text in entry.texts)
        grid = f'<w:tblGrid><w:gridCol w:w="{wide - 200}"/></w:tblGrid>'
        words = f"{_TABLE_HEAD}{grid}{inner}</w:tbl><w:p/>"
    elif entry.control:
        words = f"<w:sdt><w:sdtPr/><w:sdtContent>{words}</w:sdtContent></w:sdt>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}</w:tcPr>{words}</w:tc>'
