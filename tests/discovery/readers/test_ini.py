"""INI files."""

from __future__ import annotations

from tests.discovery.config_kit import entries, mentions, names


def test_sections_lead_to_their_settings() -> None:
    text = '[embedding]\nmodel_name = BAAI/bge-m3 ; small\n[llm]\nmodel: "gpt-4o"\nprovider = openai\n'
    assert entries(text, "ini") == [
        ("embedding.model_name", "BAAI/bge-m3", 2, 14),
        ("llm.model", "gpt-4o", 4, 9),
    ]
    assert names(text, "ini") == ["hf-model BAAI/bge-m3 2", "api-model openai:gpt-4o 4"]


def test_a_comment_is_a_mention() -> None:
    assert mentions("; model = BAAI/bge-m3\n[a]\n", "ini") == ["hf-model BAAI/bge-m3 1"]
