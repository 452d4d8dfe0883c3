"""Functions given some of their arguments before they are called."""

from pathlib import Path

import pytest

from tests.discovery.reading import lines

HEAD = (
    "from functools import partial\nfrom transformers import AutoModel, pipeline\nfrom openai import OpenAI\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "load = partial(AutoModel.from_pretrained, revision='v1')\nload('lab1/net2')\n",
            "hf-model lab1/net2 5 literal @v1 remote-code=False",
        ),
        (
            "load = partial(AutoModel.from_pretrained, revision='v1')\nload('lab1/net2', revision='v2')\n",
            "hf-model lab1/net2 5 literal @v2 remote-code=False",
        ),
        (
            "load = partial(AutoModel.from_pretrained, 'lab1/net2')\n",
            "hf-model lab1/net2 4 literal remote-code=False",
        ),
        (
            "make = partial(OpenAI, base_url='https://api.groq.com/openai/v1')\n"
            "make().chat.completions.create(model='net2', messages=[])\n",
            "api-model groq:net2 5 literal",
        ),
    ],
)
def test_what_is_given_before_and_at_the_call_counts(tmp_path: Path, text: str, expected: str) -> None:
    assert lines(tmp_path, HEAD + text) == [expected]


def test_a_call_that_is_only_begun_takes_no_default(tmp_path: Path) -> None:
    text = "ask = partial(pipeline, 'text-generation')\nask(model='lab1/net2')\n"
    assert lines(tmp_path, HEAD + text) == ["hf-model lab1/net2 5 literal remote-code=False"]
