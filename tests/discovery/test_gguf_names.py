"""Tests of files of GGUF repositories."""

from __future__ import annotations

import pytest

from scanner.discovery.gguf_names import repository_of_gguf


@pytest.mark.parametrize(
    ("text", "repository"),
    [
        ("nord/Tern-7B-GGUF/tern-7b.Q4_K_M.gguf", "nord/Tern-7B-GGUF"),
        ("nord/gulls-GGUF/any.gguf", "nord/gulls-GGUF"),
        ("nord/tern2.5-7b/Tern2.5-7b-q8_0.GGUF", "nord/tern2.5-7b"),
        ("nord/tern-7b/model.gguf", None),
        ("models/tern-7b/tern-7b.gguf", None),
        ("nord/models/x.gguf", None),
        ("a/nord/Tern-GGUF/tern.gguf", None),
        ("nord/Tern-GGUF/tern.bin", None),
        ("nord/Tern-GGUF", None),
    ],
)
def test_a_gguf_file_is_of_a_repository_that_is_called_like_it(text: str, repository: str | None) -> None:
    assert repository_of_gguf(text) == repository
