"""The README shows what the product does today."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_output_shown_is_the_real_one():
    shown = re.search(r"```\n(SHEFFIELD.*?)\n```", README, re.S)[1]
    command = [sys.executable, "-m", "goldthread", "compare", "Sheffield"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.startswith(shown)


def test_every_link_and_picture_in_the_documents_leads_somewhere():
    documents = [ROOT / name for name in ("README.md", "GLOSSARY.md", "CONTRIBUTING.md")]
    documents += sorted((ROOT / "docs").rglob("*.md"))
    for document in documents:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if not target.startswith(("http", "mailto")):
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_decision_records_are_numbered_without_gaps_and_say_so_themselves():
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    for number, record in enumerate(records, 1):
        assert record.name.startswith(f"{number:04}-")
        first = record.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(f"# {number:04} "), f"{record.name}: {first}"
