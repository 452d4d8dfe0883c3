"""Reading report files named on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.report import Report


def read_stored(path: Path) -> Report:
    """Read one stored report.

    Raises:
        UsageError: the file is not there, is too large, or cannot be read.
        ReportBroken: it holds no report.
    """
    from scanner.reporting.read import MAX_REPORT_BYTES, read_report

    shown = path.as_posix()
    try:
        with path.open("rb") as file:
            content = file.read(MAX_REPORT_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"{shown} cannot be read: {error.strerror or error}\n"
            "  a report is written by `lading scan --format json=REPORT.json`"
        ) from error
    if len(content) > MAX_REPORT_BYTES:
        raise UsageError(f"{shown} is larger than {MAX_REPORT_BYTES} bytes\n  scan the project in parts")
    return read_report(content.decode("utf-8", "replace"), shown)
