"""Links that are followed, and those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.errors import UnreadableFile
from scanner.project.links import is_within, kept_beside
from scanner.project.tree import ProjectFile, read_head
from scanner.project.walk import walk

COMMIT = "0" * 39 + "1"
ENTRY = "hub/models--acme--tiny"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache with one snapshot of three files: kept, led out of the cache, led to nothing."""
    root = tmp_path / "store"
    snapshot = root / ENTRY / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (root / ENTRY / "blobs").mkdir()
    (root / ENTRY / "blobs" / "abc").write_bytes(b"weights")
    (tmp_path / "secret").write_bytes(b"secret")
    (snapshot / "model.safetensors").symlink_to("../../blobs/abc")
    (snapshot / "config.json").symlink_to(tmp_path / "secret")
    (snapshot / "README.md").symlink_to("../../blobs/none")
    (root / "app.py").symlink_to(root / ENTRY / "blobs" / "abc")
    return root


def test_the_files_of_a_snapshot_are_the_projects_and_no_other_link_is_followed(cache: Path) -> None:
    tree = walk(cache)
    name = f"{ENTRY}/snapshots/{COMMIT}/model.safetensors"
    assert [file for file in tree.files if "snapshots" in file.path] == [ProjectFile(name, 7)]
    assert read_head(tree, ProjectFile(name, 7), 100) == b"weights"
    assert [(each.file.rpartition("/")[2], each.reason) for each in tree.skipped] == [
        ("app.py", "a symbolic link: not followed"),
        ("README.md", "a symbolic link: leads nowhere"),
        ("config.json", "a symbolic link: not followed"),
    ]


def test_a_snapshot_that_is_scanned_itself_is_followed_out_to_what_the_cache_keeps(cache: Path) -> None:
    tree = walk(cache / ENTRY / "snapshots" / COMMIT)
    assert tree.files == (ProjectFile("model.safetensors", 7),)
    assert read_head(tree, tree.files[0], 100) == b"weights"
    with pytest.raises(UnreadableFile, match="leads outside the project"):
        read_head(tree, ProjectFile("config.json", 6), 100)


def test_a_folder_that_is_called_like_a_cache_and_is_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "outside" / "blobs").mkdir(parents=True)
    (tmp_path / "outside" / "blobs" / "x").write_text("secret")
    root = tmp_path / "project"
    root.mkdir()
    (root / "models--a--b").symlink_to(tmp_path / "outside")
    path = root / "models--a--b" / "snapshots" / COMMIT / ".." / ".." / "blobs" / "x"
    assert not is_within(root, path)


def test_only_the_layout_of_a_cache_has_files_beside_it() -> None:
    kept = kept_beside(Path(f"/x/models--a--b/snapshots/{COMMIT}/sub/file"))
    assert kept == (Path("/x/models--a--b/blobs"), Path("/x/blobs"))
    assert kept_beside(Path("/x/models--a--b/snapshots/main/file")) == ()
    assert kept_beside(Path("/x/snapshots/file")) == ()
