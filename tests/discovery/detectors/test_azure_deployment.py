"""Deployments of Azure in addresses, whatever their host."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.discovery.context import KnownWorld
from scanner.discovery.file_reading import load_kit, read_file
from scanner.discovery.neighbours import ProjectFiles
from scanner.knowledge.store import open_knowledge
from scanner.project.tree import ProjectFile, Tree
from scanner.records.unknown import Unknown

PATH = "/openai/deployments/gpt-4-vision-preview/chat/completions?api-version=1"
NAME = "azure-openai:gpt-4-vision-preview"


def found_in(root: Path, file: str, text: str) -> tuple[list[tuple[str, int, str]], list[str]]:
    (root / file).write_text(text)
    world = KnownWorld(open_knowledge())
    tree = Tree(root.resolve(), "p", (ProjectFile(file, len(text)),), (), Unknown("-"), Unknown("-"))
    found = read_file(tree, tree.files[0], load_kit(world), ProjectFiles(tree, world))
    shown = [
        (each.name, each.location.line, text.split("\n")[each.location.line - 1][each.location.column - 1 :])
        for each in found.sightings
    ]
    return shown, [each.expression for each in found.unresolved]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.py", f'import requests\nu = f"{{base}}{PATH}"'),
        ("a.py", f'import requests\nu = "https://x.openai.azure.com{PATH}"'),
        ("a.ts", f"const a = 1;\nconst u = `${{base}}{PATH}`;"),
        ("a.go", f'package a\nvar u = base + "{PATH}"'),
    ],
)
def test_the_deployment_of_an_address_is_found_at_its_place(tmp_path: Path, file: str, text: str) -> None:
    ((name, line, behind),), unresolved = found_in(tmp_path, file, text)
    assert (name, line, behind.startswith("gpt-4-vision-preview/chat"), unresolved) == (NAME, 2, True, [])


def test_a_deployment_of_a_name_of_its_own_is_not_resolved(tmp_path: Path) -> None:
    text = 'u = f"{base}/openai/deployments/house-chat/chat/completions"\n'
    assert found_in(tmp_path, "a.py", text) == ([], ["house-chat"])


def test_a_deployment_put_in_at_run_time_and_a_comment_name_nothing(tmp_path: Path) -> None:
    text = 'u = f"{base}/openai/deployments/{name}/chat"\n# /openai/deployments/gpt-4/x\n'
    assert found_in(tmp_path, "a.py", text) == ([], [])


@pytest.mark.parametrize("call", [
    "\"{0}openai/deployments/{1}/chat?v={2}\".format(base, 'gpt-4-vision-preview', 3)",
    "\"{}/openai/deployments/{}/chat\".format(base, 'gpt-4-vision-preview')",
    "\"{b}/openai/deployments/{n}/chat\".format(n='gpt-4-vision-preview', b=base)",
])  # fmt: skip
def test_a_deployment_put_into_an_address_is_found_where_it_stands(tmp_path: Path, call: str) -> None:
    ((name, line, _),), unresolved = found_in(tmp_path, "a.py", f"base = 1\nu = {call}\n")
    assert (name, line, unresolved) == (NAME, 2, [])
