"""Tables that say which model is asked of which service."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.named_values import DETECTOR
from tests.discovery.reading import read_project


def named_in(folder: Path, text: str) -> list[tuple[str, str]]:
    found = read_project(folder, {"app.py": text}, DETECTOR)
    return [(each.kind.value, each.name) for each in found.sightings]


@pytest.mark.parametrize("target", ["endpoint_model_map", "DEFAULT_MODELS", "MODEL_MAP"])
def test_a_name_belongs_to_the_service_it_stands_under(tmp_path: Path, target: str) -> None:
    text = (
        f"{target} = {{'Groq': 'net3-70b-8192', 'OpenAI': 'gpt-4o', 'TogetherAI': 'lab1/net2-72B',\n"
        "    'Ollama': 'net3', 'HuggingFace': 'lab1/net2-7B', 'CUSTOM': ''}\n"
    )
    assert named_in(tmp_path, text) == [
        ("api-model", "groq:net3-70b-8192"),
        ("api-model", "openai:gpt-4o"),
        ("api-model", "together:lab1/net2-72B"),
        ("ollama", "net3"),
        ("hf-model", "lab1/net2-7B"),
    ]


def test_a_service_may_have_several(tmp_path: Path) -> None:
    text = "MODELS = {'openai': ['gpt-4o', 'gpt-4'], 'groq': ['net3-70b-8192']}\n"
    assert [name for _, name in named_in(tmp_path, text)] == [
        "openai:gpt-4o",
        "openai:gpt-4",
        "groq:net3-70b-8192",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "model_modules = {'openai': 'app.clients.openai4', 'groq': 'app.clients.groq2'}",
        "MODEL_MAP = {'openai': 'OpenAIModel', 'groq': 'GroqModel'}",
        "MODEL_KEYS = {'openai': 'OPENAI_API_KEY', 'groq': 'GROQ_API_KEY'}",
        "MODEL_MAP = {'fast': 'net3-70b-8192', 'openai': 'my-deployment-2'}",
        "prices = {'openai': 'gpt-4o-2', 'groq': 'net3-70b-8192'}",
    ],
)
def test_other_tables_say_nothing_of_it(tmp_path: Path, text: str) -> None:
    assert named_in(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("big_model = 'net-3.1-405b-instruct'", []),
        (
            "import wandb\n"
            "def start_wandb_run():\n    wandb.init(config={'the_model': 'claude-3-opus-20240229'})",
            ["anthropic:claude-3-opus-20240229"],
        ),
    ],
)
def test_words_of_a_name_are_not_taken_for_a_service(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert [name for _, name in named_in(tmp_path, text)] == expected
