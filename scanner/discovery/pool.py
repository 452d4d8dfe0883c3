"""Reading shared among processes, where there is enough to read."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

from scanner.discovery.cache import pack, unpack
from scanner.discovery.file_findings import FileFindings
from scanner.discovery.sweeping import sweeping_between_files
from scanner.discovery.workbench import Workbench
from scanner.project.tree import ProjectFile


def read_in_processes(
    bench: Workbench, files: tuple[ProjectFile, ...], processes: int
) -> list[FileFindings] | None:
    """Read files in several processes; None where this system or this moment does not allow it.

    The processes are forked after everything is loaded, so that they share its memory; a program with
    threads of its own is not forked.
    """
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return None
    bench.make()
    parts = list(split_evenly(files, processes))
    context = multiprocessing.get_context("fork")
    started = []
    for part in parts[1:]:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(bench, files, part, theirs), daemon=True)
        process.start()
        theirs.close()
        started.append((part, ours, process))
    found = dict(zip(parts[0], _read(bench, files, parts[0]), strict=True))
    for part, ours, process in started:
        try:
            answers = [unpack(text) for text in ours.recv()]
        except (EOFError, OSError):
            # The process died (memory, a signal): its share is read here.
            answers = _read(bench, files, part)
        ours.close()
        process.join()
        found.update(zip(part, answers, strict=True))
    return [found[at] for at in range(len(files))]


def _work(bench: Workbench, files: tuple[ProjectFile, ...], part: list[int], answers: Connection) -> None:
    answers.send([pack(findings) for findings in _read(bench, files, part)])
    answers.close()


def _read(bench: Workbench, files: tuple[ProjectFile, ...], part: list[int]) -> list[FileFindings]:
    found = []
    with sweeping_between_files() as sweeper:
        for at in part:
            found.append(bench.read(files[at]))
            sweeper.sweep()
    return found


def split_evenly(files: tuple[ProjectFile, ...], parts: int) -> Iterator[list[int]]:
    """Deal indexes of files to parts of about the same work.

    Python files, which ask each other for constants, stay together by their folders; the rest is dealt
    largest first.
    """
    work = [_work_of(file) for file in files]
    asking = [at for at, file in enumerate(files) if file.path.endswith(".py")]
    share = sum(work[at] for at in asking) / parts
    loads = [0.0] * parts
    dealt: list[list[int]] = [[] for _ in range(parts)]
    part = 0
    for at in asking:
        if loads[part] >= share and part < parts - 1:
            part += 1
        loads[part] += work[at]
        dealt[part].append(at)
    rest = [at for at, file in enumerate(files) if not file.path.endswith(".py")]
    for at in sorted(rest, key=lambda index: -work[index]):
        lightest = loads.index(min(loads))
        loads[lightest] += work[at]
        dealt[lightest].append(at)
    yield from dealt


_WORK = {
    **dict.fromkeys((".py", ".sh", ".tf"), 1.0), **dict.fromkeys((".yaml", ".yml"), 0.7),
    **dict.fromkeys((".js", ".ts", ".tsx", ".jsx", ".mjs", ".html", ".svelte", ".vue", ".md"), 0.4),
    **dict.fromkeys((".go", ".java", ".rs", ".cpp", ".c", ".h", ".cs", ".kt", ".swift", ".json"), 0.1),
    ".ipynb": 0.07,
}  # fmt: skip
"""Time a byte of a file takes, beside one of Python."""


def _work_of(file: ProjectFile) -> float:
    ending = file.path[file.path.rfind(".") :]
    per_byte = _WORK.get(ending)
    return 300 + (file.size_bytes * per_byte if per_byte else min(file.size_bytes, 1_000_000) * 0.05)
