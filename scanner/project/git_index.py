"""A working tree's place and git's index, read without git: a commit hook need not start it."""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path

MAX_BYTES = 300_000_000
_HEADER = struct.Struct(">4sII")
_ENTRY = struct.Struct(">24xI8xI20xH")
"""Mode, size and flags of an entry; times, device, owner and hash are passed over."""
_EXTENSION = struct.Struct(">4sI")
_EXTENDED, _LENGTH = 0x4000, 0x0FFF
_ASK_GIT = (b"link", b"sdir")
"""Extensions that say the rest of the entries stand elsewhere: a split index, folders in place of files."""
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")

Tracked = tuple[str, str, int]
"""Path from the root, mode as git writes it (`100644`), and size in bytes."""


def top_level_above(folder: Path) -> Path | None:
    """The folder at or above this one that holds `.git`; found without starting git."""
    for candidate in (folder.resolve(), *folder.resolve().parents):
        if (candidate / ".git").exists():
            return candidate
    return None


def read_index(root: Path) -> tuple[Tracked, ...] | None:
    """List what the index of a working tree holds, each path once; None where git has to be asked.

    That is: no `.git` here, an environment that names another repository, an index of another version or
    hash, one that is split or sparse, or one that is damaged. Of a file in conflict the first stage counts.

    Source: https://git-scm.com/docs/index-format (versions 2 and 3).
    """
    if any(os.environ.get(name) for name in _ELSEWHERE):
        return None
    try:
        file = _place(root)
        if file is None or not stat.S_ISREG(file.stat().st_mode) or file.stat().st_size > MAX_BYTES:
            return None
        return _entries(file.read_bytes())
    except (OSError, ValueError, struct.error, IndexError):
        return None


def _place(root: Path) -> Path | None:
    """The index file: of the repository in `root/.git`, or of the one a `.git` file leads to."""
    if named := os.environ.get("GIT_INDEX_FILE"):
        return root / named
    folder = root / ".git"
    if folder.is_file():
        said = folder.read_bytes()[:4096].decode("utf-8", "surrogateescape")
        if not said.startswith("gitdir: "):
            return None
        folder = root / said.removeprefix("gitdir: ").rstrip("\n")
    return folder / "index" if folder.is_dir() else None


def _entries(content: bytes) -> tuple[Tracked, ...] | None:
    signature, version, count = _HEADER.unpack_from(content)
    if signature != b"DIRC" or version not in (2, 3):
        return None
    found: dict[bytes, tuple[int, int]] = {}
    at = _HEADER.size
    for _ in range(count):
        mode, size, flags = _ENTRY.unpack_from(content, at)
        start = at + _ENTRY.size + (2 if flags & _EXTENDED else 0)
        end = content.index(b"\0", start)
        path = content[start:end]
        # The length is said once more: with another hash than SHA-1 it stands elsewhere.
        if min(len(path), _LENGTH) != flags & _LENGTH or (b".." in path and b".." in path.split(b"/")):
            return None
        found.setdefault(path, (mode, size))
        at += (end - at + 8) & ~7
    while at < len(content) - 20:
        extension, length = _EXTENSION.unpack_from(content, at)
        if extension in _ASK_GIT:
            return None
        at += _EXTENSION.size + length
    if at != len(content) - 20:
        return None
    return tuple((os.fsdecode(path), f"{mode:06o}", size) for path, (mode, size) in found.items())
