"""Data written out as letters names nothing, however its pieces look."""

from __future__ import annotations

import base64
import json
import random

import pytest

from scanner.discovery.encoded_data import is_encoded
from scanner.discovery.owned_names import without_data
from tests.discovery.config_kit import mentions, names


def data(count: int, seed: int = 7) -> str:
    return base64.b64encode(random.Random(seed).randbytes(count)).decode("ascii")


def wrapped(text: str) -> str:
    return "\n".join(text[at : at + 76] for at in range(0, len(text), 76))


@pytest.mark.parametrize("seed", range(20))
def test_an_embedding_in_base64_names_nothing(seed: int) -> None:
    assert names(json.dumps([{"Text": "x", "Embedding": data(1536, seed)}]), "json") == []
    assert names(json.dumps([{"embedding": [data(384, seed), data(384, seed + 100)]}]), "json") == []
    assert names(f"model: {data(384, seed)}\n", "yaml") == []


def test_data_is_known_with_its_prefix_over_several_lines_and_in_the_letters_of_addresses() -> None:
    assert is_encoded(f"data:application/octet-stream;base64,{data(300)}")
    assert is_encoded(f"base64:{data(300)}")
    assert is_encoded(wrapped(data(300)))
    assert is_encoded(base64.urlsafe_b64encode(random.Random(7).randbytes(300)).decode("ascii"))
    assert is_encoded("A" * 300)


@pytest.mark.parametrize(
    "text",
    [
        "lab1/net2+lab3/net4",
        "LaboratoryOfBirds/TernSevenBillion+LaboratoryOfFish/PerchAdapterNumber2",
        "lab1/net2,lab1/net3,lab1/net4,lab1/net5,lab1/net6",
        "lab1/tern-7b-instruct-gguf+lab1/tern-adapter-for-chat",
        "arn:aws:bedrock:us-east-1::foundation-model/lab1.net2",
        "tern perch gull heron kite swift robin wren finch lark dove crane stork egret ibis teal coot " * 5,
    ],
)
def test_names_are_no_data_however_many_stand_together(text: str) -> None:
    assert not is_encoded(text)


def test_two_names_in_one_value_are_still_two() -> None:
    assert names("base_model: lab1/tern-7b+lab2/perch-lora\n", "yaml") == [
        "hf-model lab1/tern-7b 1",
        "hf-model lab2/perch-lora 1",
    ]


def test_data_in_running_text_names_nothing_and_what_stands_beside_it_is_mentioned() -> None:
    text = f"See lab1/tern-7b.\n\n{data(200_000)}\n\n{wrapped(data(200_000))}\n\nAnd lab1/tern-8b.\n"
    assert [found.split()[1] for found in mentions(text, "markdown")] == ["lab1/tern-7b", "lab1/tern-8b"]


def test_a_long_path_beside_a_plus_is_no_data() -> None:
    path = "/".join(["docs"] * 20)
    text = f"+ {path} of lab1/tern-7b\n"
    assert without_data(text) == text
