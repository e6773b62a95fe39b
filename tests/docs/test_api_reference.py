"""The API's page names every address and every code of refusal, and no other."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
API = ROOT / "src" / "goldthread" / "api"


def test_every_address_is_on_the_page():
    document = json.loads((API / "openapi.json").read_text(encoding="utf-8"))
    addresses = {path.removeprefix("/api/v1") for path in document["paths"]}
    named = {re.sub(r"\?.*", "", found) for found in re.findall(r"^\| `(/[^`]+)`", PAGE, re.M)}
    assert named == addresses


def test_every_code_of_refusal_is_on_the_page():
    code = "\n".join(p.read_text(encoding="utf-8") for p in API.glob("*.py"))
    given = set(re.findall(r'Refused\(\s*\d{3},\s*"([a-z-]+)"', code))
    assert given == set(re.findall(r"^\| \d{3} \| `([a-z-]+)`", PAGE, re.M))
