"""The subcommands, each imported when it is called."""

from __future__ import annotations

import importlib
import os
import pkgutil

import click

import scanner.cli
from scanner import __version__
from scanner.errors import PluginBroken


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
