from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from scanner.records.finding import Level
from scanner.records.unknown import Unknown
from scanner.reporting.compare import Change, compare, render_difference
from tests.reporting.sample_assets import ASSETS, GGUF
from tests.reporting.sample_report import FINDINGS, OBLIGATIONS, REPORT, UNRESOLVED
from tests.reporting.schema import mistakes

RELICENSED = replace(ASSETS[4], license=replace(ASSETS[4].license, expression="MIT", key="mit"))
LATER = replace(
    REPORT,
    date="2026-12-01",
    assets=(*ASSETS[1:4], RELICENSED),
    findings=(replace(FINDINGS[3], level=Level.ERROR), *FINDINGS[4:], replace(FINDINGS[0], id="new")),
    obligations=(replace(OBLIGATIONS[0], state="open"), *OBLIGATIONS[1:]),
    unresolved=UNRESOLVED[:1],
)


def test_a_report_does_not_differ_from_itself() -> None:
    assert compare(REPORT, REPORT).is_empty
    assert "\nNothing changed.\n" in render_difference(compare(REPORT, REPORT), "text")


def test_a_changed_fact_names_both_values() -> None:
    assert compare(REPORT, LATER).changed == (
        Change(GGUF, "license", "Apache-2.0", "MIT"),
        Change(GGUF, "license key", "apache-2.0", "mit"),
    )


def test_a_new_reason_for_not_knowing_is_no_change() -> None:
    other = replace(ASSETS[3], commit=Unknown("another reason"))
    later = replace(REPORT, assets=(*ASSETS[:3], other, *ASSETS[4:]))
    assert compare(REPORT, later).is_empty


def test_moved_lines_are_no_change_because_findings_go_by_their_ids() -> None:
    moved = replace(REPORT, findings=tuple(replace(each, line=each.line + 7) for each in FINDINGS))
    assert compare(REPORT, moved).is_empty


def test_the_difference_in_words(golden: Callable[[str, str], None]) -> None:
    difference = compare(REPORT, LATER)
    golden("diff/difference.txt", render_difference(difference, "text"))
    golden("diff/difference.md", render_difference(difference, "markdown"))
    golden("diff/difference.json", render_difference(difference, "json"))
    assert mistakes(json.loads(render_difference(difference, "json")), "diff-1.json") == []
    assert mistakes({"schema": "lading.diff/1"}, "diff-1.json") != []
