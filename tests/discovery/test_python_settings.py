"""Tests of settings that Python files write out."""

from __future__ import annotations

import pytest

from scanner.discovery.python_settings import holds_settings, language_of_text, without_holes

YAML = "\nmodel: lab1/net2\nkeep: 3\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (YAML, "yaml"),
        ('{\n "model":\n "lab1/net2"}', "json"),
        ("#!/bin/sh\nset -e\nvllm serve lab1/net2\n", "shell"),
        ("\nkeep: 3\nleave: 4\n", None),
        ("model: lab1/net2", None),
        ("\nYou are a language model.\nAnswer in one word.\n", None),
        ("import torch\n\nmodel = torch.load(x)\n", None),
    ],
)
def test_a_text_of_several_lines_is_settings_a_script_or_prose(text: str, language: str | None) -> None:
    assert language_of_text(text) == language


@pytest.mark.parametrize(
    "before",
    ["x = ", "x = f", "write(", "return ", "{'a': ", "[\n    ", "x = (\n    ", "x = y or ", "f(a, "],
)
def test_settings_that_are_given_to_something_are_found(before: str) -> None:
    assert holds_settings(f'"""Doc."""\n{before}"""{YAML}"""')
    assert holds_settings(f"{before}'''{YAML}'''")


@pytest.mark.parametrize("before", ["", "def f():\n    ", "class A:\n    ", "x = 1\n"])
def test_a_text_that_stands_alone_is_prose(before: str) -> None:
    assert not holds_settings(f'{before}"""{YAML}"""')


def test_an_open_text_ends_the_search() -> None:
    assert not holds_settings(f'x = """{YAML}')


def test_what_is_filled_in_becomes_a_variable_of_the_same_width() -> None:
    text = 'a: {name}\nb: {{"c": {size}}}\nd: {{}}\n'
    assert without_holes(text) == 'a: $_____\nb: { "c": $_____ }\nd: {  }\n'
