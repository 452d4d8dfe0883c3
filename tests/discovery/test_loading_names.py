"""What the name of an unknown call says of its first argument."""

import pytest

from scanner.discovery.loading_names import takes_a_model, takes_only_models


@pytest.mark.parametrize(
    "callee",
    [
        "kit.CausalLM",
        "AutoTokenizer",
        "Reranker",
        "kit.load_model",
        "from_pretrained",
        "getEmbedder",
        "init_llm",
    ],
)
def test_a_call_called_after_what_it_loads_takes_a_model(callee: str) -> None:
    assert takes_a_model(callee)


@pytest.mark.parametrize(
    "callee",
    [
        "ResponseModel",
        "UserModel",
        "load_config",
        "model",
        "push_model",
        "save_model",
        "get_model_price",
        "model_path",
        "TestModel",
        "train_model",
        "MODEL",
        "Encoder_DB",
    ],
)
def test_a_call_about_something_else_does_not(callee: str) -> None:
    assert not takes_a_model(callee)


def test_whatever_is_given_to_some_calls_is_a_model() -> None:
    assert takes_only_models("kit.from_quantized")
    assert takes_only_models("Reranker")
    assert not takes_only_models("kit.load_model")
    assert not takes_only_models("quantized")
