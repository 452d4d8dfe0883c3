"""Libraries that choose among services, and those that take models from a hub of their own."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import lines, read_project, shown

ENCODERS = "from semantic_router.encoders import OpenAIEncoder, HuggingFaceEncoder, OllamaEncoder\n"
PINECONE = "from pinecone import Pinecone\nclient = Pinecone(api_key=k)\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ENCODERS}OpenAIEncoder(name='text-net-3')", "api-model openai:text-net-3 2 literal"),
        (
            f"{ENCODERS}OpenAIEncoder('net-3', 'https://api.groq.com/openai/v1')",
            "api-model groq:net-3 2 literal",
        ),
        (f"{ENCODERS}HuggingFaceEncoder(name='lab1/net2')", "hf-model lab1/net2 2 literal"),
        (f"{ENCODERS}OllamaEncoder(name='tern3:4b')", "ollama tern3:4b 2 literal"),
        (
            f"{PINECONE}client.inference.embed(model='wide-e5', inputs=x)",
            "api-model pinecone:wide-e5 3 literal",
        ),
        (
            "import kagglehub\nkagglehub.model_download('lab1/net2/pax/2b/1')",
            "other kaggle:lab1/net2/pax/2b/1 2 literal",
        ),
        (
            "from sentence_transformers import SentenceTransformer\n"
            "SentenceTransformer('words_glove.6B.300d')",
            "hf-model sentence-transformers/words_glove.6B.300d 2 literal remote-code=False",
        ),
        ("import gensim.downloader as api\napi.load('glove-9')", "other gensim:glove-9 2 literal"),
    ],
)
def test_each_name_is_of_the_service_or_hub_its_library_takes_it_from(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]


def test_a_package_of_the_projects_own_is_not_the_library_it_is_called_like(tmp_path: Path) -> None:
    main = "from agents import Agent\nAgent(name='x', model='gpt-4o')\nAgent(name='y', model='blue')\n"
    alone = read_project(tmp_path / "one", {"main.py": main}, DETECTOR)
    assert [shown(each) for each in (*alone.sightings, *alone.unresolved)] == [
        "api-model openai:gpt-4o main.py:2 literal",
        "unresolved api-model 'blue' main.py:3 an alias of a server that is not known",
    ]
    own = {"main.py": main, "agents/__init__.py": "class Agent:\n    def __init__(self, **given): ...\n"}
    beside = read_project(tmp_path / "two", own, DETECTOR)
    assert (beside.sightings, beside.unresolved) == ((), ())
