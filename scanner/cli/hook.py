"""`lading hook`: the pre-commit entry: these files only, offline."""

from __future__ import annotations

from pathlib import Path

import click

from scanner.cli._hook import HookCall, judge
from scanner.cli._results import LEVELS


@click.command(short_help="Judge the files of a commit, offline; for pre-commit.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--policy", "policies", multiple=True, metavar="FILE|PACK", help="The organization's policy. Repeatable."
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default=LEVELS[0],
    show_default=True,
    help="Refuse from this level up.",
)
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day to judge by; today otherwise.")
@click.option("--baseline", metavar="FILE", help="Findings accepted earlier; not told again.")
def hook(
    files: tuple[Path, ...],
    policies: tuple[str, ...],
    fail_on: str,
    today: str | None,
    baseline: str | None,
) -> None:
    """Judge only the FILES given, by the lockfile and the catalog; no socket is opened.

    It refuses on what it knows, never on what it does not: a name nobody could look up here is one
    line, "not locked yet".
    """
    raise SystemExit(judge(HookCall(files, policies, fail_on, today, baseline)))


COMMAND = hook
