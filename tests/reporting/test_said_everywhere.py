"""What one format for people or machines says of a whole report, the others say too."""

from __future__ import annotations

import html
import json
from dataclasses import replace

import pytest

from scanner.records.finding import Level
from scanner.reporting.read import recounted
from scanner.reporting.write import render
from tests.reporting.sample_report import EXCEPTIONS, FINDINGS, REPORT

FORMATS = ("terminal", "markdown", "html", "sarif", "github", "junit")
"""Those with a place for it: GitLab reads a bare list of findings, CSV is the inventory."""

ASKED = replace(
    REPORT,
    findings=tuple(
        replace(
            FINDINGS[4], id=str(n), level=Level.QUESTION, missing="use.devices_shipped", capped="unverified"
        )
        for n in range(3)
    ),
)


def written(format_name: str, report: object = ASKED) -> str:
    text = html.unescape(render(recounted(report), format_name, width=300))  # type: ignore[arg-type]  # a report
    return text.replace("\\_", "_").replace("\u200b", "").replace("\\.", ".").replace("\\-", "-")


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_fact_that_would_settle_questions_is_named_with_their_number(format_name: str) -> None:
    assert "declare use.devices_shipped to settle 3 findings" in written(format_name)


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_exception_stands_in_the_register_whether_it_covers_something_or_not(format_name: str) -> None:
    for entry in EXCEPTIONS:
        assert entry.reason in written(format_name, REPORT)
        assert entry.owner in written(format_name, REPORT)


@pytest.mark.parametrize("format_name", ["terminal", "markdown", "html"])
def test_what_would_be_louder_with_verified_facts_is_counted(format_name: str) -> None:
    assert "3 questions would be louder if the facts were verified" in written(format_name)
    assert "would be louder" not in written(format_name, REPORT)


def test_json_and_sarif_count_it_too() -> None:
    assert json.loads(written("json"))["summary"]["unverified"] == 3
    run = json.loads(render(recounted(ASKED), "sarif"))["runs"][0]
    assert run["properties"]["unverified"] == 3
    assert {each["properties"]["missing"] for each in run["results"]} == {"use.devices_shipped"}
