from __future__ import annotations

import json

import pytest

from scanner.errors import ReportBroken
from scanner.records.unknown import Unknown
from scanner.reporting.read import read_report
from scanner.reporting.write import render
from tests.reporting.sample_report import REPORT


def document() -> dict:  # type: ignore[type-arg]
    return json.loads(render(REPORT, "json"))  # type: ignore[no-any-return]


def test_a_stored_report_reads_back_whole() -> None:
    assert read_report(render(REPORT, "json"), "report.json") == REPORT


def test_counts_are_made_again_and_not_believed() -> None:
    stored = document()
    stored["summary"] = {"error": 0}
    assert read_report(json.dumps(stored), "report.json").summary == REPORT.summary


def test_terms_that_are_missing_are_unknown() -> None:
    stored = document()
    del stored["assets"][2]["terms"]
    assert read_report(json.dumps(stored), "report.json").assets[2].terms == Unknown("not in this report")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "report.json: not JSON: "),
        ("[]", "report.json: not a report: the document is no JSON object"),
        ('{"schema": "other/1"}', "report.json: not a report lading can read: schema is 'other/1'"),
        ('{"schema": "lading.report/1"}', "report.json: $: the field 'tool' is missing"),
        ("[" * 100_000, "report.json: not a report: nested too deeply"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(ReportBroken) as refused:
        read_report(text, "report.json")
    assert str(refused.value).startswith(message)


def test_the_place_of_a_wrong_value_is_named() -> None:
    stored = document()
    stored["findings"][1]["level"] = "fatal"
    with pytest.raises(
        ReportBroken, match=r"report\.json: \$\.findings\[1\]\.level: expected Level, found 'fatal'"
    ):
        read_report(json.dumps(stored), "report.json")
