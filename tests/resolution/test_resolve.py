from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import pytest

from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.asset import Asset, Category, Party, Resolution
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown
from scanner.resolution.resolve import resolve
from scanner.settings import Settings


def sighting(
    name: str, kind: Kind = Kind.HF_MODEL, revision: str = "none", line: int = 1, **more: object
) -> Sighting:
    place = Location("app.py", line, 1, line, 2)
    return Sighting(
        kind,
        name,
        revision,
        Role.DEPENDENCY,
        Scope.SHIPPED,
        Certainty.LITERAL,
        "test",
        place,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


def offline(tmp_path: Path, knowledge: Knowledge, *sightings: Sighting) -> Resolution:
    settings = Settings(
        is_offline=True, refresh=False, jobs=4, today=date(2026, 11, 22), cache_folder=tmp_path
    )
    return resolve(sightings, knowledge, settings, root=tmp_path, lock=None)


def only(resolution: Resolution) -> Asset:
    (asset,) = resolution.assets
    return asset


def test_offline_opens_no_socket(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    resolution = offline(tmp_path, knowledge, sighting("gpt2"), sighting("nobody-here/nothing", line=2))
    assert [asset.name for asset in resolution.assets] == ["nobody-here/nothing", "openai-community/gpt2"]
    assert resolution.unanswered == ()


def test_the_distilled_model_shows_its_tag_and_what_it_was_made_from(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    asset = only(offline(tmp_path, knowledge, sighting("deepseek-ai/DeepSeek-R1-Distill-Llama-8B")))
    assert isinstance(asset.publisher, Party)
    assert asset.publisher.name == "deepseek-ai"
    assert (asset.license.key, asset.license.declared) == ("mit", ("mit",))
    assert isinstance(asset.lineage, tuple)
    assert [(base.name, base.license_key, base.depth) for base in asset.lineage] == [
        ("meta-llama/Llama-3.1-8B", "llama-3.1", 1)
    ]
    assert [(terms.from_, terms.key) for terms in asset.inherited] == [
        ("meta-llama/Llama-3.1-8B", "llama-3.1")
    ]
    assert not isinstance(asset.inherited[0].terms, Unknown)


def test_a_requantized_model_ends_at_the_license_of_its_root(tmp_path: Path, knowledge: Knowledge) -> None:
    asset = only(offline(tmp_path, knowledge, sighting("bartowski/Qwen2.5-72B-Instruct-GGUF")))
    assert isinstance(asset.lineage, tuple)
    assert [base.name for base in asset.lineage] == ["Qwen/Qwen2.5-72B-Instruct", "Qwen/Qwen2.5-72B"]
    assert {base.license_key for base in asset.lineage} == {"qwen-2024-09-19"}
    assert isinstance(asset.developer, Party)
    assert asset.developer.name == "Qwen"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Qwen/Qwen2.5-72B-Instruct", "qwen-2024-09-19"),
        ("Qwen/Qwen2.5-3B-Instruct", "qwen-research-2024-09-19"),
        ("Qwen/Qwen2.5-7B-Instruct", "apache-2.0"),
        ("Qwen/Qwen3-8B", "apache-2.0"),
    ],
)
def test_the_license_follows_the_size_not_the_vendor(
    tmp_path: Path, knowledge: Knowledge, name: str, key: str
) -> None:
    assert only(offline(tmp_path, knowledge, sighting(name))).license.key == key


def test_old_and_new_names_meet_in_one_asset(tmp_path: Path, knowledge: Knowledge) -> None:
    resolution = offline(
        tmp_path, knowledge, sighting("zai-org/glm-4-9b-chat"), sighting("THUDM/glm-4-9b-chat", line=2)
    )
    asset = only(resolution)
    assert (asset.id, asset.renamed_from) == ("hf-model:zai-org/glm-4-9b-chat@*", "THUDM/glm-4-9b-chat")
    assert [reference.asset for reference in resolution.references] == [asset.id, asset.id]


def test_a_pinned_commit_makes_an_asset_of_its_own(tmp_path: Path, knowledge: Knowledge) -> None:
    commit = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
    resolution = offline(tmp_path, knowledge, sighting("gpt2"), sighting("gpt2", revision=commit, line=2))
    assert [asset.id for asset in resolution.assets] == [
        "hf-model:openai-community/gpt2@*",
        f"hf-model:openai-community/gpt2@{commit}",
    ]


def test_what_nobody_knows_is_unknown_with_the_reason(tmp_path: Path, knowledge: Knowledge) -> None:
    asset = only(offline(tmp_path, knowledge, sighting("nobody-here/nothing")))
    reason = Unknown("no source on this machine knows it, and the run is offline")
    assert (asset.answered_by, asset.license.key, asset.lineage, asset.terms) == (
        reason,
        reason,
        reason,
        reason,
    )


def test_no_declared_base_is_unknown_unless_the_catalog_says_root(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    assert only(offline(tmp_path, knowledge, sighting("gpt2"))).lineage == ()


def test_one_hosted_model_at_two_endpoints_is_two_assets(tmp_path: Path, knowledge: Knowledge) -> None:
    common = {"kind": Kind.API_MODEL, "provider": "openai", "library": "openai", "call": "OpenAI"}
    resolution = offline(
        tmp_path,
        knowledge,
        sighting("openai:gpt-4o", **common),
        sighting("openai:gpt-4o", line=2, base_url="https://eu.api.openai.com/v1", **common),
        sighting("openai:gpt-4o", line=3, base_url="https://eu.api.openai.com/v1", **common),
    )
    assert [asset.id for asset in resolution.assets] == [
        "api-model:openai:gpt-4o@*",
        "api-model:openai:gpt-4o[eu.api.openai.com EU]@*",
    ]
    served = resolution.assets[1]
    assert served.endpoint is not None
    assert (served.endpoint.host, served.endpoint.region) == ("eu.api.openai.com", "EU")


def test_a_class_of_one_vendor_with_the_address_of_another_is_the_others_service(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    asset = only(
        offline(
            tmp_path,
            knowledge,
            sighting(
                "deepseek:deepseek-chat",
                Kind.API_MODEL,
                provider="deepseek",
                base_url="https://api.deepseek.com",
                library="openai",
                call="OpenAI",
            ),
        )
    )
    assert asset.serving_entity is not None
    assert (asset.serving_entity.name, asset.serving_entity.country) == ("deepseek", "CN")
    assert asset.answered_by == "knowledge"


def test_a_hosted_model_stands_under_the_terms_of_its_service_as_far_as_they_were_read(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    read, unread = offline(
        tmp_path,
        knowledge,
        sighting("google-gemini:gemini-2.5-pro", Kind.API_MODEL, provider="google-gemini"),
        sighting("groq:some-model", Kind.API_MODEL, provider="groq", line=2),
    ).assets
    key = "gemini-api-additional-2025-05-20"
    assert (read.license.key, read.license.category) == (key, Category.PROPRIETARY_API)
    assert read.license.expression == Unknown(f"no license; terms of service: {key}")
    assert isinstance(read.terms, Terms)
    assert read.terms.outputs_for_training.scope == "competing-models"
    not_read = Unknown("terms of service: text not read")
    assert (unread.license.key, unread.terms) == (not_read, not_read)


def test_an_unrecorded_host_is_unknown_by_its_name(tmp_path: Path, knowledge: Knowledge) -> None:
    asset = only(
        offline(
            tmp_path,
            knowledge,
            sighting(
                "some-model",
                Kind.API_MODEL,
                provider=Unknown("no record says who answers at llm.example.org"),
                base_url="https://llm.example.org/v1",
            ),
        )
    )
    assert asset.id == "api-model:some-model[llm.example.org]@*"
    assert asset.answered_by == Unknown("no record says who answers at llm.example.org")


def test_an_ollama_tag_has_the_license_of_its_size_as_surely_as_the_link_is_known(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    for tag, key in (("qwen2.5:3b", "qwen-research-2024-09-19"), ("qwen2.5:7b", "apache-2.0")):
        asset = only(offline(tmp_path, knowledge, sighting(tag, Kind.OLLAMA)))
        assert (asset.id, asset.license.key) == (f"ollama:{tag}@*", key)
        declared = [each for each in asset.license.evidence if each.fact == "license.declared"]
        assert [each.confidence.value for each in declared] == ["corroborated"]
        assert isinstance(asset.lineage, tuple)
        assert (asset.lineage[0].of, asset.lineage[0].relation) == (tag, "quantized")
