"""Lockfiles of several projects, looked up in one go."""

from __future__ import annotations

import json
from pathlib import Path

from scanner.cli._facts import knowledge_of, overlays_of
from scanner.errors import UsageError
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.asset import Resolution
from scanner.records.encoding import encode
from scanner.records.lock import Lock, LockedBlock, lock_key
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Role, Sighting
from scanner.records.unknown import Unknown
from scanner.resolution.assets import Desk
from scanner.resolution.blocks import blocks_of, is_lockable, merge, sightings_of, why_kept
from scanner.resolution.chain import Progress
from scanner.resolution.drift import LOCKED_KINDS
from scanner.resolution.lock import FILE_NAME, read_lock_file
from scanner.resolution.resolve import conclude, inquire
from scanner.resolution.source import Question, Repository, Surroundings
from scanner.settings import Settings

CHECK_SCHEMA = "lading.lock-check/1"


@dataclass(frozen=True, slots=True)
class Held:
    """One lockfile, and what it is about."""

    folder: Path
    shown: str
    """The lockfile as messages name it."""
    lock: Lock | None
    sightings: tuple[Sighting, ...]

    @property
    def references(self) -> int:
        """How many different names it is about."""
        return len({(each.kind, each.name, each.revision) for each in self.sightings})

    @property
    def file(self) -> Path:
        """Where the lockfile is, or will be."""
        return self.folder / FILE_NAME if self.lock is None else self.folder / self.lock.path


@dataclass(frozen=True, slots=True)
class Kept:
    """A block that stays as it was locked, because nothing as good could be asked."""

    written: LockedBlock
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking about one lockfile came to."""

    held: Held
    resolution: Resolution
    kept: tuple[Kept, ...] = ()
    """Blocks nothing as good could be asked about; sorted by key."""


@dataclass(frozen=True, slots=True)
class Written:
    """The blocks to write, and what is not among them."""

    blocks: tuple[LockedBlock, ...]
    left_out: tuple[tuple[str, str], ...]
    """(name, why)."""


def hold(paths: tuple[Path, ...], only: tuple[str, ...], *, is_check: bool) -> tuple[Held, ...]:
    """Read the projects and lockfiles the command line names.

    Raises:
        UsageError: a path is neither, a project to check has no lockfile, or no project holds a name that
            is to be updated.
        LockBroken: a lockfile cannot be read.
    """
    held = tuple(_hold(path, is_check=is_check) for path in paths)
    if only:
        known = {sighting.name for one in held for sighting in one.sightings}
        if wrong := [name for name in only if name not in known]:
            raise UsageError(f"--update {wrong[0]}: the project does not name it\n  see: lading scan")
        held = tuple(
            replace(one, sightings=tuple(each for each in one.sightings if each.name in only)) for one in held
        )
    return held


def ask_about(held: tuple[Held, ...], settings: Settings, progress: Progress) -> tuple[Outcome, ...]:
    """Ask about everything at once, so that a model in many lockfiles is asked about once.

    Projects with facts of their own are looked up apart from the others, each with its own facts; what the
    Hub said for one of them is not asked again for the next.
    """
    groups: dict[tuple[Path, ...], list[Held]] = {}
    for one in held:
        groups.setdefault(overlays_of(one.folder), []).append(one)
    found: dict[int, Outcome] = {}
    for number, (overlays, together) in enumerate(groups.items()):
        now = settings if number == 0 else replace(settings, refresh=False)
        desk = _ask_together(tuple(together), open_knowledge(overlays), now, progress)
        for one in together:
            resolution = conclude(desk, one.sightings, one.lock)
            kept = _kept(one, resolution, is_offline=settings.is_offline)
            found[id(one)] = Outcome(one, resolution, kept)
    return tuple(found[id(one)] for one in held)


def _ask_together(
    held: tuple[Held, ...], knowledge: Knowledge, settings: Settings, progress: Progress
) -> Desk:
    """Ask about the lockfiles of projects that share their facts."""
    locked: dict[tuple[str, str], list[LockedBlock]] = {}
    for one in held:
        for block in one.lock.blocks if one.lock else ():
            locked.setdefault((block.kind.value, block.name), []).append(block)

    def wants_text(question: Question, repository: Repository) -> bool:
        """Whether the text could differ from one that is locked: the same commit holds the same text."""
        blocks = locked.get((question.kind.value, repository.name), [])
        return not blocks or any(
            block.commit != repository.commit or not block.license.texts for block in blocks
        )

    sightings = tuple(dict.fromkeys(each for one in held for each in one.sightings))
    surroundings = Surroundings(knowledge, settings, held[0].folder, None)
    return inquire(sightings, surroundings, progress, wants_text)


def new_blocks(outcome: Outcome, only: tuple[str, ...]) -> Written:
    """The blocks to write: what was found, and the old block where it says more than what was found."""
    assets = {asset.id: asset for asset in outcome.resolution.assets}
    silent = {unanswered.asset for unanswered in outcome.resolution.unanswered}
    found = {block.key: block for block in blocks_of(outcome.resolution)}
    held = {one.written.key: one for one in outcome.kept}
    unasked: set[str] = set()
    left_out: dict[str, str] = {}
    for reference in outcome.resolution.references:
        sighting, asset = reference.sighting, assets[reference.asset]
        key = _key_of(sighting)
        if reference.asset in silent:
            unasked.add(key)
        elif sighting.kind in LOCKED_KINDS and not is_lockable(asset) and key not in held:
            left_out[sighting.name] = _why(asset.answered_by, asset.availability)
    lock = outcome.held.lock
    if lock is not None:
        unasked |= {block.key for block in lock.blocks if only and block.reference not in only}
        index = lock.index()
        for key, now in found.items():
            before = index.find(now.kind, now.reference, now.revision)
            if before is not None and before.commit == now.commit:
                found[key] = _with_records(now, before)
    found |= {key: one.written for key, one in held.items()}
    return Written(merge(lock, tuple(found.values()), frozenset(unasked)), tuple(sorted(left_out.items())))


def _with_records(now: LockedBlock, before: LockedBlock) -> LockedBlock:
    """What was found, and what is recorded of files and texts of the same commit."""
    texts = now.license.texts or before.license.texts
    return replace(now, files=before.files, license=replace(now.license, texts=texts))


def _kept(held: Held, resolution: Resolution, *, is_offline: bool) -> tuple[Kept, ...]:
    """The blocks that say more than what answered this time, though nothing failed."""
    if held.lock is None:
        return ()
    assets = {asset.id: asset for asset in resolution.assets}
    silent = {unanswered.asset for unanswered in resolution.unanswered}
    found = {block.key: block for block in blocks_of(resolution)}
    index = held.lock.index()
    kept: dict[str, Kept] = {}
    for reference in resolution.references:
        sighting, asset = reference.sighting, assets[reference.asset]
        key, revision = _key_of(sighting), _revision_of(sighting)
        before = index.find(sighting.kind, sighting.name, revision)
        is_told = key in found or isinstance(asset.answered_by, Unknown)
        if before is None or reference.asset in silent or not is_told:
            continue
        if reason := why_kept(before, found.get(key), is_offline=is_offline):
            written = replace(before, reference=sighting.name, revision=revision)
            kept[key] = Kept(written, reason)
    return tuple(kept[key] for key in sorted(kept))


def _key_of(sighting: Sighting) -> str:
    return lock_key(sighting.kind, sighting.name, _revision_of(sighting))


def _revision_of(sighting: Sighting) -> str:
    return sighting.revision if isinstance(sighting.revision, str) else "none"


def changes_as_json(outcomes: tuple[Outcome, ...]) -> str:
    """All changes of all lockfiles; its schema stands in docs/schema/lock-check.json."""
    locks = [
        {
            "path": outcome.held.shown,
            "references": outcome.held.references,
            "drifts": encode(outcome.resolution.drifts),
            "unanswered": encode(outcome.resolution.unanswered),
            "kept": [{"key": one.written.key, "reason": one.reason} for one in outcome.kept],
        }
        for outcome in outcomes
    ]
    return json.dumps({"schema": CHECK_SCHEMA, "locks": locks}, ensure_ascii=False, indent=2)


def _hold(path: Path, *, is_check: bool) -> Held:
    from scanner.discovery.discover import discover
    from scanner.project.walk import walk

    if path.is_file():
        lock = read_lock_file(path.parent, path.name)
        return Held(path.parent, path.as_posix(), lock, sightings_of(lock) if lock else ())
    if not path.is_dir():
        raise UsageError(f"{path}: no such project or lockfile\n  give a folder, or a file {FILE_NAME}")
    lock = read_lock_file(path)
    shown = (path / FILE_NAME).as_posix()
    if lock is None and is_check:
        raise UsageError(f"{shown}: there is no lockfile to check\n  write one: lading lock {path}")
    found = discover(walk(path), knowledge_of(path))
    sightings = tuple(
        each for each in found.sightings if each.role is Role.DEPENDENCY and each.kind in LOCKED_KINDS
    )
    return Held(path, shown, lock, sightings)


def _why(answered_by: str | Unknown, availability: str | Unknown) -> str:
    if isinstance(answered_by, Unknown):
        return answered_by.reason
    return availability if isinstance(availability, str) else "nothing to remember of this kind"
