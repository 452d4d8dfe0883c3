"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from scanner.whole_files import keep_file, put_file


def test_a_file_is_replaced_as_a_whole_with_the_rights_of_any_new_file(tmp_path: Path) -> None:
    file, other = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_bytes(b"old and longer")
    other.touch()
    put_file(file, b"new")
    assert sorted((each.name, each.read_bytes()) for each in tmp_path.iterdir()) == [
        ("a.txt", b"new"),
        ("b.txt", b""),
    ]
    assert file.stat().st_mode == other.stat().st_mode


def test_an_interruption_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put_file(file, b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_what_lies_where_it_is_written_first_is_not_written_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_bytes(b"kept")
    monkeypatch.setattr(os, "urandom", bytes)
    (tmp_path / ".a.txt.00000000").symlink_to(tmp_path / "secret")
    with pytest.raises(FileExistsError):
        put_file(tmp_path / "a.txt", b"new")
    assert (tmp_path / "secret").read_bytes() == b"kept"


def test_a_kept_file_lies_in_a_folder_for_this_user_alone(tmp_path: Path) -> None:
    keep_file(tmp_path / "cache" / "a.json", b"{}")
    assert (tmp_path / "cache" / "a.json").read_bytes() == b"{}"
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
