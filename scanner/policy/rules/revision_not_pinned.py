"""A model is used without a fixed revision, so its weights can change under you.

Only a commit is fixed: a branch moves, a tag can be moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.patterns import regex
from scanner.policy.rule import Facts, Fault, Place, Rule
from scanner.records.finding import Level
from scanner.records.lock import Lock, lock_key
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind, Sighting
from scanner.records.unknown import Unknown

PINNABLE = frozenset({Kind.HF_MODEL, Kind.HF_DATASET, Kind.TORCH_HUB, Kind.MODELSCOPE})
_COMMIT = regex(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Options:
    """What `revision-not-pinned` may be set to."""

    level: Level = Level.WARNING
    """For a place that names no commit."""
    accept_tags: bool = False
    """Take a revision that looks like a version (`v1.2`, `1.0.3`) for a pin; a tag can be moved."""
    locked: Level | None = Level.NOTE
    """For a place that names no commit while lading.lock has one; the run time does not read that file."""


def check(place: Place, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where the revision is none, a branch, a tag, or chosen at run time."""
    sighting = place.reference.sighting
    if sighting.kind not in PINNABLE:
        return
    revision = sighting.revision
    if isinstance(revision, str) and _is_pin(revision, options):
        return
    how = "without a revision"
    if isinstance(revision, Unknown):
        how = f"at a revision that is not known here ({revision.reason})"
    elif revision != "none":
        how = f"at {revision!r}, which is no commit"
    locked = _locked(place, facts)
    commit = locked or (place.asset.commit if isinstance(place.asset.commit, str) else None)
    is_locked = locked is not None
    if is_locked and options.locked is None:
        return
    if is_locked and commit:
        how += f"; {commit[:12]} is locked, but nothing reads lading.lock at run time"
    remedy = _line(sighting, commit) if commit else "lading lock, then write the commit it finds"
    yield Fault(
        message=f"{sighting.name} is used {how}",
        remedy=remedy,
        level=options.locked if is_locked else None,
        setting="locked" if is_locked else None,
        about=("revision", revision if isinstance(revision, str) else "unknown"),
    )


def _line(sighting: Sighting, commit: str) -> str:
    """What to write, in the words of the place."""
    revision = sighting.revision if isinstance(sighting.revision, str) else "none"
    match sighting.detector:
        case "command-line":
            return f"write --revision {commit}"
        case "javascript-calls" | "javascript-names":
            return f'write {{ revision: "{commit}" }}'
        case "config-key":
            return f'write revision: "{commit}" beside it'
        case "fetched-address" if revision != "none":
            return f"write {commit} for {revision} in the address"
        case "fetched-address":
            return f"git checkout {commit} in what was cloned"
    if sighting.kind is Kind.TORCH_HUB:
        return f"write {sighting.name.partition(':')[0]}:{commit}"
    return f'write revision="{commit}"'


def _locked(place: Place, facts: Facts) -> str | None:
    """The commit the lockfile holds for what this place writes, whoever answered in this run."""
    asset, sighting = place.asset, place.reference.sighting
    lock: Lock | None = facts.lock
    if lock is not None and isinstance(sighting.revision, str):
        key = lock_key(sighting.kind, sighting.name, sighting.revision)
        for block in lock.blocks:
            if block.key == key and isinstance(block.commit, str):
                return block.commit
    return asset.commit if asset.answered_by == "lockfile" and isinstance(asset.commit, str) else None


def _is_pin(revision: str, options: Options) -> bool:
    if _COMMIT.fullmatch(revision):
        return True
    return options.accept_tags and re.fullmatch(r"v?\d+(\.\d+)*([-.]?\w+)?", revision) is not None


RULE = Rule(
    id="revision-not-pinned",
    judges=Place,
    options=Options,
    check=check,
    blind_spots=("Whether a commit still exists is not asked here.",),
)
