"""Tests of names with an owner in running text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.owned_names import owned_names

AS_ONE = re.compile(
    r"(?<![\w./@:\\-])[A-Za-z0-9][A-Za-z0-9_.-]{1,60}/[A-Za-z0-9][A-Za-z0-9_.-]{1,95}(?![\w/@])"
)


def test_owned_names_are_words_of_their_own() -> None:
    text = "see acme/foo-7b, github.com/acme/bar, a/b/c and (x1/y2)."
    assert [found[0] for found in owned_names(text)] == ["acme/foo-7b", "x1/y2"]


@given(st.text(st.sampled_from("aZ0_.-/@:\\ (é\n"), max_size=60), st.integers(0, 70))
def test_they_are_those_that_one_expression_finds(text: str, length: int) -> None:
    for each in (text, "x" * length + "/" + text, "a " + "y" * length + text):
        assert [found.span() for found in owned_names(each)] == [
            found.span() for found in AS_ONE.finditer(each)
        ]
