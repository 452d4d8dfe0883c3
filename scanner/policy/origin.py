"""Who stands behind an asset: publisher, developer, bases, serving entity; and what a rule matches on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.knowledge import publishers
from scanner.knowledge.places import entry_holding
from scanner.policy.match import Entities, first_match
from scanner.records.asset import Ancestor, Asset, ListEntry, Party
from scanner.records.choices import Enum
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

TRAINING_DATA = "trained-on"


class Scope(Enum):
    """Whose origin a rule asks about."""

    PUBLISHER = "publisher"
    DEVELOPER = "developer"
    LINEAGE = "lineage"
    SERVING_ENTITY = "serving_entity"


class PublisherKind(Enum):
    """What sort of body a publisher is."""

    COMPANY = "company"
    UNIVERSITY = "university"
    NONPROFIT = "nonprofit"
    GOVERNMENT = "government"
    COMMUNITY = "community"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class Standing:
    """One party behind an asset, and how it stands to it."""

    how: str
    """Half a sentence that the party's name completes: `is published by`, `descends from X, published by`."""
    fact: str
    """Where it stands in the report: `publisher`, `developer`, `lineage.Qwen/Qwen3-32B`."""
    party: Party

    @property
    def shown(self) -> str:
        """The entity, else the namespace, with the country behind it."""
        party = self.party
        name = next(
            (text for text in (party.entity, party.name) if isinstance(text, str)), "an unnamed party"
        )
        return f"{name} ({party.country})" if isinstance(party.country, str) else name


@dataclass(frozen=True, slots=True)
class Match:
    """One party a list of a policy speaks of, and by what."""

    standing: Standing
    entry: str
    """The entry of the policy, as written."""
    by: str
    """country, parent_country, entity, parent or kind."""
    value: str
    """The fact that matched."""
    confidence: Confidence

    @property
    def evidence(self) -> Evidence:
        """The fact with its source."""
        party = self.standing.party
        source = party.source if isinstance(party.source, str) else f"knowledge:publishers/{party.name}"
        return Evidence(f"{self.standing.fact}.{self.by}", self.value, source, party.as_of, self.confidence)


def standings(asset: Asset, scope: Scope) -> tuple[Standing, ...]:
    """The parties a scope means, nearest first; parties that are Unknown are left out."""
    found: list[Standing] = []
    if scope in (Scope.PUBLISHER, Scope.LINEAGE) and isinstance(asset.publisher, Party):
        served = asset.serving_entity is not None
        found.append(Standing("is offered by" if served else "is published by", "publisher", asset.publisher))
    if scope in (Scope.DEVELOPER, Scope.LINEAGE) and isinstance(asset.developer, Party):
        found.append(Standing("is developed by", "developer", asset.developer))
    if scope is Scope.LINEAGE and not isinstance(asset.lineage, Unknown):
        found.extend(_ancestors(asset.lineage))
    if scope is Scope.SERVING_ENTITY and asset.serving_entity is not None:
        found.append(Standing("is served by", "serving_entity", asset.serving_entity))
    return tuple(found)


def unknown_parties(asset: Asset, scope: Scope) -> Iterator[tuple[str, Unknown]]:
    """(field, reason) of the parties of a scope that are not known."""
    if scope is Scope.PUBLISHER and isinstance(asset.publisher, Unknown):
        yield "publisher", asset.publisher
    if scope in (Scope.DEVELOPER, Scope.LINEAGE) and isinstance(asset.developer, Unknown):
        yield "developer", asset.developer


def match_country(
    standing: Standing, countries: tuple[str, ...], knowledge: Knowledge, *, parents: bool
) -> Match | None:
    """The first country of a list the party, or its parent, belongs to."""
    party = standing.party
    fields = [("country", party.country)]
    if parents:
        fields.append(("parent_country", party.parent_country))
    for by, value in fields:
        if isinstance(value, str) and (entry := entry_holding(knowledge, value, countries)):
            return match_of(standing, entry, by, value, knowledge)
    return None


def match_of(standing: Standing, entry: str, by: str, value: str, knowledge: Knowledge) -> Match:
    """A match, as sure as the fact it rests on: of a parent, no surer than that it is the parent."""
    sure = standing.party.confidence
    if by.startswith("parent"):
        sure = min(sure, publishers.parent_confidence(knowledge, standing.party), key=lambda c: c.rank)
    return Match(standing, entry, by, value, sure)


def match_entity(
    standing: Standing, entities: Entities, knowledge: Knowledge, *, parents: bool
) -> Match | None:
    """The first entity of a list that the party, or its parent, goes by the name of."""
    party = standing.party
    if entity := first_match(entities, *publishers.names_of(knowledge, party)):
        return match_of(standing, entity.text, "entity", _named(party), knowledge)
    if not parents or not isinstance(party.parent, str):
        return None
    entity = first_match(entities, *publishers.names_of_entity(knowledge, party.parent))
    return match_of(standing, entity.text, "parent", party.parent, knowledge) if entity else None


def _named(party: Party) -> str:
    return next((text for text in (party.entity, party.name) if isinstance(text, str)), "an unnamed party")


def _ancestors(lineage: tuple[Ancestor, ...]) -> Iterator[Standing]:
    for ancestor in lineage:
        if ancestor.relation != TRAINING_DATA:
            how = f"descends from {ancestor.name} ({ancestor.relation}), published by"
            yield Standing(how, f"lineage.{ancestor.name}", _party_of(ancestor))


def _party_of(ancestor: Ancestor) -> Party:
    """The publisher of a base, as far as the lineage carries it."""
    unsaid = Unknown("the lineage does not carry it")
    entries: tuple[ListEntry, ...] = ancestor.lists or ()
    return Party(
        name=ancestor.publisher,
        entity=unsaid if ancestor.entity is None else ancestor.entity,
        parent=unsaid if ancestor.parent is None else ancestor.parent,
        country=ancestor.country,
        parent_country=unsaid if ancestor.parent_country is None else ancestor.parent_country,
        kind=unsaid,
        role=unsaid,
        lists=entries,
        confidence=ancestor.confidence,
        source=ancestor.source or unsaid,
        as_of=ancestor.as_of,
    )


def surest(matches: tuple[Match, ...]) -> Confidence:
    """How sure the surest of several matches is: one that holds is enough."""
    return max((match.confidence for match in matches), key=lambda sure: sure.rank)
