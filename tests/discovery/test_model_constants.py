"""Names that constants of a service's client stand for."""

from __future__ import annotations

import pytest

from scanner.discovery.model_constants import constants_of_modules, model_of


@pytest.mark.parametrize(
    ("constant", "name"),
    [
        ("GPT_4_O_MINI", "gpt-4o-mini"),
        ("GPT_4_1", "gpt-4.1"),
        ("GPT_4_0613", "gpt-4-0613"),
        ("GEMINI_2_5_FLASH", "gemini-2.5-flash"),
        ("CLAUDE_SONNET_4_6", "claude-sonnet-4-6"),
        ("ChatModelGPT4oMini2024_07_18", "gpt-4o-mini-2024-07-18"),
        ("GPT3Dot5Turbo16K", "gpt-3.5-turbo-16k"),
        ("ModelClaudeOpus4_20250514", "claude-opus-4-20250514"),
        ("EmbeddingModelTextEmbedding3Small", "text-embedding-3-small"),
        ("Whisper1", "whisper-1"),
        ("O1Mini", "o1-mini"),
    ],
)
def test_a_constant_is_read_by_its_words(constant: str, name: str) -> None:
    assert model_of(constant) == name


def test_members_of_modules_have_a_digit_and_are_no_calls_and_no_types() -> None:
    text = "aa::bb::TERN_1; use cc.Tern2; dd.Tern3(x) ee.Tern4{} ff::TERN_5::new() Gg.Tern6 hh.Plain ii.tern7"
    assert [(path, text[start:end]) for path, start, end in constants_of_modules(text)] == [
        ("aa::bb::", "TERN_1"),
        ("cc.", "Tern2"),
    ]
