"""Reports of lading that lie in the project."""

from __future__ import annotations

import pytest

from scanner.discovery.own_reports import passes_over
from scanner.discovery.source import Source
from scanner.reporting.write import render
from tests.discovery.config_kit import source
from tests.reporting.sample_report import EMPTY, REPORT

BASELINE = '{\n  "schema": "lading.baseline/1",\n  "commit": "1f", "findings": []\n}\n'
OWN = "a report of lading: not read for models"


def passed(text: str) -> tuple[bool, tuple[str, ...]]:
    given: Source = source(text, "json")
    return passes_over(given), tuple(given.left_out)


@pytest.mark.parametrize("form", ["json", "cyclonedx", "spdx", "sarif", "html"])
def test_every_report_lading_writes_is_passed_over_and_said_to_be(form: str) -> None:
    assert passed(render(REPORT, form)) == (True, (OWN,))
    assert passed(render(EMPTY, form)) == (True, (OWN,))


def test_a_baseline_is_passed_over_too() -> None:
    assert passed(BASELINE) == (True, (OWN,))


@pytest.mark.parametrize(
    "text",
    [
        '{"model": "BAAI/bge-m3", "schema": "lading.report/1"}',
        '{"note": "lading", "model": "BAAI/bge-m3"}',
        '{"bomFormat": "CycloneDX", "metadata": {"tools": {"components": [{"name": "x"}]}}}',
        '{"settings": {"schema": "lading.report/1"}, "model": "BAAI/bge-m3"}',
        '<!doctype html>\n<title>lading</title><option value="BAAI/bge-m3">',
    ],
)
def test_what_others_write_is_read(text: str) -> None:
    assert passed(text) == (False, ())
