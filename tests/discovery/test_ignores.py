import pytest

from scanner.discovery.ignores import find_ignores
from scanner.records.sighting import IgnoreComment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1  # lading: ignore[a-b] why not", (1, ("a-b",), "why not")),
        ("x = 1  # lading: ignore[a, b]", (1, ("a", "b"), "")),
        ("\n  # lading: ignore[a] the next line\nx = 1", (3, ("a",), "the next line")),
        ("const x = 1; // lading: ignore[a] js", (1, ("a",), "js")),
        ("/* lading: ignore[a] block */\nx", (2, ("a",), "block")),
        ("<p>x</p> <!-- lading: ignore[a] page -->", (1, ("a",), "page")),
        ("-- lading: ignore[a] sql", (2, ("a",), "sql")),
        ('    "m = load()  # lading: ignore[a] cell\\n",', (1, ("a",), "cell")),
        ('    "# lading: ignore[a] cell\\n",', (2, ("a",), "cell")),
        ("x = 1  # lading: ignore[a] - dash", (1, ("a",), "dash")),
    ],
)
def test_an_ignore_is_found_in_any_comment_syntax(
    text: str, expected: tuple[int, tuple[str, ...], str]
) -> None:
    assert list(find_ignores("f", text)) == [IgnoreComment("f", *expected)]


@pytest.mark.parametrize(
    "text", ["lading: ignore[a] no comment", "# lading ignore[a] x", "# lading: ignore a"]
)
def test_what_is_no_ignore_comment_is_none(text: str) -> None:
    assert list(find_ignores("f", text)) == []
