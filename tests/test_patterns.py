"""Expressions compiled when first used are those `re.compile` makes, and every one of them compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scanner
from scanner.patterns import WORTH_LOADING, matches_glob, presence, regex


def test_it_matches_as_the_compiled_one_does() -> None:
    late, now = regex(r"(?P<word>a+)b", re.IGNORECASE), re.compile(r"(?P<word>a+)b", re.IGNORECASE)
    for text in ("aab", "AAB x ab", "", "ba"):
        assert bool(late.match(text)) is bool(now.match(text))
        assert bool(late.fullmatch(text)) is bool(now.fullmatch(text))
        assert late.findall(text) == now.findall(text)
        assert late.sub("c", text) == now.sub("c", text)
        assert late.split(text) == now.split(text)
        assert [found.span() for found in late.finditer(text)] == [
            found.span() for found in now.finditer(text)
        ]
    assert (late.pattern, late.flags, late.groups) == (now.pattern, now.flags, now.groups)
    assert dict(late.groupindex) == dict(now.groupindex)


def test_it_is_not_compiled_before_it_is_used() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.match("")


def test_what_no_expression_has_it_has_not() -> None:
    with pytest.raises(AttributeError):
        regex("a").no_such_thing  # type: ignore[attr-defined]  # noqa: B018


SIGNS = st.text(alphabet="ab*.?[]-", max_size=8)


@given(st.text(alphabet="ab.-", max_size=10), SIGNS)
def test_a_glob_matches_what_the_library_says(text: str, glob: str) -> None:
    assert matches_glob(text, glob) is fnmatchcase(text, glob)


@pytest.mark.parametrize(
    ("text", "glob", "fits"),
    [
        *(("Dockerfile.gpu", "Dockerfile.*", True), ("Dockerfile", "Dockerfile.*", False)),
        *(
            ("aba", "ab*ba", False),
            ("abba", "ab*ba", True),
            ("bcbc", "*bc*bc", True),
            ("a\nb", "a*b", True),
        ),
        *(("", "*", True), ("", "", True), ("a", "", False), ("ab", "a**b", True), ("a1", "a[0-9]", True)),
    ],
)
def test_a_star_stands_for_any_run_of_characters(text: str, glob: str, fits: bool) -> None:
    assert matches_glob(text, glob) is fnmatchcase(text, glob) is fits


def test_every_expression_of_the_project_compiles() -> None:
    late: type = type(regex("a"))
    seen = 0
    for module in pkgutil.walk_packages(scanner.__path__, "scanner."):
        if module.name == "scanner.__main__":
            continue
        for name, held in vars(importlib.import_module(module.name)).items():
            if isinstance(held, late):
                assert isinstance(held.flags, int), f"{module.name}.{name}"  # type: ignore[attr-defined]
                seen += 1
    assert seen > 100


def test_what_is_present_is_the_same_with_re2_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("re2")
    monkeypatch.setattr("scanner.patterns.searched", [0])
    pieces = [
        "hf ",
        "lms ",
        "elms ",
        "Lora",
        "Lorax",
        "é",
        "model",
        "\n",
        "/a-b",
        "\ud800",
        "vae",
        "vaes",
        " ",
    ]
    expression = r"\bhf |\blms |[Ll]ora\b|vae\b|/[A-Za-z]\w*-\w"
    slow, fast = presence(expression), presence(expression)
    assert fast("x" * WORTH_LOADING) is False
    assert type(fast._ask.__self__).__module__.startswith("re2")  # type: ignore[union-attr]
    monkeypatch.setattr("scanner.patterns.searched", [-(10**12)])
    for first in pieces:
        for second in pieces:
            for third in pieces:
                text = first + second + third
                assert slow(text) is fast(text), text
    assert slow._ask is None


def test_what_re2_does_not_know_is_asked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.patterns.searched", [WORTH_LOADING])
    is_there = presence(r"(?<!x)model")
    assert [is_there("a model"), is_there("xmodel")] == [True, False]


def test_re2_is_not_loaded_for_a_few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.patterns.searched", [0])

    def refuse(text: str) -> None:
        raise AssertionError(text)

    monkeypatch.setattr("scanner.patterns._by_re2", refuse)
    assert presence("model")("a model" * 100)
