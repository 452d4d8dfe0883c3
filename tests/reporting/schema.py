"""The promised shape of a report, for tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema

SCHEMAS = Path(__file__).parent.parent.parent / "docs" / "schema"
SCHEMA_FILE = SCHEMAS / "report-1.json"


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def mistakes(document: object, name: str = "report-1.json") -> list[str]:
    return sorted(
        f"{error.json_path}: {error.message}"[:300] for error in validator(name).iter_errors(document)
    )
