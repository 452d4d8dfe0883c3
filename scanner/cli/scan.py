"""`lading scan`: discover, resolve, judge, report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli._results import LEVELS
from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.report import Report


@click.command(short_help="Scan a project: discover, resolve, judge, report.")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="NAME[=FILE]",
    help="How to report: terminal (default), json, sarif, … Repeatable, all but one to a file.",
)  # fmt: skip
@click.option(
    "--policy", "policies", multiple=True, metavar="FILE|PACK", help="The organization's policy. Repeatable."
)
@click.option("--offline", is_flag=True, help="Open no socket: lockfile, caches and catalog answer.")
@click.option("--refresh", is_flag=True, help="Ask again what caches remember.")
@click.option(
    "--jobs", default=32, show_default=True, type=click.IntRange(1, 256), help="Requests under way at once."
)
@click.option("--staged", is_flag=True, help="Read the files as staged for the next commit.")
@click.option("--diff", metavar="BASE", help="Judge only what is new against BASE.")
@click.option(
    "--trust", metavar="REV", help="Take policy, exceptions, ignores, baseline and lockfile as of REV."
)
@click.option(
    "--baseline", metavar="FILE", help="Findings accepted earlier, a file below PATH; not told again."
)
@click.option(
    "--write-baseline", metavar="FILE", help="Accept the findings of this scan, and write them there."
)
@click.option(
    "--include", default="", metavar="PARTS",
    help="Judge these too: tests, docs, examples (comma-separated).",
)  # fmt: skip
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="Exit 1 from this level up.",
)
@click.option(
    "--on-incomplete", type=click.Choice(["fail", "warn"]), default="fail", show_default=True,
    help="Whether something that could not be asked makes exit 3.",
)  # fmt: skip
@click.option(
    "--scanned", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
    help="A report of modelscan (JSON) or picklescan. Repeatable.",
)  # fmt: skip
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day of the report; today otherwise.")
@click.option("-q", "--quiet", is_flag=True, help="Write nothing to the screen but errors.")
def scan(path: Path, formats: tuple[str, ...], **options: Any) -> None:
    """Find every model, dataset and hosted API that the project at PATH names, resolve licenses and
    origin through the whole lineage, and judge them by the policy in force.

    Exit codes: 0 nothing at the fail level, 1 a finding, 2 wrong use or policy, 3 something could not
    be asked.
    """
    from scanner.cli._progress import progress_bar
    from scanner.cli._results import exit_code, parse_formats, say_written, write_report
    from scanner.scan import Request, scan
    from scanner.settings import read_settings

    if options["baseline"] and options["write_baseline"]:
        raise UsageError(
            "--write-baseline accepts what a scan finds, and --baseline hides what was accepted before\n"
            "  give --write-baseline alone: it writes old and new findings"
        )
    outputs = parse_formats(formats)
    settings = read_settings(
        is_offline=options["offline"],
        refresh=options["refresh"],
        jobs=options["jobs"],
        today=options["today"],
    )
    request = Request(
        root=path,
        policies=options["policies"],
        include=parse_parts(options["include"]),
        is_staged=options["staged"],
        diff=options["diff"],
        trust=options["trust"],
        baseline=options["baseline"],
        scanned=options["scanned"],
    )
    with progress_bar(is_wanted=not options["quiet"]) as progress:
        report = scan(request, settings, progress)
    write_report(report, outputs, settings=settings, quiet=options["quiet"])
    if not options["quiet"]:
        say_written(report, outputs)
    if options["write_baseline"]:
        accept(report, Path(options["write_baseline"]), path, quiet=options["quiet"])
        return
    raise SystemExit(exit_code(report, options["fail_on"], options["on_incomplete"]))


def accept(report: Report, file: Path, root: Path, *, quiet: bool = False) -> None:
    """Write the findings of a report as the accepted ones, and say how many and how they are used."""
    from scanner.cli._results import write_whole
    from scanner.policy.baseline import write_baseline
    from scanner.reporting.phrases import counted

    write_whole(file, write_baseline(report.findings, report.project.commit))
    if quiet:
        return
    number = counted(sum(finding.exception is None for finding in report.findings), "finding")
    folder, place = root.resolve(), file.resolve()
    shown = place.relative_to(folder) if place.is_relative_to(folder) else place
    click.echo(f"{number} accepted in {file}\n  from now on: lading scan {root} --baseline {shown}", err=True)


def parse_parts(text: str) -> Any:
    """Read `tests,docs,examples`.

    Raises:
        UsageError: a word is none of these.
    """
    from scanner.records.sighting import Scope

    words = {"tests": Scope.TEST, "docs": Scope.DOCS, "examples": Scope.EXAMPLE}
    wanted = [word.strip() for word in text.split(",") if word.strip()]
    if wrong := [word for word in wanted if word not in words]:
        raise UsageError(f"--include {text}: no part is called {wrong[0]!r}\n  parts are {', '.join(words)}")
    return frozenset(words[word] for word in wanted)


COMMAND: Callable[..., Any] = scan
