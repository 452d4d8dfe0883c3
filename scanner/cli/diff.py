"""`lading diff`: what two reports do not have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from scanner.cli._results import columns, has_color
from scanner.cli._stored import read_stored


@click.command("diff")
@click.argument("before", metavar="A.json", type=click.Path(path_type=Path))
@click.argument("after", metavar="B.json", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
def diff(before: Path, after: Path, format_name: str) -> None:
    """Say what is new, gone or changed between two reports.

    \b
    lading diff last-release.json report.json
    """
    from scanner.reporting.compare import compare, render_difference

    difference = compare(read_stored(before), read_stored(after))
    color = has_color()
    click.echo(
        render_difference(difference, format_name, width=columns(), color=color), nl=False, color=color
    )


COMMAND: Callable[..., Any] = diff
