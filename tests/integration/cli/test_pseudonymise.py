"""`goldthread pseudonymise` on whole files: what was planted is nowhere in what comes out."""

import csv
import io
import re
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from typer.testing import CliRunner

from goldthread.checking.pseudonymise import Source, pseudonymise
from goldthread.cli.main import app
from goldthread.core.privacy.identifiers import UPN_LETTERS, Span
from goldthread.readers.documents import read_document
from goldthread.simulation.plans.corpus import TODAY, samples

FRONT = [
    ("Name", "Siobhán Ní Bhriain"), ("Known as", "Shivvy"), ("Date of birth", "3 March 2015"),
    ("Social care number", "LCS-44871"), ("Home address", "14 Larch Close, NR99 7ZZ"),
    ("Telephone", "01632 960 983"), ("Email", "g.nibhriain@example.org"),
    ("Parents", "Gráinne Ní Bhriain and Declan Ní Bhriain"),
    ("School or setting", "Thistledown Lane Primary School"), ("Authority", "Northmere Council"),
    ("Plan co-ordinator", "T. Oyelaran"),
]  # fmt: skip
GONE = ["Siobhán", "Siobhan", "SIOBHÁN", "Shivvy", "Bhriain", "Gráinne", "Declan", "Thistledown",
        "Northmere", "Oyelaran", "LCS-44871", "Larch", "NR99", "960 983", "example.org",
        "3 March 2015", "03/03/2015", "Quentin", "Zebedee", "nibhriain"]  # fmt: skip


def numbers():
    """A UPN and an NHS number with the right checks, made when the test runs."""
    digits = "801200001001"
    upn = UPN_LETTERS[sum(int(d) * w for d, w in zip(digits, range(2, 14), strict=True)) % 23]
    start = "943476591"
    nhs = (11 - sum(int(d) * w for d, w in zip(start, range(10, 1, -1), strict=True)) % 11) % 11
    return upn + digits, f"{start[:3]} {start[3:6]} {start[6:]}{nhs}"


def inside(data):
    """All that stands in a file: every part of a Word file unpacked, and the names of parts."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {n: package.read(n).decode("utf-8", "replace") for n in package.namelist()}
    return "\n".join([*parts, *parts.values()])


def hard_document():
    """A Word file that hides names where they are easily overlooked."""
    document = docx.Document()
    document.core_properties.author = "Quentin Zebedee"
    document.core_properties.title = "EHCP Siobhán Ní Bhriain"
    document.add_heading("Education, Health and Care Plan", 0)
    table = document.add_table(0, 2)
    for label, value in [*FRONT, *zip(("UPN", "NHS number"), numbers(), strict=True)]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.sections[0].header.paragraphs[0].text = "SIOBHÁN NÍ BHRIAIN, born 03/03/2015"
    document.add_heading("Section A: The views, interests and aspirations of the child", 1)
    split = document.add_paragraph()
    for piece in ("Sio", "bh", "án’s mum Grá", "inne came."):
        split.add_run(piece).bold = piece == "bh"
    changed = document.add_paragraph("Then ")
    for xml in (
        '<w:ins {0} w:id="1" w:author="Quentin Zebedee"><w:r><w:t>Siob</w:t></w:r></w:ins>',
        '<w:del {0} w:id="2" w:author="Quentin Zebedee"><w:r><w:delText>Declan x</w:delText>'
        "</w:r></w:del>",
        '<w:ins {0} w:id="3" w:author="Quentin Zebedee"><w:r><w:t>han left.</w:t></w:r></w:ins>',
        '<w:r {0}><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent><w:p>'
        "<w:r><w:t>Shivvy’s box</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>",
        '<w:r {0}><w:instrText> HYPERLINK "mailto:g.nibhriain@example.org" </w:instrText></w:r>',
    ):  # fmt: skip
        changed._p.append(parse_xml(xml.format(nsdecls("w"))))
    document.add_heading("Section B: Special educational needs", 1)
    document.add_paragraph("Siobhan finds reading hard. T. Oyelaran and Oyelaran saw this.")
    document.add_comment(split.runs, "Ask Declan", author="Quentin Zebedee", initials="QZ")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def run(*arguments):
    return CliRunner().invoke(app, ["pseudonymise", *map(str, arguments)])


def test_nothing_planted_is_left_anywhere_in_a_word_file():
    data = hard_document()
    assert all(re.search(re.escape(g), inside(data)) for g in ("Quentin", "Shivvy", "LCS-44871"))
    (made,), refused = pseudonymise([Source("Siobhan.docx", data)], TODAY)
    held = inside(made.data)
    assert refused == []
    assert made.left == 0
    assert made.name == "plan-1.docx"
    assert [g for g in [*GONE, *numbers()] if g.lower() in held.lower()] == []
    before, after = (docx.Document(io.BytesIO(d)) for d in (data, made.data))
    assert len(after.paragraphs) == len(before.paragraphs)
    assert after.paragraphs[2].text == "[Child]’s mum [Mother] came."
    assert after.core_properties.author == after.core_properties.title == ""
    assert read_document(made.data, made.name).text.count("March 2015") == 1


@pytest.mark.parametrize("kind", ["docx", "text"])
def test_nothing_planted_is_left_in_samples(kind):
    left = []
    for sample in samples(97, 6, kinds=(kind,)):
        child, truth = sample.truth["child"], sample.truth
        names = [child["name"], child["forename"], child["surname"], *child["parents"],
                 child["school"], child["authority"].removesuffix(" (invented)"), truth["officer"],
                 *(a["author"] for a in truth["advice_listed"])]  # fmt: skip
        (made,), _ = pseudonymise([Source(sample.name, sample.data)], TODAY)
        held = inside(made.data)
        left += [
            (sample.name, n) for n in names if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", held)
        ]
        old, new = read_document(sample.data, "a"), read_document(made.data, "b")
        if kind == "docx":
            assert len(new.paragraphs) == len(old.paragraphs)
            assert docx.Document(io.BytesIO(made.data)).paragraphs
    assert left == []


def test_a_pdf_comes_out_as_text_and_says_so():
    (sample,) = samples(97, 1, kinds=("pdf",))
    (made,), _ = pseudonymise([Source(sample.name, sample.data)], TODAY)
    assert made.name == "plan-1.txt"
    assert "Taken from a PDF as plain text" in made.notes[0]
    assert sample.truth["child"]["surname"] not in made.data.decode()


def test_pictures_are_blank_and_the_file_still_opens():
    from goldthread.checking.pseudonymise_docx import BLANK

    document = docx.Document(io.BytesIO(hard_document()))
    document.add_picture(io.BytesIO(BLANK + b"a photograph"))
    held = io.BytesIO()
    document.save(held)
    (made,), _ = pseudonymise([Source("a.docx", held.getvalue())], TODAY)
    assert "a photograph" not in inside(made.data)
    assert any("made blank" in note for note in made.notes)
    assert docx.Document(io.BytesIO(made.data)).inline_shapes


def test_a_recogniser_finds_what_no_rule_knows():
    text = b"Education, Health and Care Plan\nName: Amara Okafor\nThen Xiulan sat down.\n"

    def recogniser(seen):
        return [Span(seen.index("Xiulan"), seen.index("Xiulan") + 6, "name", "")]

    (without,), _ = pseudonymise([Source("a.txt", text)], TODAY, recogniser=lambda _: ())
    (with_it,), _ = pseudonymise([Source("a.txt", text)], TODAY, recogniser=recogniser)
    assert b"Xiulan" in without.data
    assert b"Xiulan" not in with_it.data
    assert [e.words for e in without.entries if not e.by] == ["Xiulan"]


def test_the_command_writes_copies_and_lists(tmp_path):
    original = tmp_path / "Siobhan.docx"
    original.write_bytes(hard_document())
    before = original.read_bytes()
    done = run(original, "--out", tmp_path / "new", "--review", tmp_path / "words.csv")
    assert done.exit_code == 0, done.output
    assert original.read_bytes() == before
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["plan-1.docx", "review.csv"]
    assert "reduces the risk" in done.output
    assert "No name recogniser" in done.output
    assert "is personal data itself" in done.output
    plain = (tmp_path / "new" / "review.csv").read_text(encoding="utf-8-sig")
    assert not [g for g in GONE if g.lower() in plain.lower() and g != "3 March 2015"]
    with (tmp_path / "words.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"Shivvy", "LCS-44871"} <= {r["words"] for r in rows}
    first = next(r for r in rows if r["words"] == "Siobhán Ní Bhriain" and r["part"] == "body")
    assert (first["replaced by"], first["table"], first["row"]) == ("[Child]", "1", "1")
    assert {r["part"] for r in rows} >= {"body", "header", "comments"}


def test_a_run_with_a_seed_is_repeatable(tmp_path):
    (tmp_path / "a.docx").write_bytes(hard_document())
    for name in ("one", "two"):
        assert run(tmp_path / "a.docx", "--out", tmp_path / name, "--seed", "larch").exit_code == 0
    one, two = ((tmp_path / n / "plan-1.docx").read_bytes() for n in ("one", "two"))
    assert one == two
    assert re.search(r"\[Child \d{6}\]", inside(one))


def test_refusals(tmp_path):
    plan = tmp_path / "plan-1.docx"
    plan.write_bytes(hard_document())
    before = plan.read_bytes()
    same = run(plan, "--out", tmp_path)
    assert same.exit_code == 2
    assert "one of the originals" in same.output
    assert run(tmp_path / "none.docx", "--out", tmp_path / "o").exit_code == 2
    assert run(plan, "--out", tmp_path / "o", "--format", "odt").exit_code == 2
    assert run(plan, "--out", plan).exit_code == 2
    assert not (tmp_path / "o").exists()
    assert plan.read_bytes() == before
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 word/ cut short")
    mixed = run(bad, plan, "--out", tmp_path / "o")
    assert mixed.exit_code == 1
    assert "bad.docx" in mixed.output
    assert sorted(p.name for p in (tmp_path / "o").iterdir()) == ["plan-1.docx", "review.csv"]
    again = run(plan, "--out", tmp_path / "o")
    assert again.exit_code == 2
    assert "exists already" in again.output
