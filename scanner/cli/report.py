"""`lading report`: stored reports in other formats, or judged again by another policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli._results import (
    LEVELS,
    columns,
    exit_code,
    has_color,
    parse_formats,
    write_report,
)
from scanner.cli._stored import read_stored
from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.report import Report
    from scanner.settings import Settings

_OVERVIEWS = ("terminal", "markdown", "json")


@click.command("report", short_help="Write stored reports in other formats, or judge them again.")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT.json...", type=click.Path(path_type=Path))
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="NAME[=FILE]",
    help="How to report: terminal (default), json, html, sarif, cyclonedx, spdx, … Repeatable. "
    "With several reports FILE holds {project}; without a file they give one overview.",
)  # fmt: skip
@click.option(
    "--policy", "policies", multiple=True, metavar="FILE|PACK",
    help="Judge the stored facts again, by this policy alone. Repeatable.",
)  # fmt: skip
@click.option(
    "--include", default="", metavar="PARTS",
    help="With --policy: judge these too: tests, docs, examples (comma-separated).",
)  # fmt: skip
@click.option(
    "--date",
    "today",
    metavar="YYYY-MM-DD",
    help="With --policy: the day of the judgement; else the report's.",
)
@click.option(
    "--fail-on", type=click.Choice(LEVELS), default="error", show_default=True,
    help="With --policy: exit 1 from this level up.",
)  # fmt: skip
def report(reports: tuple[Path, ...], formats: tuple[str, ...], **options: Any) -> None:
    """Write stored reports in other formats, or judge them again by another policy.

    \b
    lading scan -f json=report.json
    lading report report.json -f html=report.html -f cyclonedx=bom.json
    lading report reports/*.json --policy permissive-only

    The last asks of many projects at once: what would this policy refuse?
    """
    outputs = parse_formats(formats)
    read = [read_stored(path) for path in reports]
    if options["policies"]:
        read = _judged_again(read, options)
    elif options["include"] or options["today"]:
        raise UsageError("--include and --date belong to --policy\n  say by which policy to judge again")
    from scanner.settings import read_settings

    # Stored reports are written without the network.
    settings = read_settings(is_offline=True)
    if len(read) == 1:
        write_report(read[0], outputs, settings=settings)
    else:
        _write_several(read, outputs, settings)
    if options["policies"]:
        raise SystemExit(max(exit_code(each, options["fail_on"], "warn") for each in read))


def _judged_again(reports: list[Report], options: dict[str, Any]) -> list[Report]:
    """Judge stored facts by the policies that were named; no project has a say.

    Raises:
        PolicyBroken: a policy has mistakes.
        UsageError: a policy or the day cannot be read.
    """
    from scanner.cli.scan import parse_parts
    from scanner.knowledge.store import open_knowledge
    from scanner.policy.load import check, gather
    from scanner.policy.rejudge import rejudge

    gathered = gather(Path(), options["policies"], is_alone=True)
    knowledge = open_knowledge(tuple(Path(folder) for folder in gathered.overlays))
    policy = check(gathered, knowledge)
    include = parse_parts(options["include"])
    today = _day(options["today"]) if options["today"] else None
    return [rejudge(each, policy, knowledge, today=today, include=include) for each in reports]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"not a day: {text!r}\n  write YYYY-MM-DD") from error


def _write_several(
    reports: list[Report], outputs: tuple[tuple[str, Path | None], ...], settings: Settings
) -> None:
    """Write an overview to the screen, or one file for each report.

    Raises:
        UsageError: the format has no overview and no file.
    """
    from scanner.reporting.overview import render_overview

    for name, file in outputs:
        if file is not None:
            _write_each(reports, name, str(file), settings)
        elif name in _OVERVIEWS:
            color = has_color()
            text = render_overview(tuple(reports), name, width=columns(), color=color)
            click.echo(text, nl=False, color=color)
        else:
            raise UsageError(
                f"{name} of several reports needs a file for each\n  write --format {name}='{{project}}.out'"
            )


def _write_each(reports: list[Report], format_name: str, pattern: str, settings: Settings) -> None:
    """Write one file per report, named by its project.

    Raises:
        UsageError: the name has no place for the project, or two reports would be written to one file.
    """
    if "{project}" not in pattern:
        raise UsageError(
            f"--format {format_name}={pattern}: several reports cannot share one file\n"
            f"  write --format {format_name}='{{project}}-{pattern}'"
        )
    written: set[Path] = set()
    for each in reports:
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", each.project.name).strip(".-") or "project"
        path = Path(pattern.replace("{project}", name))
        if path in written:
            raise UsageError(
                f"two reports are of a project called {each.project.name!r}\n  render them one by one"
            )
        written.add(path)
        write_report(each, ((format_name, path),), settings=settings)


COMMAND: Callable[..., Any] = report
