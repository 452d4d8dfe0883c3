"""Files of a project are read from within it, whatever stands in their place."""

import os
from pathlib import Path

import pytest

from scanner.errors import UnreadableFile
from scanner.project.tree import ProjectFile, Tree, read_bytes, read_head
from scanner.records.unknown import Unknown


def tree(root: Path) -> Tree:
    return Tree(root.resolve(), "p", (), (), Unknown("no git"), Unknown("no git"))


def why_not(root: Path, path: str) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(tree(root), ProjectFile(path, 3))
    return refused.value.reason


def test_a_file_is_read_whole_or_to_its_first_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"0123456789")
    file = ProjectFile("a.txt", 10)
    assert read_bytes(tree(tmp_path), file) == b"0123456789"
    assert read_head(tree(tmp_path), file, 4) == b"0123"


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="larger than 4 bytes"):
        read_bytes(tree(tmp_path), ProjectFile("a.txt", 5), 4)


def test_links_within_the_project_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_bytes(b"x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    assert read_bytes(tree(tmp_path), ProjectFile("link.txt", 1)) == b"x"
    assert read_bytes(tree(tmp_path), ProjectFile("folder/a.txt", 1)) == b"x"


def test_links_out_of_the_project_are_not(tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_bytes(b"secret")
    root = tmp_path / "in"
    root.mkdir()
    (root / "link.txt").symlink_to(tmp_path / "out.txt")
    (root / "folder").symlink_to(tmp_path)
    assert why_not(root, "link.txt") == "leads outside the project"
    assert why_not(root, "folder/out.txt") == "leads outside the project"


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    assert {why_not(tmp_path, path) for path in ("pipe", "folder", "gone")} == {"not a regular file"}


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    assert why_not(tmp_path, "ring") in ("a link that leads to itself", "Too many levels of symbolic links")
