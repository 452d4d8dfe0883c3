"""Names bound to texts, where no recorded call shows their use: guesses."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.named_values import DETECTOR
from tests.discovery.reading import lines, read_project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EMBEDDING_MODEL = 'lab1/net2-large'", ["hf-model lab1/net2-large 1 guessed"]),
        ("def f(model_name: str = 'lab1/net2-large'): ...", ["hf-model lab1/net2-large 1 guessed"]),
        ("class C:\n    model_id: str = Field('lab1/net2-large')", ["hf-model lab1/net2-large 2 guessed"]),
        ("def f(model_id_or_path='lab1/net2-large'): ...", ["hf-model lab1/net2-large 1 guessed"]),
        ("p.add_argument('--model', default='lab1/net2-large')", ["hf-model lab1/net2-large 1 guessed"]),
        (
            "MODELS = {'x': 'lab1/net2-large', 'y': 'lab1/net3-large'}",
            ["hf-model lab1/net2-large 1 guessed", "hf-model lab1/net3-large 1 guessed"],
        ),
        (
            "MODELS = {'gpt-4o': 'The large one', 'gpt-4o-mini': 'The small one'}",
            ["api-model openai:gpt-4o 1 guessed", "api-model openai:gpt-4o-mini 1 guessed"],
        ),
        (
            "import datasets\nDATASETS = ['lab1/a2', 'lab1/b3', 'lab1/c4', 'lab1/d5']",
            [f"hf-dataset lab1/{name} 2 guessed" for name in ("a2", "b3", "c4", "d5")],
        ),
        ("x = {'model': 'lab1/net2-large'}", ["hf-model lab1/net2-large 1 guessed"]),
        ("x = {'auto_map': {'AutoModel': 'lab1/net2--modeling.X'}}", ["hf-model lab1/net2 1 guessed"]),
        ("model = 'gpt-4o'", ["api-model openai:gpt-4o 1 guessed"]),
        (
            "x = {'model': 'm-1', 'base_url': 'https://api.groq.com/openai/v1'}",
            ["api-model groq:m-1 1 guessed"],
        ),
        (
            "x = {'__type__': 'kit.LCCohereChat', 'model': 'swift-tale-3'}",
            ["api-model cohere:swift-tale-3 1 guessed"],
        ),
        ("x = {'model_name': 'en_core_web_sm'}", ["spacy en_core_web_sm 1 guessed"]),
        ("anything = 'BAAI/bge-m3'", ["hf-model BAAI/bge-m3 1 guessed"]),
        (
            "from enum import StrEnum\nclass OpenRouterModelName(StrEnum):\n    A = 'lab1/net2-large'",
            ["api-model openrouter:lab1/net2-large 3 guessed"],
        ),
        (
            "from enum import StrEnum\nclass OpenAIModelName(StrEnum):\n    A = 'lab1/net2-large'",
            ["hf-model lab1/net2-large 3 guessed"],
        ),
        (
            "import pyannote.audio\nsegmentation = 'pyannote/unheard-of'",
            ["hf-model pyannote/unheard-of 2 guessed"],
        ),
    ],
)
def test_a_name_that_speaks_of_models_is_a_guess(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        (
            "if embedding_provider == 'azure_openai':",
            ["api-model azure-openai:text-embedding-3-large 2 guessed"],
        ),
        ("if PROVIDER is Provider.OPENAI:", ["api-model openai:text-embedding-3-large 2 guessed"]),
        ("if provider in ('openai', 'azure'):", ["api-model openai:text-embedding-3-large 2 guessed"]),
        ("if size == 'azure':", ["api-model openai:text-embedding-3-large 2 guessed"]),
    ],
)
def test_the_branch_around_a_name_says_who_serves_it(
    tmp_path: Path, branch: str, expected: list[str]
) -> None:
    text = f"{branch}\n    embedding_model = 'text-embedding-3-large'\n"
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    "text",
    [
        "route = 'users/list'",
        "content_type = 'text/plain'",
        "model = 'your-org/your-model'",
        "output_model = 'lab1/net2-large'",
        "hub_model_id = 'lab1/net2-large'",
        "model_families = ['bert', 'nomic-bert']",
        "model_dir = 'out/b-large'",
        "model_url = 'https://example.org/v1'",
        "compared_models = ['alpaca-13b', 'vicuna-7b', 'claude-1', 'falcon-40b']",
        "MODEL_TYPE = 'whisper'",
        "MODEL_SETTINGS = {'gpt-4o': 128_000, 'gpt-4o-mini': 64_000}",
        "MODELS_BY_PRICE = {'gpt-4o': 'much', 'gpt-4o-mini': 'less'}",
        "datasets = ['suite1/a2', 'suite1/b3', 'suite1/c4', 'suite1/d5']",
        "model_name = os.getenv('MODEL', 'N/A')",
        "# MODEL = 'lab1/net2-large'",
    ],
)
def test_what_only_looks_like_a_name_is_passed_over(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, text, DETECTOR) == []


def test_what_is_said_to_be_a_space_is_no_model(tmp_path: Path) -> None:
    text = 'HF_REPO_ID = "lab1/net2-large"\nHF_REPO_TYPE = "{}"\n'
    assert lines(tmp_path, text.format("space"), DETECTOR) == []
    assert lines(tmp_path, text.format("model"), DETECTOR) == ["hf-model lab1/net2-large 1 guessed"]


def test_the_keys_of_a_table_are_names_unless_their_values_name_the_models(tmp_path: Path) -> None:
    by_label = "SUPPORTED_MODELS = {'gpt-4o': 'GPT-4o', 'gpt-4o-mini': 'GPT-4o mini'}"
    assert lines(tmp_path, by_label, DETECTOR) == [
        "api-model openai:gpt-4o 1 guessed",
        "api-model openai:gpt-4o-mini 1 guessed",
    ]
    by_alias = "MODELS = {'claude-v4-opus': 'lab1/net2-large', 'claude-v4-haiku': 'lab1/net3-large'}"
    assert not any("claude" in line for line in lines(tmp_path, by_alias, DETECTOR))
    by_call = "MODELS = {{'gpt-4o': Kit({0}'gpt-4o-2024-08-06'), 'gpt-4o-mini': Kit({0}'gpt-4o-mini')}}"
    for way in ("", "model="):
        assert lines(tmp_path, by_call.format(way), DETECTOR)[:1] == [
            "api-model openai:gpt-4o-mini 1 guessed"
        ]


@pytest.mark.parametrize("way", ["TABLE", "TABLE.keys()", "sorted(TABLE)"])
def test_keys_of_what_calls_make_are_labels_where_a_loop_writes_them_down(tmp_path: Path, way: str) -> None:
    loop = f"for name in {way}:\n    row = {{'model_name': name}}"
    made = "TABLE = {'gpt-4o': Kit(model='gpt-4o-2024-08-06'), 'o3-mini': Kit(model='o3-mini-2025-01-31')}\n"
    assert lines(tmp_path, made + loop, DETECTOR) == []


def test_a_name_bound_in_a_test_is_a_mention(tmp_path: Path) -> None:
    (found,) = read_project(tmp_path, {"tests/test_a.py": "MODEL = 'lab1/net2-large'"}, DETECTOR).sightings
    assert (found.role.value, found.scope.value) == ("mention", "test")


def test_a_call_that_uses_the_name_wins_over_the_guess(tmp_path: Path) -> None:
    text = "from transformers import AutoModel\nMODEL = 'lab1/net2'\nAutoModel.from_pretrained(MODEL)"
    assert lines(tmp_path, text) == ["hf-model lab1/net2 2 folded remote-code=False"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AGENT_LLM_MAP = {'planner': 'gpt-4o-2024-11-20'}", ["openai:gpt-4o-2024-11-20"]),
        (
            "MODEL_FOR_TASK = {'a': 'gpt-4o', 'b': 'claude-3-haiku-20240307'}",
            ["openai:gpt-4o", "anthropic:claude-3-haiku-20240307"],
        ),
        ("HAIKU = 'claude-3-haiku-20240307'", ["anthropic:claude-3-haiku-20240307"]),
        ("class Names:\n    GPT4 = 'gpt-4-1106-preview'", ["openai:gpt-4-1106-preview"]),
        ("MODEL_FOR_TASK = {'a': 'gpt-4o', 'b': 'my-own-thing'}", []),
        ("MODEL_PRICE_BY_TASK = {'gpt': 'gpt-4o'}", []),
        ("LABEL = 'gpt-4-1106-preview'", []),
        ("GPT = 'gpt-like'", []),
    ],
)
def test_tables_and_constants_of_hosted_models_name_them(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert [line.split()[1] for line in lines(tmp_path, text, DETECTOR)] == expected
