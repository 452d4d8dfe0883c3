from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from scanner.records.encoding import decode
from scanner.records.report import Project, Report
from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, REPORT
from tests.reporting.schema import mistakes


def test_the_report_fits_the_published_schema() -> None:
    assert mistakes(json.loads(render(REPORT, "json"))) == []
    assert mistakes(json.loads(render(EMPTY, "json"))) == []


def test_the_schema_refuses_a_null_a_missing_key_and_a_key_nobody_promised() -> None:
    document = json.loads(render(REPORT, "json"))
    document["date"] = None
    del document["lock"]
    document["assets"][0]["stars"] = 5
    assert mistakes(document) == [
        "$.assets[0]: Additional properties are not allowed ('stars' was unexpected)",
        "$.date: None is not of type 'string'",
        "$: 'lock' is a required property",
    ]


def test_a_written_report_reads_back_as_the_same_records() -> None:
    assert decode(Report, json.loads(render(REPORT, "json"))) == REPORT


def test_the_same_report_gives_the_same_bytes(golden: Callable[[str, str], None]) -> None:
    golden("json/report.json", render(REPORT, "json"))


def test_hidden_characters_are_escaped_and_letters_are_not() -> None:
    name = "ok\x1b[31m\u202eNamë\ud800\U000e0041\x7f"
    text = render(replace(REPORT, project=replace(REPORT.project, name=name)), "json")
    assert r'"name": "ok\u001b[31m\u202eNamë\ud800\udb40\udc41\u007f"' in text
    assert json.loads(text)["project"] == {
        "name": name,
        "commit": "0123456789abcdef0123456789abcdef01234567",
        "dirty": False,
        "scope": "whole",
    }
    assert isinstance(REPORT.project, Project)
