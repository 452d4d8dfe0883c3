"""What a name is a name of."""

from __future__ import annotations

import pytest

from scanner.discovery.classify import (
    Surroundings,
    classify,
    is_ollama_address,
    is_private_address,
    looks_like_ollama,
)
from tests.discovery.config_kit import World
from tests.discovery.reading import world

SURE = Surroundings(is_sure=True)


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("BAAI/bge-m3", SURE, "hf-model BAAI/bge-m3"),
        ("gpt2", SURE, "hf-model gpt2"),
        ("gpt2", Surroundings(), None),
        ("gpt-4o", Surroundings(), "api-model openai:gpt-4o"),
        ("llama3:8b", Surroundings(), "ollama llama3:8b"),
        ("llama3", Surroundings(hub="ollama"), "ollama llama3"),
        ("llama3", Surroundings(base_url="http://localhost:11434/v1"), "ollama llama3"),
        ("gpt-4o", Surroundings(base_url="https://llm.example.org"), "api-model unknown:gpt-4o"),
        ("gpt-4o", Surroundings(base_url="http://vllm:8000/v1"), None),
        ("Qwen/Qwen3-8B", Surroundings(base_url="http://vllm:8000/v1"), "hf-model Qwen/Qwen3-8B"),
        ("Qwen/Qwen3-8B", Surroundings(hub="modelscope"), "modelscope Qwen/Qwen3-8B"),
        ("openai/gpt-oss-20b", Surroundings(), "hf-model openai/gpt-oss-20b"),
        ("Llama-3.1-8B-Instruct", SURE, None),
        ("nord/Tern-7B-GGUF/tern-7b.Q4_K_M.gguf", SURE, "hf-model nord/Tern-7B-GGUF"),
        ("nord/Tern-7B-GGUF/tern-7b.Q4_K_M.gguf", Surroundings(hub="ollama"), None),
        ("squad", Surroundings(is_sure=True, is_dataset=True), "hf-dataset squad"),
        ("lab1/net2", Surroundings(provider="openai"), "hf-model lab1/net2"),
        ("openai/gpt-4o", Surroundings(provider="openai"), "api-model openai:gpt-4o"),
        ("net2-embedding-ms:8000/v1", Surroundings(provider="groq"), None),
        ("lab1/net2-eval-leaderboard", SURE, None),
        ("net-4-thinking:1024", Surroundings(provider="groq"), "api-model groq:net-4-thinking:1024"),
        ("groq/tern", Surroundings(provider="groq"), "api-model groq:groq/tern"),
        ("groq/lab1/net2", Surroundings(provider="groq"), "api-model groq:lab1/net2"),
        ("groq/tern", Surroundings(provider="groq", is_router=True), "api-model groq:tern"),
        (
            "deepseek/tern",
            Surroundings(base_url="https://api.deepseek.com"),
            "api-model deepseek:deepseek/tern",
        ),
        ("openai/gpt-4o", Surroundings(base_url="https://api.openai.com/v1"), "api-model openai:gpt-4o"),
        ("models/gemini-9", Surroundings(provider="google"), "api-model google-gemini:gemini-9"),
        ("models/tern-9", Surroundings(provider="google"), None),
        ("current_model", Surroundings(base_url="https://llm.example.org"), None),
        ("accounts/fireworks/models/tern-8b", SURE, "api-model fireworks:accounts/fireworks/models/tern-8b"),
        ("meta.llama3-2-1b-instruct-v1:0", SURE, "api-model aws-bedrock:meta.llama3-2-1b-instruct-v1:0"),
        ("tern-base-uncased", SURE, "hf-model tern-base-uncased"),
        ("all-Tern-L6", SURE, "hf-model sentence-transformers/all-Tern-L6"),
        ("other-Tern-L6", SURE, None),
        ("ollama", Surroundings(hub="ollama"), None),
        ("local:lab1/net2", Surroundings(), "hf-model lab1/net2"),
        ("/data/model", SURE, None),
        ("your-org/your-model", SURE, None),
        ("a b", SURE, None),
    ],
)
def test_neighbours_decide_then_spelling_then_shape(
    text: str, around: Surroundings, expected: str | None
) -> None:
    named = classify(text, around, World())
    assert (f"{named.kind.value} {named.name}" if named else None) == expected


def test_addresses_tell_whose_server_it_is() -> None:
    assert [is_ollama_address(url) for url in ("http://ollama:11434", "https://ollama.com/x")] == [
        True,
        False,
    ]
    assert [is_private_address(url) for url in ("http://vllm:8000", "10.0.0.1", "https://api.x.org")] == [
        True,
        True,
        False,
    ]


def test_a_tag_with_a_size_is_ollamas() -> None:
    assert [looks_like_ollama(text) for text in ("qwen2.5:7b", "neo4j:5.26", "localhost:11434")] == [
        True,
        False,
        False,
    ]


def test_what_stands_beside_an_address_that_says_its_model_is_none() -> None:
    told = Surroundings(base_url="https://ai.api.nvidia.com/v1/cv/lab1/net2", is_sure=True)
    asked = Surroundings(base_url="https://ai.api.nvidia.com/v1/chat/completions", is_sure=True)
    assert classify("text-ensemble-2", told, world()) is None
    assert classify("lab1/net.2", told, world()) is not None
    found = classify("text-ensemble-2", asked, world())
    assert found is not None
    assert found.name == "nvidia-nim:text-ensemble-2"
