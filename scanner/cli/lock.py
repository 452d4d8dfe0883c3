"""`lading lock`: remember what each model is, and say what has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scanner.cli._locking import Held, Outcome


@click.command(short_help="Write lading.lock; --check says what has changed since.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and say each change where there is one.")
@click.option("--update", "only", multiple=True, metavar="NAME", help="Look at this name alone. Repeatable.")
@click.option("--offline", is_flag=True, help="Open no socket: caches and catalog answer.")
@click.option("--refresh", is_flag=True, help="Ask again what caches remember.")
@click.option(
    "--jobs", default=32, show_default=True, type=click.IntRange(1, 256), help="Requests under way at once."
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="For reading, or as JSON.",
)
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day that is noted; today otherwise.")
def lock(paths: tuple[Path, ...], **options: Any) -> None:
    """Look every model and dataset up and write what was found into lading.lock.

    PATH is a project (default: this one) or a lockfile; give as many as you like, each model is asked
    about once. With --check nothing is written, and every difference is said in words: license or text
    changed, another repository under the name, renamed, gated, gone, commit moved, base changed.

    Exit codes: 0 written, or nothing changed; 1 something changed; 2 wrong use; 3 something could not be
    asked.
    """
    from scanner.cli._locking import ask_about, hold
    from scanner.cli._progress import progress_bar
    from scanner.settings import read_settings

    settings = read_settings(
        is_offline=options["offline"],
        refresh=options["refresh"],
        jobs=options["jobs"],
        today=options["today"],
    )
    held = hold(paths or (Path("."),), options["only"], is_check=options["check"])
    with progress_bar(is_wanted=True) as progress:
        outcomes = ask_about(held, settings, progress)
    if options["check"]:
        raise SystemExit(_tell_changes(outcomes, options["form"]))
    raise SystemExit(_write(held, outcomes, options["only"], options["form"]))


def _tell_changes(outcomes: tuple[Outcome, ...], form: str) -> int:
    from scanner.cli._locking import changes_as_json

    if form == "json":
        click.echo(changes_as_json(outcomes))
    else:
        for outcome in outcomes:
            _tell(outcome)
    if any(outcome.resolution.drifts for outcome in outcomes):
        return 1
    return 3 if any(outcome.resolution.unanswered for outcome in outcomes) else 0


def _tell(outcome: Outcome) -> None:
    held, resolution = outcome.held, outcome.resolution
    drifts = resolution.drifts
    for drift in drifts:
        place = f"{held.shown}:{drift.line}" if drift.line else held.shown
        _say(f"{place}: {drift.key}: {drift.what}")
    for unanswered in resolution.unanswered:
        _say(f"{held.shown}: not asked: {unanswered.asset}: {unanswered.reason}")
    if drifts:
        _say(f"{_counted(len(drifts), 'change')}; look at each, then: lading lock {held.folder}")
    elif not resolution.unanswered:
        unchanged = "nothing changed" if not outcome.kept else "nothing known to have changed"
        _say(f"{held.shown}: {_counted(held.references, 'reference')}, {unchanged}")
    _tell_kept(outcome, "not compared")


def _tell_kept(outcome: Outcome, word: str) -> None:
    """Name the blocks nothing as good could be asked about, with the day they are of."""
    for one in outcome.kept:
        day = one.written.as_of
        of_day = f"locked as of {day}" if isinstance(day, str) else "locked earlier"
        _say(f"  {word}: {one.written.key}: {of_day}; {one.reason}")


def _write(held: tuple[Held, ...], outcomes: tuple[Outcome, ...], only: tuple[str, ...], form: str) -> int:
    from scanner.cli._locking import changes_as_json, new_blocks
    from scanner.resolution.lock import save_lock, write_lock

    incomplete = False
    for outcome in outcomes:
        written = new_blocks(outcome, only)
        save_lock(outcome.held.file, write_lock(written.blocks))
        incomplete |= bool(outcome.resolution.unanswered)
        if form == "json":
            continue
        _say(f"{outcome.held.shown}: {_counted(len(written.blocks), 'reference')} locked")
        _tell_kept(outcome, "kept")
        for name, reason in written.left_out:
            _say(f"  not locked: {name}: {reason}")
        for unanswered in outcome.resolution.unanswered:
            _say(f"  could not be asked: {unanswered.asset}: {unanswered.reason}")
    if form == "json":
        click.echo(changes_as_json(outcomes))
    return 3 if incomplete else 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _say(text: str) -> None:
    """Write one entry: on a terminal wrapped at its width, in a pipe one line each, for other tools to read.

    What a hostile name put into it cannot steer the terminal.
    """
    from scanner.cli._results import columns, is_read_by_a_person

    clean = "".join(char if char.isprintable() else "�" for char in text)
    if is_read_by_a_person():
        from scanner.reporting.page import wrap

        start = " " * (len(clean) - len(clean.lstrip()))
        lines = wrap(clean, columns() - len(start) - 2)
        clean = f"\n{start}  ".join(lines)
        clean = start + clean
    click.echo(clean)


COMMAND: Callable[..., Any] = lock
