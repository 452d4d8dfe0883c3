from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace

from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, FINDINGS, REPORT


def test_the_whole_file(golden: Callable[[str, str], None]) -> None:
    golden("junit/report.xml", render(REPORT, "junit"))


def test_the_counts_are_those_of_the_cases() -> None:
    root = ElementTree.fromstring(render(REPORT, "junit"))
    for suite in [root, *root.iter("testsuite")]:
        found = {kind: len(list(suite.iter(kind))) for kind in ("testcase", "failure", "error", "skipped")}
        said = {name: int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
        assert list(found.values()) == list(said.values())


def test_errors_and_warnings_fail_and_questions_and_exceptions_are_skipped() -> None:
    root = ElementTree.fromstring(render(REPORT, "junit"))
    failed = [each.attrib["type"] for each in root.iter("failure")]
    skipped = [each.attrib["message"].split(":")[0] for each in root.iter("skipped")]
    assert (sorted(failed), sorted(skipped)) == (
        ["error", "error", "error", "warning"],
        ["excepted until 2027-03-31 by legal@example.com", "note", "question"],
    )


def test_an_empty_project_is_one_case_that_passed() -> None:
    root = ElementTree.fromstring(render(EMPTY, "junit"))
    assert [case.attrib["name"] for case in root.iter("testcase")] == ["no finding"]


def test_no_text_of_others_leaves_its_attribute() -> None:
    evil = '"/><failure message="x">&\x00\x1b\ufffe]]>'
    root = ElementTree.fromstring(
        render(replace(REPORT, findings=(replace(FINDINGS[0], message=evil),)), "junit")
    )
    assert [each.attrib["message"] for each in root.iter("failure")] == [
        '"/><failure message="x">&\\x00\\x1b\ufffd]]>'
    ]
