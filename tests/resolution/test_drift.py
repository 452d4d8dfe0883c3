from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.records.fact import Confidence
from scanner.records.lock import Change, Lock, LockedBlock, LockedFile, LockedLicense
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.resolution.blocks import blocks_of, sightings_of
from scanner.resolution.drift import edits
from scanner.resolution.lock import read_lock, write_lock
from scanner.resolution.resolve import conclude, inquire
from scanner.resolution.source import Surroundings
from tests.local_hub import LocalHub
from tests.resolution.conftest import Bench, see
from tests.resolution.test_lock import block

NAME = "ext-test/one"


def lock_of(bench: Bench, *names: str | Sighting) -> Lock:
    sightings = tuple(see(name) if isinstance(name, str) else name for name in names)
    surroundings = Surroundings(bench.knowledge, bench.settings(refresh=True), bench.folder, None)
    desk = inquire(sightings, surroundings, wants_text=lambda question, repository: True)
    return read_lock(write_lock(blocks_of(conclude(desk, sightings, None))).encode())


def check(bench: Bench, lock: Lock) -> list[tuple[Change, str]]:
    sightings = sightings_of(lock)
    surroundings = Surroundings(bench.knowledge, bench.settings(refresh=True), bench.folder, None)
    desk = inquire(sightings, surroundings, wants_text=lambda question, repository: True)
    return [(drift.change, drift.what) for drift in conclude(desk, sightings, lock).drifts]


def test_nothing_changed_is_no_drift(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit", "ext-test/base", files={"LICENSE": "words"})
    hub.add("ext-test/base", "apache-2.0")
    assert check(bench, lock_of(bench, NAME)) == []


def test_a_license_that_changed_in_place_is_said_in_words(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit")
    lock = lock_of(bench, NAME)
    body = hub.repositories[NAME].body
    hub.add(NAME, "other", card={"license_name": "qwen-research"}, sha="c" * 40, _id=body["_id"])
    assert check(bench, lock) == [
        (Change.COMMIT, "commit moved from 000000000000 to cccccccccccc"),
        (Change.LICENSE, "license changed from MIT to LicenseRef-lading-qwen-research-2024-09-19"),
    ]


@pytest.mark.parametrize(
    ("change", "drifts"),
    [
        (
            {"_id": "f" * 24},
            [
                (
                    Change.IDENTITY,
                    f"{NAME} is another repository now: identity {1:024x} became {'f' * 24}",
                )
            ],
        ),
        ({"gated": "manual"}, [(Change.GATED, "gated since it was locked (access: manual)")]),
        ({"sha": "d" * 40}, [(Change.COMMIT, "commit moved from 000000000000 to dddddddddddd")]),
    ],
)
def test_each_change_of_the_repository_is_said(
    bench: Bench, hub: LocalHub, change: dict[str, object], drifts: list[tuple[Change, str]]
) -> None:
    hub.add(NAME, "mit")
    lock = lock_of(bench, NAME)
    hub.repositories[NAME].body.update(change)
    assert check(bench, lock) == drifts


def test_a_changed_license_text_is_said(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit", files={"LICENSE": "first words"})
    lock = lock_of(bench, NAME)
    hub.repositories[NAME].files["LICENSE"] = b"other words"
    assert check(bench, lock) == [(Change.TEXT, "the license text LICENSE changed")]


def test_a_rename_is_said_and_is_no_other_identity(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit")
    lock = lock_of(bench, NAME)
    body = hub.repositories.pop(NAME).body
    hub.add("new-org/one", "mit", _id=body["_id"], sha=body["sha"])
    hub.moved[NAME] = "new-org/one"
    assert check(bench, lock) == [(Change.RENAMED, f"renamed from {NAME} to new-org/one")]


def test_what_is_gone_is_said(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit")
    lock = lock_of(bench, NAME)
    del hub.repositories[NAME]
    assert check(bench, lock) == [(Change.GONE, f"gone: {NAME} is missing or private (no token was shown)")]


def test_a_changed_base_is_said(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit", "ext-test/base")
    hub.add("ext-test/base", "mit")
    hub.add("ext-test/other", "mit")
    lock = lock_of(bench, NAME)
    body = hub.repositories[NAME].body
    hub.add(NAME, "mit", "ext-test/other", _id=body["_id"], sha=body["sha"])
    assert check(bench, lock) == [(Change.BASE, "base changed from ext-test/base to ext-test/other")]


def test_a_locked_word_the_hub_denies_of_the_same_commit_is_a_contradiction(
    bench: Bench, hub: LocalHub
) -> None:
    hub.add(NAME, "cc-by-nc-4.0")
    lock = lock_of(bench, NAME)
    forged = replace(lock.blocks[0], license=LockedLicense("MIT", "mit", ("mit",)))
    drifts = bench.resolve(NAME, lock=replace(lock, blocks=(forged,))).drifts
    assert [(drift.change, drift.what, drift.line) for drift in drifts] == [
        (
            Change.CONTRADICTED,
            f"the lockfile says MIT, hub:{NAME}@{1:040x} says CC-BY-NC-4.0 of the same commit",
            6,
        )
    ]


def test_offline_the_catalog_raises_a_question_where_it_says_otherwise(bench: Bench) -> None:
    forged = block("Qwen/Qwen2.5-3B-Instruct")
    lock = Lock("lading.lock", "sha256:0", (forged,))
    resolution = bench.resolve(
        "Qwen/Qwen2.5-3B-Instruct", lock=lock, settings=bench.settings(is_offline=True)
    )
    (drift,) = resolution.drifts
    assert (drift.change, drift.confidence) == (Change.CONTRADICTED, Confidence.UNVERIFIED)
    assert drift.what == (
        "the lockfile says MIT, the catalog says LicenseRef-lading-qwen-research-2024-09-19"
        " of the repository, at no stated commit"
    )


def test_offline_the_lockfile_answers_with_commit_identity_and_lineage(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit", "ext-test/base")
    hub.add("ext-test/base", "apache-2.0", "ext-test/root")
    hub.add("ext-test/root", "llama3.1")
    lock = lock_of(bench, NAME)
    online = bench.resolve(NAME)
    settings = replace(bench.settings(is_offline=True), cache_folder=bench.folder / "empty")
    resolution = bench.resolve(NAME, lock=lock, settings=settings)
    (asset,), (before,) = resolution.assets, online.assets
    assert (asset.id, asset.answered_by, asset.as_of) == (before.id, "lockfile", "2026-11-22")
    assert (asset.repository_id, asset.license.key) == (before.repository_id, "mit")
    assert isinstance(asset.lineage, tuple)
    assert isinstance(before.lineage, tuple)
    assert [(base.name, base.of, base.license_key, base.depth) for base in asset.lineage] == [
        (base.name, base.of, base.license_key, base.depth) for base in before.lineage
    ]
    assert resolution.drifts == ()


def test_a_name_the_lockfile_lacks_and_one_nobody_names_are_both_said(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit")
    hub.add("ext-test/two", "mit")
    drifts = bench.resolve("ext-test/two", lock=lock_of(bench, NAME)).drifts
    assert [(drift.change, drift.what) for drift in drifts] == [
        (Change.UNUSED, f"{NAME} is locked, but the project names it no longer"),
        (Change.UNLOCKED, "ext-test/two is not locked yet"),
    ]


def test_a_hosted_model_and_a_local_file_need_no_block(bench: Bench) -> None:
    place = Location("app.py", 1, 1, 1, 2)
    hosted = Sighting(
        *(
            Kind.API_MODEL,
            "openai:gpt-4o",
            "none",
            Role.DEPENDENCY,
            Scope.SHIPPED,
            Certainty.LITERAL,
            "t",
            place,
        ),
        provider="openai",
    )
    empty = Lock("lading.lock", "sha256:0", ())
    assert bench.resolve(hosted, see("models/a.bin", Kind.LOCAL_WEIGHTS), lock=empty).drifts == ()


def test_edits_are_the_words_a_change_wrote_into_a_block(bench: Bench) -> None:
    before = Lock("lading.lock", "sha256:0", (block(), block("ext-test/two")))
    edited = block(license=LockedLicense("Apache-2.0", "apache-2.0", ("apache-2.0",)), line=9)
    now = Lock("lading.lock", "sha256:1", (edited, block("ext-test/two", line=30), block("ext-test/new")))
    assert [(each.key, each.what, each.line) for each in edits(before, now)] == [
        ("hf-model:ext-test/one", "license was MIT and is now written as Apache-2.0", 9)
    ]
    assert edits(None, now) == ()


def test_what_is_only_mentioned_or_guessed_need_not_be_locked(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit")
    empty = Lock("lading.lock", "sha256:0", ())
    mention, guess = replace(see(NAME), role=Role.MENTION), replace(see(NAME), certainty=Certainty.GUESSED)
    assert bench.resolve(mention, guess, lock=empty).drifts == ()
    assert [drift.change for drift in bench.resolve(mention, see(NAME), lock=empty).drifts] == [
        Change.UNLOCKED
    ]


def test_an_edit_of_a_recorded_hash_is_said_and_a_new_commit_brings_new_ones() -> None:
    file = LockedFile("model.safetensors", "a" * 64, 4)
    was = replace(block("ext-test/one"), commit="1" * 40, files=(file,))

    def said(**changes: object) -> list[str]:
        now = replace(was, **changes)  # type: ignore[arg-type]
        return [each.what for each in edits(lock(was), lock(now))]

    other = replace(file, sha256="b" * 64)
    words = "hash of a file was model.safetensors aaaaaaaaaaaa and is now written as model.safetensors"
    assert said(files=(other,)) == [f"{words} bbbbbbbbbbbb"]
    assert said(files=None) == [f"{words} none"]
    assert said() == []
    assert [what.split()[0] for what in said(files=(other,), commit="2" * 40)] == ["commit"]


def lock(*blocks: LockedBlock) -> Lock:
    return Lock("lading.lock", "sha256:0", blocks)
