from __future__ import annotations

from scanner.records.quick import replace
from scanner.reporting.origin_lines import MAX_SHARES, crossing_lines, share_lines, source_lines
from tests.reporting.sample_assets import BASE, CHAT, GGUF, SMALL_CO
from tests.reporting.sample_report import REPORT


def test_each_question_of_origin_is_one_line_with_shares() -> None:
    assert share_lines(REPORT) == (
        "Publisher by country: XA 2 (33 %), XB 1 (17 %), XC 1 (17 %), unknown 2 (33 %)",
        "Developer by country: XA 3 (50 %), XB 1 (17 %), XC 1 (17 %), unknown 1 (17 %)",
        "Lineage (any ancestor) by country: XA 2 (40 %), XC 1 (20 %), unknown 2 (40 %)",
        "Serving entity by country: XC 1 (100 %)",
        "Developer: Example Laboratory Ltd 3 (50 %), Open Data Foundation 1 (17 %), "
        "Small Company GmbH 1 (17 %), unknown 1 (17 %)",
        "Parent of the developer: Example Holding 3 (50 %), none 2 (33 %), unknown 1 (17 %)",
        "Serving entity: Cloudy Services Inc 1 (100 %)",
    )


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


def test_a_crossing_is_one_line_with_the_name_and_the_countries() -> None:
    abroad = tuple(replace(asset, publisher=SMALL_CO) for asset in REPORT.assets if asset.name == GGUF)
    assert crossing_lines(REPORT) == ()
    assert crossing_lines(replace(REPORT, assets=abroad)) == (
        f"{GGUF}: published in XB, from {CHAT} (XA), {BASE} (XA)",
    )


def test_every_party_has_its_source_in_one_line() -> None:
    said = "2026-11-20, corroborated"
    assert source_lines(REPORT) == (
        f"Cloudy Services Inc (XC): knowledge:publishers/cloudy, {said}",
        f"Example Laboratory Ltd (XA): knowledge:publishers/example-lab, {said}",
        f"Open Data Foundation (XC): knowledge:publishers/open-data, {said}",
        f"quanters (unknown): knowledge:publishers/quanters, {said}",
        f"Small Company GmbH (XB): knowledge:publishers/small-co, {said}",
    )
