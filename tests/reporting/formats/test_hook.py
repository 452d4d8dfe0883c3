from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level, PolicyPlace
from scanner.records.report import RuleText
from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, REPORT


def test_the_whole_text(golden: Callable[[str, str], None]) -> None:
    golden("hook/report.txt", render(REPORT, "hook"))


def test_nothing_to_say_is_nothing_written() -> None:
    assert render(EMPTY, "hook") == ""


def test_each_finding_above_a_note_is_four_lines_and_errors_come_first() -> None:
    loud = [f for f in REPORT.findings if f.exception is None and f.level is not Level.NOTE]
    report = replace(REPORT, findings=tuple(loud), coverage=replace(REPORT.coverage, skipped=()))
    lines = render(report, "hook").splitlines()
    assert len(lines) == 4 * len(loud)
    levels = [line.split(": ")[1] for line in lines[::4]]
    assert levels == sorted(levels, key=["error", "warning", "question"].index)
    assert {line[:10] for line in lines[3::4]} == {"  policy  "}


def test_a_finding_under_an_exception_is_not_told() -> None:
    excepted = [f for f in REPORT.findings if f.exception is not None]
    assert excepted
    assert all(
        f"{f.file}:{f.line}:{f.column}: {f.level.value}: {f.message}" not in render(REPORT, "hook")
        for f in excepted
    )


def test_a_hostile_name_cannot_steer_the_terminal() -> None:
    finding = replace(REPORT.findings[0], message="x\x1b[2J\nerror: y", exception=None)
    text = render(replace(EMPTY, findings=(finding,)), "hook")
    assert "\x1b" not in text
    assert len(text.splitlines()) == 4


def test_why_is_a_fact_about_the_model_not_where_the_catalog_has_it_from() -> None:
    said = Evidence("license.declared", "other", "catalog", "2026-11-01", Confidence.CORROBORATED)
    origin = Evidence("catalog", "a stored copy", "catalog", "2026-11-01", Confidence.CORROBORATED)
    finding = replace(REPORT.findings[0], evidence=(said, origin), exception=None)
    text = render(replace(EMPTY, findings=(finding,)), "hook")
    assert text.splitlines()[1] == "  why     license.declared: other; catalog"


def test_where_the_place_itself_is_the_fact_the_rule_says_what_it_is_for() -> None:
    finding = replace(REPORT.findings[0], rule="remote-code", evidence=(), exception=None)
    said = RuleText("remote-code", "Loading a model runs Python code that comes from the model's repository.")
    text = render(replace(EMPTY, findings=(finding,), rules=(said,)), "hook")
    assert text.splitlines()[1] == f"  why     {said.description}"


def test_a_rule_nobody_set_is_said_to_stand_at_its_default() -> None:
    finding = replace(REPORT.findings[0], policy=PolicyPlace("built-in default", 0), owner=None)
    assert render(replace(EMPTY, findings=(finding,)), "hook").splitlines()[3] == "  policy  built-in default"
