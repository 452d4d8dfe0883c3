from __future__ import annotations

from scanner.records.quick import replace
from scanner.reporting.origin_lines import MAX_SHARES, crossing_lines, share_lines, source_lines
from tests.reporting.sample_report import REPORT


def test_each_question_of_origin_is_one_line_with_shares() -> None:
    lines = share_lines(REPORT)
    assert [line.partition(":")[0] for line in lines] == [
        "Publisher by country",
        "Developer by country",
        "Lineage (any ancestor) by country",
        "Serving entity by country",
        "Developer",
        "Parent of the developer",
        "Serving entity",
    ]
    assert all("%)" in line for line in lines)


def test_what_is_beyond_the_first_few_is_counted() -> None:
    report = REPORT
    assets = tuple(
        replace(asset, developer=replace(asset.developer, entity=f"Maker {number}"))
        for number in range(MAX_SHARES + 3)
        for asset in report.assets[:1]
    )
    (line,) = [each for each in share_lines(replace(report, assets=assets)) if each.startswith("Developer: ")]
    assert line.endswith(", others 3")


def test_a_report_without_assets_has_no_origin() -> None:
    assert share_lines(replace(REPORT, assets=())) == ()


def test_crossings_and_sources_stand_in_one_line_each() -> None:
    report = REPORT
    assert all("\n" not in line for line in (*crossing_lines(report), *source_lines(report)))
    assert len(source_lines(report)) >= 2
