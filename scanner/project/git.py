"""The only place that calls git, so that no repository can run code."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from scanner.errors import GitFailed
from scanner.patterns import regex
from scanner.records.quick import dataclass

TIMEOUT_SECONDS = 120

# Everything a repository's own configuration could use to start a program is switched off. Commands that run
# filters (status, diff against the working tree) or text converters (show, diff with patches) are not used.
_HARDENING = (
    "--no-optional-locks",
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "protocol.allow=never"),
    *("-c", "core.untrackedCache=false"),
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "safe.directory=*"),
    *("-c", "core.quotePath=false"),
)
_REMOVED = (
    "GIT_EXTERNAL_DIFF",
    "GIT_PAGER",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_PROXY_COMMAND",
)

_CONVERTING = ("filter", "ident", "working-tree-encoding")
"""Attributes that change the bytes of a file on its way into git; line ends are looked at by themselves."""
_NOT_SET = (b"unspecified", b"unset")
_INDEX_ENTRY = regex(rb"(\d{6}) ([0-9a-f]{40,64}) (\d)\t([^\0]*)\0")
_INDEX_STAT = regex(rb"\s*ctime: \d+:\d+\n\s*mtime: (\d+):(\d+)\n[^\n]*\n[^\n]*\n\s*size: (\d+)[^\n]*\n")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One file of git's index."""

    path: str
    mode: str
    """`100644`, `100755`, `120000` (symbolic link), `160000` (submodule)."""
    blob: str
    mtime_ns: int
    """Modification time git saw when it last compared the file; -1 where git did not say."""
    size_bytes: int
    """Size git saw then; -1 where git did not say."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that differs between two states."""

    path: str
    status: str
    """`A` added, `M` modified, `D` deleted, `R` renamed."""
    old_path: str


def is_installed() -> bool:
    """Whether a git can be called at all."""
    try:
        _call(None, "version")
    except GitFailed:
        return False
    return True


def is_work_tree(root: Path) -> bool:
    """Whether the folder lies in the working tree of a repository."""
    try:
        return _call(root, "rev-parse", "--is-inside-work-tree").strip() == b"true"
    except GitFailed:
        return False


def top_level(root: Path) -> Path:
    """The root of the working tree the folder lies in."""
    return Path(os.fsdecode(_call(root, "rev-parse", "--show-toplevel").rstrip(b"\n")))


def list_index(root: Path) -> tuple[IndexEntry, ...]:
    """List the index below the folder, paths relative to it, with the stat data git remembers.

    Reads no file of the working tree. Of a file in conflict the first stage is listed.
    """
    raw = _call(root, "ls-files", "--stage", "--debug", "-z")
    entries: dict[str, IndexEntry] = {}
    position = 0
    while matched := _INDEX_ENTRY.match(raw, position):
        mode, blob, _stage, path = matched.groups()
        position = matched.end()
        mtime_ns, size_bytes = -1, -1
        if stat := _INDEX_STAT.match(raw, position):
            mtime_ns, size_bytes = int(stat[1]) * 1_000_000_000 + int(stat[2]), int(stat[3])
            position = stat.end()
        name = os.fsdecode(path)
        entries.setdefault(name, IndexEntry(name, mode.decode(), blob.decode(), mtime_ns, size_bytes))
    return tuple(entries.values())


def index_time_ns(root: Path) -> int:
    """When git last wrote its index; a file changed in the same moment can look unchanged."""
    try:
        return (
            (root / os.fsdecode(_call(root, "rev-parse", "--git-path", "index").rstrip(b"\n")))
            .stat()
            .st_mtime_ns
        )
    except OSError:
        return 0


def list_untracked(root: Path) -> tuple[str, ...]:
    """List files git neither tracks nor ignores, relative to the folder; nested repositories end in `/`."""
    return _paths(_call(root, "ls-files", "--others", "--exclude-standard", "-z"))


def list_not_ignored(root: Path) -> tuple[str, ...]:
    """List the files of a folder outside any repository, as its `.gitignore` files have it.

    An empty repository in a temporary folder lends git's own rules; the folder itself is not written to.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="lading-") as scratch:
        _call(None, "init", "--quiet", "--bare", "--template=", scratch)
        place = {"GIT_DIR": scratch, "GIT_WORK_TREE": str(root)}
        return _paths(_call(root, "ls-files", "--others", "--exclude-standard", "-z", environment=place))


def list_filtered(root: Path, paths: tuple[str, ...]) -> frozenset[str]:
    """The paths whose attributes make git store other bytes than lie there; no filter is run for it."""
    raw = _call(root, "check-attr", "-z", *_CONVERTING, "--", *paths)
    fields = raw.split(b"\0")
    triples = zip(fields[0::3], fields[1::3], fields[2::3], strict=False)
    return frozenset(os.fsdecode(path) for path, _, value in triples if value not in _NOT_SET)


def resolve_revision(root: Path, revision: str) -> str:
    """Resolve a branch, tag or hash to the full hash of its commit.

    Raises:
        GitFailed: there is no such commit here.
    """
    name = f"{revision}^{{commit}}"
    return _call(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()


def merge_base(root: Path, base: str, other: str = "HEAD") -> str:
    """The newest commit two revisions have in common.

    Raises:
        GitFailed: there is none, or the clone is too shallow to know.
    """
    first, second = resolve_revision(root, base), resolve_revision(root, other)
    return _call(root, "merge-base", first, second).decode().strip()


def is_shallow(root: Path) -> bool:
    """Whether the clone lacks history."""
    return _call(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def read_at(root: Path, revision: str, path: str) -> bytes | None:
    """The bytes of a file as of a revision; None where it did not exist then.

    The path is relative to the folder. `revision` may be empty for the index (staged content).
    """
    try:
        kind = _call(root, "cat-file", "-t", "--end-of-options", f"{revision}:./{path}")
        if kind.strip() != b"blob":
            return None
        return _call(root, "cat-file", "blob", "--end-of-options", f"{revision}:./{path}")
    except GitFailed:
        return None


def list_at(root: Path, revision: str) -> tuple[tuple[str, str, int], ...]:
    """List (path, blob hash, size in bytes) of the regular files below the folder as of a revision."""
    raw = _call(root, "ls-tree", "-r", "-l", "-z", resolve_revision(root, revision))
    listed = []
    for record in filter(None, raw.split(b"\0")):
        about, path = record.split(b"\t", 1)
        mode, kind, blob, size = about.split()
        if kind == b"blob" and mode != b"120000":
            listed.append((os.fsdecode(path), blob.decode(), int(size)))
    return tuple(listed)


def list_staged(root: Path) -> tuple[Change, ...]:
    """What the index changes against the last commit, below the folder."""
    base = _empty_tree(root) if not _has_head(root) else "HEAD"
    return _changes(root, "diff-index", "--cached", base)


def list_changes(root: Path, base: str) -> tuple[Change, ...]:
    """What the last commit changes against another one, below the folder, renames followed."""
    return _changes(root, "diff-tree", "-r", resolve_revision(root, base), resolve_revision(root, "HEAD"))


def _changes(root: Path, command: str, *arguments: str) -> tuple[Change, ...]:
    raw = _call(
        root, command, "-z", "-M", "--name-status", "--relative", "--no-ext-diff", "--no-textconv", *arguments
    )
    return tuple(sorted(_read_changes(raw), key=lambda change: change.path))


def _read_changes(raw: bytes) -> Iterator[Change]:
    fields = iter(raw.split(b"\0"))
    for status in fields:
        if not status:
            continue
        letter, old = status[:1].decode(), os.fsdecode(next(fields))
        path = os.fsdecode(next(fields)) if letter in "RC" else old
        yield Change(path, "A" if letter == "C" else letter, old)


def _has_head(root: Path) -> bool:
    try:
        resolve_revision(root, "HEAD")
    except GitFailed:
        return False
    return True


def _empty_tree(root: Path) -> str:
    return _call(root, "hash-object", "-t", "tree", "--stdin").decode().strip()


def _paths(raw: bytes) -> tuple[str, ...]:
    return tuple(os.fsdecode(path) for path in raw.split(b"\0") if path)


def _call(root: Path | None, *arguments: str, environment: Mapping[str, str] | None = None) -> bytes:
    # A commit hook seldom has to ask git, and then does not wait for this.
    import subprocess

    settings = {name: value for name, value in os.environ.items() if name not in _REMOVED}
    settings |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C", **(environment or {})}
    try:
        done = subprocess.run(
            ["git", *_HARDENING, *arguments],
            cwd=root,
            env=settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitFailed(f"git {arguments[0]} could not be run: {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitFailed(f"git {arguments[0]} failed: {said[0] if said else f'exit {done.returncode}'}")
    return done.stdout
