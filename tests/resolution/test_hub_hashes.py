"""Weights of the project beside what the Hub says of the repository they are of."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from scanner.records.asset import Resolution
from scanner.records.quick import replace
from scanner.records.sighting import Kind, Sighting
from scanner.records.unknown import Unknown
from tests.resolution.conftest import Bench, see

NAME = "ext-test/tiny"
SHARDS = {"model-00001-of-00002.safetensors": b"one", "model-00002-of-00002.safetensors": b"two"}


@pytest.fixture
def commit(bench: Bench) -> str:
    """The Hub holds the model, in two shards and a small file; returns its commit."""
    made = bench.hub.add(NAME, "mit")
    made.files |= {**SHARDS, "extra.pt": b"small"}
    return str(made.body["sha"])


def weights(name: str, **header: str) -> Sighting:
    return replace(see(name, Kind.LOCAL_WEIGHTS), header=(("format", "x"), *header.items()))


def put(bench: Bench, folder: str, files: dict[str, bytes]) -> list[Sighting]:
    for name, content in files.items():
        path = bench.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [weights(f"{folder}/{name}") for name in files]


def ask(bench: Bench, *sightings: Sighting | str) -> Resolution:
    return bench.resolve(*sightings, settings=replace(bench.settings(), wants_hashes=True))


def compared(resolution: Resolution) -> dict[str, list[object]]:
    """By file name, what was found and what the Hub says."""
    return {
        Path(asset.name).name: [
            each.value for each in asset.license.evidence if each.fact in ("file.hash", "locked.hash")
        ]
        for asset in resolution.assets
        if asset.kind is Kind.LOCAL_WEIGHTS
    }


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_every_shard_of_a_model_the_project_uses_is_compared_by_its_own_hash(
    bench: Bench, commit: str
) -> None:
    files = {**SHARDS, "model-00002-of-00002.safetensors": b"owt"}
    found = compared(ask(bench, NAME, *put(bench, "models/ext-test/tiny", files)))
    one, two = SHARDS
    assert found == {one: [sha256(b"one")] * 2, two: [sha256(b"owt"), sha256(b"two")]}


def test_a_small_file_is_compared_by_the_hash_git_keeps_it_under(bench: Bench, commit: str) -> None:
    git = hashlib.sha1(b"blob 5\0small").hexdigest()
    assert compared(ask(bench, NAME, *put(bench, "tiny", {"extra.pt": b"small"}))) == {"extra.pt": [git] * 2}
    other = hashlib.sha1(b"blob 5\0smoll").hexdigest()
    assert compared(ask(bench, NAME, *put(bench, "tiny", {"extra.pt": b"smoll"})))["extra.pt"] == [other, git]


def test_the_layout_of_a_cache_names_repository_and_commit_itself(bench: Bench, commit: str) -> None:
    folder = f"hub/models--ext-test--tiny/snapshots/{commit}"
    one = next(iter(SHARDS))
    found = compared(ask(bench, *put(bench, folder, {one: b"one"})))
    assert found == {one: [sha256(b"one")] * 2}


def test_a_pointer_is_compared_by_the_hash_it_states(bench: Bench, commit: str) -> None:
    one = next(iter(SHARDS))
    put(bench, "tiny", {one: b"version https://git-lfs..."})
    stated = weights(f"tiny/{one}", sha256="a" * 64)
    assert compared(ask(bench, NAME, stated)) == {one: ["a" * 64, sha256(b"one")]}


def test_a_folder_of_another_name_and_a_file_the_hub_does_not_have_are_not_compared(
    bench: Bench, commit: str
) -> None:
    sightings = put(bench, "other", {"extra.pt": b"x"}) + put(bench, "tiny", {"mine.pt": b"x"})
    assert compared(ask(bench, NAME, *sightings)) == {"extra.pt": [], "mine.pt": []}


def test_a_hub_that_gives_no_list_is_said(bench: Bench, commit: str) -> None:
    folder = f"hub/models--ext-test--tiny/snapshots/{'e' * 40}"
    (found,) = compared(ask(bench, *put(bench, folder, {"extra.pt": b"small"}))).values()
    reason = "the Hub gave no list of its files: ext-test/tiny has no revision 'eeee"
    assert [isinstance(each, Unknown) and each.reason.startswith(reason) for each in found] == [True, True]


def test_nobody_is_asked_where_the_policy_does_not_want_it(bench: Bench, commit: str) -> None:
    sightings = put(bench, "tiny", {"extra.pt": b"small"})
    assert compared(bench.resolve(NAME, *sightings)) == {"extra.pt": []}
    assert bench.hub.count(path="blobs=true") == 0
    offline = replace(bench.settings(is_offline=True), wants_hashes=True)
    assert compared(bench.resolve(NAME, *sightings, settings=offline)) == {"extra.pt": []}
    assert bench.hub.count(path="blobs=true") == 0
