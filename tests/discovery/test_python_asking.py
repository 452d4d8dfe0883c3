"""Names a person chooses or types at run time: what is offered is known."""

from pathlib import Path

import pytest

from tests.discovery.reading import lines

TWO = ["api-model openai:gpt-4o 2 folded", "api-model openai:gpt-4o-mini 2 folded"]
USE = "\nimport openai; openai.OpenAI().chat.completions.create(model=asked, messages=[])"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("import streamlit as st\nasked = st.selectbox('Which', ['gpt-4o', 'gpt-4o-mini'])", TWO),
        ("import streamlit as st\nasked = st.sidebar.radio('Which', options=('gpt-4o', 'gpt-4o-mini'))", TWO),
        ("import streamlit as st\nasked = st.selectbox('Which', {'gpt-4o': 1, 'gpt-4o-mini': 2})", TWO),
        ("import streamlit as st\nasked = st.text_input('Which', 'gpt-4o')", TWO[:1]),
        ("import click\nasked = click.prompt('Which', default='gpt-4o')", TWO[:1]),
        ("from rich.prompt import Prompt\nasked = Prompt.ask('Which', default='gpt-4o')", TWO[:1]),
    ],
)
def test_what_is_offered_may_be_the_answer(tmp_path: Path, asked: str, expected: list[str]) -> None:
    assert lines(tmp_path, asked + USE) == expected


def test_an_answer_nothing_is_known_of_stays_open(tmp_path: Path) -> None:
    text = "import streamlit as st\nasked = st.text_input('Which', '')"
    assert lines(tmp_path, text + USE) == [
        "unresolved api-model 'streamlit.text_input(…)' 2 chosen at run time",
    ]


def test_a_name_that_speaks_of_models_makes_the_choices_guesses(tmp_path: Path) -> None:
    text = "import gradio as gr\n{} = gr.Dropdown(choices=['lab1/net2'], value='lab1/net3', label='Which')"
    assert lines(tmp_path, text.format("model")) == [
        "hf-model lab1/net2 2 guessed",
        "hf-model lab1/net3 2 guessed",
    ]
    assert lines(tmp_path, text.format("anything")) == []
    mine = "def prompt(text, default): return text\nmodel = prompt('Which', 'lab1/net2')"
    assert lines(tmp_path, mine) == []


@pytest.mark.parametrize(
    "asked",
    [
        'with st.sidebar:\n    chat_model = st.selectbox(\n        "Which one?", ["o1-mini"]\n    )',
        'chat_model: str = st.radio(\n    "Which one?",\n    options=[\n        "o1-mini",\n    ],\n)',
        'chat_model = st.text_input(\n    label="Which one?",\n    value="o1-mini",\n)',
    ],
)
def test_a_question_written_over_many_lines_is_read(tmp_path: Path, asked: str) -> None:
    (found,) = lines(tmp_path, f"import streamlit as st\n{asked}\n")
    assert found.startswith("api-model openai:o1-mini ")
