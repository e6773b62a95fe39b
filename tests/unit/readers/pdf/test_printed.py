"""Pages printed to PDF by a browser, tagged and not: another maker's habits than typst's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from goldthread.core.plan.document import Table
from goldthread.readers.pdf import read_pdf
from tests.browser import FLAGS, find_browser
from tests.unit.readers.pdf.made import rows_of, sentinels

PAGE = """<meta charset="utf-8"><style>body { font: 11pt sans-serif } td, th { border: 1px solid;
padding: 4px; vertical-align: top } table { border-collapse: collapse; width: 100% }</style>
<h1>Section B zq1</h1>
<p>Amara <b>likes</b> stories zq2, and <i>would</i> like to have a friend at lunchtime every day
zq3.</p>
<ul><li>first need zq4</li><li>second need<ul><li>inner zq5</li></ul></li></ul>
<table><tr><th>Need zq6</th><th>Provision zq7</th><th>Who zq8</th></tr>
<tr><td rowspan="2">Language zq9</td><td>Sessions of <b>twenty</b> minutes with an adult, three
times in each week of term zq10</td><td>Therapist zq11</td></tr>
<tr><td>A group zq12</td><td>Assistant zq13</td></tr>
<tr><td colspan="2">Wide zq14</td><td>Teacher zq15</td></tr></table>
<p>In the end zq16.</p>"""


@pytest.mark.browser
@pytest.mark.parametrize("tags", [True, False])
def test_what_a_browser_prints_is_whole(tmp_path: Path, tags: bool) -> None:
    browser = find_browser()
    if browser is None:
        pytest.skip("no browser is installed")
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(PAGE, "utf-8")
    subprocess.run(
        [browser, "--headless", *FLAGS, "--no-pdf-header-footer", f"--user-data-dir={tmp_path}/b",
         *([] if tags else ["--disable-pdf-tagging"]), f"--print-to-pdf={printed}", page.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    document = read_pdf(printed.read_bytes(), "page.pdf")
    assert document.tagged is tags
    assert sentinels(document.text) == [f"zq{n}" for n in range(1, 17)]
    assert [[sentinels(c) for c in row] for row in rows_of(document)] == [
        [["zq6"], ["zq7"], ["zq8"]],
        [["zq9"], ["zq10"], ["zq11"]],
        [["zq12"], ["zq13"]],
        [["zq14"], ["zq15"]],
    ]
    table = next(b for b in document.blocks if isinstance(b, Table))
    assert sentinels(table.rows[2].cells[0].text) == ["zq9"]
    by = {s: p for p in document.paragraphs for s in sentinels(p.text)}
    assert by["zq1"].heading == 1
    assert by["zq2"] is by["zq3"]
    assert by["zq2"].text.startswith("Amara likes stories zq2, and would like")
    assert by["zq4"].bullet == "•"
