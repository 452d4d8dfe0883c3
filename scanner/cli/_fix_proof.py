"""The proof of a change: what lading reads in a file before and after it differs in nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.project.tree import ProjectFile, Tree
from scanner.records.quick import dataclass, field, replace
from scanner.records.sighting import Discovery, Kind, Location, Sighting
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.discovery.context import KnownWorld
    from scanner.discovery.file_reading import Kit
    from scanner.knowledge.store import Knowledge

MAX_READINGS = 2_000
"""Texts that are read for proofs in one run; beyond it nothing more is changed."""
KEPT = 24
"""Texts whose reading is kept for the next proof."""
_NOWHERE = Location("", 0, 0, 0, 0)
_NO_COMMIT = Unknown("a text on its own")


@dataclass(slots=True)
class Wanted:
    """The differences a change may make."""

    commits: dict[tuple[Kind, str], str] = field(default_factory=dict)
    """Commit by what it is written for."""
    names: dict[str, str] = field(default_factory=dict)
    """The name that takes the place of another."""


class Reading:
    """Reads files one at a time, as a scan would, away from the project."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._kept: dict[tuple[str, str], Discovery] = {}
        self._kit: tuple[KnownWorld, Kit] | None = None
        self._count = 0

    def read(self, file: str, text: str) -> Discovery | None:
        """What a text says under a file's name; None where too many have been read."""
        if (file, text) not in self._kept:
            self._count += 1
            if self._count > MAX_READINGS:
                return None
            if len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[file, text] = self._read(file, text.encode("utf-8"))
        return self._kept[file, text]

    def _read(self, file: str, content: bytes) -> Discovery:
        from scanner.discovery.context import KnownWorld
        from scanner.discovery.discover import assemble
        from scanner.discovery.file_reading import load_kit, read_file
        from scanner.discovery.neighbours import ProjectFiles

        if self._kit is None:
            world = KnownWorld(self._knowledge)
            self._kit = world, load_kit(world)
        world, kit = self._kit
        # A tree of this file alone, anew for each text: what was parsed under its name is not to be kept.
        alone = ProjectFile(file, len(content))
        tree = Tree(Path("/nowhere"), "project", (alone,), (), _NO_COMMIT, _NO_COMMIT)
        beside = ProjectFiles(tree, world)
        return assemble((read_file(tree, alone, kit, beside, content),), ())

    def is_proven(self, file: str, before: str, after: str, wanted: Wanted) -> bool:
        """Whether the change makes wanted differences, and none besides."""
        old, new = self.read(file, before), self.read(file, after)
        return old is not None and new is not None and _differs_as_wanted(old, new, wanted) is not None

    def settles(self, file: str, before: str, after: str, sighting: Sighting, commit: str) -> bool:
        """Whether the change gives the commit to this sighting, and does nothing besides."""
        old, new = self.read(file, before), self.read(file, after)
        if old is None or new is None:
            return False
        at = next((n for n, each in enumerate(old.sightings) if _is_at(each, sighting)), None)
        wanted = Wanted({(sighting.kind, sighting.name): commit})
        changed = _differs_as_wanted(old, new, wanted)
        return at is not None and changed is not None and at in changed


def _is_at(found: Sighting, sighting: Sighting) -> bool:
    ours, theirs = found.location, sighting.location
    return found.name == sighting.name and (ours.line, ours.column) == (theirs.line, theirs.column)


def _differs_as_wanted(old: Discovery, new: Discovery, wanted: Wanted) -> set[int] | None:
    """Indexes of the sightings that changed as wanted; None where anything else differs."""
    if _rest(old) != _rest(new) or len(old.sightings) != len(new.sightings):
        return None
    changed = set()
    for at, (before, after) in enumerate(zip(old.sightings, new.sightings, strict=True)):
        then, now = replace(before, location=_NOWHERE), replace(after, location=_NOWHERE)
        if then == now:
            continue
        name = wanted.names.get(then.name, then.name)
        commit = wanted.commits.get((then.kind, then.name))
        if name != then.name:
            is_wanted = now.name == name and now == replace(then, name=name)
        else:
            is_wanted = commit is not None and now == replace(then, revision=commit)
        if not is_wanted:
            return None
        changed.add(at)
    return changed


def _rest(found: Discovery) -> tuple[object, ...]:
    """Everything but sightings, places aside."""
    return (
        [(each.kind, each.expression, each.reason) for each in found.unresolved],
        [(each.name, each.value) for each in found.switches],
        [(each.call, each.runs) for each in found.loads],
        [(each.rules, each.reason) for each in found.ignores],
        _reasons(each.reason for each in found.skipped),
    )


def _reasons(reasons: Iterable[str]) -> list[str]:
    return sorted(reasons)
