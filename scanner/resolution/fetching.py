"""From a lockfile to a cache that holds exactly the locked commits, and back."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from scanner.errors import SourceUnavailable
from scanner.patterns import regex
from scanner.records.lock import Lock, LockedBlock, LockedFile
from scanner.records.quick import dataclass
from scanner.resolution.names import HUB_FOLDERS, is_repository_name
from scanner.resolution.snapshot import (
    Checked,
    Known,
    Misfit,
    check_snapshot,
    known_to_cache,
    list_in,
    sha256_of,
)
from scanner.resolution.source import Absent, Question, is_commit

_BRANCH = regex(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}")


@dataclass(frozen=True, slots=True)
class Target:
    """One locked commit, and what the project's words for it have to lead to."""

    block: LockedBlock
    commit: str

    @property
    def question(self) -> Question:
        """What to ask the Hub for."""
        return Question(self.block.kind, self.block.reference, self.commit)

    @property
    def folder(self) -> str:
        """Name of its folder in a cache."""
        return f"{HUB_FOLDERS[self.block.kind]}--{self.block.reference.replace('/', '--')}"

    @property
    def branch(self) -> str | None:
        """The branch or tag that has to point at the commit; None where the project names a commit."""
        named = "main" if self.block.revision == "none" else self.block.revision
        return None if is_commit(named) or not _BRANCH.fullmatch(named) or ".." in named else named


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one target."""

    target: Target
    files: int
    bytes: int
    problems: tuple[str, ...]
    """In words; empty where the cache holds exactly the locked commit."""
    by: tuple[str, ...]
    """Who the hashes were compared with."""
    failure: str | None = None
    """Why the Hub gave no answer, where it had to."""
    hashes: tuple[LockedFile, ...] | None = None
    """Of every file, where they were asked for."""

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems and self.failure is None


def targets_of(
    lock: Lock, only: tuple[str, ...] = ()
) -> tuple[tuple[Target, ...], tuple[tuple[str, str], ...]]:
    """The blocks that can be fetched, and the others with the reason."""
    targets, left_out = [], []
    for block in lock.blocks:
        if only and block.reference not in only:
            continue
        if block.kind not in HUB_FOLDERS:
            left_out.append((block.key, "not on the Hugging Face Hub"))
        elif not is_repository_name(block.reference):
            left_out.append((block.key, "no name a repository can have"))
        elif not isinstance(block.commit, str) or not is_commit(block.commit):
            left_out.append((block.key, "the lockfile holds no commit of it"))
        else:
            targets.append(Target(block, block.commit))
    return tuple(targets), tuple(left_out)


def fetch(target: Target, cache: Path, leave_out: tuple[str, ...], *, record: bool) -> Done:
    """Download one commit, check every file, and only then let its branch lead to it."""
    from scanner.resolution.sources.hub import download

    try:
        got = download(target.question, cache, leave_out)
    except SourceUnavailable as failure:
        return Done(target, 0, 0, (), (), failure.reason)
    if isinstance(got, Absent):
        return Done(target, 0, 0, (got.reason,), ())
    expected = _without(_merged(target, got), leave_out)
    snapshot = cache / target.folder / "snapshots" / target.commit
    checked = check_snapshot(snapshot, expected)
    problems = tuple(_told(misfit, snapshot) for misfit in _of_interest(checked, leave_out))
    if not problems:
        if listed := list_in(cache / target.folder, target.commit, got):
            _put(*listed)
        if target.branch is not None:
            _put(cache / target.folder / "refs" / target.branch, target.commit)
    hashes = tuple(_hashes(snapshot, expected)) if record and not problems else None
    return Done(target, checked.files, checked.bytes, problems, checked.by, hashes=hashes)


def check(target: Target, cache: Path, leave_out: tuple[str, ...]) -> Done:
    """Say in what a cache differs from the lockfile; nothing is asked of anybody."""
    top = cache / target.folder
    snapshot = top / "snapshots" / target.commit
    if not snapshot.is_dir():
        return Done(target, 0, 0, (f"commit {target.commit[:12]} is not in the cache",), ())
    expected = _without(_merged(target, known_to_cache(top, target.commit)), leave_out)
    checked = check_snapshot(snapshot, expected)
    problems = [_told(misfit, snapshot) for misfit in _of_interest(checked, leave_out)]
    if not expected:
        problems.append("neither lockfile nor cache says what its files have to be")
    if target.branch is not None:
        pointed = _read_branch(top / "refs" / target.branch)
        if pointed != target.commit:
            where = f"points at {pointed[:12]}" if pointed else "is not in the cache"
            problems.append(f"{target.branch} {where}, locked is {target.commit[:12]}")
    return Done(target, checked.files, checked.bytes, tuple(problems), checked.by)


def _merged(target: Target, said: tuple[Known, ...]) -> tuple[Known, ...]:
    """What is known of the files: the lockfile's word before anybody else's."""
    known = {each.path: each for each in said}
    for file in target.block.files or ():
        known[file.path] = Known(file.path, file.sha256, file.bytes, "the lockfile")
    return tuple(known[path] for path in sorted(known))


def _without(known: tuple[Known, ...], leave_out: tuple[str, ...]) -> tuple[Known, ...]:
    return tuple(each for each in known if not _is_left_out(each.path, leave_out))


def _of_interest(checked: Checked, leave_out: tuple[str, ...]) -> Iterable[Misfit]:
    return (misfit for misfit in checked.misfits if not _is_left_out(misfit.path, leave_out))


def _is_left_out(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def _told(misfit: Misfit, snapshot: Path) -> str:
    return f"{misfit.path} {misfit.what}; delete {snapshot / misfit.path} with what it links to, fetch again"


def _hashes(snapshot: Path, known: tuple[Known, ...]) -> Iterable[LockedFile]:
    for each in known:
        file = snapshot / each.path
        digest = each.hash if len(each.hash) == 64 else sha256_of(file)
        yield LockedFile(each.path, digest, file.stat().st_size)


def _read_branch(file: Path) -> str:
    try:
        with file.open("r", encoding="ascii") as opened:
            return opened.read(64).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _put(file: Path, text: str) -> None:
    """Write a small file of the cache in one step.

    Raises:
        SourceUnavailable: the cache cannot be written to.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=file.parent, prefix=".lading-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(text)
            Path(scratch).chmod(0o644)
            Path(scratch).replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(scratch).unlink()
            raise
    except OSError as error:
        raise SourceUnavailable(f"the cache cannot be written to: {error.strerror}") from error
