"""lading license: identify texts, show and list licenses, begin and check records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scanner.knowledge.license_text import Identified

IDENTIFY_SCHEMA = "lading.license-identify/1"
SHOW_SCHEMA = "lading.license/1"
LIST_SCHEMA = "lading.license-list/1"
MAX_BYTES = 5_000_000
"""Larger files are not read for licenses."""

_format = click.option(
    "--format", "-f", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True
)


@click.group(name="license", short_help="Identify license texts; show the terms of a license.")
def COMMAND() -> None:  # noqa: N802 - the name every subcommand file offers
    """Identify license texts; show the terms of a license; list what is known."""


@COMMAND.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_format
def identify(files: tuple[Path, ...], form: str) -> None:
    """Say which license texts stand in FILES, and where.

    A text that is close to a known license and differs in a number, a date, a name, a limit or a
    paragraph is "unknown"; the differences are named. A name or a link is no text: "none".
    """
    from scanner.knowledge.license_text import identify as identify_text

    found = [(path, identify_text(_read(path))) for path in files]
    if form == "json":
        _print_json({"schema": IDENTIFY_SCHEMA, "files": [_identified(path, each) for path, each in found]})
        return
    for path, each in found:
        _tell(path, each)


@COMMAND.command(short_help="Show everything known of one license.")
@click.argument("name")
@_format
def show(name: str, form: str) -> None:
    """Show everything known of the license NAME (a key, an SPDX id, a Hub id, a license_name)."""
    from scanner.cli._license_page import page, show_record
    from scanner.errors import UsageError
    from scanner.knowledge.licenses import find
    from scanner.knowledge.store import open_knowledge
    from scanner.records.unknown import Unknown

    knowledge = open_knowledge()
    record = find(knowledge, name)
    if isinstance(record, Unknown):
        raise UsageError(f"{record.reason}\n  lading license list shows the known ones")
    if form == "json":
        _print_json({"schema": SHOW_SCHEMA, **show_record(record)})
    else:
        click.echo(page(record))


@COMMAND.command(name="list")
@click.option("--category", help="Only this category (permissive, non-commercial, …).")
@_format
def list_(category: str | None, form: str) -> None:
    """List the known licenses with category and title."""
    from scanner.cli._license_page import listed, rows
    from scanner.cli._results import columns

    found = [row for row in rows() if category is None or row["category"] == category]
    if form == "json":
        _print_json({"schema": LIST_SCHEMA, "licenses": found})
        return
    for line in listed(found, columns()):
        click.echo(line)


@COMMAND.command(short_help="Begin a record for a license from its text; YAML.")
@click.argument("key")
@click.argument("text", type=click.Path(path_type=Path))
def new(key: str, text: Path) -> None:
    """Begin a record for the license KEY from the file TEXT; YAML on standard output.

    It holds hash and fingerprint of the text, the nearest known licenses with the differences, and every
    term as unknown: docs/license-records.md says what each field means.
    """
    from scanner.cli._license_page import begin_record

    click.echo(begin_record(key, text.name, _read(text), text.read_bytes()), nl=False)


@COMMAND.command(short_help="Say what is missing or wrong in license records.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Say what is missing or wrong in the license records FILES, with file and line.

    Exit code 1 if anything is. Quotations are held against a text by scripts/check_license_records.py.
    """
    from scanner.knowledge.license_check import check_license

    mistakes = [mistake for path in files for mistake in check_license(_read(path), path.as_posix())]
    for mistake in mistakes:
        click.echo(str(mistake))
    if mistakes:
        raise SystemExit(1)
    click.echo(f"{len(files)} file{'s' if len(files) > 1 else ''}: nothing missing")


def _read(path: Path) -> str:
    from scanner.errors import UsageError

    try:
        content = path.read_bytes()[: MAX_BYTES + 1]
    except OSError as error:
        raise UsageError(f"{path}: it cannot be read: {error.strerror}\n  give files that exist") from error
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path}: it is larger than {MAX_BYTES} bytes\n  give license files")
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _identified(path: Path, found: Identified) -> dict[str, object]:
    from scanner.knowledge.licenses import look_up
    from scanner.knowledge.store import open_knowledge

    knowledge = open_knowledge()
    matches = []
    for match in found.matches:
        record = look_up(knowledge, match.key)
        matches.append(
            {
                "key": match.key,
                "spdx": record.spdx if record else f"LicenseRef-lading-{match.key}",
                "score": match.score,
                "differences": list(match.differences),
                "start_line": match.start_line,
                "end_line": match.end_line,
            }
        )
    return {"file": path.as_posix(), "answer": found.answer, "exact": found.exact, "matches": matches}


def _tell(path: Path, found: Identified) -> None:
    click.echo(f"{path.as_posix()}: {found.answer}{' (every word)' if found.exact else ''}")
    for match in found.matches:
        place = f"lines {match.start_line}-{match.end_line}"
        if match.is_copy:
            click.echo(f"  {match.key}, {match.score:.1%} of its words, {place}")
            continue
        click.echo(
            f"  modified, or another version of {match.key} ({match.score:.1%} of its words, {place}):"
        )
        for difference in match.differences:
            click.echo(f"    {difference}")


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
