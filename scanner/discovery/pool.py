"""Reading shared among processes, where there is enough to read.

The files are put into heaps, the heaviest first, and every process, the first one included, takes the next
heap when it is done with one; so none waits for another, however wrong the guess of their weight. The
queue is a pipe in which the numbers of the heaps lie ready: whoever reads it gets the next.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

from scanner.discovery.cache import pack, unpack
from scanner.discovery.file_findings import FileFindings
from scanner.discovery.large_files import is_large, large_first
from scanner.discovery.sweeping import Sweeper, sweeping_between_files
from scanner.discovery.workbench import Workbench
from scanner.project.tree import ProjectFile

_HEAPS_EACH = 40
"""Heaps for each process: many enough to end together, few enough for files of a folder to stay so."""
_NUMBER_BYTES = 4
"""A number in the queue; it is read whole, as it was written."""


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
    heaps = heap_up(files, processes * _HEAPS_EACH)
    queue = _queue_of(len(heaps))
    context = multiprocessing.get_context("fork")
    started = []
    try:
        for _ in range(processes - 1):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(bench, files, heaps, queue, theirs), daemon=True)
            process.start()
            theirs.close()
            started.append((ours, process))
        found = dict(_read(bench, files, heaps, queue))
    finally:
        os.close(queue)
    for ours, process in started:
        # A process that died (memory, a signal) sends nothing: its share is read here.
        with suppress(EOFError, OSError):
            found.update((at, unpack(text)) for at, text in ours.recv())
        ours.close()
        process.join()
    left = [at for at in range(len(files)) if at not in found]
    found.update(_read_heap(bench, files, left, Sweeper()))
    return [found[at] for at in range(len(files))]


def _work(
    bench: Workbench, files: tuple[ProjectFile, ...], heaps: list[list[int]], queue: int, answers: Connection
) -> None:
    # All at once at the end: who asks is reading too, and would not empty the connection meanwhile.
    answers.send([(at, pack(findings)) for at, findings in _read(bench, files, heaps, queue)])
    answers.close()


def _read(
    bench: Workbench, files: tuple[ProjectFile, ...], heaps: list[list[int]], queue: int
) -> Iterator[tuple[int, FileFindings]]:
    with sweeping_between_files() as sweeper:
        while len(number := os.read(queue, _NUMBER_BYTES)) == _NUMBER_BYTES:
            yield from _read_heap(bench, files, heaps[int.from_bytes(number, "big")], sweeper)


def _read_heap(
    bench: Workbench, files: tuple[ProjectFile, ...], heap: list[int], sweeper: Sweeper
) -> Iterator[tuple[int, FileFindings]]:
    for at in heap:
        yield at, bench.read(files[at])
        sweeper.sweep()


def _queue_of(count: int) -> int:
    """A pipe that holds the numbers up to `count`, and ends behind them."""
    queue, entrance = os.pipe()
    os.write(entrance, b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in range(count)))
    os.close(entrance)
    return queue


def heap_up(files: tuple[ProjectFile, ...], most: int) -> list[list[int]]:
    """Put indexes of files into at most about this many heaps of about the same work.

    Large files come first, then the heaviest heaps. Python and JavaScript, which ask each other for
    constants, lie together as they stand in their folders; of the rest the largest come first.
    """
    work = [_work_of(file) for file in files]
    enough = sum(work) / max(most, 1)
    groups: dict[str, list[int]] = {".py": [], ".js": [], "": []}
    for at, file in enumerate(files):
        if not is_large(file):
            groups[_ASKING.get(file.path[file.path.rfind(".") :], "")].append(at)
    groups[""].sort(key=lambda at: -work[at])
    first = _heaps_of(large_first(files)[: sum(map(is_large, files))], work, enough)
    heaps = [heap for group in groups.values() for heap in _heaps_of(group, work, enough)]
    return [heap for _, heap in (*first, *sorted(heaps, key=lambda each: -each[0]))]


def _heaps_of(group: list[int], work: list[float], enough: float) -> list[tuple[float, list[int]]]:
    heaps: list[tuple[float, list[int]]] = []
    heap: list[int] = []
    weight = 0.0
    for at in group:
        if heap and weight + work[at] > enough:
            heaps.append((weight, heap))
            heap, weight = [], 0.0
        heap.append(at)
        weight += work[at]
    if heap:
        heaps.append((weight, heap))
    return heaps


_ASKING = {".py": ".py"} | dict.fromkeys((".js", ".jsx", ".mjs", ".ts", ".tsx", ".svelte", ".vue"), ".js")
"""Endings of files that ask each other, and which ask which."""
_WORK = {
    **dict.fromkeys((".sh", ".tf"), 1.0), **dict.fromkeys((".py", ".ts"), 0.6),
    **dict.fromkeys((".yaml", ".yml", ".jsx", ".tsx", ".svelte", ".md"), 0.4),
    **dict.fromkeys((".js", ".mjs", ".html", ".vue"), 0.2),
    **dict.fromkeys((".go", ".java", ".rs", ".cpp", ".c", ".h", ".cs", ".kt", ".swift", ".json"), 0.05),
    ".ipynb": 0.045,
}  # fmt: skip
"""Time a byte of a file takes, in millionths of a second or so."""


def _work_of(file: ProjectFile) -> float:
    ending = file.path[file.path.rfind(".") :]
    per_byte = _WORK.get(ending)
    return 300 + (file.size_bytes * per_byte if per_byte else min(file.size_bytes, 1_000_000) * 0.05)
