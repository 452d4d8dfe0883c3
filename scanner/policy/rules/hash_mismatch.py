"""Weights in the project are not the file their folder says they are.

The lockfile holds hashes of a repository's files where `lading fetch --record` has written them; else the Hub
is asked for them where the policy says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

FOUND, LOCKED = "file.hash", "locked.hash"
"""Facts resolution adds to the evidence of a local file that the lockfile knows."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `hash-mismatch` may be set to."""

    level: Level = Level.WARNING
    """For a file that holds other bytes than the locked one."""
    unread: Level | None = Level.QUESTION
    """For a file that could not be read or is too large to be, and where the Hub did not answer."""
    hub: bool = False
    """Ask the Hub for hashes the lockfile lacks: one request for each repository a folder is named after."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where the hash of a file and the locked one differ."""
    said = {each.fact: each for each in asset.license.evidence if each.fact in (FOUND, LOCKED)}
    if len(said) < 2:
        return
    found, locked = said[FOUND].value, said[LOCKED].value
    if found == locked and not isinstance(found, Unknown):
        return
    reference = said[LOCKED].source.partition(":")[2]
    is_unread = isinstance(found, Unknown)
    if is_unread and options.unread is None:
        return
    who = "the Hub has" if said[LOCKED].source.startswith("hub:") else "locked is"
    how = found.reason if isinstance(found, Unknown) else f"it has {_short(found)}, {who} {_short(locked)}"
    what = "is not known to be" if is_unread else "is not"
    yield Fault(
        message=f"{asset.name} {what} {said[LOCKED].quote} of {reference}: {how}",
        remedy="fetch the locked file again (lading fetch), or name the folder after what it holds",
        evidence=(said[FOUND], said[LOCKED]),
        level=options.unread if is_unread else None,
        setting="unread" if is_unread else None,
        missing="file.hash" if is_unread else None,
        about=("hash", str(locked), "unread" if is_unread else str(found)),
    )


def _short(value: object) -> str:
    words = str(value)
    return words[:12] if len(words) in (40, 64) and " " not in words else words


RULE = Rule(
    id="hash-mismatch",
    judges=Asset,
    options=Options,
    check=check,
    never_baselined=True,
    rests_on=(FOUND, LOCKED),
    blind_spots=(
        "Only files in a folder named after a repository are compared (locked, used in the project, or in "
        "the layout of a cache), and only where the lockfile holds hashes (lading fetch --record) or hub is "
        "set.",
        "The catalog holds no hashes.",
        "Files in a cache outside the project are compared by lading fetch --check.",
    ),
)
