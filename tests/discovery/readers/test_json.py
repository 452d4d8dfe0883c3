"""JSON in its shapes."""

from __future__ import annotations

import pytest

from scanner.errors import UnreadableFile
from tests.discovery.config_kit import entries, names, reader, source


def test_a_string_keeps_its_keys_line_and_column() -> None:
    assert entries('{\n  "a": {"model": "BAAI/bge-m3"},\n  "list": ["x"]\n}', "json") == [
        ("a.model", "BAAI/bge-m3", 2, 19)
    ]


def test_comments_loose_commas_and_a_cut_end_are_borne() -> None:
    text = (
        '// head\n{\n  /* x */ "model": "BAAI/bge-m3", // why\n'
        '  "fallback_models": ["facebook/opt-125m",],\n  "model_id": "Qwen/Qwe'
    )
    assert names(text, "json") == ["hf-model BAAI/bge-m3 3", "hf-model facebook/opt-125m 4"]


def test_escapes_are_decoded() -> None:
    assert entries('{"model": "BAAI\\/bge-m3"}', "json") == [("model", "BAAI/bge-m3", 1, 12)]


def test_a_package_manifest_names_no_models() -> None:
    text = '{"dependencies": {"model": "BAAI/bge-m3"}, "model": "BAAI/bge-m3"}'
    assert names(text, "json", "package.json") == []
    assert names(text, "json", "settings.json") == ["hf-model BAAI/bge-m3 1"]


def test_a_description_of_an_interface_is_passed_over_and_a_word_for_one_is_not() -> None:
    assert names('{"openapi": "3.1.0", "model": "BAAI/bge-m3"}', "json") == []
    assert names('{"type": "openapi", "model": "BAAI/bge-m3"}', "json") == ["hf-model BAAI/bge-m3 1"]


def test_stored_answers_are_data_and_a_batch_of_requests_is_use() -> None:
    stored = '{"question_id": 1, "model": "gpt-4o", "answer": "…"}\n' * 2
    assert names(stored, "json", "answers.jsonl") == []
    assert names(f"[{stored.splitlines()[0]}]", "json") == []
    batch = '{"custom_id": "1", "body": {"model": "facebook/opt-125m", "messages": []}}\n'
    assert names(batch, "json", "batch.jsonl") == ["hf-model facebook/opt-125m 1"]


def test_a_very_large_text_is_searched_for_its_keys_only() -> None:
    text = '{"model": "BAAI/bge-m3", "filler": "' + "x" * 4_100_000 + '"}'
    assert entries(text, "json") == [("model", "BAAI/bge-m3", 1, 12)]


def test_what_is_no_json_is_refused_with_a_reason() -> None:
    with pytest.raises(UnreadableFile, match="not JSON at line 1"):
        list(reader("json").read(source('"model', "json")))
