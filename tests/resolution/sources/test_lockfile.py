from __future__ import annotations

from scanner.records.lock import Lock
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.source import Question, Repository
from scanner.resolution.sources.lockfile import LockAsker
from tests.resolution.test_lock import COMMIT, block


def asker(*blocks: object) -> LockAsker:
    return LockAsker(Lock("lading.lock", "sha256:0", blocks))  # type: ignore[arg-type]


def test_a_block_is_remembered_whole() -> None:
    found = asker(block()).ask(Question(Kind.HF_MODEL, "ext-test/one"))
    assert isinstance(found, Repository)
    assert (found.answered_by, found.as_of, found.commit) == ("lockfile", "2026-11-22", COMMIT)
    assert (found.repository_id, found.license_key, found.license_expression) == (
        "6698d8a0653e4babe21e1e7d",
        "mit",
        "MIT",
    )
    assert [(base.name, base.relation) for base in found.bases] == [("ext-test/base", "merge")]


def test_a_base_is_remembered_from_the_block_it_stands_in() -> None:
    found = asker(block()).ask(Question(Kind.HF_MODEL, "ext-test/base"))
    assert isinstance(found, Repository)
    assert (found.card.license_ids, found.license_key, found.bases) == (("other", "x"), None, ())
    assert found.commit == Unknown("the lockfile holds this only of references")


def test_a_root_is_one_and_an_unknown_lineage_is_none() -> None:
    root = asker(block(lineage=())).ask(Question(Kind.HF_MODEL, "ext-test/one"))
    unknown = asker(block(lineage=Unknown("no base named"))).ask(Question(Kind.HF_MODEL, "ext-test/one"))
    assert isinstance(root, Repository)
    assert isinstance(unknown, Repository)
    assert (root.is_root, unknown.is_root, unknown.base_reason) == (True, None, "no base named")


def test_another_commit_than_the_locked_one_is_not_remembered() -> None:
    opened = asker(block())
    assert opened.ask(Question(Kind.HF_MODEL, "ext-test/one", "f" * 40)) is None
    assert opened.ask(Question(Kind.HF_MODEL, "ext-test/base", "main")) is None
    assert opened.ask(Question(Kind.HF_MODEL, "ext-test/one", COMMIT)) is not None
