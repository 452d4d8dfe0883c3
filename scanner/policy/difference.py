"""Which references a change adds or alters, for `--diff`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from scanner.records.asset import Asset, Reference, Resolution
from scanner.records.encoding import encode
from scanner.records.quick import dataclass
from scanner.records.sighting import CodeLoad, Discovery, HubSwitch, Sighting, Unresolved
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change adds or alters; nothing else is judged."""

    references: frozenset[Reference]
    switches: tuple[HubSwitch, ...]
    unresolved: tuple[Unresolved, ...]
    loads: tuple[CodeLoad, ...] = ()


def changed_loads(
    now: Discovery, base: Discovery, renames: Mapping[str, str] | None = None
) -> tuple[CodeLoad, ...]:
    """Pick the calls that open files in a way that can run code and that the base does not have."""
    before = Counter((each.location.file, each.call, str(encode(each.runs))) for each in base.loads)
    return tuple(
        each
        for each in now.loads
        if not _take(before, each.location.file, (each.call, str(encode(each.runs))), renames or {})
    )


def changed_settings(
    now: Discovery, base: Discovery, renames: Mapping[str, str] | None = None
) -> tuple[tuple[HubSwitch, ...], tuple[Unresolved, ...]]:
    """Pick the switches and the names decided elsewhere that the base does not have, moved ones aside."""
    renames = renames or {}
    switches = Counter((each.location.file, each.name, str(encode(each.value))) for each in base.switches)
    added = []
    for switch in now.switches:
        said = (switch.name, str(encode(switch.value)))
        if not _take(switches, switch.location.file, said, renames):
            added.append(switch)
    places = Counter((each.file, each.kind.value, each.expression) for each in base.unresolved)
    unknown = [
        each
        for each in now.unresolved
        if not _take(places, each.file, (each.kind.value, each.expression), renames)
    ]
    return tuple(added), tuple(unknown)


def _take(
    counts: Counter[tuple[str, str, str]], file: str, said: tuple[str, str], renames: Mapping[str, str]
) -> bool:
    """Whether the base has one more of these in the file, under its name now or then."""
    for path in dict.fromkeys((renames.get(file, file), file)):
        if counts[(path, *said)] > 0:
            counts[(path, *said)] -= 1
            return True
    return False


def changed_references(
    now: Resolution,
    base: Iterable[Sighting],
    renames: Mapping[str, str] | None = None,
    base_assets: Iterable[Asset] = (),
) -> frozenset[Reference]:
    """Pick the references that the base does not have, or whose assets are other than they were.

    `base` are the sightings at the base, of at least every file that differs; `renames` gives for a path
    now the path then. Where a file holds one name more often than before, the last ones are new. A place
    that only moved is not new; one that changed revision, provider, address or remote code is. Assets of
    the base (of its lockfile) are compared by license, publisher, lineage and identity.
    """
    renames = renames or {}
    before = Counter(_key(sighting, sighting.location.file) for sighting in base)
    facts = {_named(asset): _facts(asset) for asset in base_assets}
    altered = {
        asset.id for asset in now.assets if _named(asset) in facts and facts[_named(asset)] != _facts(asset)
    }
    found = []
    for reference in sorted(now.references, key=_place):
        sighting = reference.sighting
        path = sighting.location.file
        keys = [_key(sighting, name) for name in dict.fromkeys((renames.get(path, path), path))]
        known = next((key for key in keys if before[key] > 0), None)
        if known is not None:
            before[known] -= 1
        if known is None or reference.asset in altered:
            found.append(reference)
    return frozenset(found)


def _place(reference: Reference) -> tuple[str, int, int]:
    location = reference.sighting.location
    return location.file, location.line, location.column


def _key(sighting: Sighting, file: str) -> tuple[str, ...]:
    """What makes a reference the same one, wherever in its file it stands."""
    said = (
        sighting.kind, sighting.name, sighting.revision, sighting.role, sighting.certainty, sighting.provider,
        sighting.base_url, sighting.region, sighting.remote_code,
    )  # fmt: skip
    return (file, *(str(encode(value)) if value is not None else "" for value in said))


def _named(asset: Asset) -> tuple[str, str]:
    return asset.kind.value, asset.name


def _facts(asset: Asset) -> tuple[str, ...]:
    """The facts a judgement may rest on, as text; what is unknown on one side says nothing."""
    publisher = asset.publisher
    entity = "" if isinstance(publisher, Unknown) else str(publisher.entity)
    return (
        str(encode(asset.license.expression)),
        str(encode(asset.repository_id)),
        str(encode(asset.commit)),
        str(encode(asset.availability)),
        entity,
        str(encode(asset.lineage)),
    )
