from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.records.encoding import decode, encode
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.hub_answer import is_answer, is_limited, read_answer
from scanner.resolution.source import Question, Repository
from tests.local_hub import RECORDED
from tests.resolution.test_card import json_values

FIELDS = (
    *("sha", "tags", "cardData", "baseModels", "config", "siblings", "gated", "pipeline_tag"),
    *("library_name", "_id", "private", "disabled", "createdAt"),
)


def read(body: dict[str, object], name: str = "ext-test/one", kind: Kind = Kind.HF_MODEL) -> Repository:
    return read_answer({"id": name, **body}, Question(kind, name), "2026-11-22", "hub.example")


@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_no_shape_of_an_answer_breaks_the_reading_or_the_cache(body: dict[str, object]) -> None:
    repository = read(body)
    assert decode(Repository, json.loads(json.dumps(encode(repository)))) == repository


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"id": "a/b"}, True),
        ({"id": "gpt2"}, True),
        ({"id": "../etc"}, False),
        ({"id": "a/b\n"}, False),
        ({"id": "x" * 500}, False),
        ({"id": 3}, False),
        ({}, False),
        ([], False),
        (None, False),
    ],
)
def test_an_answer_has_at_least_the_name_of_a_repository(body: object, answer: bool) -> None:
    assert is_answer(body) is answer


def recorded(name: str) -> dict[str, object]:
    loaded = json.loads((Path(RECORDED) / name).read_text("utf-8"))
    body: dict[str, object] = loaded.get("body", loaded)
    return body


@pytest.mark.parametrize(
    ("file", "license_ids", "modality", "gated"),
    [
        ("cassette__deepset__roberta-base-squad2.json", ("cc-by-4.0",), "question-answering", False),
        ("cassette__stabilityai__stable-diffusion-2-1.json", ("openrail++",), "text-to-image", False),
        (
            "cassette__sentence-transformers__paraphrase-albert-small-v2.json",
            ("apache-2.0",),
            "sentence-similarity",
            False,
        ),
    ],
)
def test_recorded_answers_are_read(
    file: str, license_ids: tuple[str, ...], modality: str, gated: bool
) -> None:
    body = recorded(file)
    repository = read(body, str(body["id"]))
    assert (repository.card.license_ids, repository.modality, repository.gated) == (
        license_ids,
        modality,
        gated,
    )
    assert repository.commit == body["sha"]
    assert repository.repository_id == body["_id"]
    assert not is_limited(body)


def test_a_recorded_gated_answer_without_a_card_is_read_by_its_tags() -> None:
    body = recorded("partial__llama-3.1-8b-instruct.json")
    repository = read(body, "meta-llama/Llama-3.1-8B-Instruct")
    assert (repository.card.tag_ids, repository.gated) == (("llama3.1",), "manual")
    assert [(base.name, base.relation) for base in repository.bases] == [
        ("meta-llama/Llama-3.1-8B", "finetune")
    ]


def test_a_recorded_dataset_without_any_license_has_none() -> None:
    body = recorded("dataset__akariasai__PopQA.json")
    repository = read(body, "akariasai/PopQA", Kind.HF_DATASET)
    assert repository.card.license_ids == repository.card.tag_ids == ()
    assert repository.base_reason == "a dataset names no base"


def test_an_answer_without_a_commit_says_so() -> None:
    assert read({"sha": "main"}).commit == Unknown("the answer names no commit")
