"""What is advised about a text that is no YAML."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import PolicyBroken
from scanner.marked_yaml import read_yaml

COLON, COLUMN = (
    "put a text that has a colon and a space in it in quotes",
    "begin lines that belong together in the same column",
)
TWO = "one policy per file: take out the line --- between them"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a:\n\tb: 1\n", ("line 2 reads 'b: 1'", "indent with spaces: tabs begin line 2")),
        ("a: @b\n", ("line 1 reads 'a: @b'", "put a text that begins with @ in quotes")),
        ("a: [*]\n", ("line 1 reads 'a: [*]'", "put a text that begins with * in quotes")),
        ("a: b: c\n", ("line 1 reads 'a: b: c'", COLON)),
        ("a:1\nb: 2\n", ("line 2 reads 'b: 2'", "put a space behind the colon in line 1")),
        ("- a\n-b: 1\n", ("line 2 reads '-b: 1'", "put a space behind the dash")),
        ("a: 1\n  b: 2\n", ("line 2 reads 'b: 2'", COLUMN)),
        ("a: [1\nb: 2\n", ("line 2 reads 'b: 2'", "a bracket is opened in line 1 and not closed")),
        ("a: 'b\n", ('line 1 reads "a: \'b"', "a quotation mark is opened in line 1 and not closed")),
        ("a: 1\n---\nb: 2\n", ("line 2 reads '---'", TWO)),
    ],
)
def test_the_line_is_quoted_and_the_usual_cause_is_named(text: str, advice: tuple[str, ...]) -> None:
    with pytest.raises(PolicyBroken) as raised:
        read_yaml(text, "a.yaml")
    assert raised.value.mistakes[0].advice == advice


@given(st.text(alphabet="a:-[]{}'\"\t\n @*&%|>#,", max_size=40))
def test_whatever_is_no_yaml_is_told_and_nothing_else_happens(text: str) -> None:
    with suppress(PolicyBroken):
        read_yaml(text, "a.yaml")
