"""Which files are read anew, which are remembered, and by how many processes."""

from __future__ import annotations

from pathlib import Path

from scanner.digests import sha256
from scanner.discovery.cache import FindingsCache, open_cache
from scanner.discovery.file_findings import FileFindings
from scanner.discovery.freed_memory import give_back_large_pieces
from scanner.discovery.large_files import large_first
from scanner.discovery.neighbours import module_names
from scanner.discovery.sweeping import sweeping_between_files
from scanner.discovery.workbench import Workbench
from scanner.errors import UnreadableFile
from scanner.knowledge.store import Knowledge
from scanner.project.tree import ProjectFile, Tree, blob_of, read_bytes

MAX_HASHED_BYTES = 4_000_000
"""A file git knows nothing of is remembered up to this size."""
WORTH_A_PROCESS_BYTES = 3_000_000
"""Bytes to read above which a second process pays for its start."""
_PYTHON = (".py", ".pyi", ".ipynb")


def read_files(
    tree: Tree,
    chosen: tuple[ProjectFile, ...],
    knowledge: Knowledge,
    cache_folder: Path | None,
    processes: int,
) -> list[FileFindings]:
    """What each chosen file says, in their order.

    For some files of a tree, only the readers and detectors they need are loaded; for all of them, all
    are, so that a broken one stops the run.
    """
    bench = Workbench(tree, knowledge, cache_folder if len(chosen) < len(tree.files) else None)
    if cache_folder is None:
        return _read_anew(bench, chosen, processes)
    with open_cache(cache_folder, str(knowledge.stamp.digest)) as cache:
        return _read_what_changed(bench, chosen, cache, processes)


def _read_what_changed(
    bench: Workbench, chosen: tuple[ProjectFile, ...], cache: FindingsCache, processes: int
) -> list[FileFindings]:
    files = {file.path: file for file in bench.tree.files}
    contents: dict[str, bytes] = {}
    modules = _digest(sorted(module_names(files)))
    keys: dict[str, str] = {}
    for file in chosen:
        blob = file.blob or _hash(bench.tree, file, contents)
        if blob is not None:
            keys[file.path] = f"{blob}:{modules if file.path.endswith(_PYTHON) else ''}:{file.path}"
    known = {
        path: findings
        for path, findings in cache.look_up(keys).items()
        if all(_is_as_it_was(bench.tree, files.get(asked), blob) for asked, blob in findings.asked)
    }
    unread = tuple(file for file in chosen if file.path not in known)
    fresh = dict(
        zip((file.path for file in unread), _read_anew(bench, unread, processes, contents), strict=True)
    )
    cache.store(
        (keys[path], findings)
        for path, findings in fresh.items()
        if path in keys and all(blob != "" for _, blob in findings.asked)
    )
    return [known.get(file.path) or fresh[file.path] for file in chosen]


def _is_as_it_was(tree: Tree, file: ProjectFile | None, blob: str | None) -> bool:
    """Whether a file another one was read with is as it was then: absent, or of the same bytes."""
    if file is None or blob is None:
        return file is None and blob is None
    return (file.blob or _hash(tree, file, {})) == blob


def _read_anew(
    bench: Workbench,
    files: tuple[ProjectFile, ...],
    processes: int,
    contents: dict[str, bytes] | None = None,
) -> list[FileFindings]:
    if not files:
        return []
    held = contents or {}
    weight = sum(min(file.size_bytes, MAX_HASHED_BYTES) for file in files)
    if weight > WORTH_A_PROCESS_BYTES:
        give_back_large_pieces()
    if processes > 1 and weight > WORTH_A_PROCESS_BYTES:
        from scanner.discovery.pool import read_in_processes

        shared = read_in_processes(bench, files, processes)
        if shared is not None:
            return shared
    bench.make()
    found: dict[int, FileFindings] = {}
    with sweeping_between_files() as sweeper:
        for at in large_first(files):
            found[at] = bench.read(files[at], held.pop(files[at].path, None))
            sweeper.sweep()
    return [found[at] for at in range(len(files))]


def _hash(tree: Tree, file: ProjectFile, contents: dict[str, bytes]) -> str | None:
    """Hash a file as git would; its bytes are kept, so that it is read once."""
    if file.size_bytes > MAX_HASHED_BYTES:
        return None
    try:
        content = read_bytes(tree, file)
    except UnreadableFile:
        return None
    if sum(map(len, contents.values())) < 16 * MAX_HASHED_BYTES:
        contents[file.path] = content
    return blob_of(content)


def _digest(texts: list[str]) -> str:
    return sha256("\n".join(texts).encode("utf-8", "replace"))[:16]
