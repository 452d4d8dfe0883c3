"""Whether a tree differs from its commit is a matter of content, not of time stamps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.project import changes
from scanner.project.walk import walk
from scanner.records.unknown import Unknown
from tests.project.repositories import commit, git, make_repository, write


def touched(root: Path, *names: str) -> None:
    """Give files another time than git remembers."""
    for name in names:
        os.utime(root / name, (1_000_000_000, 1_000_000_000))


def unknown(path: str) -> Unknown:
    return Unknown(f"{path}: newer than git's index, and too large to be compared, or converted by git")


def test_a_file_that_was_only_touched_is_clean_and_keeps_its_blob(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x", "b.py": "y"})
    touched(tmp_path, "a.py", "b.py")
    tree = walk(tmp_path)
    assert tree.dirty is False
    assert [file.blob for file in tree.files] == [
        git(tmp_path, "rev-parse", f":{name}").strip() for name in ("a.py", "b.py")
    ]


def test_a_tree_is_clean_right_after_its_commit(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x"})
    commit(tmp_path, {"a.py": "y"})
    assert walk(tmp_path).dirty is False


def test_a_file_of_the_same_length_and_other_bytes_is_a_change(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x", "b.py": "y"})
    write(tmp_path, {"b.py": "z"})
    touched(tmp_path, "a.py")
    tree = walk(tmp_path)
    assert tree.dirty is True
    assert [file.blob is not None for file in tree.files] == [True, False]


def test_a_deleted_file_and_a_new_one_are_changes(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x", "b.py": "y"})
    (tmp_path / "b.py").unlink()
    assert walk(tmp_path).dirty is True
    write(tmp_path, {"b.py": "y"})
    assert walk(tmp_path).dirty is False
    write(tmp_path, {"c.py": "z"})
    assert walk(tmp_path).dirty is True


def test_a_repository_with_longer_hashes_is_compared_too(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "--object-format=sha256")
    commit(tmp_path, {"a.py": "x"})
    touched(tmp_path, "a.py")
    assert walk(tmp_path).dirty is False


def test_what_differs_only_in_line_ends_is_not_known(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x\ny\n"})
    write(tmp_path, {"a.py": "x\r\ny\r\n"})
    assert walk(tmp_path).dirty == unknown("a.py")


@pytest.mark.parametrize("attribute", ["filter=lfs", "ident", "working-tree-encoding=UTF-16"])
def test_what_git_would_convert_is_not_known(tmp_path: Path, attribute: str) -> None:
    make_repository(tmp_path, {"a.bin": "x", "b.py": "y"})
    write(tmp_path, {".git/info/attributes": f"*.bin {attribute}\n", "a.bin": "other"})
    assert walk(tmp_path).dirty == unknown("a.bin")
    write(tmp_path, {"b.py": "z"})
    assert walk(tmp_path).dirty is True


def test_what_is_too_large_to_be_compared_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_repository(tmp_path, {"a.py": "x" * 40, "b.py": "y" * 40})
    touched(tmp_path, "a.py", "b.py")
    monkeypatch.setattr(changes, "MAX_COMPARED_BYTES", 50)
    assert walk(tmp_path).dirty == unknown("b.py")
    monkeypatch.setattr(changes, "MAX_FILE_BYTES", 30)
    assert walk(tmp_path).dirty == Unknown(
        "a.py and 1 more: newer than git's index, and too large to be compared, or converted by git"
    )
