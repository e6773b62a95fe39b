"""A paper as a PDF, with or without a tag tree, set by typst in its own fonts."""

from __future__ import annotations

import datetime as dt
from functools import cache

import typst

from goldthread.simulation.plans.blocks import Block, Cell, Heading, Paper, Para, Table, as_read

_STAMP = int(dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC).timestamp())
_SETTINGS = """#set document(title: {title})
#set page(paper: "a4", margin: 2cm, header: text(size: 8pt)[#{header}],
  footer: context text(size: 8pt)[#{footer} #h(1fr) Page #counter(page).display()])
#set text(size: 10pt, lang: "en", region: "gb", hyphenate: false)
#set par(justify: false)
#show heading: set block(above: 1.2em, below: 0.7em)
"""


def write_pdf(paper: Paper, tagged: bool = True) -> bytes:
    """The PDF. Tagged as Word's are, or without tags as many council systems'."""
    return _compile(typst_source(paper), tagged)


def typst_source(paper: Paper) -> str:
    settings = _SETTINGS.format(
        title=_said(paper.title), header=_said(paper.header), footer=_said(paper.footer)
    )
    return settings + "\n".join(_block(block) for block in paper.blocks)


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return typst.Compiler(font_paths=fonts)


def _compile(source: str, tagged: bool) -> bytes:
    made = _compiler().compile(
        input=source.encode(), format="pdf", pdf_tags=tagged, timestamp=_STAMP
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return _heading(block)
    if isinstance(block, Para):
        text = _said(block.text)
        return f"#list[#{text}]\n" if block.bullet else f"#par[#{text}]\n"
    return _table(block)


def _heading(block: Heading) -> str:
    text = _said(block.text)
    if block.level == 0:
        return f'#text(size: 18pt, weight: "bold")[#{text}]\n'
    if block.style == "styled":
        return f"#heading(level: {block.level})[#{text}]\n"
    if block.style == "bold":
        return f"#par[#strong[#{text}]]\n"
    return f"#table(columns: (1fr,), fill: luma(225), [#strong[#{text}]])\n"


def _table(block: Table) -> str:
    widths = ", ".join(f"{share}fr" for share in block.widths)
    stroke = "0.5pt" if block.ruled else "none"
    cells = ",\n  ".join(_cell(c) for row in block.rows for c in row)
    return f"#table(columns: ({widths},), stroke: {stroke}, align: left,\n  {cells})\n"


def _cell(entry: Cell) -> str:
    texts = [f"#par[#{_said(text)}]" for text in entry.texts if text]
    inner = " ".join(texts)
    if entry.bold:
        inner = f"#strong[{inner}]"
    return f"table.cell(colspan: {entry.span})[{inner}]"


def _said(text: str) -> str:
    """A typst string."""
    said = as_read(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + said.replace("\n", "\\n").replace("\t", "    ") + '"'
