"""Loading a model runs Python code that comes from the model's repository.

lading reads no such code and says nothing of what it does; it says where it would come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Place, Rule
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Options:
    """What `remote-code` may be set to."""

    level: Level = Level.ERROR
    """For a place that lets code of the repository run at a revision that can move."""
    pinned: Level | None = Level.WARNING
    """For a place that does so at a fixed commit."""
    unknown: Level | None = Level.QUESTION
    """For a place where that is decided at run time."""


def check(place: Place, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where loading may run code of the repository."""
    sighting = place.reference.sighting
    name = sighting.name
    if isinstance(sighting.remote_code, Unknown):
        if options.unknown is not None:
            yield Fault(
                message=f"whether {name} may run code of its repository is not known: "
                f"{sighting.remote_code.reason}",
                remedy="write trust_remote_code=False, or True where it is wanted",
                level=options.unknown,
                setting="unknown",
                missing="trust_remote_code",
                about=("unknown",),
            )
        return
    if sighting.remote_code is not True:
        return
    revision = sighting.revision
    if isinstance(revision, str) and _COMMIT.fullmatch(revision):
        if options.pinned is not None:
            yield Fault(
                message=f"loading {name} runs code of its repository, as of commit {revision[:12]}",
                remedy="read that code once, or use a model the library itself knows how to load",
                level=options.pinned,
                setting="pinned",
                about=("pinned",),
            )
        return
    known = place.asset.commit if isinstance(place.asset.commit, str) else None
    pin = f'revision="{known}"' if known else "a commit as revision (lading lock finds it)"
    yield Fault(
        message=f"loading {name} runs code of its repository, whatever it holds on that day",
        remedy=f"take trust_remote_code out, or write {pin}",
        about=("moving",),
    )


RULE = Rule(
    id="remote-code",
    judges=Place,
    options=Options,
    check=check,
    blind_spots=(
        "Code that a repository's own configuration points at in another repository is named only where "
        "the file is part of the project.",
    ),
)
