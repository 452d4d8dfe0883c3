"""What the pages show is tried: policies load, commands and links exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from scanner.cli._commands import cli
from scanner.knowledge.store import open_knowledge
from scanner.policy.load import policy_in_force
from scanner.reporting.write import format_names

HOUSE = Path(__file__).parent.parent
PAGES = sorted([HOUSE / "README.md", *(HOUSE / "docs").glob("*.md")])
POLICIES = [
    (page.name, number, block)
    for page in PAGES
    for number, block in enumerate(
        re.findall(r"```yaml\n(version: 1\n.*?)```", page.read_text("utf-8"), re.DOTALL)
    )
]


@pytest.mark.parametrize(("page", "number", "text"), POLICIES, ids=lambda each: str(each)[:20])
def test_a_policy_on_a_page_is_a_policy(page: str, number: int, text: str, tmp_path: Path) -> None:
    if "./our-facts" in text or "./policies/house.yaml" in text:
        (tmp_path / "our-facts").mkdir()
        (tmp_path / "policies").mkdir()
        (tmp_path / "policies" / "house.yaml").write_text("version: 1\n", encoding="utf-8")
    (tmp_path / "lading.yaml").write_text(text, encoding="utf-8")
    assert policy_in_force(tmp_path, (), open_knowledge()).layers


def called(page: Path) -> set[tuple[str, str]]:
    """(subcommand, option) for every `lading …` line in a shell block of the page."""
    found = set()
    for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for words in re.findall(r"(?:^|&& |/)lading ([a-z].*?)(?:\s+#.*)?$", block, re.MULTILINE):
            command, *rest = words.split()
            options = [word.split("=")[0] for word in rest if word.startswith("-")]
            found |= {(command, option) for option in options} | {(command, "")}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_on_a_page_is_a_command_with_these_options(page: Path) -> None:
    context = click.Context(cli)
    for name, option in sorted(called(page)):
        command = cli.get_command(context, name)
        assert command is not None, f"{page.name}: lading {name}"
        commands = [command]
        if isinstance(command, click.Group):
            below = click.Context(command)
            commands += [
                found for each in command.list_commands(below) if (found := command.get_command(below, each))
            ]
        known = {
            text for each in commands for one in each.params for text in (*one.opts, *one.secondary_opts)
        }
        assert option in {*known, "", "--help"}, f"{page.name}: lading {name} {option}"


def test_the_page_of_formats_has_a_row_for_every_format_and_for_no_other() -> None:
    page = (HOUSE / "docs" / "formats.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE)) == list(format_names())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_on_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not target.startswith(("http", "reference/")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
