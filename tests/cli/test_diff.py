from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli.diff import COMMAND
from scanner.reporting.write import render
from tests.reporting.sample_report import REPORT


@pytest.mark.parametrize(
    ("format_name", "begins"),
    [
        ("text", "From orchard at 0123456789ab of 2026-11-22 to orchard"),
        ("markdown", "<!-- generator: lading -->\n\n## From orchard"),
        ("json", "{"),
    ],
)
def test_two_stored_reports_are_compared(tmp_path: Path, format_name: str, begins: str) -> None:
    (tmp_path / "a.json").write_text(render(REPORT, "json"), encoding="utf-8")
    (tmp_path / "b.json").write_text(render(replace(REPORT, findings=()), "json"), encoding="utf-8")
    arguments = [str(tmp_path / "a.json"), str(tmp_path / "b.json"), "-f", format_name]
    output = CliRunner().invoke(COMMAND, arguments, catch_exceptions=False).output
    assert output.startswith(begins)
    if format_name == "json":
        assert len(json.loads(output)["findings"]["gone"]) == 7
