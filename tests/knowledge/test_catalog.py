from __future__ import annotations

import pytest

from scanner.errors import KnowledgeBroken
from scanner.knowledge import catalog, publishers
from scanner.knowledge.catalog import CatalogRow
from scanner.knowledge.store import Knowledge
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown
from tests.knowledge.conftest import Build

ROWS = """
    source: a page
    records:
      ship/Sail-7B:
        license: apache-2.0
        bases: []
        root: yes
        gated: auto
        aliases: [old/Sail-7B, sail]
        confidence: verified
        base_confidence: corroborated
      ship/Sail-7B-GGUF:
        license: []
        bases: [ship/Sail-7B]
        relation: quantized
        root: no
        gated: false
      ollama:sail:7b:
        license: {unknown: not read}
        stands_for: ship/Sail-7B
        aliases: ['ollama:sail:latest']
      dataset:ship/Sail-7B:
        license: cc0-1.0
"""


def test_a_row_is_read_whole(build: Build) -> None:
    assert catalog.look_up(build(catalog__ship=ROWS), "hf-model", "ship/sail-7b") == CatalogRow(
        name="ship/Sail-7B",
        kind="hf-model",
        renamed_from="none",
        license_ids=("apache-2.0",),
        license_name=None,
        license_link=None,
        bases=(),
        relation=Unknown("not recorded"),
        root="yes",
        stands_for=None,
        pipeline_tag=Unknown("not recorded"),
        library=Unknown("not recorded"),
        gated="auto",
        revision=Unknown("not recorded"),
        new_version=None,
        source="a page",
        confidence=Confidence.VERIFIED,
        base_confidence=Confidence.CORROBORATED,
        as_of=Unknown("not recorded"),
        note=None,
        datasets=Unknown("not recorded"),
        taken_over=(),
    )


def test_a_former_name_gives_the_present_one_and_says_so(build: Build) -> None:
    row = catalog.look_up(build(catalog__ship=ROWS), "hf-model", "Old/sail-7b")
    assert row is not None
    assert (row.name, row.renamed_from) == ("ship/Sail-7B", "Old/sail-7b")


def test_no_license_stated_and_license_not_known_are_two_things(build: Build) -> None:
    knowledge = build(catalog__ship=ROWS)
    gguf, tag = (
        catalog.look_up(knowledge, "hf-model", "ship/Sail-7B-GGUF"),
        catalog.look_up(knowledge, "ollama", "sail:7b"),
    )
    assert gguf is not None
    assert tag is not None
    assert (gguf.license_ids, gguf.bases, gguf.root) == ((), ("ship/Sail-7B",), "no")
    assert (tag.license_ids, tag.stands_for) == (Unknown("not read"), "ship/Sail-7B")


def test_a_tag_without_a_tag_is_latest_and_kinds_do_not_mix(build: Build) -> None:
    knowledge = build(catalog__ship=ROWS)
    latest = catalog.look_up(knowledge, "ollama", "library/Sail")
    assert latest is not None
    assert (latest.name, latest.renamed_from, latest.stands_for) == ("sail:latest", "none", "ship/Sail-7B")
    assert catalog.look_up(knowledge, "ollama", "sail:70b") is None
    dataset = catalog.look_up(knowledge, "hf-dataset", "ship/Sail-7B")
    assert dataset is not None
    assert dataset.license_ids == ("cc0-1.0",)
    assert catalog.look_up(knowledge, "hf-dataset", "ship/Sail-7B-GGUF") is None


def test_a_row_that_says_maybe_of_its_root_is_refused(build: Build) -> None:
    with pytest.raises(KnowledgeBroken, match="root cannot be 'maybe'"):
        catalog.look_up(build(catalog__a="records: {a/b: {root: maybe}}\n"), "hf-model", "a/b")


def test_the_four_sizes_of_one_family_have_their_own_terms(shipped: Knowledge) -> None:
    seen = {
        name: (row.license_ids, row.license_name)
        for name in (
            "Qwen/Qwen2.5-72B-Instruct",
            "Qwen/Qwen2.5-3B-Instruct",
            "Qwen/Qwen2.5-7B-Instruct",
            "Qwen/Qwen3-8B",
        )
        if (row := catalog.look_up(shipped, "hf-model", name))
    }
    assert seen == {
        "Qwen/Qwen2.5-72B-Instruct": (("other",), "qwen"),
        "Qwen/Qwen2.5-3B-Instruct": (("other",), "qwen-research"),
        "Qwen/Qwen2.5-7B-Instruct": (("apache-2.0",), None),
        "Qwen/Qwen3-8B": (("apache-2.0",), None),
    }


def test_a_requantization_names_its_base(shipped: Knowledge) -> None:
    row = catalog.look_up(shipped, "hf-model", "bartowski/Qwen2.5-72B-Instruct-GGUF")
    assert row is not None
    assert (row.bases, row.relation, row.root) == (("Qwen/Qwen2.5-72B-Instruct",), "quantized", "no")


def test_a_base_that_stands_only_in_prose_is_corroborated(shipped: Knowledge) -> None:
    row = catalog.look_up(shipped, "hf-model", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B")
    assert row is not None
    assert (row.license_ids, row.bases, row.base_confidence) == (
        ("mit",),
        ("meta-llama/Llama-3.1-8B",),
        Confidence.CORROBORATED,
    )


def test_a_legacy_name_without_an_owner_is_found(shipped: Knowledge) -> None:
    row = catalog.look_up(shipped, "hf-model", "gpt2")
    assert row is not None
    assert (row.name, row.renamed_from) == ("openai-community/gpt2", "gpt2")


@pytest.mark.parametrize(
    ("tag", "carried"),
    [
        ("qwen2.5:3b", "Qwen/Qwen2.5-3B-Instruct"),
        ("qwen2.5:7b", "Qwen/Qwen2.5-7B-Instruct"),
        ("library/qwen2.5:72b-instruct-q4_K_M", "Qwen/Qwen2.5-72B-Instruct"),
        ("Qwen2.5:7B-Instruct", "Qwen/Qwen2.5-7B-Instruct"),
        ("qwen2.5:7b-base", None),
        ("qwen2.5:7b-text-q4_0", None),
        ("qwen2.5:8b", None),
        ("deepseek-r1:7b", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"),
        ("deepseek-r1:8b", None),
        ("llama3.2", "meta-llama/Llama-3.2-3B-Instruct"),
    ],
)
def test_the_tag_decides_the_size(shipped: Knowledge, tag: str, carried: str | None) -> None:
    row = catalog.look_up(shipped, "ollama", tag)
    assert (row.stands_for if row else None) == carried


def test_what_a_tag_stands_for_is_published_by_somebody_on_record(shipped: Knowledge) -> None:
    missing = [
        f"{key} -> {body['stands_for']}"
        for key, body in shipped.all("catalog")
        if key.startswith("ollama:")
        and "stands_for" in body
        and catalog.look_up(shipped, "hf-model", body["stands_for"]) is None
        and isinstance(publishers.look_up(shipped, body["stands_for"].split("/")[0]), Unknown)
    ]
    assert missing == []


def test_a_name_of_an_owner_who_goes_by_another_name_now_is_found_there(build: Build) -> None:
    owners = {
        "publishers__Old": "entity: Ship\nrenamed_to: ship\n",
        "publishers__ship": "entity: Ship\nrenamed_to: Old\n",
    }
    knowledge = build(catalog__ship=ROWS, **owners)
    row = catalog.look_up(knowledge, "hf-model", "Old/Sail-7B")
    assert row is not None
    assert (row.name, row.renamed_from) == ("ship/Sail-7B", "Old/Sail-7B")
    assert catalog.look_up(knowledge, "hf-model", "Old/nothing") is None
    assert catalog.look_up(knowledge, "ollama", "Old/nothing") is None
