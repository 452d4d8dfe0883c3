"""Tests of what a literal is given to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.written_for import (
    call_around,
    enumerated_models,
    given_to,
    held_by,
    makes_client,
    speaks_of_models,
)

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
        ("default_model: Some(String::from(", "default_model"),
        ("model = Optional.of(Name.of(", "model"),
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


@pytest.mark.parametrize(
    ("before", "called"),
    [
        ('f(g("x)"), ', "f"),
        ("f<T>(a, ", "f"),
        ("f(a); g[", ""),
        ("f(a); ", ""),
        ("(", ""),
        ("f(" + "a, " * 200, ""),
        ("f(a, [b, c], ", "f"),
    ],
)
def test_the_call_around_a_literal_is_looked_for_a_short_way_back(before: str, called: str) -> None:
    assert call_around(f'{before}"x"', len(before)) == called


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("new OllamaApiClient(new Uri(a), ", "OllamaApiClient"),
        ('x.AsChatClient(c["K"] ?? ', "AsChatClient"),
        ('setModel(c["K"] ?? ', "setModel"),
        ("setModel(a, ", ""),
        ("model := ", "model"),
    ],
)
def test_a_later_argument_is_held_by_the_client_that_is_made(before: str, name: str) -> None:
    assert held_by(f'{before}"x"', len(before)) == name


def test_clients_are_told_by_their_names() -> None:
    made = ("GetEmbeddingClient", "AddOpenAIChatCompletion", "AsIEmbeddingGenerator", "OllamaChatClient")
    assert all(map(makes_client, made))
    assert not any(map(makes_client, ("HttpClient", "GetRequiredService", "WriteLine", "chat")))


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("x(config.model.empty() ? ", "model.model"),
        ("$y = $model ?: ", "model.model"),
        ("std::string model = argc > 1 ? argv[1] : ", "model.model"),
        ("y = found ? ", ""),
        ("public string ChatModel { get; set; } = ", "ChatModel"),
        ("make('text-generation', ", ""),
        ("pipeline('text-generation', ", "pipeline.model"),
        ("Net::fromPretrained(", "fromPretrained.model"),
        ("a = ModelConfiguration(\n  id: ", "ModelConfiguration.model"),
        ("a = Configuration(\n  id: ", "a"),
        ("case .baseEn:\n  tokenizerName = ", "tokenizerName"),
    ],
)
def test_alternatives_properties_and_calls_that_take_models_hold_a_name(before: str, name: str) -> None:
    assert held_by(f"{before}'lab1/net2'", len(before)) == name
