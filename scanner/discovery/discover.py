"""Files in, sightings out: every file of a tree, read or remembered, gathered into one answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from scanner.discovery.allowance import Allowance
from scanner.discovery.file_findings import FileFindings
from scanner.discovery.gather import gather_loads, gather_sightings, gather_switches, gather_unresolved
from scanner.discovery.reading_plan import read_files
from scanner.knowledge.store import Knowledge
from scanner.project.tree import Tree
from scanner.records.quick import replace
from scanner.records.sighting import Discovery, Skipped

T = TypeVar("T")


def discover(
    tree: Tree,
    knowledge: Knowledge,
    *,
    only: Collection[str] | None = None,
    cache_folder: Path | None = None,
    processes: int = 1,
) -> Discovery:
    """Read the files of a tree and list every model, dataset and hosted API they name.

    With `only`, just the files of these paths are read (their neighbours still may be asked for
    constants). With a `cache_folder`, what a file said is remembered by its blob and not read again. Up
    to `processes` processes share the reading where there is enough of it. What cannot be read stands
    in `skipped`, never nowhere.
    """
    chosen = tree.files
    if only is not None:
        wanted = frozenset(only)
        chosen = tuple(file for file in tree.files if file.path in wanted)
    found = read_files(tree, chosen, knowledge, cache_folder, processes)
    if only is not None:
        return assemble(found, ())
    unclaimed = tuple(
        (file.path, said.language_without_reader)
        for file, said in zip(chosen, found, strict=True)
        if not said.is_read and not said.skipped
    )
    return replace(assemble(found, tree.skipped), unclaimed=unclaimed)


def assemble(found: Iterable[FileFindings], skipped: tuple[Skipped, ...]) -> Discovery:
    """Put what each file said into one answer, sorted."""
    allowance = Allowance()
    found = tuple(allowance.take(findings) for findings in found)
    ignores = sorted(
        (each for findings in found for each in findings.ignores), key=lambda each: (each.file, each.line)
    )
    sightings = gather_sightings(_all(found, lambda each: each.sightings), ignores)
    languages: dict[str, int] = {}
    for findings in found:
        if name := findings.language_without_reader:
            languages[name] = languages.get(name, 0) + 1
    left_out = {
        (each.file, each.reason): each for each in (*skipped, *_all(found, lambda each: each.skipped))
    }
    return Discovery(
        sightings,
        gather_unresolved(_all(found, lambda each: each.unresolved)),
        tuple(ignores),
        tuple(sorted(_all(found, lambda each: each.notices), key=lambda each: each.file)),
        gather_switches(_all(found, lambda each: each.switches)),
        tuple(left_out[key] for key in sorted(left_out)),
        sum(findings.is_read for findings in found),
        tuple(sorted(languages.items())),
        gather_loads(_all(found, lambda each: each.loads)),
        sum(bool(findings.skipped) and not findings.is_read for findings in found) + len(skipped),
    )


def _all(found: tuple[FileFindings, ...], which: Callable[[FileFindings], Iterable[T]]) -> Iterator[T]:
    for findings in found:
        yield from which(findings)
