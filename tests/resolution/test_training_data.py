"""Datasets a card names as training data: followed like bases, and never taken for one."""

from __future__ import annotations

import pytest

from scanner.knowledge.store import Knowledge
from scanner.records.asset import Asset, Party
from scanner.records.lock import Lock
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.blocks import blocks_of
from scanner.resolution.card import MAX_DATASETS, read_datasets
from scanner.resolution.lock import read_lock, write_lock
from tests.local_hub import LocalHub
from tests.resolution.conftest import Bench, see


def steps(asset: Asset) -> list[tuple[str, str, str, Kind, object]]:
    assert isinstance(asset.lineage, tuple)
    return [(each.name, each.of, each.relation, each.kind, each.license_key) for each in asset.lineage]


def declared(asset: Asset) -> list[tuple[str, str, int, object]] | Unknown | None:
    if not isinstance(asset.trained_on, tuple):
        return asset.trained_on
    return [(each.name, each.of, each.depth, each.license_key) for each in asset.trained_on]


@pytest.fixture
def tuned(hub: LocalHub) -> LocalHub:
    data = ["ext-test/texts", "https://huggingface.co/datasets/ext-test/gone", "./my data"]
    hub.add("ext-test/tuned", "mit", "ext-test/base", card={"datasets": data})
    hub.add("ext-test/base", "apache-2.0")
    hub.add("ext-test/texts", "cc-by-nc-4.0", folder="datasets")
    return hub


EXPECTED = [
    ("ext-test/base", "ext-test/tuned", "finetune", Kind.HF_MODEL, "apache-2.0"),
    ("ext-test/texts", "ext-test/tuned", "trained-on", Kind.HF_DATASET, "cc-by-nc-4.0"),
]


def test_datasets_stand_in_the_lineage_each_asked_once(bench: Bench, tuned: LocalHub) -> None:
    (asset,) = bench.resolve("ext-test/tuned").assets
    assert steps(asset)[:2] == EXPECTED
    assert [(name, isinstance(key, Unknown)) for name, _, _, _, key in steps(asset)[2:]] == [
        ("ext-test/gone", True),
        ("./my data", True),
    ]
    assert dict(tuned.counted()) == {
        "/api/models/ext-test/tuned": 1,
        "/api/models/ext-test/base": 1,
        "/api/datasets/ext-test/texts": 1,
        "/api/datasets/ext-test/gone": 1,
    }


def test_datasets_alone_leave_the_lineage_unknown(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/silent", "mit", card={"datasets": ["ext-test/texts"]})
    hub.add("ext-test/texts", "cc-by-4.0", folder="datasets")
    (asset,) = bench.resolve("ext-test/silent").assets
    assert asset.lineage == Unknown("the card names no base; that does not say there is none")
    assert declared(asset) == [("ext-test/texts", "ext-test/silent", 1, "cc-by-4.0")]


def test_without_declared_datasets_the_training_data_is_unknown(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/plain", "mit")
    hub.add("ext-test/texts", "cc-by-4.0", folder="datasets")
    sightings = (
        see("ext-test/plain"),
        see("ext-test/gone"),
        see("openai:gpt-4o", Kind.API_MODEL),
        see("ext-test/texts", Kind.HF_DATASET),
        see("openai-community/gpt2"),
    )
    offline = bench.settings(is_offline=True)
    assets = {one.name: one.trained_on for one in bench.resolve(*sightings).assets}
    (cataloged,) = bench.resolve(see("openai-community/gpt2"), settings=offline).assets
    assert assets | {"offline": cataloged.trained_on} == {
        "ext-test/plain": Unknown("the card names no training dataset; that does not say there is none"),
        "ext-test/gone": Unknown("ext-test/gone is missing or private (no token was shown)"),
        "openai:gpt-4o": Unknown("no source says what a hosted model was trained on"),
        "ext-test/texts": None,
        "openai-community/gpt2": Unknown("the catalog does not record its training datasets"),
        "offline": Unknown("the catalog does not record its training datasets"),
    }


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("quantized", [("ext-test/texts", "ext-test/trained", 2, "cc-by-4.0")]),
        ("mirror", [("ext-test/texts", "ext-test/trained", 2, "cc-by-4.0")]),
        ("finetune", Unknown("the card names no training dataset; that does not say there is none")),
    ],
)
def test_a_repacked_model_was_trained_on_what_its_base_was(
    bench: Bench, hub: LocalHub, relation: str, expected: object
) -> None:
    hub.add("ext-test/copy", "mit", "ext-test/trained", relation=relation)
    hub.add("ext-test/trained", "mit", card={"datasets": ["ext-test/texts"]})
    hub.add("ext-test/texts", "cc-by-4.0", folder="datasets")
    (asset,) = bench.resolve("ext-test/copy").assets
    assert declared(asset) == expected


def test_a_root_keeps_its_developer_with_the_data_it_was_trained_on(bench: Bench, hub: LocalHub) -> None:
    hub.add("openai-community/gpt2", "mit", card={"datasets": ["ext-test/texts"]})
    hub.add("ext-test/texts", "cc-by-4.0", folder="datasets")
    (asset,) = bench.resolve("openai-community/gpt2").assets
    assert [step[:3] for step in steps(asset)] == [("ext-test/texts", "openai-community/gpt2", "trained-on")]
    assert isinstance(asset.developer, Party)
    assert asset.developer == asset.publisher


def locked(bench: Bench, name: str) -> Lock:
    return read_lock(write_lock(blocks_of(bench.resolve(name))).encode())


@pytest.mark.parametrize("name", ["ext-test/tuned", "openai-community/gpt2", "ext-test/silent"])
def test_the_lockfile_remembers_them_offline_and_is_not_contradicted(
    bench: Bench, tuned: LocalHub, name: str
) -> None:
    tuned.add("openai-community/gpt2", "mit", card={"datasets": ["ext-test/texts"]})
    tuned.add("ext-test/silent", "mit", card={"datasets": ["ext-test/texts"]})
    lock = locked(bench, name)
    online = bench.resolve(name, lock=lock)
    assert online.drifts == ()
    bench.settings(is_offline=True).cache_folder.rename(bench.folder / "away")
    offline = bench.resolve(name, lock=lock, settings=bench.settings(is_offline=True))
    then, before = offline.assets[0], online.assets[0]
    assert declared(then) == declared(before)
    assert isinstance(then.lineage, Unknown) or [s[:4] for s in steps(then)] == [s[:4] for s in steps(before)]
    assert offline.assets[0].answered_by == "lockfile"


def test_tags_count_where_the_card_is_silent_and_many_are_named_but_not_all_asked(
    knowledge: Knowledge,
) -> None:
    found = read_datasets({}, ("dataset:ext-test/a", "arxiv:1", "dataset:squad"), "hub:x")
    assert [(each.name, each.kind) for each in found] == [
        ("ext-test/a", Kind.HF_DATASET),
        ("squad", Kind.HF_DATASET),
    ]
    many = {"datasets": [f"ext-test/d{number}" for number in range(50)]}
    read = read_datasets(many, (), "hub:x")
    assert [each.is_asked for each in read] == [True] * MAX_DATASETS + [False] * (50 - MAX_DATASETS)


def test_of_very_many_datasets_the_rest_is_named_and_said_not_to_be_asked(
    bench: Bench, hub: LocalHub
) -> None:
    hub.add("ext-test/many", "mit", card={"datasets": [f"ext-test/d{number}" for number in range(18)]})
    (asset,) = bench.resolve("ext-test/many").assets
    assert isinstance(asset.trained_on, tuple)
    beyond = Unknown("not asked: 16 training datasets of one card are followed")
    assert [each.license_key for each in asset.trained_on][16:] == [beyond, beyond]
    assert hub.count(path="/api/datasets/") == 16


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "AIDC-AI/Ovis-U1-3B",
            [
                (
                    "AIDC-AI/Ovis-dataset",
                    "AIDC-AI/Ovis-U1-3B",
                    1,
                    Unknown("no source on this machine knows it, and the run is offline"),
                )
            ],
        ),
        (
            "2vXpSwA7/iroiro-lora",
            Unknown("the card names no training dataset; that does not say there is none"),
        ),
        ("01-ai/Yi-34B", Unknown("the catalog does not record its training datasets")),
    ],
)
def test_offline_the_catalog_tells_what_a_card_named(bench: Bench, name: str, expected: object) -> None:
    (asset,) = bench.resolve(name, settings=bench.settings(is_offline=True)).assets
    assert declared(asset) == expected


def test_a_dataset_of_the_catalog_has_its_license_offline(bench: Bench) -> None:
    sighting = see("strombergnlp/danfever", Kind.HF_DATASET)
    (asset,) = bench.resolve(sighting, settings=bench.settings(is_offline=True)).assets
    assert (asset.license.key, asset.answered_by, asset.trained_on) == ("cc-by-sa-4.0", "catalog", None)
