from __future__ import annotations

import pytest

from scanner.records.asset import Asset
from scanner.records.fact import Confidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.local_hub import LocalHub
from tests.resolution.conftest import Bench, see


def resolve(bench: Bench, name: str, kind: Kind, *, is_offline: bool = True) -> Asset:
    resolution = bench.resolve(see(name, kind), settings=bench.settings(is_offline=is_offline))
    (asset,) = resolution.assets
    return asset


def sureness(asset: Asset) -> set[Confidence]:
    return {each.confidence for each in asset.license.evidence if each.fact == "license.declared"}


def test_a_name_both_hubs_have_leads_to_the_hubs_row_unverified(bench: Bench) -> None:
    asset = resolve(bench, "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", Kind.MODELSCOPE)
    assert (asset.id, asset.license.key) == ("modelscope:deepseek-ai/DeepSeek-R1-Distill-Llama-8B@*", "mit")
    assert asset.commit == Unknown(
        "a copy of deepseek-ai/DeepSeek-R1-Distill-Llama-8B on the Hub; the copy itself was not asked about"
    )
    assert isinstance(asset.lineage, tuple)
    assert [(base.name, base.of) for base in asset.lineage] == [
        ("meta-llama/Llama-3.1-8B", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B")
    ]


def test_a_row_of_the_catalog_knows_the_name_on_the_hub(bench: Bench) -> None:
    asset = resolve(bench, "01ai/Yi-Coder-9B-Chat", Kind.MODELSCOPE)
    assert (asset.id, asset.license.key) == ("modelscope:01ai/Yi-Coder-9B-Chat@*", "apache-2.0")
    assert [each.value for each in asset.license.evidence if each.fact == "same_as"] == [
        "01-ai/Yi-Coder-9B-Chat"
    ]
    assert isinstance(asset.lineage, tuple)
    assert asset.lineage[0].of == "01ai/Yi-Coder-9B-Chat"


def test_online_the_original_is_asked_but_its_commit_is_not_the_copys(bench: Bench, hub: LocalHub) -> None:
    hub.add("01-ai/Yi-Coder-9B-Chat", "apache-2.0")
    asset = resolve(bench, "01ai/Yi-Coder-9B-Chat", Kind.MODELSCOPE, is_offline=False)
    assert hub.counted()["/api/models/01-ai/Yi-Coder-9B-Chat"] == 1
    assert (asset.id, asset.answered_by) == ("modelscope:01ai/Yi-Coder-9B-Chat@*", "hub")
    assert sureness(asset) == {Confidence.CORROBORATED}


@pytest.mark.parametrize(
    ("name", "kind", "repository"),
    [
        ("resnet50.a1_in1k", Kind.TIMM, "timm/resnet50.a1_in1k"),
        ("en_core_web_sm", Kind.SPACY, "spacy/en_core_web_sm"),
        ("hf.co/ext-test/one:Q4_K_M", Kind.OLLAMA, "ext-test/one"),
        ("hf.co/ext-test/one", Kind.OLLAMA, "ext-test/one"),
    ],
)
def test_names_of_libraries_are_asked_of_the_repositories_they_load(
    bench: Bench, hub: LocalHub, name: str, kind: Kind, repository: str
) -> None:
    hub.add(repository, "mit")
    asset = resolve(bench, name, kind, is_offline=False)
    assert (asset.name, asset.license.key) == (name, "mit")
    assert hub.counted() == {f"/api/models/{repository}": 1}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("resnet50", Kind.TIMM),
        ("my_own_pipeline", Kind.SPACY),
        ("ext-test/nothing", Kind.MODELSCOPE),
        ("evil.example/ext-test/one", Kind.OLLAMA),
    ],
)
def test_what_does_not_say_which_weights_it_means_is_unknown(
    bench: Bench, hub: LocalHub, name: str, kind: Kind
) -> None:
    asset = resolve(bench, name, kind, is_offline=False)
    assert isinstance(asset.answered_by, Unknown)
    assert hub.requests == []


def test_a_modelscope_name_nobody_maps_says_that_modelscope_is_not_asked(bench: Bench, hub: LocalHub) -> None:
    (asset,) = bench.resolve(see("nobody/nothing", Kind.MODELSCOPE)).assets
    said = "the catalog does not know which repository of the Hub it is a copy of; ModelScope is not asked"
    assert (asset.answered_by, hub.requests) == (Unknown(said), [])
