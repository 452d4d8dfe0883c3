"""Settings that send downloads to another hub."""

from __future__ import annotations

from scanner.records.unknown import Unknown
from tests.discovery.config_kit import switches


def test_an_address_other_than_the_hubs_own_is_a_switch() -> None:
    text = "environment:\n  HF_ENDPOINT: https://hf-mirror.com\n  A: llm\n"
    assert switches(text, "yaml") == [("HF_ENDPOINT", "https://hf-mirror.com", 2)]
    assert switches("HF_ENDPOINT=https://huggingface.co\nHF_ENDPOINT=\n", "dotenv") == []


def test_an_address_from_outside_is_unknown() -> None:
    text = "environment:\n  HF_ENDPOINT: ${MIRROR}\n"
    assert switches(text, "yaml") == [("HF_ENDPOINT", Unknown("${MIRROR}: environment"), 2)]


def test_a_choice_counts_only_when_it_is_made() -> None:
    text = "VLLM_USE_MODELSCOPE=False\nUSE_MODELSCOPE_HUB=1\n"
    assert switches(text, "dotenv") == [("USE_MODELSCOPE_HUB", "1", 2)]


def test_a_variable_on_a_command_line_is_a_switch() -> None:
    text = "docker run -e HF_ENDPOINT=https://hf-mirror.com x/y\n"
    assert switches(text, "shell") == [("HF_ENDPOINT", "https://hf-mirror.com", 1)]
