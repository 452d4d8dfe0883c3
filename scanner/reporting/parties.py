"""Who stands behind the assets, and which entries of published lists name them."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.records.asset import Asset, ListEntry, Party
from scanner.records.quick import dataclass
from scanner.records.report import Report
from scanner.records.unknown import Unknown
from scanner.reporting.phrases import say_briefly

ROLES = ("publisher", "developer", "serving entity")


@dataclass(frozen=True, slots=True)
class PartyWords:
    """One party as a table shows it; what is not known says so."""

    who: str
    country: str
    parent: str
    source: str
    """Source, day and confidence; empty where nothing is known of the party."""


def parties(report: Report) -> list[tuple[PartyWords, dict[str, list[str]]]]:
    """List every party with the names it publishes, developed and serves; the unknown last."""
    found: dict[PartyWords, dict[str, list[str]]] = {}
    for asset in report.assets:
        for role, party in _roles(asset):
            names = found.setdefault(_words(party), {each: [] for each in ROLES})[role]
            if asset.name not in names:
                names.append(asset.name)
    return sorted(found.items(), key=lambda pair: (not pair[0].source, pair[0].who.lower(), pair[0].country))


def list_entries(report: Report) -> list[tuple[ListEntry, list[tuple[str, list[str]]]]]:
    """Collect the entries of published lists, each with the assets it concerns and in which role."""
    found: dict[ListEntry, dict[str, list[str]]] = {}
    for asset in report.assets:
        for role, entries in _lists_behind(asset):
            for entry in entries:
                found.setdefault(entry, {}).setdefault(asset.name, []).append(role)
    ordered = sorted(found.items(), key=lambda pair: (pair[0].list, pair[0].matched, pair[0].status))
    return [(entry, list(concerned.items())) for entry, concerned in ordered]


def _roles(asset: Asset) -> Iterator[tuple[str, Party | Unknown]]:
    yield "publisher", asset.publisher
    yield "developer", asset.developer
    if asset.serving_entity is not None:
        yield "serving entity", asset.serving_entity


def _lists_behind(asset: Asset) -> Iterator[tuple[str, tuple[ListEntry, ...]]]:
    for role, party in _roles(asset):
        if not isinstance(party, Unknown):
            yield role, party.lists
    for ancestor in () if isinstance(asset.lineage, Unknown) else asset.lineage:
        yield "lineage", ancestor.lists or ()


def _words(party: Party | Unknown) -> PartyWords:
    if isinstance(party, Unknown):
        return PartyWords("unknown", "unknown", "unknown", "")
    who = say_briefly(party.name if isinstance(party.entity, Unknown) else party.entity)
    parent = say_briefly(party.parent)
    country = say_briefly(party.parent_country)
    if country not in ("unknown", "none") and parent != "none":
        parent = f"{parent} ({country})"
    source = f"{say_briefly(party.source)}, {say_briefly(party.as_of)}, {party.confidence.value}"
    return PartyWords(who, say_briefly(party.country), parent, source)
