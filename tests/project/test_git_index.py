"""The index read as a file says what git says, and git is asked where it is of another form."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.project import git
from scanner.project.git_index import read_index
from scanner.project.listed import walk_for
from tests.project.repositories import QUIET, commit, make_repository, write

FILES: dict[str, str | bytes] = {
    "a.py": "x = 1\n",
    "folder/b.py": "y = 22\n",
    "folder/deep/c.txt": "",
    "\u00e9 \u4e2d.md": "z\n",
    "z" * 200: "q",
}


def run(root: Path, *words: str, check: bool = True) -> None:
    subprocess.run(["git", *QUIET, *words], cwd=root, check=check, capture_output=True)


def told(root: Path) -> list[tuple[str, str, int]]:
    return sorted((each.path, each.mode, each.size_bytes) for each in git.list_index(root))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    make_repository(root, FILES)
    return root


def links_and_modes(root: Path) -> None:
    (root / "link").symlink_to("a.py")
    (root / "a.py").chmod(0o755)
    run(root, "add", "-A")


def added_by_intent(root: Path) -> None:
    write(root, {"later.py": "model = 1\n"})
    run(root, "add", "-N", "later.py")


def left_alone(root: Path) -> None:
    run(root, "update-index", "--assume-unchanged", "a.py")
    run(root, "update-index", "--skip-worktree", "folder/b.py")


def a_submodule(root: Path) -> None:
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True)
    run(root, "update-index", "--add", "--cacheinfo", f"160000,{head.stdout.strip()},inner")


def a_conflict(root: Path) -> None:
    run(root, "checkout", "-q", "-b", "other")
    commit(root, {"a.py": "x = 2\n"})
    run(root, "checkout", "-q", "-")
    commit(root, {"a.py": "x = 3\n"})
    run(root, "merge", "-q", "other", check=False)
    assert len(git.list_index(root)) == len(FILES)


def nothing_more(root: Path) -> None:
    run(root, "status")


@pytest.mark.parametrize(
    "change", [nothing_more, links_and_modes, added_by_intent, left_alone, a_submodule, a_conflict]
)
def test_it_lists_what_git_lists(shop: Path, change: Callable[[Path], None]) -> None:
    change(shop)
    listed = read_index(shop)
    assert listed is not None
    assert sorted(listed) == told(shop)
    assert len(listed) >= len(FILES)


def test_a_working_tree_beside_its_repository_is_read(shop: Path, tmp_path: Path) -> None:
    run(shop, "worktree", "add", "-q", str(tmp_path / "beside"))
    write(tmp_path / "beside", {"new.py": "n = 1\n"})
    run(tmp_path / "beside", "add", "new.py")
    listed = read_index(tmp_path / "beside")
    assert listed is not None
    assert sorted(listed) == told(tmp_path / "beside")
    assert ("new.py", "100644", 6) in listed


def test_the_index_git_names_to_its_hook_is_the_one_that_is_read(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_index(shop)
    (shop / ".git" / "index").rename(shop / ".git" / "next-index")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index")
    assert read_index(shop) == whole
    assert sorted(whole or ()) == told(shop)


@pytest.mark.parametrize(
    "change",
    [("update-index", "--index-version", "4"), ("update-index", "--split-index")],
    ids=lambda words: words[1],
)
def test_an_index_of_another_form_is_gits_to_read(shop: Path, change: tuple[str, ...]) -> None:
    run(shop, *change)
    write(shop, {"late.py": "l = 1\n"})
    run(shop, "add", "late.py")
    assert read_index(shop) is None
    found = {file.path for file in walk_for(shop, ["a.py"]).files}
    assert found == {*FILES, "late.py"}


def test_a_repository_of_another_hash_is_gits_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    run(tmp_path, "init", "-q", "--object-format=sha256")
    run(tmp_path, "add", "a.py")
    assert read_index(tmp_path) is None
    assert [file.path for file in walk_for(tmp_path, ["b.py"]).files] == ["a.py"]


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"])
def test_another_repository_named_by_the_environment_is_gits_to_find(
    shop: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(shop / ".git"))
    assert read_index(shop) is None


def test_without_a_repository_or_an_index_nothing_is_listed(tmp_path: Path) -> None:
    assert read_index(tmp_path) is None
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    assert read_index(tmp_path) is None
    (tmp_path / ".git").write_text("something else\n")
    assert read_index(tmp_path) is None
    run(tmp_path / "..", "init", "-q", str(tmp_path / "empty"))
    assert read_index(tmp_path / "empty") is None
    assert walk_for(tmp_path / "empty", ["a.py"]).files == ()


def test_a_damaged_index_is_never_half_a_list(shop: Path) -> None:
    index = shop / ".git" / "index"
    whole, content = read_index(shop), index.read_bytes()
    assert whole is not None
    for cut in range(0, len(content), 7):
        index.write_bytes(content[:cut])
        assert read_index(shop) is None
    index.write_bytes(content.replace(b"folder/b.py", b"f/../../b.p"))
    assert read_index(shop) is None
    index.write_bytes(content[:8] + struct.pack(">I", 4_000_000_000) + content[12:])
    assert read_index(shop) is None
    index.unlink()
    index.mkdir()
    assert read_index(shop) is None
