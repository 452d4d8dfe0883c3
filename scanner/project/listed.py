"""The files a commit hook was given, and what each listed path turns out to be."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import GitFailed
from scanner.project.git_index import read_index
from scanner.project.links import is_within, kept_beside
from scanner.project.tree import ProjectFile, Tree
from scanner.records.quick import replace
from scanner.records.sighting import Skipped
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.project.git import IndexEntry

MAX_FILES = 300_000
MAX_DEPTH = 40
"""Folders within folders a walk without git still follows."""


def walk_for(root: Path, paths: Collection[str]) -> Tree:
    """The tree a commit hook needs: these files, and the tracked ones they may borrow constants from.

    Of the other files only what git's index remembers is known; git is started only for an index of a form
    that is not read here.
    """
    root = root.resolve()
    tracked = read_index(root)
    if tracked is None:
        from scanner.project.git import list_index

        try:
            tracked = tuple((each.path, each.mode, each.size_bytes) for each in list_index(root))
        except GitFailed:
            tracked = ()
    wanted = frozenset(paths)
    given = [(path, None) for path in sorted(wanted)]
    tree = look_at_each(root, iter(given), (), Unknown("not asked for a few files"))
    near = tuple(
        ProjectFile(path, max(size, 0))
        for path, mode, size in tracked
        if mode.startswith("100") and path not in wanted
    )
    files = tuple(sorted((*tree.files, *near), key=lambda file: file.path))
    return replace(tree, files=files)


def name_of(root: Path) -> str:
    """The name of a project: that of its folder."""
    return root.resolve().name or "project"


def look_at_each(
    root: Path,
    listed: Iterator[tuple[str, IndexEntry | None]],
    skipped: tuple[Skipped, ...],
    commit: str | Unknown,
) -> Tree:
    """Look at each listed path once; what is no regular file becomes a skip with its reason."""
    files: list[ProjectFile] = []
    left_out = list(skipped)
    for path, entry in listed:
        if len(files) >= MAX_FILES:
            left_out.append(
                Skipped(path, f"more than {MAX_FILES} files: this one and all after it were not read")
            )
            break
        seen = _look(root, path, entry)
        if isinstance(seen, ProjectFile):
            files.append(seen)
        elif seen is not None:
            left_out.append(Skipped(_printable(path), seen))
    dirty = commit if isinstance(commit, Unknown) else False
    ordered = tuple(sorted(files, key=lambda file: file.path))
    return Tree(
        root, name_of(root), ordered, tuple(sorted(left_out, key=lambda each: each.file)), commit, dirty
    )


def _look(root: Path, path: str, entry: IndexEntry | None) -> ProjectFile | str | None:
    """The file, or why it is left out; None where it was deleted and so is no part of the project."""
    try:
        seen = os.lstat(root / path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or "the name cannot be used on this system"
    if stat.S_ISLNK(seen.st_mode):
        return _look_behind(root, path)
    if stat.S_ISDIR(seen.st_mode):
        is_deep = path.count("/") >= MAX_DEPTH
        return f"a folder deeper than {MAX_DEPTH} others" if is_deep else "a folder that may not be read"
    if not stat.S_ISREG(seen.st_mode):
        return "not a regular file"
    if _printable(path) != path:
        return "the name is not valid text"
    is_same = entry is not None and (entry.mtime_ns, entry.size_bytes) == (seen.st_mtime_ns, seen.st_size)
    return ProjectFile(path, seen.st_size, entry.blob if entry is not None and is_same else None)


def _look_behind(root: Path, path: str) -> ProjectFile | str:
    """The file a link of a Hugging Face cache leads to; any other link is left out."""
    linked = root / path
    if _printable(path) == path and kept_beside(linked) and is_within(root, linked):
        try:
            seen = linked.stat()
        except (OSError, ValueError):
            return "a symbolic link: leads nowhere"
        if stat.S_ISREG(seen.st_mode):
            return ProjectFile(path, seen.st_size)
    return "a symbolic link: not followed"


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode("utf-8")
