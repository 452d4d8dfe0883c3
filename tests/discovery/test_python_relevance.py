import pytest

from scanner.discovery.python_relevance import is_relevant

LIBRARIES = frozenset({"transformers", "openai"})


@pytest.mark.parametrize(
    "text",
    [
        "import transformers",
        "    from openai import OpenAI",
        "x = 'lab1/net2'",
        "model = 'o1'",
        "def f(model_name: str = 'o1'): ...",
        "os.getenv('LLM_MODEL', 'x')",
        "p.add_argument('--model', type=str, default='x')",
        "{'model': 'o1'}",
        "client.chat.completions.create(x)",
        "# see lab1/net-2b",
        "nlp('en_core_web_sm')",
        "x = 1  # lading: ignore[a] b",
    ],
)
def test_a_file_that_may_name_a_model_is_parsed(text: str) -> None:
    assert is_relevant(text, LIBRARIES)


@pytest.mark.parametrize(
    "text",
    ["", "import os\nx = 1", "path = 'a/b/c.py'", "# and/or", "class Model(Base):\n    id = Column(Integer)"],
)
def test_a_file_that_cannot_is_not(text: str) -> None:
    assert not is_relevant(text, LIBRARIES)
