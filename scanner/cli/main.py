"""Options in, exit code out; the only place that prints errors."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import Any

import click

import scanner.cli
from scanner import __version__
from scanner.errors import LadingError, PluginBroken

INTERRUPTED = 130
"""What shells report for a program stopped by Ctrl-C."""
OBJECTS_BEFORE_COLLECTING = 50_000
"""New objects after which Python looks for circles among them; its own number is 700."""
_WANT_AN_ORDERLY_END = frozenset({"concurrent.futures", "coverage", "logging", "multiprocessing", "trace"})
"""Modules that have something to do when the process ends: threads, children, measurements."""


class Commands(click.Group):
    """Subcommands are the files of this folder; each is imported when it is called.

    A commit hook so pays for `hook` alone. Files that begin with `_` are shared by several commands.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the files of the folder, in the order of a user's day."""
        found = {module.name for module in pkgutil.iter_modules(scanner.cli.__path__)} - {"main"}
        names = {name for name in found if not name.startswith("_")}
        return [name for name in _ORDER if name in names] + sorted(names - set(_ORDER))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one subcommand.

        Raises:
            PluginBroken: its file does not import or offers no `COMMAND`.
        """
        if cmd_name not in self.list_commands(ctx):
            return None
        try:
            command = importlib.import_module(f"scanner.cli.{cmd_name}").COMMAND
        except (ImportError, AttributeError) as error:
            raise PluginBroken(
                f"scanner/cli/{cmd_name}.py cannot be used: {error}\n  reinstall lading"
            ) from error
        if not isinstance(command, click.Command):
            raise PluginBroken(f"scanner/cli/{cmd_name}.py: COMMAND is no click command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a name that is none, suggest the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if near:
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from error
            raise


_ORDER = (
    *("scan", "hook", "lock", "show", "report", "diff", "fetch", "fix"),
    *("license", "policy", "explain", "knowledge"),
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="lading")
@click.option("--debug", is_flag=True, help="On a crash, show the whole stack.")
def cli(debug: bool) -> None:
    """Say which AI models a project depends on, on what terms, and from whom.

    lading finds models, datasets and hosted APIs in code and configuration, resolves them to licenses
    and origin through their whole lineage, and lets your policy file say whether they may pass.

    \b
    Start with:  lading scan
    """
    os.environ["LADING_DEBUG"] = "1" if debug else os.environ.get("LADING_DEBUG", "")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code (design section 3)."""
    # One run is short and its records hold few circles: looking for them costs a tenth of a commit hook.
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING, 20, 20)
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
        answer: Any = cli.main(arguments, prog_name="lading", standalone_mode=False)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except LadingError as error:
        _complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
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
    return answer if isinstance(answer, int) else 0


def _complain(message: str) -> None:
    """Print an error; what a hostile file put into it cannot steer the terminal."""
    shown = "".join(char if char.isprintable() or char == "\n" else "�" for char in message)
    click.echo(f"lading: {shown}", err=True)
