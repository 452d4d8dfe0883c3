"""What functions called after models give, and what is kept under a key for models to choose from."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.discovery.detectors.named_values import DETECTOR
from tests.discovery.reading import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "def list_models():\n    return ['gpt-4o', 'gpt-4o-mini']\n",
            ["api-model openai:gpt-4o 2 guessed", "api-model openai:gpt-4o-mini 2 guessed"],
        ),
        (
            "class A:\n    @property\n    def lora_id(self):\n        return 'lab1/net2'\n",
            ["hf-model lab1/net2 4 guessed"],
        ),
        (
            "c = {'Model': Choice(kind='list', value='lab1/net2', values=['lab1/net3'])}\n",
            ["hf-model lab1/net2 1 guessed", "hf-model lab1/net3 1 guessed"],
        ),
        ("class A:\n    def f(self):\n        self.c['Model'] = Choice(default='lab1/net2')\n",
         ["hf-model lab1/net2 3 guessed"]),
        ("database = os.environ.get('EMBEDDINGS', 'lab1/net2')\n", ["hf-model lab1/net2 1 guessed"]),
        ("load(os.getenv('LLM', 'lab1/net2'))\n", ["hf-model lab1/net2 1 guessed"]),
        ("load(table.get('LLM', 'lab1/net2'))\n", []),
        ("def names():\n    return ['lab1/net2']\n", []),
        ("class OpenAIChat:\n    def model_name(self):\n        return 'chat_completions'\n", []),
        ("def model_family():\n    return 'gpt-4o'\n", []),
        ("c = {'Theme': Choice(value='lab1/net2')}\n", []),
        ("c = {'Model': Choice(title='lab1/net2')}\n", []),
    ],
)  # fmt: skip
def test_what_is_offered_under_a_name_of_models_is_a_guess(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


GROQ = "GROQ_BASE_URL = 'https://api.groq.com/openai/v1'\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GROQ}MODELS = ['tern-9', 'gull-8b']\n",
         ["api-model groq:tern-9 2 guessed", "api-model groq:gull-8b 2 guessed"]),
        (f"{GROQ}model = 'lab1/net2'\n", ["api-model groq:lab1/net2 2 guessed"]),
        (f"{GROQ}x = {{'model': 'lab1/net2'}}\n", ["api-model groq:lab1/net2 2 guessed"]),
        ("URL = 'https://llm.tern.example/v1'\nBASE_URL = URL\nmodel = 'lab1/net2'\n",
         ["hf-model lab1/net2 3 guessed"]),
        ("BASE_URL = 'https://llm.tern.example/v1'\nmodel = 'lab1/net2'\n",
         ["api-model unknown:lab1/net2 2 guessed"]),
        ("BASE_URL = 'https://tern.example/docs'\nmodel = 'lab1/net2'\n", ["hf-model lab1/net2 2 guessed"]),
        ("BASE_URL = 'http://localhost:8000/v1'\nmodel = 'lab1/net2'\n", ["hf-model lab1/net2 2 guessed"]),
        ("BASE_URL = 'https://api.openai.com/v1'\nmodel = 'lab1/net2'\n", ["hf-model lab1/net2 2 guessed"]),
        (f"{GROQ}model = 'gpt-4o'\n", ["api-model openai:gpt-4o 2 guessed"]),
        (f"import torch\n{GROQ}model = 'lab1/net2'\n", ["hf-model lab1/net2 3 guessed"]),
        (f"{GROQ}OTHER_BASE_URL = 'https://api.deepseek.com/v1'\nmodel = 'lab1/net2'\n",
         ["hf-model lab1/net2 3 guessed"]),
    ],
)  # fmt: skip
def test_the_one_address_of_a_file_is_where_its_models_are_asked(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


def test_the_address_a_parameter_has_by_a_constant_counts(tmp_path: Path) -> None:
    text = "URL = 'https://llm.tern.example/v1'\ndef f(model='lab1/net2', base_url=URL): ...\n"
    assert lines(tmp_path, text, DETECTOR) == ["api-model unknown:lab1/net2 2 guessed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# of HuggingFace\nBRUSH_CHOICES = ['lab1/one', 'lab1/two']\n",
         ["hf-model lab1/one 2 guessed", "hf-model lab1/two 2 guessed"]),
        ("LORA_CHOICES = ['lab1/one']\n", ["hf-model lab1/one 1 guessed"]),
        ("BRUSH_CHOICES = ['lab1/one', 'lab1/two']\n", []),
        ("# of HuggingFace\nBRUSH_CHOICES = ['lab1/one', 'two']\n", []),
        ("# of HuggingFace\nZONE_CHOICES = ['Europe/Paris']\n", []),
        ("# of HuggingFace\nbrushes = ['lab1/one']\n", []),
    ],
)  # fmt: skip
def test_a_constant_that_lists_names_of_the_hub_alone_offers_them(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


def test_a_text_and_a_tuple_are_not_joined(tmp_path: Path) -> None:
    text = "name = x, 'gpt-4o'\nx = {'model': 'lab1/net2', 'model': 'BAAI/' + name}\n"
    assert lines(tmp_path, text, DETECTOR) == ["hf-model lab1/net2 2 guessed"]
