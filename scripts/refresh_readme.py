"""Write help texts and the sample into README.md as lading gives them: python scripts/refresh_readme.py"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click

from scanner.cli._commands import cli

README = Path(__file__).parent.parent / "README.md"
SHOP = README.parent / "examples" / "model-shop"
SHOWN = "NousResearch/Hermes-3-Llama-3.1-8B"
"""The model of the sample that is shown whole."""


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


def sample() -> str:
    """The policy in force, one model and the summary, as the first command of the README prints them."""
    command = [sys.executable, "-Im", "scanner", "scan", str(SHOP), "--offline"]
    printed = subprocess.run(command, capture_output=True, check=False, encoding="utf-8").stdout
    head = printed.split("\nmodel-shop ", 1)[0]
    found = re.search(rf"^{re.escape(SHOWN)}\n.*?\n\n(?=\S)", printed, re.DOTALL | re.MULTILINE)
    assert found is not None, f"{SHOWN} is no longer found in {SHOP.name}"
    summary = printed[printed.rindex("\nSummary\n") + 1 :]
    return f"{head}\n…\n\n{found[0].rstrip()}\n\n…\n\n{summary.rstrip()}\n"


def main() -> None:
    """Rewrite every marked block, and the sample."""
    text = README.read_text(encoding="utf-8")
    shown = sample()
    text = re.sub(
        r"(```text\n)Policy in force.*?(```)",
        lambda found: f"{found[1]}{shown}{found[2]}",
        text,
        flags=re.DOTALL,
    )
    pattern = re.compile(r"(<!-- help: (.+?) -->\n```text\n).*?(```)", re.DOTALL)
    text = pattern.sub(lambda found: f"{found[1]}{help_of(found[2])}\n{found[3]}", text)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
