"""`lading show`: everything known about one thing, on one screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


@click.command(short_help="Show everything known about one model, dataset, publisher or provider.")
@click.argument("reference", metavar="REF")
@click.option("--offline", is_flag=True, help="Open no socket: lockfile, caches and catalog answer.")
@click.option("--refresh", is_flag=True, help="Ask again what caches remember.")
@click.option(
    "--project",
    default=".",
    type=click.Path(path_type=Path, file_okay=False),
    help="The project whose lockfile and places are looked at; this folder otherwise.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="For reading, or as JSON.",
)
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day of the answer; today otherwise.")
def show(reference: str, project: Path, form: str, **options: Any) -> None:
    """Show license and terms, publisher and origin, lineage, files and evidence of one thing.

    \b
    REF is   Qwen/Qwen3-8B, gpt2, org/name@revision    a model on the Hub
             dataset:org/name, ollama:llama3.2:3b, modelscope:org/name
             api:deepseek:deepseek-chat                a hosted model
             publisher:Qwen, provider:api.openai.com   who stands behind a name

    Exit codes: 0 shown; 2 wrong use; 3 something could not be asked.
    """
    from scanner.cli._results import columns, has_color
    from scanner.cli._show_screen import screen_of
    from scanner.cli._showing import as_json, look_at, read_reference
    from scanner.settings import read_settings

    settings = read_settings(
        is_offline=options["offline"], refresh=options["refresh"], today=options["today"]
    )
    shown = look_at(read_reference(reference), settings, project)
    if form == "json":
        click.echo(as_json(shown), nl=False)
    else:
        click.echo(screen_of(shown, columns(), color=has_color()), nl=False, color=has_color())
    raise SystemExit(3 if shown.unanswered else 0)


COMMAND: Callable[..., Any] = show
