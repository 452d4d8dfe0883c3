"""Options in, exit code out; the only place that prints errors."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from scanner import __version__
from scanner.errors import LadingError
from scanner.own_modules import find_own_modules_at_once

INTERRUPTED = 130
"""What shells report for a program stopped by Ctrl-C."""
OBJECTS_BEFORE_COLLECTING = 50_000
"""New objects after which Python looks for circles among them; its own number is 700."""
_WANT_AN_ORDERLY_END = frozenset({"concurrent.futures", "coverage", "logging", "multiprocessing", "trace"})
"""Modules that have something to do when the process ends: threads, children, measurements."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code (design section 3)."""
    # One run is short and its records hold few circles: looking for them costs a tenth of a commit hook.
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING, 20, 20)
    find_own_modules_at_once()
    code = run(arguments)
    if _WANT_AN_ORDERLY_END.isdisjoint(sys.modules):
        # Python would free every object one by one, a tenth of a commit hook; the system does it at once.
        os._exit(_flush(code))
    sys.exit(code)


def _flush(code: int) -> int:
    """Write out what is still held back; an exit code of 0 does not survive what could not be written."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 2
    return code


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and hand back the exit code; errors are printed here and nowhere else."""
    try:
        return _answer(sys.argv[1:] if arguments is None else list(arguments))
    except LadingError as error:
        _complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 2
    except Exception as error:
        if os.environ.get("LADING_DEBUG"):
            raise
        _complain(
            f"lading {__version__} crashed: {type(error).__name__}: {error}\n"
            f"  this is a bug in lading; run `lading --debug …` and open an issue with what it prints"
        )
        return 2


def _answer(words: list[str]) -> int:
    """Do what the words ask for; a commit hook as pre-commit calls it does not wait for click."""
    if words[:1] == ["hook"]:
        from scanner.cli._hook import judge, read_call

        if call := read_call(words[1:]):
            return judge(call)
    import click

    from scanner.cli._commands import cli

    try:
        answer = cli.main(words, prog_name="lading", standalone_mode=False)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort as stopped:
        raise KeyboardInterrupt from stopped
    return answer if isinstance(answer, int) else 0


def _complain(message: str) -> None:
    """Print an error; what a hostile file put into it cannot steer the terminal."""
    shown = "".join(char if char.isprintable() or char == "\n" else "�" for char in message)
    print(f"lading: {shown}", file=sys.stderr, flush=True)
