"""Commands that stand by their names in manifests and settings of runners."""

from __future__ import annotations

import pytest

from tests.discovery.config_kit import names


@pytest.mark.parametrize(
    ("text", "language", "file"),
    [
        ('{"scripts": {"m": "hf download nord/tern-7b --local-dir m && node x.js"}}', "json", "package.json"),
        ('{"scripts": {"m": ["@php x", "hf download nord/tern-7b"]}}', "json", "composer.json"),
        ('{"tasks": {"m": "hf download nord/tern-7b"}}', "json", "deno.json"),
        ('[tool.poe.tasks]\nm = "hf download nord/tern-7b"\n', "toml", "pyproject.toml"),
        ('[tool.poe.tasks.m]\ncmd = "hf download nord/tern-7b"\n', "toml", "pyproject.toml"),
        ('[tool.hatch.envs.a.scripts]\nm = ["ls", "hf download nord/tern-7b"]\n', "toml", "pyproject.toml"),
        ('[tool.pdm.scripts]\nm = {shell = "hf download nord/tern-7b"}\n', "toml", "pyproject.toml"),
        ('[tasks]\nm = "hf download nord/tern-7b"\n', "toml", "pixi.toml"),
        ('[processes]\napp = "vllm serve nord/tern-7b"\n', "toml", "fly.toml"),
        ("[testenv]\ncommands_pre = hf download nord/tern-7b\n", "ini", "tox.ini"),
    ],
)
def test_commands_by_name_are_read(text: str, language: str, file: str) -> None:
    assert [each.split()[1] for each in names(text, language, file)] == ["nord/tern-7b"]


@pytest.mark.parametrize(
    ("text", "language", "file"),
    [
        ('[project.scripts]\nmodel = "nord.tern:main"\n', "toml", "pyproject.toml"),
        ('{"scripts": {"model": "nord/tern-7b"}, "tasks": {"m": "hf download a/b"}}', "json", "package.json"),
        ('{"tasks": {"m": "hf download nord/tern-7b"}}', "json", "turbo.json"),
    ],
)
def test_other_tables_of_that_name_hold_no_commands(text: str, language: str, file: str) -> None:
    assert names(text, language, file) == []
