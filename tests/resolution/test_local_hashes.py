from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from scanner.records.fact import Confidence
from scanner.records.lock import Lock, LockedBlock, LockedFile, LockedLicense
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution import local_hashes
from scanner.resolution.local_hashes import compare_with_lock

COMMIT = "0" * 39 + "1"
UNSAID = Unknown("not in this test")
CONTENT = b"weights"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def lock(name: str = "acme/tiny", path: str = "model.safetensors", digest: str = DIGEST) -> Lock:
    none, files = LockedLicense(UNSAID, UNSAID, ()), (LockedFile(path, digest, len(CONTENT)),)
    block = LockedBlock(
        Kind.HF_MODEL, name, "none", name, COMMIT, UNSAID, none, UNSAID, (), False,
        UNSAID, "public", "hub", "2026-11-22", Confidence.VERIFIED, 6, files,
    )  # fmt: skip
    return Lock("lading.lock", "sha256:0", (block,))


def values(root: Path, name: str, locked: Lock | None, **header: str) -> list[object]:
    file = root / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(CONTENT)
    return [each.value for each in compare_with_lock(name, file, header, locked)]


@pytest.mark.parametrize(
    "folder",
    [
        "tiny",
        "models/Tiny",
        "acme/tiny",
        "x/acme--tiny",
        "acme_tiny",
        f"hub/models--acme--tiny/snapshots/{COMMIT}",
    ],
)
def test_a_folder_named_after_a_repository_is_compared(tmp_path: Path, folder: str) -> None:
    assert values(tmp_path, f"{folder}/model.safetensors", lock()) == [DIGEST, DIGEST]


@pytest.mark.parametrize(
    "name",
    [
        "model.safetensors",
        "other/model.safetensors",
        "tiny/other.safetensors",
        "tiny/sub/model.safetensors",
        f"models--acme--tiny/snapshots/{'2' * 40}/model.safetensors",
    ],
)
def test_any_other_file_is_not(tmp_path: Path, name: str) -> None:
    assert values(tmp_path, name, lock()) == []


def test_without_hashes_in_the_lockfile_nothing_is_read(tmp_path: Path) -> None:
    assert values(tmp_path, "tiny/model.safetensors", None) == []


def test_other_bytes_another_size_and_a_pointer_are_told_apart(tmp_path: Path) -> None:
    name, file = "tiny/model.safetensors", tmp_path / "tiny" / "model.safetensors"
    assert values(tmp_path, name, lock(digest="a" * 64)) == [DIGEST, "a" * 64]
    file.write_bytes(b"longer than it was")
    assert values(tmp_path, name, lock()) == ["18 bytes instead of 7", DIGEST]
    assert values(tmp_path, name, lock(), sha256="b" * 64) == ["b" * 64, DIGEST]


def test_a_file_too_large_to_hash_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_hashes, "MAX_HASHED_BYTES", 3)
    found, _ = values(tmp_path, "tiny/model.safetensors", lock())
    assert found == Unknown("the file is larger than 3 bytes and was not hashed")
