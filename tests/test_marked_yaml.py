"""YAML as people mean it, with its lines, and no way to blow it up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import Mistake, PolicyBroken
from scanner.marked_yaml import MAX_BYTES, Mapping, Scalar, Sequence, plain, read_yaml


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(PolicyBroken) as caught:
        read_yaml(text, "p.yaml")
    return caught.value.mistakes


def test_countries_switches_days_and_times_stay_as_written() -> None:
    text = "a: [NO, on, off, yes, 2026-12-01, 2026-13-01, 12:30, 0x1F, 007, 1_000, .5, '3', \"true\"]"
    assert plain(read_yaml(text, "p")) == {
        "a": [
            "NO",
            "on",
            "off",
            "yes",
            "2026-12-01",
            "2026-13-01",
            "12:30",
            "0x1F",
            "007",
            1000,
            ".5",
            "3",
            "true",
        ]
    }


def test_true_false_null_and_decimal_numbers_are_what_they_look_like() -> None:
    assert plain(read_yaml("[true, false, null, ~, 12, -3, 0.5, 1e3]", "p")) == [
        *(True, False, None, None, 12, -3, 0.5, 1000.0)
    ]


def test_every_value_and_key_keeps_its_line_and_column() -> None:
    node = read_yaml("rules:\n  a: {level: error}\n  b: [x, y]\n", "p")
    assert isinstance(node, Mapping)
    rules = node.get("rules")
    assert isinstance(rules, Mapping)
    (first, _), (second, listed) = rules.entries
    assert first == Scalar("a", 2, 3)
    assert second == Scalar("b", 3, 3)
    assert listed == Sequence((Scalar("x", 3, 7), Scalar("y", 3, 10)), 3, 6)


def test_an_empty_document_is_an_empty_mapping() -> None:
    assert read_yaml("# nothing\n", "p") == Mapping((), 1, 1)


def test_all_mistakes_are_told_at_once_with_their_places() -> None:
    text = "a: 1\nb: !!python/object:os.system x\na: 2\n<<: {c: 1}\n? [k]\n: v\nd: !mine y\n"
    assert [(m.line, m.column, m.what) for m in mistakes(text)] == [
        (3, 1, "the key 'a' stands twice"),
        (4, 1, "merge keys (<<) are not read here"),
        (5, 3, "a key must be text"),
        (7, 4, "tags have no meaning here: !mine"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "not YAML"),
        ("a: *nobody\n", 1, "not YAML"),
        ("\ta: 1\n", 1, "not YAML"),
    ],
)
def test_what_is_no_yaml_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    (mistake,) = mistakes(text)
    assert (mistake.line, words in mistake.what) == (line, True)


def test_an_alias_bomb_is_refused_before_it_is_expanded() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    assert "more than" in mistakes(bomb)[0].what


def test_a_document_that_refers_to_itself_is_refused() -> None:
    assert "refers to itself" in mistakes("a: &a [*a]\n")[0].what


def test_deep_nesting_and_great_size_are_refused() -> None:
    assert mistakes("[" * 5000 + "]" * 5000)
    assert "larger than" in mistakes("# " + "x" * MAX_BYTES)[0].what


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    said: tuple[Mistake, ...] = ()
    try:
        read_yaml(text, "p")
    except PolicyBroken as error:
        said = error.mistakes
    assert all(str(mistake).startswith("p") for mistake in said)
