"""Tests of opening files of a project: only what certainly lies in it is read this way."""

import os
import sys
from pathlib import Path

import pytest

from scanner.project.opening import read_regular

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells where an open file lies"
)


def test_a_file_of_the_project_is_read_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_bytes(b"0123456789")
    (tmp_path / "empty").write_bytes(b"")
    read = [
        read_regular(tmp_path.resolve(), *asked) for asked in (("a/b.txt", 4), ("a/b.txt", 99), ("empty", 9))
    ]
    assert read == [b"0123", b"0123456789", b""]


def test_a_link_inside_the_project_is_followed_and_one_out_of_it_is_not(tmp_path: Path) -> None:
    root = (tmp_path / "root").resolve()
    root.mkdir()
    (root / "a.py").write_bytes(b"x")
    (root / "inner").symlink_to("a.py")
    (tmp_path / "secret").write_bytes(b"s")
    (root / "outer").symlink_to(tmp_path / "secret")
    (root / "folder").symlink_to(tmp_path)
    (tmp_path / "root-two").mkdir()
    (tmp_path / "root-two" / "a.py").write_bytes(b"s")
    paths = ("inner", "outer", "folder/secret", "../secret", "../root-two/a.py")
    assert [read_regular(root, path, 9) for path in paths] == [b"x", None, None, None, None]


def test_what_is_no_regular_file_is_left_to_the_careful_way(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    assert [read_regular(tmp_path.resolve(), path, 9) for path in ("folder", "pipe", "loop", "gone")] == [
        None
    ] * 4


def test_a_large_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(os.urandom(300_000))
    assert read_regular(tmp_path.resolve(), "a", 1_000_000) == (tmp_path / "a").read_bytes()
