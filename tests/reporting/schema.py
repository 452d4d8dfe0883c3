"""The promised shape of a report, for tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema

SCHEMA_FILE = Path(__file__).parent.parent.parent / "docs" / "schema" / "report-1.json"


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def mistakes(document: object) -> list[str]:
    return sorted(f"{error.json_path}: {error.message}"[:300] for error in validator().iter_errors(document))
