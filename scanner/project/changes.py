"""Whether a working tree still is its commit: by stat data where that tells, else by content."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scanner.errors import GitFailed, UnreadableFile
from scanner.project import git
from scanner.project.tree import MAX_FILE_BYTES, ProjectFile, Tree, blob_of, read_bytes
from scanner.records.quick import replace
from scanner.records.unknown import Unknown

MAX_COMPARED_BYTES = 100_000_000
"""Bytes of files with other stat data than git remembers that are read for one answer."""
MAX_ASKED = 500
"""Files that differ of which git is asked whether a filter stands between file and blob."""


def compare_with_index(tree: Tree, entries: Mapping[str, git.IndexEntry], untracked: Collection[str]) -> Tree:
    """The tree with the blob of each file whose bytes are those of the index, and whether anything differs.

    Not known is of files too large to be compared, and of files that differ as they lie there while git
    might pass them through a filter or convert their line ends.
    """
    here = {file.path: file for file in tree.files}
    tracked = [path for path, entry in entries.items() if entry.mode.startswith("100")]
    left = MAX_COMPARED_BYTES
    differ: list[str] = []
    unsure: list[str] = []
    for path in tracked:
        file = here.get(path)
        if file is None or file.blob is not None:
            continue
        is_same = None
        if file.size_bytes <= min(left, MAX_FILE_BYTES):
            left -= file.size_bytes
            is_same = _holds(tree, file, entries[path].blob)
        if is_same:
            here[path] = replace(file, blob=entries[path].blob)
        else:
            (unsure if is_same is None else differ).append(path)
    files = tuple(here[file.path] for file in tree.files)
    is_changed = (
        isinstance(tree.commit, Unknown)
        or any(path not in here for path in tracked)
        or any(path in here for path in untracked)
        or bool(git.list_staged(tree.root))
    )
    return replace(tree, files=files, dirty=is_changed or _verdict(tree, differ, unsure))


def _holds(tree: Tree, file: ProjectFile, blob: str) -> bool | None:
    """Whether a file has the bytes of a blob; None where it cannot be told, as of converted line ends."""
    try:
        content = read_bytes(tree, file)
    except UnreadableFile:
        return None
    if blob_of(content, blob) == blob:
        return True
    return None if b"\r\n" in content and blob_of(content.replace(b"\r\n", b"\n"), blob) == blob else False


def _verdict(tree: Tree, differ: list[str], unsure: list[str]) -> bool | Unknown:
    try:
        filtered = git.list_filtered(tree.root, tuple(differ[:MAX_ASKED])) if differ else frozenset()
    except GitFailed:
        filtered = frozenset(differ)
    if any(path not in filtered for path in differ[:MAX_ASKED]):
        return True
    unsure = sorted({*unsure, *differ})
    if not unsure:
        return False
    more = f" and {len(unsure) - 1} more" if len(unsure) > 1 else ""
    return Unknown(
        f"{unsure[0]}{more}: newer than git's index, and too large to be compared, or converted by git"
    )
