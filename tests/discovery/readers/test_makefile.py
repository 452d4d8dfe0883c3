"""Makefiles."""

from __future__ import annotations

from tests.discovery.config_kit import names


def test_a_recipe_is_read_with_the_variables_of_the_file() -> None:
    text = (
        "MODEL ?= Qwen/Qwen3-8B  # big\nserve:\n\t@vllm serve $(MODEL) \\\n\t  --port 1\n"
        "\t-ollama pull qwen2:7b\n"
    )
    assert names(text, "makefile") == ["hf-model Qwen/Qwen3-8B 1", "ollama qwen2:7b 5"]


def test_addresses_and_counts_are_no_models() -> None:
    assert names("MODEL_ADDR ?= acme-inc/openai\nMODEL_COUNT := 3\nx:\n\techo hi\n", "makefile") == []


def test_an_address_set_elsewhere_says_nothing_of_a_variable_set_for_one_command() -> None:
    text = "T_URL = https://api.example.org/v1\nrun:\n\tT_MODEL=nord/tern-7b make x\n"
    assert names(text, "makefile") == ["hf-model nord/tern-7b 3"]


def test_flags_in_a_variable_are_words_of_the_command() -> None:
    text = "ARGS = --model nord/tern-7b --revision v2\nrun:\n\t./serve $(ARGS)\n"
    assert names(text, "makefile") == ["hf-model nord/tern-7b 1"]
