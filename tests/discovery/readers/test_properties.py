"""Java properties."""

from __future__ import annotations

from tests.discovery.config_kit import entries, names


def test_dotted_keys_are_a_path() -> None:
    text = (
        "# spring\nspring.ai.openai.chat.options.model=${NAME:gpt-4o}\n"
        "spring.ai.ollama.chat.options.model=llama3.2\n"
    )
    assert entries(text, "properties") == [
        ("spring.ai.openai.chat.options.model", "gpt-4o", 2, 44),
        ("spring.ai.ollama.chat.options.model", "llama3.2", 3, 37),
    ]
    assert names(text, "properties") == ["api-model openai:gpt-4o 2", "ollama llama3.2 3"]


def test_a_profile_in_front_of_a_key_is_a_part_of_its_path() -> None:
    text = "%dev,local.quarkus.ollama.chat-model.model-id=llama3\n%dev.x=1\n"
    assert entries(text, "properties") == [
        ("%dev,local.quarkus.ollama.chat-model.model-id", "llama3", 1, 47),
    ]
    assert names(text, "properties") == ["ollama llama3 1"]
