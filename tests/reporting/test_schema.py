"""docs/schema/report-1.json and the records say the same."""

from __future__ import annotations

import dataclasses
import json
import types
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from scanner.records import asset, fact, finding, report, sighting, terms
from tests.reporting.schema import SCHEMA_FILE

SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
RECORDS: dict[type, str] = {
    report.Tool: "tool",
    report.Project: "project",
    report.PolicyStamp: "policyStamp",
    report.PolicySource: "policySource",
    report.KnowledgeStamp: "knowledgeStamp",
    report.LockStamp: "lockStamp",
    report.Coverage: "coverage",
    report.LanguageGap: "languageGap",
    report.Unread: "unread",
    report.Summary: "summary",
    report.RuleText: "ruleText",
    sighting.Skipped: "skipped",
    sighting.Unresolved: "unresolved",
    asset.Unanswered: "unanswered",
    asset.Reference: "reference",
    asset.Asset: "asset",
    asset.AssetLicense: "license",
    asset.Party: "party",
    asset.ListEntry: "listEntry",
    asset.Endpoint: "endpoint",
    asset.Ancestor: "ancestor",
    asset.Inherited: "inherited",
    asset.ModelFile: "modelFile",
    terms.Terms: "terms",
    terms.Term: "term",
    terms.Threshold: "threshold",
    terms.FieldBan: "fieldBan",
    terms.Distribution: "distribution",
    terms.Patent: "patent",
    terms.Territory: "territory",
    terms.Duty: "duty",
    terms.Outputs: "outputs",
    terms.Law: "law",
    terms.Travels: "travels",
    fact.Evidence: "evidence",
    finding.Finding: "finding",
    finding.PolicyPlace: "policyPlace",
    finding.Grant: "grant",
    finding.Obligation: "obligation",
    finding.ExceptionEntry: "exceptionEntry",
    finding.NotJudged: "notJudged",
}


def fields_of(record: Any) -> dict[str, bool | None]:
    """JSON name of each field, and whether a report must have it: no default, yes; None by default, no."""
    named: dict[str, bool | None] = {}
    hints = get_type_hints(record)
    for field in dataclasses.fields(record):
        if field.metadata.get("flat"):
            named |= fields_of(hints[field.name])
            continue
        has_default = (
            field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        )
        must = (False if field.default is None else None) if has_default else True
        named[field.metadata.get("json", field.name)] = must
    return named


@pytest.mark.parametrize(("record", "name"), RECORDS.items(), ids=RECORDS.values())
def test_a_record_and_its_schema_have_the_same_fields_and_the_same_are_required(
    record: type, name: str
) -> None:
    schema, fields = SCHEMA["$defs"][name], fields_of(record)
    assert sorted(schema["properties"]) == sorted(fields)
    required = set(schema["required"])
    assert {key for key, must in fields.items() if must} <= required
    assert not required & {key for key, must in fields.items() if must is False}
    assert schema["additionalProperties"] is False


def test_the_report_itself_has_the_fields_of_its_schema() -> None:
    assert list(SCHEMA["properties"]) == list(fields_of(report.Report))


def test_every_record_a_report_can_hold_is_compared() -> None:
    seen: set[type] = set()

    def visit(kind: Any) -> None:
        if get_origin(kind) in (Union, types.UnionType, tuple):
            for member in get_args(kind):
                visit(member)
        elif dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind not in seen:
            seen.add(kind)
            for hint in get_type_hints(kind).values():
                visit(hint)

    visit(report.Report)
    inlined = {"Report", "Unknown", "Sighting", "Location"}
    assert {kind.__name__ for kind in seen} - inlined == {kind.__name__ for kind in RECORDS}


def test_the_choices_of_an_enum_are_those_of_the_schema() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["kind"]["enum"] == [each.value for each in sighting.Kind]
    assert definitions["level"]["enum"] == [each.value for each in finding.Level]
    assert definitions["category"]["enum"] == [each.value for each in asset.Category]
    assert definitions["confidence"]["enum"] == [each.value for each in fact.Confidence]
    place = definitions["reference"]["properties"]
    assert place["role"]["enum"] == [each.value for each in sighting.Role]
    assert place["scope"]["enum"] == [each.value for each in sighting.Scope]
    assert place["certainty"]["enum"] == [each.value for each in sighting.Certainty]
