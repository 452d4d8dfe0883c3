"""Keywords of calls nobody has recorded: guesses."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.named_arguments import DETECTOR
from tests.discovery.reading import lines, read_project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import kit\nkit.Embedder(model_name='lab1/net2-large')", ["hf-model lab1/net2-large 2 guessed"]),
        (
            "import kit\nkit.Embedder(model_name='lab1/net2-large', revision='v1', trust_remote_code=True)",
            ["hf-model lab1/net2-large 2 guessed @v1 remote-code"],
        ),
        ("import kit\nkit.Chat(model='gpt-4o')", ["api-model openai:gpt-4o 2 guessed"]),
        (
            "import kit\nkit.Chat(model='swift-tale-3', base_url='https://api.groq.com/openai/v1')",
            ["api-model groq:swift-tale-3 2 guessed"],
        ),
        (
            "import kit\nkit.Judge(model='together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo')",
            ["api-model together:meta-llama/Llama-3.3-70B-Instruct-Turbo 2 guessed"],
        ),
        ("import kit\nkit.go(llm=dict(model='lab1/net2-large', path='a1/b2'))",
         ["hf-model lab1/net2-large 2 guessed"]),
        (
            "Model(path='lab1/net2', revision='v1', onnx_path='lab1/net2x', onnx_revision='v2')",
            ["hf-model lab1/net2 1 guessed @v1", "hf-model lab1/net2x 1 guessed @v2"],
        ),
        ("x = [EmbedderSpec(name='BAAI/bge-m3')]", ["hf-model BAAI/bge-m3 1 guessed"]),
        ("kit.HfModel(source='lab1/net2-7b')", ["hf-model lab1/net2-7b 1 guessed"]),
        ("import kit\nkit.load('BAAI/bge-m3')", ["hf-model BAAI/bge-m3 2 guessed"]),
        ("kit.FastCausalLM.from_quantized('lab1/net2')", ["hf-model lab1/net2 1 guessed"]),
        ("kit.Reranker('lab1/net2', 3)", ["hf-model lab1/net2 1 guessed"]),
        ("kit.load_model('lab1/net2-7b')", ["hf-model lab1/net2-7b 1 guessed"]),
        ("kit.ChatModel('gpt-4o')", ["api-model openai:gpt-4o 1 guessed"]),
        ("kit.chat.OpenAI('gpt-4o-mini')", ["api-model openai:gpt-4o-mini 1 guessed"]),
        ("base = 'gpt-4o-mini'\nkit.make_llm(base)", ["api-model openai:gpt-4o-mini 1 guessed"]),
    ],
)  # fmt: skip
def test_a_keyword_that_speaks_of_models_is_a_guess(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    "text",
    [
        "import kit\nkit.go(path='lab1/net2-large')",
        "import kit\nkit.push_model(model='lab1/net2-large')",
        "import kit\nkit.go(model=other)",
        "import kit\nkit.go(dataset=dict(folder='lab1/training2'))",
        "print('BAAI/bge-m3')",
        "name.startswith('BAAI/bge-m3')",
        "ResponseModel(path='items1/search')",
        "Repository(path='lab1/net2', revision='v1')",
        "api.restart_space(repo_id='lab1/net2')",
        "api.stop(repo_id='lab1/net2', repo_type='space')",
        "import kit\nkit.train(output_model='lab1/net2-large')",
        "kit.load_model('runs1/last2')",
        "kit.load_model('./lab1/net2-7b')",
        "kit.Route('lab1/net2-7b')",
        "kit.upload_model('lab1/net2-7b')",
        "kit.model_price('gpt-4o')",
        "kit.Badge('gpt-4o')",
        "kit.load_model('plain')",
    ],
)
def test_other_arguments_are_passed_over(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, text, DETECTOR) == []


def test_in_a_test_it_is_a_mention(tmp_path: Path) -> None:
    text = "import kit\nkit.Embedder(model_name='lab1/net2-large')"
    (found,) = read_project(tmp_path, {"tests/test_a.py": text}, DETECTOR).sightings
    assert found.role.value == "mention"


@pytest.mark.parametrize(
    ("call", "role"),
    [
        ("Splitter.from_tiktoken_encoder(model_name='gpt-4')", "mention"),
        ("kit.count_tokens(text, model='gpt-4')", "mention"),
        ("kit.ask(text, model='gpt-4')", "dependency"),
    ],
)
def test_who_counts_tokens_does_not_ask_the_model(tmp_path: Path, call: str, role: str) -> None:
    text = f"import kit\nfrom kit import Splitter\n{call}"
    (found,) = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert found.role.value == role


def test_the_metric_by_which_the_best_model_is_chosen_is_no_model(tmp_path: Path) -> None:
    assert lines(tmp_path, "x = TrainingArguments(metric_for_best_model='eval/f1')") == []
