"""Virtual environments of Python inside a project: what is installed there is not the project's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scanner.errors import UnreadableFile
from scanner.project.tree import ProjectFile, Tree, read_head
from scanner.records.sighting import Skipped
from scanner.records.unknown import Unknown

MARK = "pyvenv.cfg"
"""The file every virtual environment has at its top."""
_MARK_BYTES = 4_096
REASON = "a virtual environment of Python: what is installed there was not read"


def without_environments(root: Path, paths: Iterable[str]) -> tuple[tuple[str, ...], tuple[Skipped, ...]]:
    """Take out of some paths those in virtual environments, and name each of these as left out.

    To be asked about files git does not track: what a project has committed is its own, whatever lies
    beside it. A folder is an environment where `pyvenv.cfg` names the Python it was made with; the root of
    the project never is one.

    Source: `create_configuration` of the standard library's `venv` (`home = …`), read 2026-11-22.
    """
    listed = tuple(paths)
    marks = [path for path in listed if path.endswith(f"/{MARK}") and _says_home(root, path)]
    if not marks:
        return listed, ()
    starts = tuple(path.removesuffix(MARK) for path in marks)
    kept = tuple(path for path in listed if not path.startswith(starts))
    outer = [
        start for start in starts if not any(start != each and start.startswith(each) for each in starts)
    ]
    return kept, tuple(Skipped(start, REASON) for start in sorted(outer))


def _says_home(root: Path, path: str) -> bool:
    tree = Tree(root, "", (), (), Unknown("not asked for"), Unknown("not asked for"))
    try:
        start = read_head(tree, ProjectFile(path, 0), _MARK_BYTES)
    except UnreadableFile:
        return False
    return any(line.partition(b"=")[0].strip().lower() == b"home" for line in start.splitlines())
