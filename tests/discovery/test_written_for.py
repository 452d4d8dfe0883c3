"""Tests of what a literal is given to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.written_for import enumerated_models, given_to, speaks_of_models

AS_ONE = re.compile(
    r"\b(\w{0,40}[mM]odel(?:Name|Id)?)\(\s*(?:[A-Za-z_]\w*\.){0,4}([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\s*\)"
)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("model := ", "model"),
        ("load(model=", "load.model"),
        ("a, ", ""),
        ('import (\n\t"a"\n\t', ""),
        ("Model(", "Model"),
        ("model_code: String::from(", "model_code"),
        ("options = builder.model(", "model"),
        ("modelName = builder.of(", "modelName"),
        ("model: Some::<String>::of(", "model"),
    ],
)
def test_the_name_in_front_of_a_literal_is_what_it_is_given_to(before: str, name: str) -> None:
    assert given_to(f'{before}"acme/foo"', len(before)) == name


def test_names_speak_of_models_by_their_words() -> None:
    assert [speaks_of_models(name) for name in ("modelName", "tokenizer", "x.llm", "image")] == [
        True,
        True,
        True,
        False,
    ]


@given(
    st.lists(
        st.sampled_from(["model(", "setModelName(", "odel(", " ", "x" * 39, "A.B_C)", "GPT_4)", "é", "Q."]),
        max_size=6,
    )
)
def test_members_of_enumerations_are_those_that_one_expression_finds(parts: list[str]) -> None:
    text = "".join(parts)
    assert [found.groups() for found in enumerated_models(text)] == [
        found.groups() for found in AS_ONE.finditer(text)
    ]
