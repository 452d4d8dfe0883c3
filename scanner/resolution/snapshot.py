"""One commit of a repository on disk: which files belong to it, and whether they are what they were."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from scanner.patterns import regex
from scanner.records.quick import dataclass

MAX_FILES = 50_000
"""Files of one commit; a longer list is refused."""
MAX_LIST_BYTES = 50_000_000
"""Bytes of a list of files that a cache keeps."""
LISTS = ("trees", "lading-trees")
"""Folders of a cache that list the files of a commit: the client's own (from release 2.0), and lading's."""
_HEX = regex(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Known:
    """What one file of a commit is known to be."""

    path: str
    hash: str
    """SHA-256 of its bytes (64 hex digits), or the hash git keeps it under (40)."""
    bytes: int | None
    by: str
    """Who says so: `the lockfile`, `the Hub`, `the cache's list of files`, `the name it is kept under`."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """One file that is not what it is known to be."""

    path: str
    what: str
    """In words."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What looking at every file of a snapshot came to."""

    files: int
    bytes: int
    misfits: tuple[Misfit, ...]
    by: tuple[str, ...]
    """Who the hashes were compared with, sorted."""


def check_snapshot(folder: Path, known: tuple[Known, ...]) -> Checked:
    """Compare every file of a snapshot with what is known of it; files are read in pieces.

    A file nobody knows is a misfit too: it would be loaded with the others.
    """
    by_path = {each.path: each for each in known}
    misfits, total = [], 0
    on_disk = dict(_walk(folder))
    for path, file in sorted(on_disk.items()):
        expected = by_path.get(path)
        if expected is None:
            misfits.append(Misfit(path, "is no file of this commit"))
            continue
        what, size = _compare(file, expected)
        total += size
        if what:
            misfits.append(Misfit(path, what))
    misfits += [Misfit(path, "is not there") for path in sorted(by_path.keys() - on_disk.keys())]
    used = sorted({each.by for each in known if each.path in on_disk})
    return Checked(len(on_disk), total, tuple(misfits), tuple(used))


def known_to_cache(repository: Path, commit: str) -> tuple[Known, ...]:
    """What a cache itself says of the files of a commit: its list, else the names it keeps them under."""
    for folder in LISTS:
        if listed := _read_list(repository / folder / f"{commit}.json"):
            return listed
    found = []
    for path, file in _walk(repository / "snapshots" / commit):
        name = Path(os.path.realpath(file)).name
        if _HEX.fullmatch(name):
            found.append(Known(path, name, None, "the name it is kept under"))
    return tuple(found)


def list_in(repository: Path, commit: str, known: tuple[Known, ...]) -> tuple[Path, str] | None:
    """Where a list of the files has to be written, and what; None where the client has written one."""
    if (repository / LISTS[0] / f"{commit}.json").is_file():
        return None
    files = {each.path: {"blob_id": each.hash, "size": each.bytes} for each in known}
    text = json.dumps({"format_version": 1, "files": files}, sort_keys=True)
    return repository / LISTS[1] / f"{commit}.json", text


def sha256_of(file: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _compare(file: Path, expected: Known) -> tuple[str, int]:
    """What is wrong with a file, in words, and its size."""
    try:
        size = file.stat().st_size
        if expected.bytes is not None and size != expected.bytes:
            return f"has {size} bytes, {expected.by} says {expected.bytes}", size
        found = hash_like(expected.hash, file, size)
    except OSError as error:
        return f"cannot be read: {error.strerror}", 0
    if found != expected.hash:
        return f"holds other bytes: {found[:12]}, {expected.by} says {expected.hash[:12]}", size
    return "", size


def hash_like(digest: str, file: Path, size: int) -> str:
    """The hash of a file of the kind another one is: SHA-256, else the one git keeps it under."""
    if len(digest) == 64:
        return sha256_of(file)
    head = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: head).hexdigest()


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a snapshot, whatever they link to; folders that are links are not gone into."""
    count = 0
    for place, _, names in os.walk(folder, followlinks=False):
        for name in names:
            count += 1
            if count > MAX_FILES:
                return
            file = Path(place) / name
            yield file.relative_to(folder).as_posix(), file


def _read_list(file: Path) -> tuple[Known, ...]:
    try:
        with file.open("rb") as opened:
            body = json.loads(opened.read(MAX_LIST_BYTES))
        entries = body["files"].items()
        found = []
        for path, entry in entries:
            digest = entry.get("lfs_sha256") or entry.get("blob_id")
            if isinstance(path, str) and isinstance(digest, str) and _HEX.fullmatch(digest):
                size = entry.get("lfs_size") or entry.get("size")
                found.append(Known(path, digest, size if isinstance(size, int) else None, "the cache's list"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    return tuple(found[:MAX_FILES])
