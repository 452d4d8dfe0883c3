from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, FINDINGS, REPORT


def test_the_whole_log(golden: Callable[[str, str], None]) -> None:
    golden("github/report.txt", render(REPORT, "github"))


def test_a_project_that_names_nothing_is_told_so() -> None:
    assert render(EMPTY, "github") == (
        "Policy in force: none\n"
        "no model, dataset or hosted API named in 12 files\n"
        "Facts with dates and sources; not legal advice.\n"
    )


def test_no_text_of_others_becomes_a_command_of_its_own() -> None:
    evil = "x\n::set-output name=a::b\r::add-mask::c,file=d:e%0A"
    finding = replace(FINDINGS[0], message=evil, file=evil, line=99)
    project = replace(REPORT, findings=(finding,), policy=replace(REPORT.policy, sources=()))
    lines = render(project, "github").splitlines()
    assert [line for line in lines if line.startswith("::")] == [
        "::error file=x%0A%3A%3Aset-output name=a%3A%3Ab\\x0d%3A%3Aadd-mask%3A%3Ac%2Cfile=d%3Ae%250A,line=99,"
        "title=license-not-allowed::x%0A::set-output name=a::b\\x0d::add-mask::c,file=d:e%250A"
        f"%0A{FINDINGS[0].remedy}%0APolicy: lading.yaml:12"
    ]
