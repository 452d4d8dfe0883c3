from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from scanner.records.finding import Level
from scanner.reporting.overview import Refused, overview, render_overview
from tests.reporting.sample_assets import CHAT, GGUF
from tests.reporting.sample_report import EMPTY, FINDINGS, REPORT
from tests.reporting.schema import mistakes

OTHER = replace(REPORT, project=replace(REPORT.project, name="vineyard"), findings=(FINDINGS[3], FINDINGS[6]))


def test_what_is_refused_is_counted_over_all_projects_and_exceptions_are_not() -> None:
    assert overview((REPORT, OTHER, EMPTY)).refused == (
        Refused(
            CHAT,
            Level.ERROR,
            ("license-not-allowed", "revision-not-pinned"),
            ("orchard", "vineyard"),
            4,
            FINDINGS[0].remedy,
        ),
        Refused(GGUF, Level.ERROR, ("license-conflicts-with-base",), ("orchard",), 1, FINDINGS[2].remedy),
    )


def test_the_overview_in_words(golden: Callable[[str, str], None]) -> None:
    reports = (REPORT, OTHER, EMPTY)
    golden("overview/overview.txt", render_overview(reports, "terminal"))
    golden("overview/overview.md", render_overview(reports, "markdown"))
    assert mistakes(json.loads(render_overview(reports, "json")), "reports-1.json") == []
    assert mistakes({"schema": "lading.reports/1"}, "reports-1.json") != []
