"""The whole report as JSON (`lading.report/1`): what every other format is made from."""

from __future__ import annotations

from scanner.records.encoding import encode
from scanner.records.report import Report
from scanner.reporting.escaping import json_text
from scanner.reporting.format import Canvas, Format


def render(report: Report, canvas: Canvas) -> str:
    """Write the report as docs/schema/report-1.json describes it."""
    return json_text(encode(report))


FORMAT = Format(
    name="json",
    description="the whole report, for programs and for `lading report` (lading.report/1)",
    suffix=".json",
    render=render,
)
