from __future__ import annotations

from collections.abc import Callable

from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, REPORT


def test_the_whole_text(golden: Callable[[str, str], None]) -> None:
    golden("hook/report.txt", render(REPORT, "hook"))


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    assert render(EMPTY, "hook") == ""


def test_every_finding_above_a_note_takes_four_lines_and_errors_come_first() -> None:
    lines = render(REPORT, "hook").splitlines()
    heads = [line.split(": ")[1] for line in lines if line.endswith("]") and not line.startswith("  ")]
    assert heads == ["error", "error", "error", "warning", "question", "note"]
    told = [line.split()[0] for line in lines if line.startswith("  ")]
    assert told == ["why", "fix", "policy"] * 5
