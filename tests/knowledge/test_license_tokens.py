"""Words of a license text, whatever wraps them."""

from __future__ import annotations

import pytest

from scanner.knowledge.license_tokens import read_words


def words(text: str) -> list[str]:
    return list(read_words(text).words)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1. The Licence", ["the", "license"]),
        ("  (b) You may", ["you", "may"]),
        ("> **2.1** Use", ["use"]),
        ("<p>You &amp; us</p>", ["you", "us"]),
        ("at https://example.com/a-b now", ["at", "now"]),
        ("Copyright (c) 2031, 2032 Acme", ["copyright", "acme"]),
        ("All rights reserved.", []),
        ("NonCommercial use", ["non", "commercial", "use"]),
        ("NONINFRINGEMENT and non-infringement", ["noninfringement", "and", "noninfringement"]),
        (
            "more than 1,000,000 users in Llama 3.1",
            ["more", "than", "1,000,000", "users", "in", "llama", "3.1"],
        ),
        ("许可 license", ["许", "可", "license"]),
        ("Page 3 of 7", []),
    ],
)
def test_wrapping_is_set_aside(written: str, read: list[str]) -> None:
    assert words(written) == read


def test_a_word_knows_its_line_and_paragraph() -> None:
    found = read_words("Title\n\nfirst line\nsecond line\n")
    assert found.words == ("title", "first", "line", "second", "line")
    assert [found.line_of(at) for at in range(5)] == [1, 3, 3, 4, 4]
    assert [found.paragraph_of(at) for at in range(5)] == [1, 2, 2, 2, 2]


def test_escapes_of_json_are_read() -> None:
    assert read_words(r"the \u201cModel\u201d\u000ais \ud800 caf\u00e9").words == (
        "the",
        "model",
        "is",
        "café",
    )
