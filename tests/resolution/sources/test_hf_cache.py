from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.records.asset import Asset, Resolution
from scanner.records.unknown import Unknown
from scanner.resolution.sources.hf_cache import cache_folder
from tests.local_hub import LocalHub
from tests.resolution.conftest import Bench, see

COMMIT = "a" * 40
DAY = 1_760_000_000


@pytest.fixture
def folder(hub: LocalHub, tmp_path: Path) -> Path:
    return tmp_path / "hf-home" / "hub"


def download(folder: Path, name: str, files: dict[str, str], commit: str = COMMIT, ref: str = "main") -> Path:
    """Lay a snapshot down as the Hub's client does: blobs, symbolic links, refs."""
    top = folder / f"models--{name.replace('/', '--')}"
    snapshot = top / "snapshots" / commit
    (top / "blobs").mkdir(parents=True, exist_ok=True)
    snapshot.mkdir(parents=True)
    for number, (path, text) in enumerate(files.items()):
        blob = top / "blobs" / f"{number:040x}{commit[:2]}"
        blob.write_text(text)
        target = snapshot / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(os.path.relpath(blob, target.parent))
    (top / "refs" / ref).parent.mkdir(parents=True, exist_ok=True)
    (top / "refs" / ref).write_text(commit)
    os.utime(snapshot, (DAY, DAY))
    return snapshot


def only(resolution: Resolution) -> Asset:
    (asset,) = resolution.assets
    return asset


def test_offline_the_downloaded_card_answers(bench: Bench, folder: Path) -> None:
    card = "---\nlicense: mit\nbase_model: ext-test/base\npipeline_tag: text-generation\n---\n"
    download(folder, "ext-test/one", {"README.md": card, "config.json": "{}", "model.safetensors": "x"})
    asset = only(bench.resolve("ext-test/one", settings=bench.settings(is_offline=True)))
    assert (asset.id, asset.answered_by, asset.as_of) == (
        f"hf-model:ext-test/one@{COMMIT}",
        "cache",
        "2025-10-09",
    )
    assert (asset.license.key, asset.modality) == ("mit", "text-generation")
    assert isinstance(asset.lineage, tuple)
    assert [(base.name, base.relation) for base in asset.lineage] == [("ext-test/base", "unknown")]
    assert isinstance(asset.files, tuple)
    assert [(file.path, file.bytes) for file in asset.files] == [
        ("README.md", len(card)),
        ("config.json", 2),
        ("model.safetensors", 1),
    ]


def test_a_cache_without_the_card_gives_the_commit_and_the_catalog_the_license(
    bench: Bench, folder: Path
) -> None:
    download(folder, "Qwen/Qwen3-8B", {"config.json": "{}"})
    asset = only(bench.resolve("Qwen/Qwen3-8B", settings=bench.settings(is_offline=True)))
    assert (asset.commit, asset.answered_by, asset.license.key) == (COMMIT, "cache", "apache-2.0")


def test_online_a_branch_is_asked_of_the_hub_all_the_same(bench: Bench, hub: LocalHub, folder: Path) -> None:
    download(folder, "ext-test/one", {"README.md": "---\nlicense: mit\n---\n"})
    hub.add("ext-test/one", "apache-2.0")
    asset = only(bench.resolve("ext-test/one"))
    assert (asset.answered_by, asset.license.key) == ("hub", "apache-2.0")


def test_online_a_whole_commit_needs_no_request(bench: Bench, hub: LocalHub, folder: Path) -> None:
    download(folder, "ext-test/one", {"README.md": "---\nlicense: mit\n---\n"})
    asset = only(bench.resolve(see("ext-test/one", revision=COMMIT)))
    assert (asset.answered_by, asset.license.key, hub.requests) == ("cache", "mit", [])


def test_a_tag_is_followed_through_its_ref(bench: Bench, folder: Path) -> None:
    download(folder, "ext-test/one", {"README.md": "---\nlicense: mit\n---\n"}, ref="v1/beta")
    asset = only(
        bench.resolve(see("ext-test/one", revision="v1/beta"), settings=bench.settings(is_offline=True))
    )
    assert (asset.commit, asset.license.key) == (COMMIT, "mit")


@pytest.mark.parametrize("revision", ["../../secret", "/etc/passwd", "", "a" * 300, "v1"])
def test_a_revision_that_is_none_leads_nowhere(bench: Bench, folder: Path, revision: str) -> None:
    download(folder, "ext-test/one", {"README.md": "---\nlicense: mit\n---\n"})
    (folder.parent / "secret").write_text(COMMIT)
    asset = only(
        bench.resolve(see("ext-test/one", revision=revision), settings=bench.settings(is_offline=True))
    )
    assert isinstance(asset.answered_by, Unknown)


def test_a_ref_to_a_missing_snapshot_and_a_broken_card_are_no_answer(bench: Bench, folder: Path) -> None:
    (download(folder, "ext-test/one", {}) / "x").parent.rmdir()
    download(folder, "ext-test/two", {"README.md": "---\nlicense: [mit\n---\n"})
    resolution = bench.resolve("ext-test/one", "ext-test/two", settings=bench.settings(is_offline=True))
    assert [asset.license.key for asset in resolution.assets] == [
        Unknown("no source on this machine knows it, and the run is offline"),
        Unknown("the repository declares no license"),
    ]


def test_an_adapter_names_its_base_in_its_own_file(bench: Bench, folder: Path) -> None:
    download(folder, "ext-test/one", {"adapter_config.json": '{"base_model_name_or_path": "ext-test/base"}'})
    lineage = only(bench.resolve("ext-test/one", settings=bench.settings(is_offline=True))).lineage
    assert isinstance(lineage, tuple)
    assert [(base.name, base.relation) for base in lineage] == [("ext-test/base", "adapter")]


def test_the_folder_is_the_one_the_hubs_client_uses(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache_folder() == tmp_path / "hf-home" / "hub"
    monkeypatch.setenv("HUGGINGFACE_HUB_CACHE", "~/old")
    assert cache_folder() == tmp_path / "home" / "old"
    monkeypatch.setenv("HF_HUB_CACHE", "$HOME/new")
    assert cache_folder() == tmp_path / "home" / "new"
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "huggingface" / "hub"
