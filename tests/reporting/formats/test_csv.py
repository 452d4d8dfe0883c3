from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

from scanner.reporting.phrases import place_of
from scanner.reporting.write import render
from tests.reporting.sample_assets import ASSETS, CHAT
from tests.reporting.sample_report import EMPTY, REPORT


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_whole_table(golden: Callable[[str, str], None]) -> None:
    golden("csv/report.csv", render(REPORT, "csv"))


def test_an_empty_project_is_a_table_without_rows() -> None:
    assert rows(render(EMPTY, "csv")) == []


def test_a_row_counts_findings_places_and_duties_of_its_asset() -> None:
    chat = next(row for row in rows(render(REPORT, "csv")) if row["name"] == CHAT)
    counts = (
        "dependencies",
        "mentions",
        "errors",
        "warnings",
        "questions",
        "notes",
        "excepted",
        "obligations_open",
    )
    assert [chat[column] for column in counts] == ["2", "1", "2", "1", "0", "0", "0", "1"]


def test_findings_about_no_asset_stand_in_a_last_row() -> None:
    table = rows(render(replace(REPORT, assets=()), "csv"))
    wanted = [
        sum(each.level.value == level and each.exception is None for each in REPORT.findings)
        for level in ("error", "warning", "question", "note")
    ]
    assert [row["kind"] for row in table] == ["project"]
    assert [int(table[0][f"{level}s"]) for level in ("error", "warning", "question", "note")] == wanted
    assert table[0]["places"].split("; ")[0] == place_of(REPORT.findings[0])


def test_no_cell_is_a_formula() -> None:
    evil = replace(
        ASSETS[2], name='=HYPERLINK("https://x.example";"a")', modality="+1", commit="-1", library="@x"
    )
    row = rows(render(replace(REPORT, assets=(evil,)), "csv"))[0]
    assert (row["name"], row["modality"], row["commit"]) == (
        '\'=HYPERLINK("https://x.example";"a")',
        "'+1",
        "'-1",
    )
