"""Reports of lading that lie in the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.discovery.discover import discover
from scanner.discovery.own_reports import passes_over
from scanner.discovery.source import Source
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import Discovery, Notice, Skipped
from scanner.records.unknown import Unknown
from scanner.reporting.compare import compare, render_difference
from scanner.reporting.overview import render_overview
from scanner.reporting.write import format_names, render
from tests.discovery.config_kit import source
from tests.reporting.sample_report import EMPTY, REPORT

BASELINE = '{\n  "schema": "lading.baseline/1",\n  "commit": "1f", "findings": []\n}\n'
OWN = "a report of lading: not read for models"


def passed(text: str) -> tuple[bool, tuple[str, ...]]:
    given: Source = source(text, "json")
    return passes_over(given), tuple(given.left_out)


def read(root: Path, file: str, text: str) -> Discovery:
    (root / file).write_text(text, "utf-8")
    files = (ProjectFile(file, len(text.encode())),)
    tree = Tree(root.resolve(), "p", files, (), Unknown("no git"), Unknown("no git"))
    return discover(tree, open_knowledge())


@pytest.mark.parametrize("form", sorted(set(format_names()) - {"hook"}))
def test_every_report_lading_writes_is_passed_over_and_said_to_be(form: str) -> None:
    assert passed(render(REPORT, form)) == (True, (OWN,))
    if form not in {"github", "gitlab", "terminal"}:  # without policy and findings nothing shows who wrote it
        assert passed(render(EMPTY, form)) == (True, (OWN,))


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_comparisons_and_overviews_are_passed_over_too(form: str) -> None:
    assert passed(render_difference(compare(REPORT, EMPTY), form)) == (True, (OWN,))
    assert passed(render_overview((REPORT, EMPTY), form)) == (True, (OWN,))


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("report.md", "markdown"),
        ("EVIDENCE.md", "evidence"),
        ("lading.xml", "junit"),
        ("gl-code-quality.json", "gitlab"),
        ("README", "terminal"),
    ],
)
def test_a_report_in_the_project_names_nothing_a_second_time(tmp_path: Path, file: str, form: str) -> None:
    found = read(tmp_path, file, render(REPORT, form))
    assert (found.sightings, found.unresolved) == ((), ())
    assert all(skipped == Skipped(file, OWN) for skipped in found.skipped)


def test_a_notice_in_markdown_stays_a_notice(tmp_path: Path) -> None:
    text = render(REPORT, "notice")
    found = read(tmp_path, "NOTICE.md", text)
    assert (found.sightings, found.notices) == ((), (Notice("NOTICE.md", text),))


def test_a_baseline_is_passed_over_too() -> None:
    assert passed(BASELINE) == (True, (OWN,))


@pytest.mark.parametrize(
    "text",
    [
        '{"model": "BAAI/bge-m3", "schema": "lading.report/1"}',
        '{"note": "lading", "model": "BAAI/bge-m3"}',
        '{"bomFormat": "CycloneDX", "metadata": {"tools": {"components": [{"name": "x"}]}}}',
        '{"settings": {"schema": "lading.report/1"}, "model": "BAAI/bge-m3"}',
        "# Policy in force: none\n\nBAAI/bge-m3",
        "# How lading marks a report\n\n```\n<!-- generator: lading -->\n```\nBAAI/bge-m3",
        "Models and datasets used by us\n\nBAAI/bge-m3",
        '[{"description": "x", "check_name": "BAAI/bge-m3", "fingerprint": "1f", "severity": "info"}]',
        '<?xml version="1.0"?>\n<testsuites name="nightly"><testsuite name="BAAI/bge-m3"/></testsuites>',
        '<!doctype html>\n<title>lading</title><option value="BAAI/bge-m3">',
    ],
)
def test_what_others_write_is_read(text: str) -> None:
    assert passed(text) == (False, ())
