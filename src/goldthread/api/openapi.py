"""Writes the committed OpenAPI document: `python -m goldthread.api.openapi`."""

from __future__ import annotations

import json
from pathlib import Path

PATH = Path(__file__).with_name("openapi.json")
PREFIX = "api/v1/"


def openapi_text() -> str:
    """The document of the API as it is, indented, with a last line feed."""
    import django

    django.setup()
    from goldthread.api.app import api

    schema = api.get_openapi_schema(path_prefix=PREFIX)
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def main() -> None:
    PATH.write_text(openapi_text(), encoding="utf-8")
    print(f"Written: {PATH.name}")


if __name__ == "__main__":
    main()
