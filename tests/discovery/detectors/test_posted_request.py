"""Requests that scripts send."""

from __future__ import annotations

import pytest

from tests.discovery.config_kit import names


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            """curl https://api.deepseek.com/v1/chat -d '{"model": "deepseek-chat"}'""",
            ["api-model deepseek:deepseek-chat 1"],
        ),
        (
            """curl http://localhost:11434/api/chat -d '{"model": "llama3"}'""",
            ["ollama llama3 1"],
        ),
        (
            "curl https://api.openai.com/v1/audio -F model=whisper-1",
            ["api-model openai:whisper-1 1"],
        ),
        ("""curl ollama:11434/api/pull -d '{"name": "tern:1b"}'""", ["ollama tern:1b 1"]),
        ("""curl ollama/api/pull -d "{\\"model\\": \\"tern\\"}" """, ["ollama tern 1"]),
        ("""curl http://ollama:11434/api/chat -d '{"name": "tern:1b"}'""", []),
        ("""curl http://runner:12434/models/create -d '{"from": "ai/tern"}'""", ["other ai/tern 1"]),
    ],
)
def test_the_address_says_whose_model_it_is(command: str, expected: list[str]) -> None:
    assert names(command + "\n", "shell") == expected


def test_a_container_that_only_sends_a_request_is_one() -> None:
    text = (
        "services:\n  a:\n    image: curlimages/curl:8\n"
        '    entrypoint: ["curl", "ollama:11434/api/pull", "-d", "{\\"name\\": \\"tern:1b\\"}"]\n'
        "  b:\n    image: curlimages/curl\n"
        '    command: ["http://ollama:11434/api/pull", "-d", \'{"name": "gull"}\']\n'
    )
    assert names(text, "yaml", "compose.yaml") == ["ollama tern:1b 4", "ollama gull 7"]


def test_a_request_without_a_model_names_none() -> None:
    command = """curl https://api.openai.com/v1/x -d '{"input": "nord/tern-7b"}'\n"""
    assert names(command, "shell") == []
