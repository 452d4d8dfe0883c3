"""Which symbolic links are followed: those of a Hugging Face cache, to the files it keeps."""

from __future__ import annotations

from pathlib import Path

from scanner.patterns import regex

_ENTRY = regex(r"(?:models|datasets|spaces)--[\w.-]{1,200}")
_COMMIT = regex(r"[0-9a-f]{40}")


def is_within(root: Path, path: Path) -> bool:
    """Whether a path leads to something in the project, or to what the cache it lies in keeps for it.

    A snapshot of a cache holds nothing but links to the `blobs` beside it, which lie outside where the
    snapshot itself is what is scanned. `root` is resolved; `path` begins with it and is not.
    """
    real = path.resolve()
    return real.is_relative_to(root) or any(real.is_relative_to(kept) for kept in kept_beside(path))


def kept_beside(path: Path) -> tuple[Path, ...]:
    """Folders that hold the files of a snapshot a path lies in: the entry's own, and the one all share.

    Empty for a path that is not `…/models--ORG--NAME/snapshots/COMMIT/…`.
    """
    parts = path.parts
    for at in range(len(parts) - 3):
        if parts[at + 1] == "snapshots" and _ENTRY.fullmatch(parts[at]) and _COMMIT.fullmatch(parts[at + 2]):
            entry = Path(*parts[: at + 1])
            return entry / "blobs", entry.parent / "blobs"
    return ()
