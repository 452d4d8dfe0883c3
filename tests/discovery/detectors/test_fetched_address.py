"""Addresses that commands download."""

from __future__ import annotations

import pytest

from scanner.records.sighting import Certainty, Sighting
from tests.discovery.config_kit import find, names


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("git clone https://huggingface.co/BAAI/bge-m3", ["hf-model BAAI/bge-m3 1"]),
        (
            "wget -q https://huggingface.co/datasets/nord/tern-7b/resolve/main/x.json",
            ["hf-dataset nord/tern-7b 1"],
        ),
        ("git pull https://huggingface.co/nord/tern-7b", ["hf-model nord/tern-7b 1"]),
        ("wget https://github.com/o-x/r-y/releases/download/v1/w.pth", ["github-weights o-x/r-y 1"]),
    ],
)
def test_what_is_downloaded_is_a_dependency(command: str, expected: list[str]) -> None:
    assert names(command + "\n", "shell") == expected


@pytest.mark.parametrize(
    "command",
    [
        "git clone https://github.com/openai/whisper",
        "pip install git+https://github.com/mistralai/mistral-common",
        "curl https://example.org/a/b.json",
        "echo https://huggingface.co/nord/tern-7b",
        "git remote add hf https://huggingface.co/nord/tern-7b",
        "git push https://huggingface.co/nord/tern-7b main",
    ],
)
def test_other_downloads_are_no_models(command: str) -> None:
    assert names(command + "\n", "shell") == []


def test_what_a_function_of_the_script_is_given_is_a_guess() -> None:
    text = 'get_it "$DIR" \\\n  "https://huggingface.co/o1/n1/resolve/main/x.gguf" https://huggingface.co/o1/n2\n'
    assert names(text, "shell") == ["hf-model o1/n1 2"]
    (found,) = find(text, "shell")
    assert isinstance(found, Sighting)
    assert (found.certainty, found.call) == (Certainty.GUESSED, "get_it")
    assert names("echo https://huggingface.co/o1/n1/resolve/main/x.gguf\n", "shell") == []
