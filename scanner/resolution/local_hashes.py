"""Compares weights that lie in the project with the files that were locked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from scanner.records.fact import Confidence, Evidence
from scanner.records.lock import Lock, LockedBlock, LockedFile
from scanner.records.unknown import Unknown
from scanner.resolution.snapshot import hash_like

MAX_HASHED_BYTES = 50_000_000_000
"""A larger file is not hashed, and that is said."""
FOUND, LOCKED = "file.hash", "locked.hash"
"""Facts of the evidence: what the file is, and what the lockfile says it has to be."""


def compare_with_lock(
    name: str, path: Path, header: Mapping[str, str], lock: Lock | None
) -> tuple[Evidence, ...]:
    """What a file of weights is and what was locked, where the lockfile knows files of its folder.

    A folder is taken for a copy of a repository when its path ends with the repository's name, with or
    without the account (`models/ORG/NAME`, `models--ORG--NAME/snapshots/COMMIT`). A Git LFS pointer is
    compared by the hash it states; a file of another size is not read.
    """
    locked = _locked(name, lock)
    if locked is None or lock is None:
        return ()
    block, file = locked
    where = f"{lock.path}:{block.line}"
    source = f"lockfile:{block.key}"
    say = Confidence.VERIFIED
    found = hash_found(path, file.sha256, file.bytes, header.get("sha256"))
    return (
        Evidence(FOUND, found, f"project:{name}", Unknown("read from the project as it is"), say),
        Evidence(LOCKED, file.sha256, source, block.as_of, say, quote=file.path, location=where),
    )


def _locked(name: str, lock: Lock | None) -> tuple[LockedBlock, LockedFile] | None:
    """The locked file that a file of this path has to be; the longest fitting folder name wins."""
    found: list[tuple[int, LockedBlock, LockedFile]] = []
    for block in lock.blocks if lock is not None else ():
        for inner, weight in paths_within(name, block.reference, block.commit) if block.files else ():
            found += [(weight, block, file) for file in block.files or () if file.path == inner]
    if not found:
        return None
    _, block, file = max(found, key=lambda each: each[0])
    return block, file


def paths_within(name: str, reference: str, commit: str | Unknown) -> Iterator[tuple[str, int]]:
    """Paths within a repository that a path of the project may stand for, and how surely."""
    parts = PurePosixPath(name).parts
    owner, _, short = reference.casefold().rpartition("/")
    for at, part in enumerate(parts[:-1]):
        folder, rest = part.casefold(), parts[at + 1 :]
        if owner and folder in (f"models--{owner}--{short}", f"datasets--{owner}--{short}"):
            if len(rest) > 2 and rest[0] == "snapshots" and rest[1] == commit:
                yield "/".join(rest[2:]), 3
        elif owner and folder in (f"{owner}--{short}", f"{owner}_{short}"):
            yield "/".join(rest), 2
        elif folder == short:
            is_owned = at > 0 and parts[at - 1].casefold() == owner
            yield "/".join(rest), 2 if is_owned else 1


def hash_found(path: Path, expected: str, size: int | None, stated: str | None) -> str | Unknown:
    """The hash of a file, of the kind of the expected one; a pointer states it, another size needs none."""
    if stated is not None and len(stated) == len(expected):
        return stated
    try:
        found = path.stat().st_size
        if size is not None and found != size:
            return f"{found} bytes instead of {size}"
        if found > MAX_HASHED_BYTES:
            return Unknown(f"the file is larger than {MAX_HASHED_BYTES} bytes and was not hashed")
        return hash_like(expected, path, found)
    except OSError as error:
        return Unknown(f"the file cannot be read: {error.strerror}")
