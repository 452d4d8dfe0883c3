"""An address in a class of settings is that of the names it is meant for, not of every model beside it."""

from pathlib import Path

import pytest

from scanner.discovery.detectors import library_calls, named_values
from tests.discovery.reading import read_project

OPENAI = "openai_base_url: str = 'https://api.deepseek.com/v1'"
PLAIN = "base_url = 'https://openrouter.ai/api/v1'"
OLLAMA = "ollama_base_url: str = 'http://localhost:11434'"


def named(folder: Path, *fields: str, head: str = "class Settings:") -> list[str]:
    text = "\n    ".join((head, *fields)) + "\n"
    found = read_project(folder, {"config.py": text}, named_values.DETECTOR)
    return [f"{each.kind.value} {each.name}" for each in found.sightings]


@pytest.mark.parametrize(
    ("address", "field", "expected"),
    [
        (OPENAI, "openai_model: str = 'lab1/net2'", "api-model deepseek:lab1/net2"),
        (OPENAI, "llm_model: str = 'net-x2'", "api-model deepseek:net-x2"),
        (OPENAI, "EMBEDDING_MODEL: str = 'lab1/emb2'", "hf-model lab1/emb2"),
        (OPENAI, "reranker_model: str = 'lab1/rank2'", "hf-model lab1/rank2"),
        (OPENAI, "asr_model: str = 'lab1/asr2'", "hf-model lab1/asr2"),
        (OPENAI, "hf_model: str = 'lab1/net2'", "hf-model lab1/net2"),
        (
            OPENAI,
            "anthropic_model: str = 'claude-3-5-haiku-20241022'",
            "api-model anthropic:claude-3-5-haiku-20241022",
        ),
        (PLAIN, "model = 'lab1/net2'", "api-model openrouter:lab1/net2"),
        (PLAIN, "fallback_model = 'lab1/net2'", "api-model openrouter:lab1/net2"),
        (PLAIN, "embedding_model = 'lab1/emb2'", "hf-model lab1/emb2"),
        (PLAIN, "embedding_model = 'emb-x2'", "api-model openrouter:emb-x2"),
        (OLLAMA, "model = 'llama3'", "ollama llama3"),
        (OLLAMA, "embed_model = 'nomic-embed-text'", "ollama nomic-embed-text"),
        (OLLAMA, "hf_model = 'lab1/net2'", "hf-model lab1/net2"),
        (OLLAMA, "llm_model = 'gpt-4o'", "api-model openai:gpt-4o"),
        (
            "embedding_base_url = 'https://api.siliconflow.cn/v1'",
            "llm_model = 'lab1/net2'",
            "hf-model lab1/net2",
        ),
        (
            "embedding_base_url = 'https://api.siliconflow.cn/v1'",
            "embedding_model = 'lab1/emb2'",
            "api-model siliconflow:lab1/emb2",
        ),
        ("callback_base_url = 'https://hooks.example.net/v1'", "model = 'lab1/net2'", "hf-model lab1/net2"),
        (
            "groq_base_url = 'https://api.groq.com/openai/v1'",
            "groq_model = 'net-x2'",
            "api-model groq:net-x2",
        ),
        (
            "base_url: str = Field(default='https://openrouter.ai/api/v1')",
            "model = 'lab1/net2'",
            "api-model openrouter:lab1/net2",
        ),
        (
            "base_url = os.getenv('LLM_URL', 'https://openrouter.ai/api/v1')",
            "model = 'lab1/net2'",
            "api-model openrouter:lab1/net2",
        ),
    ],
)
def test_an_address_reaches_the_names_it_is_meant_for(
    tmp_path: Path, address: str, field: str, expected: str
) -> None:
    assert named(tmp_path, address, field) == [expected]


def test_each_of_several_addresses_has_its_own_names(tmp_path: Path) -> None:
    fields = (
        "llm_base_url = 'https://openrouter.ai/api/v1'",
        "llm_model = 'lab1/net2'",
        "embedding_base_url = 'https://api.siliconflow.cn/v1'",
        "embedding_model = 'lab1/emb2'",
        "draft_model = 'lab1/draft2'",
    )
    assert named(tmp_path, *fields) == [
        "api-model openrouter:lab1/net2",
        "api-model siliconflow:lab1/emb2",
        "api-model openrouter:lab1/draft2",
    ]


def test_of_two_addresses_without_an_owner_none_is_taken(tmp_path: Path) -> None:
    fields = (PLAIN, "api_base = 'https://api.deepseek.com/v1'", "model = 'lab1/net2'")
    assert named(tmp_path, *fields) == ["hf-model lab1/net2"]


def test_a_class_of_embedders_asks_its_address(tmp_path: Path) -> None:
    fields = ("base_url = 'https://api.siliconflow.cn/v1'", "embedding_model = 'lab1/emb2'")
    assert named(tmp_path, *fields, head="class EmbeddingConfig:") == ["api-model siliconflow:lab1/emb2"]


def test_the_same_holds_of_dictionaries_and_defaults(tmp_path: Path) -> None:
    address = "'base_url': 'https://openrouter.ai/api/v1'"
    conf = f"CONF = {{{address}, 'model': 'lab1/net2', 'embedding_model': 'lab1/emb2'}}"
    call = address.replace("'base_url':", "base_url=")
    make = f"def make({call}, model='lab1/net3', embedding_model='lab1/emb3'):"
    assert sorted(named(tmp_path, "pass", head=f"{conf}\n{make}")) == [
        "api-model openrouter:lab1/net2",
        "api-model openrouter:lab1/net3",
        "hf-model lab1/emb2",
        "hf-model lab1/emb3",
    ]


def test_weights_that_a_library_loads_are_not_asked_for_at_the_address_beside(tmp_path: Path) -> None:
    files = {
        "config.py": f"class Settings:\n    {OPENAI}\n    openai_model: str = 'net-x2'\n"
        "    base_model: str = 'lab1/own2'\nsettings = Settings()\n",
        "use.py": "from transformers import AutoModel\nfrom config import settings\n"
        "AutoModel.from_pretrained(settings.base_model)\n",
    }
    found = read_project(tmp_path, files, named_values.DETECTOR, library_calls.DETECTOR)
    assert [f"{each.kind.value} {each.name}" for each in found.sightings] == [
        "api-model deepseek:net-x2",
        "hf-model lab1/own2",
    ]
