"""Loading a model runs Python code that comes from the model's repository.

lading reads no such code and says nothing of what it does; it says where it would come from.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.patterns import regex
from scanner.policy.rule import Facts, Fault, Place, Rule
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Sighting
from scanner.records.unknown import Unknown

AUTO_MAP = "auto_map"
MAX_FILES = 20
"""Files of code that are named."""
_COMMIT = regex(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Options:
    """What `remote-code` may be set to."""

    level: Level = Level.ERROR
    """For a place that lets code of the repository run at a revision that can move."""
    pinned: Level | None = Level.WARNING
    """For a place that does so at a fixed commit."""
    unknown: Level | None = Level.QUESTION
    """For a place where that is decided at run time."""
    needed: Level | None = Level.NOTE
    """For a model that comes with code of its own (tag `custom_code`), where the place does not say."""


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
    if sighting.remote_code is None and options.needed is not None:
        yield from _needed(place, options.needed)
    if sighting.remote_code is not True:
        return
    code = _code_of(place)
    revision = sighting.revision
    if isinstance(revision, str) and _COMMIT.fullmatch(revision):
        if options.pinned is not None:
            yield Fault(
                message=f"loading {_what(sighting)}, as of commit {revision[:12]}",
                remedy="read that code once, or use a model the library itself knows how to load",
                evidence=code,
                confidence=Confidence.VERIFIED,
                level=options.pinned,
                setting="pinned",
                about=("pinned",),
            )
        return
    known = place.asset.commit if isinstance(place.asset.commit, str) else None
    pin = f'revision="{known}"' if known else "a commit as revision (lading lock finds it)"
    yield Fault(
        message=f"loading {_what(sighting)}, whatever it holds on that day",
        evidence=code,
        confidence=Confidence.VERIFIED,
        remedy=f"take trust_remote_code out, or write {pin}",
        about=("moving",),
    )


def _what(sighting: Sighting) -> str:
    """Whose code runs, and for what: `auto_map` of a folder may name another repository."""
    if sighting.call == AUTO_MAP:
        taken = dict(sighting.header or ()).get(AUTO_MAP, sighting.name).rpartition("--")[2]
        return f"the model of {sighting.location.file} runs {taken} of {sighting.name}"
    return f"{sighting.name} runs code of its repository"


def _code_of(place: Place) -> tuple[Evidence, ...]:
    """The files of code the repository is known to hold."""
    asset = place.asset
    files = asset.files if isinstance(asset.files, tuple) else ()
    named = tuple(each.path for each in files if each.path.endswith(".py"))[:MAX_FILES]
    commit = asset.commit if isinstance(asset.commit, str) else "*"
    if not named:
        return ()
    who = asset.answered_by if isinstance(asset.answered_by, str) else "files"
    source = f"{who}:{asset.name}@{commit}"
    return (Evidence("files", named, source, asset.as_of, Confidence.VERIFIED),)


def _needed(place: Place, level: Level) -> Iterator[Fault]:
    tag = next((each for each in place.asset.license.evidence if each.fact == "custom_code"), None)
    if tag is not None and tag.value is True:
        yield Fault(
            message=f"{place.asset.name} comes with code of its own, which loading it may ask to run",
            remedy="write trust_remote_code=False and see if it loads; else pin the commit that was read",
            evidence=(tag, *_code_of(place)),
            level=level,
            setting="needed",
            about=("needed",),
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
