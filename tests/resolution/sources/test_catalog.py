from __future__ import annotations

import pytest

from scanner.knowledge.store import Knowledge
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.license_of import license_of
from scanner.resolution.source import Question, Repository
from scanner.resolution.sources.catalog import CatalogAsker

COMMIT = "c" * 40


def ask(knowledge: Knowledge, name: str, kind: Kind = Kind.HF_MODEL, revision: str = "none") -> Repository:
    found = CatalogAsker(knowledge).ask(Question(kind, name, revision))
    assert isinstance(found, Repository)
    return found


def test_a_row_gives_license_bases_and_where_it_was_seen(knowledge: Knowledge) -> None:
    row = ask(knowledge, "bartowski/Qwen2.5-72B-Instruct-GGUF")
    assert (row.card.license_ids, row.card.license_name) == (("other",), "qwen")
    assert [(base.name, base.relation, base.source) for base in row.bases] == [
        ("Qwen/Qwen2.5-72B-Instruct", "quantized", "catalog")
    ]
    assert (row.answered_by, row.source) == ("catalog", "catalog")
    assert row.evidence[0].fact == "catalog"


@pytest.mark.parametrize("name", ["gpt2", "GPT2", "openai-community/GPT2"])
def test_former_names_and_letter_case_lead_to_the_row(knowledge: Knowledge, name: str) -> None:
    row = ask(knowledge, name)
    assert (row.name, row.is_root, row.bases) == ("openai-community/gpt2", True, ())


def test_the_commit_is_the_one_that_was_asked_for_or_none(knowledge: Knowledge) -> None:
    assert ask(knowledge, "gpt2", revision=COMMIT).commit == COMMIT
    reason = Unknown("the catalog holds facts of the repository, not of a commit")
    assert ask(knowledge, "gpt2").commit == reason
    assert ask(knowledge, "gpt2", revision="main").commit == reason


def test_what_the_catalog_cannot_know_is_unknown(knowledge: Knowledge) -> None:
    row = ask(knowledge, "gpt2")
    assert row.files == Unknown("the catalog holds no list of files")
    assert row.availability == Unknown("the Hub was not asked")


def test_an_unknown_name_is_no_answer(knowledge: Knowledge) -> None:
    asker = CatalogAsker(knowledge)
    assert asker.ask(Question(Kind.HF_MODEL, "nobody-here/nothing")) is None
    assert asker.ask(Question(Kind.HF_DATASET, "gpt2")) is None


def test_a_license_the_row_does_not_know_keeps_the_reason(knowledge: Knowledge) -> None:
    row = ask(knowledge, "qwen2.5:3b", Kind.OLLAMA)
    unread = "license not recorded in the catalog: the license layer of the tag was not read"
    assert row.license_reason == unread
    assert license_of(knowledge, row).expression == Unknown(unread)
