"""The files that are written: read back by other people's readers."""

import copy
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import etree
from typer.testing import CliRunner

from goldthread.cli.main import app
from goldthread.simulation.plans.big import big_paper, big_plan, words
from goldthread.simulation.plans.blocks import END, INSERTED, STRUCK, Paper, Para
from goldthread.simulation.plans.corpus import paper_of, plan_sample, plans
from goldthread.simulation.plans.docx import write_docx
from goldthread.simulation.plans.folders import folder_samples
from goldthread.simulation.plans.layouts import FAMILIES
from goldthread.simulation.plans.text import write_text

COMMITTED = Path(__file__).parents[3] / "samples" / "plans"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text):
    return re.sub(r"[\s•]+", "", text)


def words_of_docx(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    gone = {id(t) for d in root.iter(f"{W}del") for t in d.iter()}
    return "".join(t.text or "" for t in root.iter(f"{W}t") if id(t) not in gone)


def words_of_pdf(data):
    document = pypdfium2.PdfDocument(data)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


@pytest.mark.parametrize("family", FAMILIES)
def test_a_word_file_holds_every_word_in_order_and_opens(family):
    plan = next(plans(13, 1, family=family, good=True))
    plan.layout.extras = ("controls", "textbox", "nested")
    paper = paper_of(plan)
    data = write_docx(paper)
    assert squeezed(words_of_docx(data)) == squeezed(write_text(Paper(paper.blocks)).decode())
    opened = docx.Document(io.BytesIO(data))
    assert opened.sections[0].header.paragraphs[0].text == paper.header


@pytest.mark.parametrize("kind", ["pdf", "untagged"])
def test_a_pdf_holds_every_item_and_is_tagged_when_said(kind):
    plan = next(plans(13, 1, family="prose", good=True))
    plan.layout.rows = False
    data = plan_sample(plan, kind).data
    text = squeezed(words_of_pdf(data))
    # Hyphens at line ends and page furniture may stand between words, never inside short ones.
    for item in plan.items("B", "E", "F"):
        assert squeezed(item.text)[:40] in text
    assert (b"StructTreeRoot" in data) == (kind == "pdf")


def test_a_scan_is_pictures_without_text():
    plan = next(plans(13, 1, family="prose", good=True))
    from goldthread.simulation.plans.scan import write_scan

    data = write_scan(paper_of(plan), seed=1, most_pages=1)
    assert data == write_scan(paper_of(plan), seed=1, most_pages=1)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    assert document[0].get_textpage().get_text_range() == ""
    wide, high = document[0].get_size()
    assert (round(wide / 72, 1), round(high / 72, 1)) == (8.3, 11.7)
    document.close()


def test_an_amended_plan_shows_what_was_struck_and_merges_cells_in_word_alone():
    plan = next(plans(13, 1, family="prose", status="amended", good=True))
    plan.layout.extras, plan.layout.rows, plan.layout.numbered = ("struck", "merged"), True, True
    twin = copy.copy(plan.sections["F"].items[0])
    plan.sections["F"].items.insert(1, twin)
    with zipfile.ZipFile(io.BytesIO(plan_sample(plan, "docx").data)) as package:
        xml = package.read("word/document.xml").decode()
    assert f'<w:strike/></w:rPr><w:t xml:space="preserve">{plan.layout.struck}' in xml
    assert '<w:vMerge w:val="restart"/>' in xml
    assert "<w:vMerge/>" in xml
    assert plan.layout.struck not in plan_sample(plan, "text").data.decode()


def test_struck_and_tracked_words_are_marked_in_word():
    text = f"{STRUCK}old{END} kept {INSERTED}new{END}"
    data = write_docx(Paper([Para(text)]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    assert '<w:strike/></w:rPr><w:t xml:space="preserve">old' in xml
    assert re.search(r"<w:ins [^>]*><w:r><w:t [^>]*>new</w:t></w:r></w:ins>", xml)


def test_advice_says_what_became_of_each_recommendation():
    found = list(folder_samples(4, 96, kinds=("text",)))
    advice = [s for s in found if s.truth["is"] == "advice"]
    plans_by = {s.truth["file"].split("-text")[0]: s for s in found if s.truth["is"] == "plan"}
    fates = {r["fate"] for s in advice for r in s.truth["recommendations"]}
    assert fates == {"carried", "softened", "thinned", "moved", "lost"}
    for sample in advice:
        text = plans_by[sample.truth["plan"]].data.decode()
        for said in sample.truth["recommendations"]:
            cells = said["plan_text"].split(" · ")
            assert all(cell in text for cell in cells), said
            if said["fate"] == "lost":
                assert said["plan_text"] == ""
            elif said["fate"] == "carried":
                assert squeezed(cells[0])[:20] in squeezed(text)


def test_an_earlier_version_differs_as_its_truth_says():
    found = list(folder_samples(4, 60, kinds=("text",)))
    texts = {s.name: s.data.decode() for s in found if s.name.endswith(".txt")}
    pairs = [s for s in found if s.truth.get("earlier")]
    assert pairs
    for sample in pairs:
        old, new = texts[sample.truth["earlier"]["file"]], texts[sample.name]
        for change in sample.truth["earlier"]["changes"]:
            before, after = (change[k].split(" · ")[0] for k in ("before", "after"))
            assert before in old
            assert after in new
            if change["turn"] == "removed":
                assert before not in new
            if change["turn"] == "never-updated":
                assert before == after


def test_other_papers_are_told_apart_in_the_truth():
    kinds = {s.truth["is"] for s in folder_samples(4, 48, kinds=("text",))}
    assert kinds == {"plan", "advice", "earlier", "review", "other"}


def test_a_big_plan_has_about_400_words_a_page():
    assert 8000 <= words(big_paper(20)) < 9000
    assert big_plan(20) == big_plan(20)
    document = pypdfium2.PdfDocument(big_plan(20, "untagged"))
    assert 16 <= len(document) <= 26
    document.close()


def test_the_command_makes_the_committed_text_samples_again(tmp_path):
    result = CliRunner().invoke(
        app, ["samples", "--out", str(tmp_path), "--seed", "7", "--count", "10", "--only-plans"]
    )
    assert result.exit_code == 0, result.stderr
    made, held = ({p.name for p in folder.iterdir()} for folder in (tmp_path, COMMITTED))
    assert made == held
    for name in made:
        if name.endswith((".txt", ".json")):
            assert (tmp_path / name).read_text("utf-8") == (COMMITTED / name).read_text("utf-8")
        elif name.endswith(".docx"):
            assert contents(tmp_path / name) == contents(COMMITTED / name)


def contents(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_samples_are_small_and_of_every_family():
    truths = [json.loads(p.read_text("utf-8")) for p in COMMITTED.glob("*.truth.json")]
    assert {t["family"] for t in truths} == set(FAMILIES)
    assert {t["kind"] for t in truths} == {"docx", "pdf", "untagged", "scan", "text"}
    assert sum(p.stat().st_size for p in COMMITTED.iterdir()) < 1_600_000


@pytest.mark.parametrize(
    "wrong", [["--family", "x"], ["--kind", "x"], ["--status", "x"], ["--fault", "x"]]
)
def test_wrong_use_is_one_sentence(tmp_path, wrong):
    result = CliRunner().invoke(app, ["samples", "--out", str(tmp_path), "--count", "1", *wrong])
    assert result.exit_code == 2
    assert re.fullmatch(r"There is no [\w ]+ “x”; (use one of|known:) .*\.\n", result.stderr)
