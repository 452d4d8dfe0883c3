from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from scanner.records.asset import Asset, Resolution
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.resolution.conftest import Bench, see

LICENSE = b"words of a license that nobody knows"


def manifest_of(license_: bytes = LICENSE, **config: str) -> tuple[bytes, dict[str, bytes]]:
    blobs = [json.dumps(config).encode(), license_]
    digests = [hashlib.sha256(blob).hexdigest() for blob in blobs]
    body = {
        "schemaVersion": 2,
        "config": {"digest": f"sha256:{digests[0]}"},
        "layers": [
            {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{'0' * 64}", "size": 4},
            {"mediaType": "application/vnd.ollama.image.license", "digest": f"sha256:{digests[1]}"},
        ],
    }
    return json.dumps(body).encode(), dict(zip(digests, blobs, strict=True))


def pull(folder: Path, name: str, tag: str, content: bytes, blobs: dict[str, bytes]) -> None:
    file = folder / "manifests" / "registry.ollama.ai" / name / tag
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    (folder / "blobs").mkdir(exist_ok=True)
    for digest, blob in blobs.items():
        (folder / "blobs" / f"sha256-{digest}").write_bytes(blob)


@pytest.fixture
def folder(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = bench.folder / "ollama"
    folder.mkdir()
    monkeypatch.setenv("OLLAMA_MODELS", str(folder))
    return folder


def offline(bench: Bench, name: str) -> Asset:
    resolution: Resolution = bench.resolve(see(name, Kind.OLLAMA), settings=bench.settings(is_offline=True))
    (asset,) = resolution.assets
    return asset


def test_a_pulled_tag_says_its_digest_and_its_license_layer(bench: Bench, folder: Path) -> None:
    content, blobs = manifest_of(model_type="7.6B", file_type="Q4_K_M")
    pull(folder, "someone/model", "7b", content, blobs)
    asset = offline(bench, "someone/model:7b")
    digest = hashlib.sha256(content).hexdigest()
    assert (asset.id, asset.answered_by) == (f"ollama:someone/model:7b@{digest}", "cache")
    assert asset.license.key == Unknown("the text in license layer 1 is no license text")
    said = {evidence.fact: evidence.value for evidence in asset.license.evidence}
    assert (said["ollama.model_type"], said["ollama.file_type"]) == ("7.6B", "Q4_K_M")
    assert said["license.text.sha256"] == hashlib.sha256(LICENSE).hexdigest()


def test_without_a_tag_latest_is_meant(bench: Bench, folder: Path) -> None:
    pull(folder, "library/ext-model", "latest", *manifest_of())
    assert offline(bench, "ext-model").answered_by == "cache"


def test_a_tag_that_stands_for_a_repository_of_the_hub_is_that_repository(bench: Bench, folder: Path) -> None:
    asset = offline(bench, "hf.co/Qwen/Qwen2.5-3B-Instruct:Q4_K_M")
    assert (asset.id, asset.license.key) == (
        "ollama:hf.co/Qwen/Qwen2.5-3B-Instruct:Q4_K_M@*",
        "qwen-research-2024-09-19",
    )


@pytest.mark.parametrize("name", ["../../x", "a/b/c/d", "a b", "", ":tag", "x:../../y"])
def test_a_name_that_is_none_leads_nowhere(bench: Bench, folder: Path, name: str) -> None:
    assert isinstance(offline(bench, name).answered_by, Unknown)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"layers": [{"mediaType": "application/vnd.ollama.image.license", "digest": "../x"}]}',
    ],
)
def test_a_manifest_that_is_none_says_nothing(bench: Bench, folder: Path, content: bytes) -> None:
    pull(folder, "someone/model", "7b", content, {})
    assert offline(bench, "someone/model:7b").license.declared == ()
