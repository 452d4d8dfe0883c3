"""Write the help texts into README.md as the commands give them: python scripts/refresh_readme.py"""

from __future__ import annotations

import re
from pathlib import Path

import click

from scanner.cli._commands import cli

README = Path(__file__).parent.parent / "README.md"


def help_of(words: str) -> str:
    """The help text of a command, at 80 columns."""
    command: click.Command = cli
    context = click.Context(cli, info_name="lading", terminal_width=80, **cli.context_settings)
    for word in words.split()[1:]:
        assert isinstance(command, click.Group)
        found = command.get_command(context, word)
        assert found is not None, word
        context = click.Context(found, info_name=word, parent=context, terminal_width=80)
        command = found
    return command.get_help(context).strip()


def main() -> None:
    """Rewrite every marked block."""
    text = README.read_text(encoding="utf-8")
    pattern = re.compile(r"(<!-- help: (.+?) -->\n```text\n).*?(```)", re.DOTALL)
    text = pattern.sub(lambda found: f"{found[1]}{help_of(found[2])}\n{found[3]}", text)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
