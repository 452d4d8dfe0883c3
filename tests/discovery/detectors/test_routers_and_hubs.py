"""Libraries that choose among services, and those that take models from a hub of their own."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import lines

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
            "from sentence_transformers import SentenceTransformer\nSentenceTransformer('words_glove.6B.300d')",
            "hf-model sentence-transformers/words_glove.6B.300d 2 literal remote-code=False",
        ),
        ("import gensim.downloader as api\napi.load('glove-9')", "other gensim:glove-9 2 literal"),
    ],
)
def test_each_name_is_of_the_service_or_hub_its_library_takes_it_from(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]
