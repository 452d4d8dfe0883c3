"""A virtual environment inside a project is passed over and named, unless the project tracks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.errors import GitFailed
from scanner.project import git
from scanner.project.environments import REASON
from scanner.project.walk import walk
from scanner.records.sighting import Skipped
from tests.project.repositories import make_repository, write

ENVIRONMENT: dict[str, str | bytes] = {
    "tools/.env3/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.7\n",
    "tools/.env3/lib/python3.11/site-packages/some/models.py": "x",
    "tools/.env3/share/inner/pyvenv.cfg": "home = /usr/bin\n",
    "tools/run.py": "y",
}


def test_nothing_of_an_environment_git_does_not_track_belongs_to_the_project(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x"})
    write(tmp_path, ENVIRONMENT)
    tree = walk(tmp_path)
    assert [file.path for file in tree.files] == ["a.py", "tools/run.py"]
    assert tree.skipped == (Skipped("tools/.env3/", REASON),)


def test_outside_of_a_repository_it_is_passed_over_too(tmp_path: Path) -> None:
    write(tmp_path, ENVIRONMENT)
    tree = walk(tmp_path)
    assert [file.path for file in tree.files] == ["tools/run.py"]
    assert tree.skipped == (Skipped("tools/.env3/", REASON),)


def test_without_git_it_is_passed_over_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*arguments: object, **more: object) -> bytes:
        raise GitFailed("git is not there")

    monkeypatch.setattr(git, "_call", gone)
    write(tmp_path, ENVIRONMENT)
    tree = walk(tmp_path)
    assert [file.path for file in tree.files] == ["tools/run.py"]
    assert Skipped("tools/.env3/", REASON) in tree.skipped


def test_what_is_committed_is_read_whatever_lies_beside_it(tmp_path: Path) -> None:
    make_repository(tmp_path, {"src/app.py": "x", "src/pyvenv.cfg": "home = /usr/bin\n"})
    write(tmp_path, {"src/new.py": "y"})
    tree = walk(tmp_path)
    assert [file.path for file in tree.files] == ["src/app.py", "src/new.py", "src/pyvenv.cfg"]
    assert tree.skipped == ()


def test_a_file_that_only_has_the_name_and_the_root_itself_mark_nothing(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x"})
    write(tmp_path, {"pyvenv.cfg": "home = /usr/bin\n", "src/pyvenv.cfg": "hello\n", "src/b.py": "y"})
    tree = walk(tmp_path)
    assert [file.path for file in tree.files] == ["a.py", "pyvenv.cfg", "src/b.py", "src/pyvenv.cfg"]
    assert tree.skipped == ()
