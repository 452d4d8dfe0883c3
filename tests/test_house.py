"""The house stands as the plan says: floors, plugins with tests, unique ids, current help."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

HOUSE = Path(__file__).parent.parent
SCANNER = HOUSE / "scanner"

PLUGINS = {
    "discovery/readers": "READER",
    "discovery/detectors": "DETECTOR",
    "resolution/sources": "SOURCE",
    "policy/rules": "RULE",
    "reporting/formats": "FORMAT",
    "cli": "COMMAND",
}
"""Folder below scanner/ and the constant each of its files offers."""


def plugin_files(folder: str) -> list[Path]:
    return [
        path
        for path in sorted((SCANNER / folder).glob("*.py"))
        if not path.name.startswith("_") and not (folder == "cli" and path.stem == "main")
    ]


ALL_PLUGINS = [(folder, path) for folder in PLUGINS for path in plugin_files(folder)]


@pytest.mark.parametrize(("folder", "path"), ALL_PLUGINS, ids=lambda each: getattr(each, "stem", each))
def test_a_plugin_offers_what_its_folder_promises_and_has_a_test(folder: str, path: Path) -> None:
    module = importlib.import_module(f"scanner.{folder.replace('/', '.')}.{path.stem}")
    assert hasattr(module, PLUGINS[folder]), f"{path} offers no {PLUGINS[folder]}"
    assert (HOUSE / "tests" / folder / f"test_{path.stem}.py").is_file(), f"{path} has no test of its own"


@pytest.mark.parametrize("folder", ["discovery/detectors", "policy/rules"])
def test_ids_are_unique_and_follow_the_file_name(folder: str) -> None:
    ids = []
    for path in plugin_files(folder):
        module = importlib.import_module(f"scanner.{folder.replace('/', '.')}.{path.stem}")
        ids.append(getattr(module, PLUGINS[folder]).id)
        assert ids[-1] == path.stem.replace("_", "-")
    assert len(ids) == len(set(ids))


def modules() -> list[str]:
    return [module.name for module in pkgutil.walk_packages([str(SCANNER)], "scanner.")]


def test_every_module_opens_with_one_sentence_on_one_line() -> None:
    wrong = []
    for path in sorted(SCANNER.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        caption = (ast.get_docstring(tree) or "").splitlines()
        if path.name == "__init__.py" and not tree.body:
            continue
        if not caption or len(caption[0]) > 100 or caption[0][-1] not in ".!":
            wrong.append(f"{path.relative_to(HOUSE)}: {caption[:1]}")
    assert wrong == []


def test_no_file_is_longer_than_four_hundred_lines_and_the_page_fits_its_page() -> None:
    long = {
        str(path.relative_to(HOUSE)): lines
        for path in sorted(SCANNER.rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
    assert len((SCANNER / "scan.py").read_text(encoding="utf-8").splitlines()) <= 120


def test_the_floors_hold() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_help_of_every_command_fits_eighty_columns() -> None:
    from scanner.cli._commands import cli

    def look(command: click.Command, path: tuple[str, ...]) -> None:
        # A command keeps the help option it was first asked with: ask as the program does.
        context = click.Context(command, info_name=" ".join(path), terminal_width=80, **cli.context_settings)
        text = command.get_help(context)
        assert max(map(len, text.splitlines())) <= 80, f"{path}: {text}"
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                assert below is not None
                assert below.get_short_help_str(), f"{path} {name} says nothing of itself"
                look(below, (*path, name))

    look(cli, ("lading",))


def test_the_help_texts_in_the_readme_are_current() -> None:
    from scanner.cli._commands import cli

    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- help: (.+?) -->\n```text\n(.*?)```", readme, re.DOTALL)
    assert blocks, "the README shows no help text"
    for words, shown in blocks:
        command: click.Command = cli
        context = click.Context(cli, info_name="lading", terminal_width=80, **cli.context_settings)
        for word in words.split()[1:]:
            assert isinstance(command, click.Group)
            found = command.get_command(context, word)
            assert found is not None
            context = click.Context(found, info_name=word, parent=context, terminal_width=80)
            command = found
        assert shown.strip() == command.get_help(context).strip(), f"`{words} --help` has changed"


def test_nothing_of_the_tree_names_a_machine_path() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    place = f"{HOUSE}/"
    for path in filter(None, listed):
        if (HOUSE / path).is_file():
            assert place.encode() not in (HOUSE / path).read_bytes(), path


def test_records_are_made_and_changed_without_the_library_that_takes_a_commit_ten_milliseconds() -> None:
    """`scanner/records/quick.py` has dataclass, field, fields_of and replace; see docs/decisions/0013."""
    found = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in sorted(SCANNER.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and node.module == "dataclasses")
        or (isinstance(node, ast.Import) and any(each.name == "dataclasses" for each in node.names))
    ]
    allowed = ("scanner/records/quick.py", "scanner/records/members.py", "scanner/cli/_explain_rule.py")
    assert [each for each in found if not each.startswith(allowed)] == []


def test_importing_any_module_reads_no_file_and_opens_no_socket() -> None:
    script = (
        "import sys, importlib\n"
        "seen = []\n"
        "def hook(event, args):\n"
        "    if event.startswith('socket.') and event != 'socket.__new__': seen.append((event, str(args)))\n"
        "sys.addaudithook(hook)\n"
        f"for name in {modules()!r}:\n"
        "    if not name.endswith('__main__'): importlib.import_module(name)\n"
        "assert not seen, seen\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
