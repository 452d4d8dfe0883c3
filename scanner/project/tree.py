"""The files of one project, each read once."""

from __future__ import annotations

from pathlib import Path

from scanner.digests import sha1, sha256
from scanner.errors import UnreadableFile
from scanner.project.links import is_within
from scanner.project.opening import read_regular
from scanner.records.quick import dataclass
from scanner.records.sighting import Skipped
from scanner.records.unknown import Unknown

MAX_FILE_BYTES = 20_000_000
"""A text file above it is skipped, and said to be. Weight files are read by their headers only."""
_SHA256_DIGITS = 64


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """One file of the project."""

    path: str
    """POSIX path relative to the root."""
    size_bytes: int
    blob: str | None = None
    """Git's hash of exactly these bytes, where the working tree is known to match it; a cache key."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The project under the scan."""

    root: Path
    name: str
    files: tuple[ProjectFile, ...]
    """Sorted by path."""
    skipped: tuple[Skipped, ...]
    """What the walk itself left out, with the reason."""
    commit: str | Unknown
    dirty: bool | Unknown
    state: str | None = None
    """None: the files as they lie on disk. `""`: as staged in git's index. Else: as of that revision."""


def blob_of(content: bytes, like: str = "") -> str:
    """Git's hash of a file of these bytes: SHA-1, or SHA-256 where `like` is such a hash."""
    digest = sha256 if len(like) == _SHA256_DIGITS else sha1
    return digest(b"blob %d\0" % len(content) + content)


def read_bytes(tree: Tree, file: ProjectFile, limit_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Read a file of the tree, whole.

    Raises:
        UnreadableFile: it is larger than the limit, is gone, is no regular file, may not be read, or
            leads outside the project.
    """
    if file.size_bytes > limit_bytes:
        raise UnreadableFile(f"larger than {limit_bytes} bytes")
    return read_head(tree, file, limit_bytes)


def read_range(tree: Tree, file: ProjectFile, start: int, most_bytes: int) -> bytes:
    """Read some bytes of a file as it lies on disk; fewer where it ends before.

    Raises:
        UnreadableFile: as `read_bytes`, the size aside.
    """
    path = tree.root / file.path
    try:
        if not is_within(tree.root, path) or not path.is_file():
            raise UnreadableFile("leads outside the project, or is no regular file")
        with path.open("rb") as opened:
            opened.seek(start)
            return opened.read(most_bytes)
    except RuntimeError as error:  # what `resolve` says of a ring of links
        raise UnreadableFile("a link that leads to itself") from error
    except OSError as error:
        raise UnreadableFile(error.strerror or type(error).__name__) from error


def read_head(tree: Tree, file: ProjectFile, most_bytes: int) -> bytes:
    """Read at most the first bytes of a file: what a weight file's header needs.

    Raises:
        UnreadableFile: as `read_bytes`, the size aside.
    """
    if tree.state is not None:
        from scanner.project.git import read_at

        stored = read_at(tree.root, tree.state, file.path)
        if stored is None:
            raise UnreadableFile("git does not hold it in this state")
        return stored[:most_bytes]
    if (content := read_regular(tree.root, file.path, most_bytes)) is not None:
        return content
    path = tree.root / file.path
    try:
        if not is_within(tree.root, path):
            raise UnreadableFile("leads outside the project")
        if not path.is_file():
            raise UnreadableFile("not a regular file")
        with path.open("rb") as opened:
            return opened.read(most_bytes)
    except RuntimeError as error:  # what `resolve` says of a ring of links
        raise UnreadableFile("a link that leads to itself") from error
    except OSError as error:
        raise UnreadableFile(error.strerror or type(error).__name__) from error
