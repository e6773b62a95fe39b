"""A paper as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.simulation.plans.blocks import Block, Heading, Paper, Para, Table, as_read


def write_text(paper: Paper) -> bytes:
    """UTF-8. Rows of tables stand on one line, cells parted by tabs; bullets are “•”.

    The running header stands once at the top and the footer once at the end.
    """
    body = [line for block in paper.blocks for line in _lines(block)]
    lines = [*filter(None, [paper.header]), *body, *filter(None, [paper.footer])]
    return ("\n".join(as_read(line) for line in lines) + "\n").encode()


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield ""
        yield block.text
        yield ""
    elif isinstance(block, Para):
        yield f"• {block.text}" if block.bullet else block.text
    elif isinstance(block, Table):
        for row in block.rows:
            yield "\t".join(" ".join(c.texts) for c in row)
