"""`lading knowledge`: what is known, how old it is, and lists of your own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

LIST_SCHEMA = "lading.knowledge-list/1"
CHECK_SCHEMA = "lading.knowledge-check/1"
IMPORT_SCHEMA = "lading.knowledge-import/1"
OWN_FOLDER = "lading-knowledge"

_format = click.option(
    "--format", "-f", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True
)
_folders = click.option(
    "--with",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="A folder of your own records to lay over the shipped ones; repeatable.",
)
_day = click.option("--date", "today", metavar="YYYY-MM-DD", help="The day to count from; today otherwise.")


@click.group(name="knowledge", short_help="List, check and extend what is known of models and their makers.")
def COMMAND() -> None:  # noqa: N802 - the name every subcommand file offers
    """See what is known, how old it is, and bring lists and records of your own.

    Records of your own stand in a folder with publishers/, providers/, catalog/, licenses/, lists/ below
    it; a policy names it under `knowledge:`.
    """


@COMMAND.command(name="list", short_help="List the kinds of record, or the records of one kind.")
@click.argument("kind", required=False)
@_folders
@_format
def list_records(kind: str | None, folders: tuple[Path, ...], form: str) -> None:
    """List the kinds of record with their numbers, or the records of one KIND.

    KIND is one of licenses, publishers, providers, libraries, catalog, lists, entities, …
    """
    from scanner.cli._knowledge import kinds_of, kinds_table, lists_table, print_json, require_kind
    from scanner.knowledge.store import open_knowledge

    knowledge = open_knowledge(folders)
    stamp = knowledge.stamp
    if kind is None:
        counted = kinds_of(knowledge)
        if form == "json":
            print_json({"schema": LIST_SCHEMA, "knowledge": stamp, "kinds": counted})
        else:
            click.echo(kinds_table(stamp, counted))
        return
    keys = require_kind(knowledge, kind)
    if form == "json":
        print_json({"schema": LIST_SCHEMA, "knowledge": stamp, "kind": kind, "keys": list(keys)})
    else:
        click.echo(lists_table(knowledge) if kind == "lists" else "\n".join(keys))


@COMMAND.command(name="check", short_help="Say which records are wrong, unsure or old.")
@click.argument("places", nargs=-1, metavar="[FOLDER|FILE]...", type=click.Path(path_type=Path))
@click.option("--older-than", type=click.IntRange(0), metavar="DAYS", help="Name records not read since.")
@_day
@_format
def check_records(places: tuple[Path, ...], older_than: int | None, today: str | None, form: str) -> None:
    """Read every record, shipped and in each FOLDER, and say which are wrong, unsure or old.

    A FILE is a license record: what is missing in it is told with file and line, and nothing else is read.

    Exit codes: 0 fine; 1 records are older than --older-than; 2 a record has mistakes.
    """
    from scanner.cli._knowledge import check_all, checked_text, print_json
    from scanner.knowledge.store import open_knowledge
    from scanner.settings import read_settings

    if files := [place for place in places if place.is_file()]:
        _check_files(files, places)
        return
    knowledge = open_knowledge(places)
    checked = check_all(knowledge, read_settings(today=today).today, older_than)
    if form == "json":
        print_json({"schema": CHECK_SCHEMA, "knowledge": knowledge.stamp, **checked.as_json()})
    else:
        click.echo(checked_text(knowledge.stamp, checked))
    if checked.old:
        raise SystemExit(1)


def _check_files(files: list[Path], places: tuple[Path, ...]) -> None:
    from scanner.errors import UsageError
    from scanner.knowledge.license_check import check_license

    if len(files) < len(places):
        raise UsageError("files and folders are checked apart\n  give only files, or only folders")
    try:
        mistakes = [
            each for file in files for each in check_license(file.read_text("utf-8"), file.as_posix())
        ]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"a record cannot be read: {error}\n  give YAML files in UTF-8") from error
    for mistake in mistakes:
        click.echo(str(mistake))
    if mistakes:
        raise SystemExit(2)
    click.echo(f"{len(files)} file{'s' if len(files) > 1 else ''}: nothing missing")


@COMMAND.command(name="import-list", short_help="Keep a published list beside your records.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--into",
    default=OWN_FOLDER,
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Your folder of records; the list is written below its lists/.",
)
@click.option("--name", help="Name of the list, where the file does not say it.")
@click.option("--source", help="Where the file came from, for the evidence; its name otherwise.")
@_day
@_format
def import_list(file: Path, into: Path, form: str, **options: Any) -> None:
    """Read a published list from FILE and keep it beside your records.

    Read are the US Consolidated Screening List (CSV or JSON), the consolidated list of the European Union
    (CSV), the lists of the United Kingdom (CSV), and any table with a column `name` (and names, status,
    as_of, source). An import replaces the list of the same name; nothing is fetched.
    """
    from scanner.cli._knowledge import import_file, imported_text, print_json
    from scanner.settings import read_settings

    today = read_settings(today=options["today"]).today.isoformat()
    written = import_file(file, into, today, options["name"], options["source"])
    if form == "json":
        print_json({"schema": IMPORT_SCHEMA, "lists": [one.as_json() for one in written]})
    else:
        click.echo(imported_text(written, into))


@COMMAND.command(name="update", short_help="Ask the Hub about models, and keep the answers.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--into",
    default=OWN_FOLDER,
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Your folder of records; rows are written below its catalog/.",
)
@_day
@_format
def update_rows(names: tuple[str, ...], into: Path, today: str | None, form: str) -> None:
    """Ask the Hub about models by NAME, and keep the answers as catalog rows of your own.

    Exit codes: 0 all answered; 3 some could not be asked.
    """
    from scanner.cli._knowledge_update import update
    from scanner.settings import read_settings

    said, is_whole = update(names, into, read_settings(today=today, refresh=True), form)
    click.echo(said, nl=False)
    raise SystemExit(0 if is_whole else 3)
