from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from scanner.reporting.formats import sarif
from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, FINDINGS, REPORT


def test_the_whole_file(golden: Callable[[str, str], None]) -> None:
    golden("sarif/report.sarif", render(REPORT, "sarif"))


def test_a_report_without_findings_is_an_empty_run() -> None:
    run = json.loads(render(EMPTY, "sarif"))["runs"][0]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_question_is_a_note_with_a_tag() -> None:
    results = json.loads(render(REPORT, "sarif"))["runs"][0]["results"]
    levels = [(each["ruleId"], each["level"], each["properties"]["tags"]) for each in results]
    assert levels == [
        ("license-not-allowed", "error", []),
        ("license-not-allowed", "error", []),
        ("license-conflicts-with-base", "error", []),
        ("revision-not-pinned", "warning", []),
        ("could-not-resolve", "note", ["question"]),
        ("knowledge-stale", "note", []),
    ]


def test_every_result_has_all_four_region_fields_and_the_span_of_its_reference() -> None:
    results = json.loads(render(REPORT, "sarif"))["runs"][0]["results"]
    regions = [each["locations"][0]["physicalLocation"]["region"] for each in results]
    assert regions[0] == {"startLine": 12, "startColumn": 9, "endLine": 12, "endColumn": 40}
    assert regions[5] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}


def test_an_excepted_finding_is_counted_and_is_no_result() -> None:
    run = json.loads(render(REPORT, "sarif"))["runs"][0]
    assert run["properties"]["excepted"] == 1
    assert "hosted-api-not-allowed" not in {each["ruleId"] for each in run["results"]}


def test_a_path_with_odd_letters_is_a_relative_address() -> None:
    odd = replace(REPORT, findings=(replace(FINDINGS[0], file="a b/c#:é%.py"),))
    result = json.loads(render(odd, "sarif"))["runs"][0]["results"][0]
    assert (
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/c%23%3A%C3%A9%25.py"
    )


def test_more_results_than_code_scanning_takes_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 10)
    many = tuple(replace(FINDINGS[3], id=str(number)) for number in range(11))
    run = json.loads(render(replace(REPORT, findings=(*many, FINDINGS[0])), "sarif"))["runs"][0]
    assert (len(run["results"]), run["results"][0]["level"]) == (10, "error")
    said = run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    assert said == "Only the first 10 of 12 findings are written here."
