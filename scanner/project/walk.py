"""Which files belong to the project, and which were left out and why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from scanner.errors import GitFailed, NothingReadable
from scanner.project import git
from scanner.project.changes import compare_with_index
from scanner.project.environments import without_environments
from scanner.project.listed import MAX_DEPTH, look_at_each, name_of
from scanner.project.tree import ProjectFile, Tree
from scanner.records.quick import replace
from scanner.records.sighting import Skipped
from scanner.records.unknown import Unknown

RACE_NS = 20_000_000
"""A file changed less than this before git wrote its index is not trusted to be what the index holds."""
_LEFT_OUT = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache"}
)
"""Folders a walk without git leaves out; with git, the ignore files decide."""


def walk(root: Path) -> Tree:
    """List the files of the project at `root`.

    In a git working tree these are the tracked files and those git neither tracks nor ignores; elsewhere
    the same rules are asked of git for the bare folder. Symbolic links, submodules, other repositories,
    virtual environments nobody tracks and what cannot be read stand in `skipped`.

    Raises:
        NothingReadable: `root` is no folder or may not be read.
    """
    root = root.resolve()
    try:
        os.scandir(root).close()
    except OSError as error:
        raise NothingReadable(
            f"{root.name or root}: {error.strerror}\n  give a folder that exists and may be read"
        ) from error
    if git.is_installed():
        return _walk_repository(root) if git.is_work_tree(root) else _walk_folder(root)
    skipped = (Skipped(".gitignore", "git is not installed: ignore files were not applied"),)
    paths, environments = without_environments(root, _plain(root))
    return look_at_each(
        root, ((path, None) for path in paths), (*skipped, *environments), Unknown("git is not installed")
    )


def walk_staged(root: Path) -> Tree:
    """The project as its next commit would have it: every file as staged in git's index.

    Raises:
        NothingReadable: `root` is not in a git working tree.
    """
    root = _require_repository(root)
    entries = [entry for entry in git.list_index(root) if entry.mode.startswith("100")]
    files = tuple(ProjectFile(entry.path, max(entry.size_bytes, 0), entry.blob) for entry in entries)
    return Tree(root, name_of(root), files, (), _head(root), True, state="")


def walk_revision(root: Path, revision: str) -> Tree:
    """The project as of a revision.

    Raises:
        NothingReadable: `root` is not in a git working tree.
        GitFailed: there is no such revision here.
    """
    root = _require_repository(root)
    commit = git.resolve_revision(root, revision)
    files = tuple(ProjectFile(path, size, blob) for path, blob, size in git.list_at(root, commit))
    return Tree(root, name_of(root), files, (), commit, False, state=commit)


def _require_repository(root: Path) -> Path:
    root = root.resolve()
    if not root.is_dir() or not git.is_work_tree(root):
        raise NothingReadable(f"{root.name}: not in a git repository\n  give a folder of a git working tree")
    return root


def _head(root: Path) -> str | Unknown:
    try:
        return git.resolve_revision(root, "HEAD")
    except GitFailed:
        return Unknown("the repository has no commit")


def _walk_repository(root: Path) -> Tree:
    trusted = git.index_time_ns(root) - RACE_NS
    entries = {
        entry.path: entry if entry.mtime_ns < trusted else replace(entry, mtime_ns=-1)
        for entry in git.list_index(root)
    }
    untracked, environments = without_environments(root, git.list_untracked(root))
    commit = _head(root)
    skipped = [
        Skipped(path, "a submodule: scan it on its own") for path in entries if entries[path].mode == "160000"
    ]
    skipped += environments
    skipped += [
        Skipped(path, "another repository: scan it on its own") for path in untracked if path.endswith("/")
    ]
    listed: list[tuple[str, git.IndexEntry | None]] = [
        (path, entry) for path, entry in entries.items() if entry.mode != "160000"
    ]
    listed += [(path, None) for path in untracked if not path.endswith("/")]
    tree = look_at_each(root, iter(listed), tuple(skipped), commit)
    return compare_with_index(tree, entries, untracked)


def _walk_folder(root: Path) -> Tree:
    paths: list[str] = []
    pending = [""]
    while pending:
        prefix = pending.pop()
        folder = root / prefix
        if prefix and git.is_work_tree(folder):
            found = (*(entry.path for entry in git.list_index(folder)), *git.list_untracked(folder))
        else:
            found = git.list_not_ignored(folder)
        folders = [prefix + path for path in found if path.endswith("/")]
        is_deep = prefix.count("/") >= MAX_DEPTH
        pending += [] if is_deep else folders
        paths += [path.rstrip("/") for path in folders if is_deep]
        paths += [prefix + path for path in found if not path.endswith("/")]
    own, environments = without_environments(root, dict.fromkeys(paths))
    return look_at_each(root, ((path, None) for path in own), environments, Unknown("not a git repository"))


def _plain(root: Path) -> Iterator[str]:
    pending = [""]
    while pending:
        prefix = pending.pop()
        try:
            with os.scandir(root / prefix) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError:
            yield prefix.rstrip("/")
            continue
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _LEFT_OUT:
                    if path.count("/") < MAX_DEPTH:
                        pending.append(path + "/")
                    else:
                        yield path  # a folder among the files is said to be left out
            else:
                yield path
