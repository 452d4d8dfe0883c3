from __future__ import annotations

from scanner.records.counting import count
from scanner.records.report import Summary
from tests.reporting.sample_report import REPORT


def test_a_summary_is_counted_from_the_report_and_excepted_findings_stand_apart() -> None:
    counted = count(REPORT.references, REPORT.assets, REPORT.findings, REPORT.obligations, REPORT.unresolved)
    assert counted == Summary(
        references=9,
        dependencies=8,
        assets=6,
        error=3,
        warning=1,
        question=1,
        note=1,
        excepted=1,
        unresolved=2,
        obligations_open=2,
    )
