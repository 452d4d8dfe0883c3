"""`lading hook`: the pre-commit entry: these files only, offline."""

from __future__ import annotations

import os
from pathlib import Path

import click

from scanner.cli._results import LEVELS


@click.command(short_help="Judge the files of a commit, offline; for pre-commit.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--policy", "policies", multiple=True, metavar="FILE|PACK", help="The organization's policy. Repeatable."
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="Refuse from this level up.",
)
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day to judge by; today otherwise.")
def hook(files: tuple[Path, ...], policies: tuple[str, ...], fail_on: str, today: str | None) -> None:
    """Judge only the FILES given, by the lockfile and the catalog; no socket is opened.

    It refuses on what it knows, never on what it does not: a name nobody could look up here is one
    line, "not locked yet".
    """
    from scanner.cli._results import exit_code
    from scanner.project.git import top_level_above
    from scanner.reporting.format import Canvas
    from scanner.reporting.formats.hook import FORMAT
    from scanner.scan import Request, scan
    from scanner.settings import read_settings

    root = top_level_above(Path.cwd()) or Path.cwd()
    paths = tuple(sorted({inside for file in files if (inside := _inside(root, file))}))
    if not paths:
        return
    request = Request(root=root, policies=policies, files=paths, is_hook=True)
    report = scan(request, read_settings(is_offline=True, today=today))
    click.echo(FORMAT.render(report, Canvas()), nl=False)
    raise SystemExit(exit_code(report, fail_on, "warn"))


def _inside(root: Path, file: Path) -> str | None:
    """The path from the root, None for what stands outside of it."""
    try:
        return Path(os.path.abspath(file)).relative_to(root.resolve()).as_posix()
    except ValueError:
        return None


COMMAND = hook
