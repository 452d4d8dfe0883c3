"""Git is asked, and no repository gets to run code."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scanner.errors import GitFailed
from scanner.project import git
from scanner.project.git import Change
from scanner.project.walk import walk
from tests.project.repositories import commit, make_repository, write
from tests.project.repositories import git as run


def test_the_index_gives_the_blob_hash_of_each_file(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a.py": "x = 1\n", "b/ü c.txt": "hello\n"})
    entries = {entry.path: entry for entry in git.list_index(tmp_path)}
    assert set(entries) == {"a.py", "b/ü c.txt"}
    assert entries["a.py"].blob == hashlib.sha1(b"blob 6\0x = 1\n", usedforsecurity=False).hexdigest()
    assert entries["a.py"].size_bytes == 6
    assert entries["a.py"].mtime_ns == (tmp_path / "a.py").stat().st_mtime_ns


def test_a_file_is_read_as_of_a_revision_and_from_the_index(tmp_path: Path) -> None:
    first = make_repository(tmp_path, {"p.yaml": "old"})
    commit(tmp_path, {"p.yaml": "new"})
    write(tmp_path, {"p.yaml": "staged"})
    run(tmp_path, "add", "-A")
    write(tmp_path, {"p.yaml": "in the working tree only"})
    assert git.read_at(tmp_path, first, "p.yaml") == b"old"
    assert git.read_at(tmp_path, "HEAD", "p.yaml") == b"new"
    assert git.read_at(tmp_path, "", "p.yaml") == b"staged"
    assert git.read_at(tmp_path, "HEAD", "q.yaml") is None


def test_changes_follow_renames(tmp_path: Path) -> None:
    body = "".join(f"line {number}\n" for number in range(40))
    first = make_repository(tmp_path, {"old.py": body, "gone.py": "x\n"})
    (tmp_path / "old.py").rename(tmp_path / "new.py")
    (tmp_path / "gone.py").unlink()
    commit(tmp_path, {"added.py": "y\n"})
    assert git.list_changes(tmp_path, first) == (
        Change("added.py", "A", "added.py"),
        Change("gone.py", "D", "gone.py"),
        Change("new.py", "R", "old.py"),
    )


def test_staged_files_are_listed_before_the_first_commit_too(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q")
    write(tmp_path, {"a.py": "x"})
    run(tmp_path, "add", "a.py")
    assert git.list_staged(tmp_path) == (Change("a.py", "A", "a.py"),)


def test_a_revision_that_looks_like_an_option_is_refused(tmp_path: Path) -> None:
    make_repository(tmp_path, {"a": "x"})
    with pytest.raises(GitFailed):
        git.resolve_revision(tmp_path, "--output=/tmp/x")


def hostile_settings(root: Path, witness: Path) -> None:
    """Point every setting that starts a program at one that leaves a mark."""
    script = root.parent / "witness.sh"
    script.write_text(f"#!/bin/sh\necho \"$0 $@\" >> '{witness}'\ncat\n")
    script.chmod(0o755)
    for name in (
        *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy"),
        *("diff.external", "diff.evil.textconv", "diff.evil.command", "core.alternateRefsCommand"),
        *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "credential.helper"),
        *("remote.origin.uploadpack", "gpg.program", "pager.ls-files", "uploadpack.packObjectsHook"),
    ):
        run(root, "config", name, str(script))
    run(root, "config", "filter.evil.required", "true")
    hooks = root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in (
        "post-checkout",
        "pre-commit",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
    ):
        shutil.copy(script, hooks / hook)


def test_a_hostile_repository_runs_none_of_its_code(tmp_path: Path) -> None:
    root, witness = tmp_path / "repository", tmp_path / "witness"
    first = make_repository(root, {"a.py": "x = 1\n", ".gitattributes": "*.py filter=evil diff=evil\n"})
    commit(root, {"a.py": "x = 2\n", "b.py": "y = 1\n"})
    hostile_settings(root, witness)
    write(root, {"a.py": "x = 3\n", "c.py": "z = 1\n"})
    os.utime(root / "b.py", (1, 1))
    tree = walk(root)
    git.list_staged(root)
    git.list_changes(root, first)
    git.merge_base(root, first)
    git.read_at(root, first, "a.py")
    assert git.list_filtered(root, ("a.py", "c.py", ".gitattributes")) == {"a.py", "c.py"}
    assert [file.path for file in tree.files] == [".gitattributes", "a.py", "b.py", "c.py"]
    assert not witness.exists(), witness.read_text()


def test_the_witness_would_have_been_written_by_plain_git(tmp_path: Path) -> None:
    root, witness = tmp_path / "repository", tmp_path / "witness"
    make_repository(root, {"a.py": "x = 1\n", ".gitattributes": "*.py filter=evil\n"})
    hostile_settings(root, witness)
    os.utime(root / "a.py", (1, 1))
    subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=False)
    assert witness.exists()


def test_git_that_is_not_there_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not git.is_installed()
    with pytest.raises(GitFailed, match="could not be run"):
        git.list_index(tmp_path)
