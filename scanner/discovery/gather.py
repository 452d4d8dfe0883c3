"""What many readers said of the same place, made into one list."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.records.quick import replace
from scanner.records.sighting import (
    Certainty,
    CodeLoad,
    HubSwitch,
    IgnoreComment,
    Kind,
    Location,
    Role,
    Scope,
    Sighting,
    Unresolved,
)
from scanner.records.unknown import Unknown

_SURENESS = {Certainty.LITERAL: 0, Certainty.FOLDED: 1, Certainty.IMPLICIT: 2, Certainty.GUESSED: 3}
_PARTS = {Scope.SHIPPED: 0, Scope.EXAMPLE: 1, Scope.DOCS: 2, Scope.TEST: 3}


def gather_sightings(sightings: Iterable[Sighting], ignores: Iterable[IgnoreComment]) -> tuple[Sighting, ...]:
    """One sighting per name and place, sorted by place, with the ignores that speak of its line.

    Of several readings of one place the surest wins: a dependency over a mention, a call over a guess.
    Facts beside the name are joined on the careful side: unpinned over pinned, remote code over none.
    """
    ignored: dict[tuple[str, int], tuple[str, ...]] = {}
    for ignore in ignores:
        if ignore.reason:
            place = (ignore.file, ignore.line)
            ignored[place] = (*ignored.get(place, ()), *ignore.rules)
    by_place: dict[tuple[str, int, int, int | None], list[Sighting]] = {}
    for sighting in sightings:
        at = sighting.location
        by_place.setdefault((at.file, at.line, at.column, at.cell), []).append(sighting)
    kept = [sighting for found in by_place.values() for sighting in _settle(found)]
    kept = [
        replace(sighting, ignored=tuple(dict.fromkeys(rules)))
        if (rules := ignored.get((sighting.location.file, sighting.location.line)))
        else sighting
        for sighting in kept
    ]
    return tuple(sorted(kept, key=_order))


def gather_unresolved(found: Iterable[Unresolved]) -> tuple[Unresolved, ...]:
    """One entry per place, sorted."""
    unique = {(each.file, each.line, each.column, each.expression): each for each in found}
    return tuple(
        sorted(unique.values(), key=lambda each: (each.file, each.line, each.column, each.expression))
    )


def gather_switches(found: Iterable[HubSwitch]) -> tuple[HubSwitch, ...]:
    """One entry per place, sorted."""
    unique = {(_place(each.location), each.name): each for each in found}
    return tuple(unique[key] for key in sorted(unique))


def gather_loads(found: Iterable[CodeLoad]) -> tuple[CodeLoad, ...]:
    """One entry per place, sorted."""
    unique = {(_place(each.location), each.call): each for each in found}
    return tuple(unique[key] for key in sorted(unique))


def _settle(found: list[Sighting]) -> Iterable[Sighting]:
    """Decide between the readings of one place."""
    if len(found) == 1:
        return found
    best = min(_rank(sighting)[:2] for sighting in found)
    by_name: dict[tuple[str, str], list[Sighting]] = {}
    for sighting in found:
        # A guess or a mention says nothing where a call or key is sure.
        if _rank(sighting)[:2] == best or (sighting.role is Role.DEPENDENCY and _is_read(sighting)):
            by_name.setdefault((sighting.kind.value, sighting.name.lower()), []).append(sighting)
    sent = {_model(each) for same in by_name.values() for each in same if isinstance(each.base_url, str)}
    by_name = {
        name: same
        for name, same in by_name.items()
        if not all(_is_only_guessed(each) and _model(each) in sent for each in same)
    }
    asked = {
        name.partition(":")[2] for kind, name in by_name if kind == Kind.API_MODEL.value and _is_known(name)
    }
    return [
        _join(same)
        for (_, name), same in by_name.items()
        if _is_known(name) or name.partition(":")[2] not in asked
    ]


def _model(sighting: Sighting) -> str:
    """A model's name without the service it is asked of."""
    name = sighting.name.lower()
    return name.partition(":")[2] if sighting.kind is Kind.API_MODEL else name


def _is_only_guessed(sighting: Sighting) -> bool:
    """Whether nothing tells where a guess is served: where another reading has the address, that counts."""
    return sighting.base_url is None and not _is_read(sighting)


def _is_known(name: str) -> bool:
    """Whether it is said who serves: of one client nobody knows and one that is known, the known counts."""
    return not name.startswith("unknown:")


def _is_read(sighting: Sighting) -> bool:
    return sighting.certainty is not Certainty.GUESSED


def _rank(sighting: Sighting) -> tuple[bool, bool, int, int]:
    return (
        sighting.role is Role.MENTION,
        not _is_read(sighting),
        _SURENESS[sighting.certainty],
        _PARTS[sighting.scope],
    )


_HANDED_ON = frozenset({"named-arguments"})
"""What these say of a text where it is handed on counts less than what is said where it stands."""


def _join(same: list[Sighting]) -> Sighting:
    ordered = sorted(
        same,
        key=lambda each: (
            _rank(each),
            each.detector in _HANDED_ON,
            each.detector,
            each.call or "",
            repr(each.revision),
        ),
    )
    first = ordered[0]
    peers = [each for each in ordered if each.role is first.role and _is_read(each) == _is_read(first)]
    scope = min((each.scope for each in peers), key=lambda part: _PARTS[part])
    return replace(
        first,
        scope=scope,
        revision=_join_revisions([each.revision for each in peers]),
        remote_code=_join_remote_code([each.remote_code for each in peers]),
    )


def _join_revisions(revisions: list[str | Unknown]) -> str | Unknown:
    if "none" in revisions:
        return "none"
    unknown = next((each for each in revisions if isinstance(each, Unknown)), None)
    return unknown or revisions[0]


def _join_remote_code(said: list[bool | Unknown | None]) -> bool | Unknown | None:
    if True in said:
        return True
    unknown = next((each for each in said if isinstance(each, Unknown)), None)
    return unknown if unknown is not None else (False if False in said else None)


def _place(at: Location) -> tuple[str, int, int, int, int, int]:
    return (at.file, at.line, at.column, at.end_line, at.end_column, -1 if at.cell is None else at.cell)


def _order(sighting: Sighting) -> tuple[object, ...]:
    return (_place(sighting.location), sighting.kind.value, sighting.name, sighting.detector)
