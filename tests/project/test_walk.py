"""The walk lists what belongs to the project and says what it left out."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scanner.errors import NothingReadable, UnreadableFile
from scanner.project.listed import walk_for
from scanner.project.tree import ProjectFile, read_bytes, read_head
from scanner.project.walk import walk, walk_revision, walk_staged
from scanner.records.sighting import Skipped
from scanner.records.unknown import Unknown
from tests.project.repositories import commit, git, make_repository, write


def paths(root: Path) -> list[str]:
    return [file.path for file in walk(root).files]


def test_tracked_and_new_files_belong_to_the_project_ignored_ones_do_not(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x", ".gitignore": "secret.py\nbuild/\n"})
    write(tmp_path, {"new.py": "y", "secret.py": "z", "build/out.py": "w"})
    assert paths(tmp_path) == [".gitignore", "a.py", "new.py"]


def test_a_folder_inside_a_repository_is_walked_relative_to_itself(tmp_path: Path) -> None:
    make_repository(tmp_path, {"top.py": "x", "sub/a.py": "y", "sub/deep/b.py": "z"})
    assert paths(tmp_path / "sub") == ["a.py", "deep/b.py"]


def test_ignore_files_count_outside_a_repository_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a.py": "x", "b.log": "y", "sub/.gitignore": "c.py\n!b.log\n", "sub/c.py": "z", "sub/b.log": "w"},
    )
    write(tmp_path, {".gitignore": "*.log\n"})
    assert paths(tmp_path) == [".gitignore", "a.py", "sub/.gitignore", "sub/b.log"]
    assert walk(tmp_path).commit == Unknown("not a git repository")


def test_repositories_in_a_plain_folder_are_walked_each_by_its_own_rules(tmp_path: Path) -> None:
    make_repository(tmp_path / "one", {"a.py": "x", ".gitignore": "b.py\n"})
    write(tmp_path, {"one/b.py": "ignored", "two/c.py": "z"})
    assert paths(tmp_path) == ["one/.gitignore", "one/a.py", "two/c.py"]


def test_links_submodules_and_odd_files_are_named_with_the_reason(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make_repository(tmp_path / "other", {"x.py": "x"})
    make_repository(root, {"a.py": "x"})
    (root / "link.py").symlink_to("/etc/passwd")
    (root / "loop").symlink_to(".")
    os.mkfifo(root / "pipe.py")
    git(
        root,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(tmp_path / "other"),
        "sub",
    )
    make_repository(root / "nested", {"y.py": "y"})
    tree = walk(root)
    assert [file.path for file in tree.files] == [".gitmodules", "a.py"]
    assert tree.skipped == (
        Skipped("link.py", "a symbolic link: not followed"),
        Skipped("loop", "a symbolic link: not followed"),
        Skipped("nested/", "another repository: scan it on its own"),
        Skipped("sub", "a submodule: scan it on its own"),
    )


def test_a_blob_hash_is_given_only_for_bytes_git_has_seen(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x", "b.py": "y"})
    for name in ("a.py", "b.py"):
        os.utime(tmp_path / name, (1_000_000_000, 1_000_000_000))
    git(tmp_path, "update-index", "--refresh")
    write(tmp_path, {"b.py": "z"})
    blobs = {file.path: file.blob is not None for file in walk(tmp_path).files}
    assert blobs == {"a.py": True, "b.py": False}


def test_a_project_is_dirty_when_it_differs_from_its_commit(tmp_path: Path) -> None:
    commit_hash = make_repository(tmp_path, {"a.py": "x"})
    os.utime(tmp_path / "a.py", (1_000_000_000, 1_000_000_000))
    git(tmp_path, "update-index", "--refresh")
    clean = walk(tmp_path)
    assert (clean.commit, clean.dirty, clean.name) == (commit_hash, False, tmp_path.name)
    write(tmp_path, {"b.py": "new"})
    assert walk(tmp_path).dirty is True
    git(tmp_path, "add", "-A")
    assert walk(tmp_path).dirty is True
    assert walk(tmp_path).commit == commit_hash
    commit(tmp_path, {})


def test_a_deleted_file_is_no_part_of_the_project(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x", "b.py": "y"})
    (tmp_path / "a.py").unlink()
    tree = walk(tmp_path)
    assert ([file.path for file in tree.files], tree.skipped) == (["b.py"], ())


def test_without_git_the_walk_says_that_ignore_files_were_not_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.py": "x", "node_modules/b.js": "y", "sub/c.py": "z"})
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    tree = walk(tmp_path)
    assert [file.path for file in tree.files] == ["a.py", "sub/c.py"]
    assert tree.skipped == (Skipped(".gitignore", "git is not installed: ignore files were not applied"),)


def test_a_folder_that_is_not_there_is_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(NothingReadable, match="give a folder"):
        walk(tmp_path / "nowhere")
    write(tmp_path, {"file.py": "x"})
    with pytest.raises(NothingReadable, match="Not a directory"):
        walk(tmp_path / "file.py")


def test_reading_stays_inside_the_project_and_below_the_limit(tmp_path: Path) -> None:
    write(tmp_path, {"outside.py": "secret", "root/a.py": "0123456789"})
    tree = walk(tmp_path / "root")
    (file,) = tree.files
    assert read_bytes(tree, file) == b"0123456789"
    assert read_head(tree, file, 4) == b"0123"
    with pytest.raises(UnreadableFile, match="larger than 5 bytes"):
        read_bytes(tree, file, 5)
    with pytest.raises(UnreadableFile, match="leads outside"):
        read_bytes(tree, ProjectFile("../outside.py", 6))
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_bytes(tree, ProjectFile("gone.py", 6))


def test_the_staged_project_is_read_from_the_index(tmp_path: Path) -> None:
    first = make_repository(tmp_path, {"a.py": "old", "b.py": "same"})
    write(tmp_path, {"a.py": "staged", "c.py": "new"})
    git(tmp_path, "add", "-A")
    write(tmp_path, {"a.py": "not staged", "d.py": "not staged either"})
    tree = walk_staged(tmp_path)
    assert {file.path: read_bytes(tree, file) for file in tree.files} == {
        "a.py": b"staged",
        "b.py": b"same",
        "c.py": b"new",
    }
    assert (tree.commit, tree.dirty) == (first, True)


def test_the_project_of_a_revision_is_read_from_it(tmp_path: Path) -> None:
    first = make_repository(tmp_path, {"a.py": "old", "sub/b.py": "b"})
    (tmp_path / "link").symlink_to("a.py")
    commit(tmp_path, {"a.py": "new"})
    tree = walk_revision(tmp_path, first)
    assert {file.path: read_bytes(tree, file) for file in tree.files} == {"a.py": b"old", "sub/b.py": b"b"}
    assert [file.path for file in walk_revision(tmp_path, "HEAD").files] == ["a.py", "sub/b.py"]
    assert [file.path for file in walk_revision(tmp_path / "sub", first).files] == ["b.py"]


def test_a_plain_folder_has_no_staged_state(tmp_path: Path) -> None:
    with pytest.raises(NothingReadable, match="not in a git repository"):
        walk_staged(tmp_path)


def test_for_a_few_files_git_is_not_started_and_their_neighbours_are_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_repository(tmp_path, {"a.py": "x", "sub/b.py": "y"})
    write(tmp_path, {"new.py": "z"})
    (tmp_path / "link.py").symlink_to("a.py")
    asked: list[list[str]] = []
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda words, **more: asked.append(words) or real(words, **more))
    tree = walk_for(tmp_path, ["new.py", "a.py", "link.py", "gone.py"])
    assert [file.path for file in tree.files] == ["a.py", "new.py", "sub/b.py"]
    assert tree.skipped == (Skipped("link.py", "a symbolic link: not followed"),)
    assert asked == []


@pytest.mark.parametrize(("has_git", "depth"), [(True, 0), (False, 2)])
def test_folders_deeper_than_are_walked_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_git: bool, depth: int
) -> None:
    if not has_git:
        monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    for module in ("walk", "listed"):
        monkeypatch.setattr(f"scanner.project.{module}.MAX_DEPTH", depth)
    write(tmp_path, {"a/b/x.py": "x", "a/b/c/y.py": "y"})
    if has_git:
        make_repository(tmp_path / "a/b/c", {"z.py": "z"})
    tree = walk(tmp_path)
    assert "a/b/x.py" in [file.path for file in tree.files]
    assert Skipped("a/b/c", f"a folder deeper than {depth} others") in tree.skipped
