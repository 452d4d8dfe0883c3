"""`lading fix`: remedies as a patch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scanner.cli._fix_plan import Plan


@click.command(short_help="Remedies as a patch: --diff shows, --write applies.")
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--diff", "is_diff", is_flag=True, help="Show the patch and write nothing (the default).")
@click.option("--write", "is_write", is_flag=True, help="Apply it; each file whole or not at all.")
@click.option(
    "--policy", "policies", multiple=True, metavar="FILE|PACK", help="The organization's policy. Repeatable."
)
@click.option("--offline", is_flag=True, help="Open no socket: lockfile, caches and catalog answer.")
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day to judge by; today otherwise.")
def fix(path: Path, **options: Any) -> None:
    """Write the commit into calls that name none, put the allowed sibling in a model's place, and add the
    block of texts that licenses ask for to NOTICE.

    Only what is understood is touched: calls in Python, notebooks and JavaScript, commands that take a
    --revision, addresses, plain values in YAML, JSON and TOML. After a change a scan of the file has to find
    the remedy and nothing else different. What is left alone is told on the error stream, with the reason.
    The patch fits `git apply`.

    Exit codes: 0 the patch is shown or applied, also where it is empty; 2 wrong use.
    """
    from scanner.errors import UsageError
    from scanner.settings import read_settings

    if options["is_diff"] and options["is_write"]:
        raise UsageError("--diff only shows and --write applies\n  give one of them")
    settings = read_settings(is_offline=options["offline"], today=options["today"])
    made = _plan(path, options["policies"], settings)
    for line in made.left:
        click.echo(_clean(f"not touched: {line}"), err=True)
    if options["is_write"]:
        _write(path, made)
    else:
        from scanner.cli._fix_text import diff

        click.echo("".join(diff(change) for change in made.changes), nl=False)


def _plan(path: Path, policies: tuple[str, ...], settings: Any) -> Plan:
    from scanner.cli._facts import knowledge_of
    from scanner.cli._fix_plan import plan
    from scanner.reporting.write import render
    from scanner.resolution.lock import read_lock_file
    from scanner.scan import Request, scan

    report = scan(Request(root=path, policies=policies), settings)
    # What is still to be done is no text to ship, and would read as if it were done.
    told = render(report, "notice").split("\n\n")
    notice = "\n\n".join(block for block in told if not block.startswith("Not met yet"))
    lock = read_lock_file(path)
    return plan(path, report, knowledge_of(path), notice, lock)


def _write(path: Path, made: Plan) -> None:
    from scanner.cli._results import write_whole

    for change in made.changes:
        write_whole((path / change.file).resolve(), change.after)
        for reason in change.reasons:
            click.echo(_clean(f"changed: {reason}"))
    if not made.changes:
        click.echo("nothing to change")


def _clean(text: str) -> str:
    """What a hostile name put into a line cannot steer the terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


COMMAND: Callable[..., Any] = fix
