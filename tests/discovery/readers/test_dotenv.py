"""Environment files."""

from __future__ import annotations

from tests.discovery.config_kit import entries, mentions, names


def test_quotes_comments_and_exports_are_taken_off() -> None:
    text = (
        "# models\nexport LLM_MODEL='gpt-4o' # the big one\nEMBEDDING_MODEL=BAAI/bge-m3   # small\nEMPTY=\n"
    )
    assert entries(text, "dotenv") == [
        ("LLM_MODEL", "gpt-4o", 2, 19),
        ("EMBEDDING_MODEL", "BAAI/bge-m3", 3, 17),
    ]
    assert names(text, "dotenv") == ["api-model openai:gpt-4o 2", "hf-model BAAI/bge-m3 3"]


def test_a_commented_setting_is_a_mention() -> None:
    text = "# EMBEDDING_MODEL=BAAI/bge-m3\n"
    assert names(text, "dotenv") == []
    assert mentions(text, "dotenv") == ["hf-model BAAI/bge-m3 1"]


def test_neighbours_decide_whose_model_it_is() -> None:
    text = (
        "AZURE_OPENAI_CHAT_DEPLOYMENT=gpt-35-turbo\nLOCAL_MODEL=qwen2.5:7b\n"
        "LOCAL_MODEL_EMBEDDINGS=nomic-embed-text\n"
        "DEEP_API_BASE=https://api.deepseek.com\nDEEP_MODEL=deepseek-chat\n"
    )
    assert names(text, "dotenv") == [
        "api-model azure-openai:gpt-35-turbo 1",
        "ollama qwen2.5:7b 2",
        "ollama nomic-embed-text 3",
        "api-model deepseek:deepseek-chat 5",
    ]


def test_versions_keys_and_selectors_are_no_models() -> None:
    text = (
        "OPENAI_API_VERSION=2024-02-15-preview\nMODEL_KEY=<YOUR_KEY>\n"
        "EMBEDDING_MODEL=sentence_transformer\nMODEL_PATH=/models/x\n"
    )
    assert names(text, "dotenv") == []
