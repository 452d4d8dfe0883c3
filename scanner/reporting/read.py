"""Stored reports back into records."""

from __future__ import annotations

import json
from typing import Any

from scanner.errors import ReportBroken
from scanner.records.counting import count
from scanner.records.encoding import decode, encode
from scanner.records.quick import replace
from scanner.records.report import SCHEMA, Report, Summary

MAX_REPORT_BYTES = 500_000_000
"""A stored report above it is refused."""

_NO_TERMS = {"unknown": "not in this report"}
_NO_COUNTS: Any = encode(Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0))


def read_report(text: str, where: str) -> Report:
    """Read a stored report.

    Counts are made again from what stands in it; terms that are missing are unknown.
    Fields lading does not know are passed over.

    Raises:
        ReportBroken: it is no JSON, of another schema, or does not have the shape of a report. The message
            names `where` and the place in the document.
    """
    document = _parse(text, where)
    schema = document.get("schema")
    if schema != SCHEMA:
        raise ReportBroken(
            f"{where}: not a report lading can read: schema is {str(schema)[:60]!r}, not {SCHEMA!r}\n"
            "  make one with `lading scan --format json=REPORT.json`"
        )
    document["summary"] = {**_NO_COUNTS, **_handed_on(document.get("summary"))}
    for asset in _objects(document.get("assets")):
        asset.setdefault("terms", _NO_TERMS)
        for inherited in _objects(asset.get("inherited")):
            inherited.setdefault("terms", _NO_TERMS)
    try:
        report = decode(Report, document)
    except ReportBroken as error:
        raise ReportBroken(
            f"{where}: {error}\n  the shape of a report is described in docs/schema/report-1.json"
        ) from error
    return recounted(report)


def _handed_on(summary: object) -> dict[str, Any]:
    """What a stored summary says that cannot be counted again."""
    baselined = summary.get("baselined") if isinstance(summary, dict) else None
    is_count = isinstance(baselined, int) and not isinstance(baselined, bool) and baselined >= 0
    return {"baselined": baselined} if is_count else {}


def recounted(report: Report) -> Report:
    """Replace the counts of a report by those of its parts; what a baseline hid stays as it was stored."""
    counts = count(
        report.references, report.assets, report.findings, report.obligations, report.unresolved,
        report.summary.baselined,
    )  # fmt: skip
    return replace(report, summary=counts)


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except RecursionError:
        raise ReportBroken(f"{where}: not a report: nested too deeply") from None
    except ValueError as error:
        raise ReportBroken(f"{where}: not JSON: {error}\n  write it again with `lading scan`") from error
    if not isinstance(document, dict):
        raise ReportBroken(f"{where}: not a report: the document is no JSON object")
    return document


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
