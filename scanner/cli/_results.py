"""Reports to the screen and to files, and the exit code they mean."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.report import Report
    from scanner.settings import Settings

LEVELS = ("error", "warning", "question", "never")
NARROWEST, WIDEST = 60, 120
"""Columns the terminal report is laid out for, whatever the window."""


def parse_formats(values: tuple[str, ...]) -> tuple[tuple[str, Path | None], ...]:
    """Split `NAME` and `NAME=FILE`; at most one goes to the screen.

    Raises:
        UsageError: two formats want the screen, or a name is no format.
    """
    from scanner.reporting.write import find_format

    parsed = []
    for value in values or ("terminal",):
        name, _, file = value.partition("=")
        find_format(name)
        parsed.append((name, Path(file) if file else None))
    if sum(file is None for _, file in parsed) > 1:
        raise UsageError(
            "two formats want the screen\n  give all but one a file: -f terminal -f json=report.json"
        )
    return tuple(parsed)


def write_report(
    report: Report,
    formats: tuple[tuple[str, Path | None], ...],
    *,
    settings: Settings | None = None,
    quiet: bool = False,
) -> None:
    """Write the report in each format; files whole or not at all.

    With settings, the license texts that have to be passed on are read for a NOTICE.
    """
    from scanner.reporting.write import render

    for name, file in formats:
        told, more = _with_texts(report, name, settings)
        if file is not None:
            write_whole(file, render(told, name) + more)
        elif not quiet:
            import click

            text = render(told, name, width=columns(), color=has_color()) + more
            click.echo(text, nl=False, color=has_color())


def say_written(report: Report, formats: tuple[tuple[str, Path | None], ...]) -> None:
    """Where every format went to a file, say on the error stream what was found and where it stands."""
    files = [str(file) for _, file in formats if file is not None]
    if len(files) < len(formats):
        return
    import click

    from scanner.reporting.escaping import one_line
    from scanner.reporting.phrases import level_counts

    click.echo(f"{one_line(report.project.name)}: {level_counts(report)}", err=True)
    click.echo(f"  written: {', '.join(files)}", err=True)


def _with_texts(report: Report, name: str, settings: Settings | None) -> tuple[Report, str]:
    """What a format tells, and for a NOTICE the license texts below it, which carry out duties themselves."""
    if name != "notice" or settings is None:
        return report, ""
    from scanner.cli._notice_texts import license_texts, with_copies

    texts = license_texts(report, settings)
    return with_copies(report, texts), f"\n{texts}" if texts else ""


def columns() -> int:
    """Width of the window, within what reads well; 80 in a pipe."""
    if not is_read_by_a_person():
        return 80
    import shutil

    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def is_read_by_a_person() -> bool:
    """Whether the screen is a window, or somebody said how wide it is."""
    return sys.stdout.isatty() or "COLUMNS" in os.environ


def has_color() -> bool:
    """Whether the screen takes color: a terminal, and nobody said `NO_COLOR`; or `FORCE_COLOR` was said."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def write_whole(file: Path, text: str) -> None:
    """Write a file so that an interruption leaves the old one or the new one, never half of it.

    Raises:
        UsageError: it cannot be written there.
    """
    from scanner.whole_files import put_file

    try:
        if file.exists() and not file.is_file():  # a pipe or /dev/stdout is written as it is
            file.write_text(text, encoding="utf-8")
            return
        put_file(file, text.encode())
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error


def exit_code(report: Report, fail_on: str, on_incomplete: str) -> int:
    """The code of design section 3 for a report: 1 a finding, 3 incomplete, 0 neither."""
    from scanner.records.finding import Level

    if fail_on != "never":
        least = Level(fail_on).rank
        if any(finding.exception is None and finding.level.rank >= least for finding in report.findings):
            return 1
    if report.coverage.unanswered and on_incomplete == "fail":
        return 3
    return 0
