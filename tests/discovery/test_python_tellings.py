"""What only tells of a model: examples of schemas, answers made by hand, aliases, counted tokens."""

import ast
from pathlib import Path

import pytest

from scanner.discovery import python_tellings
from tests.discovery.reading import lines


@pytest.mark.parametrize(
    "text",
    [
        "schema_extra = {'example': {'model': 'lab1/net2-7b'}}",
        "model_config = {'json_schema_extra': {'examples': [{'model': 'lab1/net2-7b'}]}}",
        "body = Body(example={'model': 'lab1/net2-7b'})",
        "x = {'object': 'chat.completion', 'model': 'lab1/net2-7b', 'choices': []}",
        "x = {'id': new_id(), 'choices': [], 'model': 'lab1/net2-7b'}",
        "x = {'type': 'message', 'stop_reason': 'end_turn', 'model': 'lab1/net2-7b'}",
        "x = ChatCompletion(id='a', object='chat.completion', model='lab1/net2-7b', choices=[])",
    ],
)
def test_a_name_in_an_example_or_an_answer_made_by_hand_is_a_mention(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, text) == ["hf-model lab1/net2-7b 1 guessed mention"]


@pytest.mark.parametrize(
    "text",
    [
        "x = {'model': 'lab1/net2-7b', 'choices': ['a', 'b']}",
        "x = {'object': 'car', 'model': 'lab1/net2-7b'}",
        "x = {'example_dir': {'a': 1}, 'model': 'lab1/net2-7b'}",
    ],
)
def test_what_is_only_like_an_answer_is_a_dependency(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, text) == ["hf-model lab1/net2-7b 1 guessed"]


@pytest.mark.parametrize(
    "text",
    [
        "def count(text, model='gpt-4o'): return len(tiktoken.encoding_for_model(model).encode(text))",
        "def num_tokens_from_messages(messages, model='gpt-4o'): ...",
        "class Usage:  # x\n    def estimate_cost(self, used, model='gpt-4o'): ...",
    ],
)
def test_a_model_whose_tokens_or_prices_are_counted_is_a_mention(tmp_path: Path, text: str) -> None:
    line = text.count("\n") + 1
    assert lines(tmp_path, text) == [f"api-model openai:gpt-4o {line} guessed mention"]


def test_a_parameter_that_is_counted_and_asked_is_a_dependency(tmp_path: Path) -> None:
    text = (
        "import tiktoken\n"
        "from openai import OpenAI\n"
        "def ask(text, model='gpt-4o'):\n"
        "    tiktoken.encoding_for_model(model)\n"
        "    return OpenAI().chat.completions.create(model=model, messages=[])\n"
    )
    assert lines(tmp_path, text) == ["api-model openai:gpt-4o 3 folded"]


def test_weights_a_counter_of_tokens_loads_stay_a_dependency(tmp_path: Path) -> None:
    assert lines(tmp_path, "def count_tokens(text, model='lab1/net2-7b'): ...") == [
        "hf-model lab1/net2-7b 1 guessed"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x = [{'model_name': 'gpt-4', 'litellm_params': {'model': 'bedrock/lab1.net2-v1:0'}}]",
        "x = R(model_list=[{'model_name': 'gpt-4', 'litellm_params': {'model': 'bedrock/lab1.net2-v1:0'}}])",
        "x = Deployment(model_name='gpt-4', litellm_params=Params(model='bedrock/lab1.net2-v1:0'))",
    ],
)
def test_the_word_a_router_has_for_a_model_is_no_model(tmp_path: Path, text: str) -> None:
    found = lines(tmp_path, f"import litellm; {text}")
    assert [line for line in found if "gpt-4" in line] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = {'provider': 'ollama', 'config': {'model': 'net2-embed'}}", "ollama net2-embed 1 guessed"),
        ("x = {'provider': 'groq', 'config': {'model': 'net2'}}", "api-model groq:net2 1 guessed"),
    ],
)
def test_the_provider_around_settings_says_who_serves_what_they_name(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(tmp_path, text) == [expected]


def test_a_dictionary_is_read_once_however_many_of_its_keys_name_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    texts_of = python_tellings._texts_of

    def counted(node: ast.Dict) -> dict[str, str]:
        read.append(len(node.keys))
        return texts_of(node)

    monkeypatch.setattr(python_tellings, "_texts_of", counted)
    keys = ", ".join(f"'k{at}_model': 'lab1/net{at}-7b'" for at in range(50))
    assert len(lines(tmp_path, f"x = {{{keys}}}")) == 50
    assert read == [50]
