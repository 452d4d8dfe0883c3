"""`lading report`: stored reports in other formats."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli._results import columns, has_color, parse_formats, write_report, write_whole
from scanner.cli._stored import read_stored
from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.report import Report

_OVERVIEWS = ("terminal", "markdown", "json")


@click.command("report")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT.json...", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help="Format to write, to the output or into FILE; repeatable. With several reports FILE holds "
    "{project}, and without a file an overview of all of them is written (terminal, markdown, json).",
)
def COMMAND(reports: tuple[Path, ...], formats: tuple[str, ...]) -> None:  # noqa: N802  # the name the folder promises
    """Write stored reports in other formats.

    \b
    lading scan -f json=report.json
    lading report report.json -f html=report.html -f cyclonedx=bom.json
    """
    outputs = parse_formats(formats)
    read = [read_stored(path) for path in reports]
    if len(read) == 1:
        write_report(read[0], outputs)
        return
    from scanner.reporting.overview import render_overview

    for name, file in outputs:
        if file is not None:
            _write_each(read, name, str(file))
        elif name in _OVERVIEWS:
            color = has_color()
            click.echo(
                render_overview(tuple(read), name, width=columns(), color=color), nl=False, color=color
            )
        else:
            raise UsageError(
                f"{name} of several reports needs a file for each\n  write --format {name}='{{project}}.out'"
            )


def _write_each(reports: list[Report], format_name: str, pattern: str) -> None:
    """Write one file per report, named by its project.

    Raises:
        UsageError: the name has no place for the project, or two reports would be written to one file.
    """
    from scanner.reporting.write import render

    if "{project}" not in pattern:
        raise UsageError(
            f"--format {format_name}={pattern}: several reports cannot share one file\n"
            f"  write --format {format_name}='{{project}}-{pattern}'"
        )
    written: set[Path] = set()
    for report in reports:
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", report.project.name).strip(".-") or "project"
        path = Path(pattern.replace("{project}", name))
        if path in written:
            raise UsageError(
                f"two reports are of a project called {report.project.name!r}\n  render them one by one"
            )
        written.add(path)
        write_whole(path, render(report, format_name))
