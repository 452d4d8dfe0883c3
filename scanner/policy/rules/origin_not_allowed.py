"""Someone behind a model is from where, or is who, the policy does not allow.

Publisher (who owns the namespace), developer (who made the root of the lineage), lineage (both, and
everyone in between) and serving entity (who runs a hosted model) are different questions; `scope` says
which is asked. What the lists hold is the organization's word: lading states facts, each with its source.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.knowledge import publishers
from scanner.knowledge.places import entry_holding
from scanner.policy.match import Entity
from scanner.policy.origin import (
    Match,
    PublisherKind,
    Scope,
    Standing,
    match_country,
    match_entity,
    match_of,
    standings,
    surest,
    unknown_parties,
)
from scanner.policy.rule import Facts, Fault, Rule
from scanner.policy.use import Country
from scanner.policy.ways_out import ask_for_exception
from scanner.records.asset import Asset, Party
from scanner.records.finding import Level
from scanner.records.quick import dataclass, replace
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Options:
    """What `origin-not-allowed` may be set to."""

    level: Level = Level.WARNING
    """For an origin that is denied, not allowed, or under review."""
    scope: Scope = Scope.LINEAGE
    """Whose origin is asked: publisher, developer, lineage (all of them) or serving_entity."""
    allow_countries: tuple[Country, ...] | None = None
    """The only countries allowed; absent allows all that `deny_countries` does not name."""
    deny_countries: tuple[Country, ...] | None = None
    """Countries that are not allowed."""
    review_countries: tuple[Country, ...] | None = None
    """Countries someone has to look at first."""
    allow_entities: tuple[Entity, ...] | None = None
    """Companies, universities or people allowed whatever the lists of countries say."""
    deny_entities: tuple[Entity, ...] | None = None
    """Companies, universities or people that are not allowed; each of their names counts."""
    review_entities: tuple[Entity, ...] | None = None
    """Companies, universities or people someone has to look at first."""
    deny_publisher_kinds: tuple[PublisherKind, ...] | None = None
    """Sorts of publisher that are not allowed (individual, community, …)."""
    allow_publisher_kinds: tuple[PublisherKind, ...] | None = None
    """The only sorts of publisher that are allowed."""
    review_publisher_kinds: tuple[PublisherKind, ...] | None = None
    """Sorts of publisher someone has to look at first."""
    parents: bool = True
    """Whether the parent of a party, and the parent's country, count as its own."""
    review_level: Level | None = None
    """For an origin under review; off takes the level above."""
    unknown: Level | None = Level.QUESTION
    """For an origin nobody knows, where only named countries or kinds are allowed."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Ask of every party of the scope whether a list of the policy speaks of it."""
    found: dict[tuple[str, str], list[Match]] = {}
    for standing in standings(asset, options.scope):
        for setting, match in _matches(standing, facts, options):
            found.setdefault((setting, match.entry), []).append(match)
    for (setting, entry), matches in found.items():
        fault = _fault(asset, setting, entry, tuple(matches), options)
        way_out = ask_for_exception(asset, RULE.id, facts.excepted_in)
        yield replace(fault, remedy=f"use another model, or {way_out}")
    for setting, wanted in (("allow_countries", "country"), ("allow_publisher_kinds", "kind")):
        if getattr(options, setting) is not None and options.unknown is not None:
            yield from _unknown(asset, wanted, options)


def _matches(standing: Standing, facts: Facts, options: Options) -> Iterator[tuple[str, Match]]:
    """At most one match per party: denied beats reviewed beats not allowed; an allowed entity is let be."""
    parents = options.parents
    for setting in ("deny_entities", "allow_entities", "review_entities"):
        entities = getattr(options, setting) or ()
        if match := match_entity(standing, entities, facts.knowledge, parents=parents):
            if setting != "allow_entities":
                yield setting, match
            return
    if (spoken := _kind_spoken_of(_kind_of(standing, facts), options)) is not None:
        setting, kind = spoken
        yield setting, match_of(standing, kind, "kind", kind, facts.knowledge)
        return
    for setting in ("deny_countries", "review_countries"):
        countries = getattr(options, setting) or ()
        if match := match_country(standing, countries, facts.knowledge, parents=parents):
            yield setting, match
            return
    country = standing.party.country
    if options.allow_countries is not None and isinstance(country, str):
        outside = [country] if _is_outside(country, facts, options) else []
        above = standing.party.parent_country
        if parents and isinstance(above, str) and _is_outside(above, facts, options):
            outside.append(above)
        for value in outside[:1]:
            by = "country" if value == country else "parent_country"
            yield "allow_countries", match_of(standing, value, by, value, facts.knowledge)


def _is_outside(country: str, facts: Facts, options: Options) -> bool:
    return entry_holding(facts.knowledge, country, options.allow_countries or ()) is None


def _kind_of(standing: Standing, facts: Facts) -> str | Unknown:
    """What sort of body a party is; of a base, which does not carry it, as its namespace is recorded."""
    party = standing.party
    if isinstance(party.kind, Unknown) and isinstance(party.name, str):
        recorded = publishers.look_up(facts.knowledge, party.name)
        return recorded.kind if isinstance(recorded, Party) else party.kind
    return party.kind


def _kind_spoken_of(kind: str | Unknown, options: Options) -> tuple[str, str] | None:
    """(option, kind) of the option that speaks of a kind; an unknown kind is spoken of by none."""
    if isinstance(kind, Unknown):
        return None
    for setting in ("deny_publisher_kinds", "review_publisher_kinds"):
        if any(named.value == kind for named in getattr(options, setting) or ()):
            return setting, kind
    allowed = options.allow_publisher_kinds
    if allowed is not None and all(named.value != kind for named in allowed):
        return "allow_publisher_kinds", kind
    return None


def _fault(asset: Asset, setting: str, entry: str, matches: tuple[Match, ...], options: Options) -> Fault:
    first = matches[0]
    more = f"; the same goes for {_others(matches)}" if len(matches) > 1 else ""
    is_review = setting.startswith("review")
    wants = f"the policy wants {entry} looked at" if is_review else f"the policy does not allow {entry}"
    if setting.endswith("publisher_kinds"):
        sort = f"a publisher of the kind {entry}"
        wants = f"the policy wants {sort} looked at" if is_review else f"the policy does not allow {sort}"
    return Fault(
        message=f"{asset.name} {first.standing.how} {first.standing.shown}{_by(first)}{more}; {wants}",
        remedy="use another model",
        evidence=tuple(match.evidence for match in matches),
        level=options.review_level if is_review else None,
        confidence=surest(matches),
        setting=setting,
        entry=None if setting.startswith("allow") else entry,
        about=(setting, entry, options.scope.value),
    )


def _by(match: Match) -> str:
    party = match.standing.party
    if match.by == "parent":
        return f", whose parent is {party.parent}"
    if match.by == "parent_country":
        owner = party.parent if isinstance(party.parent, str) else "the parent"
        return f", whose parent {owner} is in {match.value}"
    return ""


def _others(matches: tuple[Match, ...]) -> str:
    names = dict.fromkeys(match.standing.fact.removeprefix("lineage.") for match in matches[1:])
    shown = list(names)[:3]
    rest = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(shown) + rest


def _unknown(asset: Asset, wanted: str, options: Options) -> Iterator[Fault]:
    known = standings(asset, options.scope)
    if wanted == "kind":
        # Of an ancestor its kind is not carried along; nothing is asked that nobody could answer.
        known = tuple(each for each in known if not each.fact.startswith("lineage."))
    gaps = [(each.fact, value) for each in known if isinstance(value := getattr(each.party, wanted), Unknown)]
    gaps += list(unknown_parties(asset, options.scope))
    for field, reason in gaps[:1]:
        if isinstance(reason, Unknown):
            yield Fault(
                message=f"{asset.name}: the {wanted} of the {field} is not known: {reason.reason}",
                remedy=f"lading show {asset.name}; a record of your own settles it (knowledge:)",
                level=options.unknown,
                missing=f"{field}.{wanted}",
                setting="unknown",
                about=("unknown", field) if wanted == "country" else ("unknown", field, wanted),
            )


RULE = Rule(
    id="origin-not-allowed",
    judges=Asset,
    options=Options,
    check=check,
    silent_without=(
        "allow_countries",
        "deny_countries",
        "review_countries",
        "deny_entities",
        "review_entities",
        "deny_publisher_kinds",
        "allow_publisher_kinds",
        "review_publisher_kinds",
    ),
    blind_spots=(
        "Where a base is declared nowhere, its origin is not seen.",
        "Ownership shares below a parent company are known for few publishers.",
        "Who made the training data is not asked.",
    ),
)
