from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from scanner.records.finding import Level
from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, FINDINGS, REPORT


def test_the_whole_file(golden: Callable[[str, str], None]) -> None:
    golden("gitlab/report.json", render(REPORT, "gitlab"))
    assert render(EMPTY, "gitlab") == "[]\n"


def test_every_issue_has_its_own_fingerprint_and_a_severity_gitlab_knows() -> None:
    twice = replace(REPORT, findings=(FINDINGS[0], FINDINGS[0], *FINDINGS[1:]))
    issues = json.loads(render(twice, "gitlab"))
    fingerprints = [each["fingerprint"] for each in issues]
    assert fingerprints[:2] == ["0000000000000001", "0000000000000001-2"]
    assert len(set(fingerprints)) == len(issues)
    assert {each["severity"] for each in issues} <= {"info", "minor", "major", "critical", "blocker"}


def test_a_question_says_that_it_is_one_and_every_issue_what_to_do() -> None:
    descriptions = [each["description"] for each in json.loads(render(REPORT, "gitlab"))]
    asked = [each for each in REPORT.findings if each.level is Level.QUESTION]
    assert [each for each in descriptions if each.startswith("question: ")] == [
        f"question: {asked[0].message.rstrip('.')}. What to do: {asked[0].remedy}"
    ]
    assert [each for each in descriptions if ". What to do: " not in each] == []
