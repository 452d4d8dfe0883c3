"""What a redirect leads to: the same repository, another one, or nobody can tell."""

from __future__ import annotations

import pytest

from scanner.knowledge.store import Knowledge
from scanner.records.asset import Asset
from scanner.records.fact import Confidence
from scanner.resolution.blocks import blocks_of
from scanner.resolution.lock import read_lock, write_lock
from tests.local_hub import LocalHub
from tests.resolution.conftest import Bench


def told(asset: Asset) -> list[tuple[object, str | None, Confidence]]:
    return [
        (each.value, each.quote, each.confidence)
        for each in asset.license.evidence
        if each.fact == "redirect"
    ]


def lead(hub: LocalHub, old: str, new: str, **more: object) -> None:
    hub.add(new, "mit", **more)
    hub.moved[old] = new


def test_a_name_the_catalog_knows_as_taken_over_leads_to_another_repository(
    bench: Bench, hub: LocalHub
) -> None:
    lead(hub, "runwayml/stable-diffusion-v1-5", "stable-diffusion-v1-5/stable-diffusion-v1-5")
    (online,) = bench.resolve("runwayml/stable-diffusion-v1-5").assets
    (offline,) = bench.resolve(
        "runwayml/stable-diffusion-v1-5", settings=bench.settings(is_offline=True)
    ).assets
    note = "redirect lands on a different repository (re-upload of 2024-08-30)"
    assert told(online) == told(offline) == [("another repository", note, Confidence.VERIFIED)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "THUDM/glm-4-9b-chat",
            "zai-org/glm-4-9b-chat",
            ("same repository", "the catalog has it as a former name of zai-org/glm-4-9b-chat"),
        ),
        ("THUDM/ext-test", "zai-org/ext-test", ("same publisher", "THUDM goes by zai-org now")),
        (
            "CohereForAI/ext-test",
            "CohereLabs/ext-test",
            ("same publisher", "both names belong to Cohere Inc."),
        ),
        ("ext-old/one", "ext-old/two", ("same publisher", "both names belong to ext-old")),
        (
            "ext-old/one",
            "ext-new/one",
            ("not known", "ext-old and ext-new are different owners, as far as is known"),
        ),
        ("ext-legacy", "ext-new/legacy", ("not known", "a name without an owner does not say whose it was")),
    ],
)
def test_without_an_identity_names_and_catalog_say_what_they_can(
    bench: Bench, hub: LocalHub, old: str, new: str, expected: tuple[str, str]
) -> None:
    lead(hub, old, new)
    (asset,) = bench.resolve(old).assets
    assert [note[:2] for note in told(asset)] == [expected]


def test_a_repository_younger_than_what_was_seen_under_the_name_is_another(
    bench: Bench, hub: LocalHub, knowledge: Knowledge
) -> None:
    lead(hub, "2Noise/ChatTTS", "ext-new/ChatTTS", createdAt="2026-03-01T00:00:00.000Z")
    (asset,) = bench.resolve("2Noise/ChatTTS").assets
    said = "created 2026-03-01, and 2Noise/ChatTTS was seen under its own name on 2025-12-12"
    assert told(asset) == [("another repository", said, Confidence.VERIFIED)]


@pytest.mark.parametrize(
    ("identity", "expected"), [("a" * 24, "same repository"), ("b" * 24, "another repository")]
)
def test_the_identity_seen_before_settles_it_and_stays_said(
    bench: Bench, hub: LocalHub, identity: str, expected: str
) -> None:
    hub.add("ext-old/one", "mit", _id="a" * 24)
    bench.resolve("ext-old/one")
    lead(hub, "ext-old/one", "ext-new/one", _id=identity)
    again = bench.settings(refresh=True)
    for _ in range(2):
        (asset,) = bench.resolve("ext-old/one", settings=again).assets
        assert [value for value, _, _ in told(asset)] == [expected]
    (kept,) = bench.resolve("ext-old/one").assets
    assert [value for value, _, _ in told(kept)] == [expected]


def test_another_repository_under_the_very_same_name_is_seen_too(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-old/one", "mit", _id="a" * 24)
    bench.resolve("ext-old/one")
    hub.add("ext-old/one", "mit", _id="b" * 24)
    (asset,) = bench.resolve("ext-old/one", settings=bench.settings(refresh=True)).assets
    quote = f"ext-old/one answered with identity {'a' * 24} on 2026-11-22, with {'b' * 24} now"
    assert told(asset) == [("another repository", quote, Confidence.VERIFIED)]


def test_a_locked_identity_settles_it_on_another_machine(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-old/one", "mit", _id="a" * 24)
    lock = read_lock(write_lock(blocks_of(bench.resolve("ext-old/one"))).encode())
    lead(hub, "ext-old/one", "ext-new/one", _id="a" * 24)
    (bench.folder / "cache").rename(bench.folder / "away")
    (asset,) = bench.resolve("ext-old/one", lock=lock).assets
    assert told(asset) == [
        ("same repository", f"the lockfile holds identity {'a' * 24}", Confidence.VERIFIED)
    ]


def test_what_was_locked_since_is_meant(bench: Bench, hub: LocalHub) -> None:
    name = "runwayml/stable-diffusion-v1-5"
    lead(hub, name, "stable-diffusion-v1-5/stable-diffusion-v1-5", _id="a" * 24)
    lock = read_lock(write_lock(blocks_of(bench.resolve(name))).encode())
    (asset,) = bench.resolve(name, lock=lock).assets
    assert [value for value, _, _ in told(asset)] == ["same repository"]


def test_a_name_that_leads_to_itself_says_nothing(bench: Bench, hub: LocalHub) -> None:
    hub.add("Ext-Test/Model", "mit")
    hub.moved["ext-test/model"] = "Ext-Test/Model"
    assert [told(asset) for asset in bench.resolve("Ext-Test/Model", "ext-test/model").assets] == [[]]
