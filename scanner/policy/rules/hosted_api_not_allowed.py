"""A hosted model is served by whom, from where, or through a host that the policy does not allow.

Weights on the organization's own machines are not judged here. Serving entity, region of the endpoint and
developer of the model are three facts; this rule asks the first two, `origin-not-allowed` the third.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.knowledge import providers
from scanner.knowledge.places import entry_holding, touches
from scanner.policy.match import Entity
from scanner.policy.origin import Scope, Standing, match_country, match_entity, standings
from scanner.policy.rule import Facts, Fault, Rule
from scanner.policy.use import Country, Region
from scanner.policy.ways_out import ask_for_exception
from scanner.records.asset import Asset, Endpoint
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

EVERYWHERE = "global"


@dataclass(frozen=True, slots=True)
class Options:
    """What `hosted-api-not-allowed` may be set to."""

    level: Level = Level.ERROR
    """For a service that is denied or not allowed."""
    allow_countries: tuple[Country, ...] | None = None
    """The only countries a serving entity may be from; `[]` allows no hosted service at all."""
    deny_countries: tuple[Country, ...] | None = None
    """Countries a serving entity, its parent or its region may not be from."""
    allow_entities: tuple[Entity, ...] | None = None
    """Serving entities allowed whatever the lists of countries say."""
    deny_entities: tuple[Entity, ...] | None = None
    """Serving entities that are not allowed."""
    allow_regions: tuple[Region, ...] | None = None
    """The only regions an endpoint may be in: a country, a group (`EU`), or a provider's own label."""
    parents: bool = True
    """Whether the parent of the serving entity counts too."""
    unknown_host: Level | None = None
    """For a service nobody on record answers for."""
    unknown_region: Level | None = None
    """For an endpoint whose region is not known."""
    default_host: Level | None = None
    """For an address the project does not give: the library's default, or the environment, decides."""
    global_inference: Level | None = None
    """For an endpoint that may compute anywhere."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Judge one hosted model; what the organization runs itself passes."""
    if asset.kind is not Kind.API_MODEL or asset.serving_entity is None:
        return
    if asset.serving_entity.role == "local":
        return
    (standing,) = standings(asset, Scope.SERVING_ENTITY)
    if isinstance(standing.party.entity, Unknown) and isinstance(standing.party.country, Unknown):
        yield from _unknown_host(asset, standing, options)
        return
    allowed = options.allow_entities or ()
    if match_entity(standing, allowed, facts.knowledge, parents=options.parents):
        return
    spoken = list(_entity(asset, standing, facts, options))
    yield from spoken
    if not spoken and asset.endpoint is not None:
        yield from _endpoint(asset, asset.endpoint, facts, options)


def _entity(asset: Asset, standing: Standing, facts: Facts, options: Options) -> Iterator[Fault]:
    denied = options.deny_entities or ()
    match = match_entity(standing, denied, facts.knowledge, parents=options.parents)
    if match:
        yield _fault(asset, standing, match.evidence, "deny_entities", match.entry)
        return
    match = match_country(standing, options.deny_countries or (), facts.knowledge, parents=options.parents)
    if match:
        yield _fault(asset, standing, match.evidence, "deny_countries", match.entry)
        return
    if options.allow_countries is None:
        return
    country, above = standing.party.country, standing.party.parent_country
    evidence = Evidence(
        "serving_entity.country",
        country,
        str(standing.party.source),
        standing.party.as_of,
        standing.party.confidence,
    )
    if isinstance(standing.party.source, Unknown):
        evidence = replace(evidence, source=f"knowledge:providers/{standing.party.name}")
    if not options.allow_countries:
        # No hosted service at all: whose it is, and how sure that is, makes no difference.
        yield replace(
            _fault(asset, standing, evidence, "allow_countries", ""), confidence=Confidence.VERIFIED
        )
    elif isinstance(country, Unknown):
        yield Fault(
            message=f"{asset.name} is served by {standing.shown}; the country is not known: {country.reason}",
            remedy=f"lading show {_shown(asset)}; a record of your own settles it (knowledge:)",
            level=Level.QUESTION,
            missing="serving_entity.country",
            setting="allow_countries",
            about=("serving_entity", "country", "unknown"),
        )
    elif entry_holding(facts.knowledge, country, options.allow_countries) is None:
        yield _fault(asset, standing, evidence, "allow_countries", country)
    elif (
        options.parents
        and isinstance(above, str)
        and entry_holding(facts.knowledge, above, options.allow_countries) is None
    ):
        named = replace(evidence, fact="serving_entity.parent_country", value=above)
        yield _fault(asset, standing, named, "allow_countries", above)


def _endpoint(asset: Asset, endpoint: Endpoint, facts: Facts, options: Options) -> Iterator[Fault]:
    region = endpoint.region
    country = providers.country_of_region(facts.knowledge, endpoint)
    host = endpoint.host if isinstance(endpoint.host, str) else "a host not given"
    shown = f"{asset.name} is reached at {host}"
    if isinstance(region, str):
        outside = _region_outside(region, country, facts.knowledge, options)
        if outside:
            evidence = Evidence(
                "endpoint.region", region, "knowledge:providers", Unknown("not recorded"), Confidence.VERIFIED
            )
            yield Fault(
                message=f"{shown}, in the region {region}; the policy does not allow {outside[1]}",
                remedy="choose an endpoint in another region, or use another service",
                evidence=(evidence,),
                setting=outside[0],
                about=("endpoint", "region", region),
            )
    elif options.unknown_region is not None:
        yield Fault(
            message=f"{shown}; its region is not known: {region.reason}",
            remedy="name the region in the project's configuration, or "
            + ask_for_exception(asset, RULE.id, facts.excepted_in),
            level=options.unknown_region,
            missing="endpoint.region",
            setting="unknown_region",
            about=("endpoint", "region"),
        )
    if isinstance(endpoint.host, Unknown) and options.default_host is not None:
        yield _default_host(asset, endpoint.host.reason, options)
    elif _is_default(asset, facts) and options.default_host is not None:
        yield _default_host(asset, f"by default it goes to {endpoint.host}", options)
    if endpoint.inference_scope == EVERYWHERE and options.global_inference is not None:
        yield Fault(
            message=f"{shown}, which may compute in any region",
            remedy="use a profile that keeps inference in one region",
            level=options.global_inference,
            setting="global_inference",
            about=("endpoint", "inference_scope"),
        )


def _region_outside(
    region: str, country: str | Unknown, knowledge: Knowledge, options: Options
) -> tuple[str, str] | None:
    """(option, entry) that a known region is against."""
    names = sorted({region} | ({country} if isinstance(country, str) else set()))
    allowed = options.allow_regions
    if allowed is not None and not any(entry_holding(knowledge, name, allowed) for name in names):
        return "allow_regions", region
    for name in names:
        if entry := entry_holding(knowledge, name, options.deny_countries or ()):
            return "deny_countries", entry
    # A region of a group of countries is outside only where no country of it is allowed.
    if isinstance(country, str) and options.allow_countries:
        is_inside = touches(knowledge, country, options.allow_countries)
        return None if is_inside else ("allow_countries", country)
    return None


def _is_default(asset: Asset, facts: Facts) -> bool:
    return all(place.reference.sighting.base_url is None for place in facts.places_of(asset))


def _default_host(asset: Asset, why: str, options: Options) -> Fault:
    return Fault(
        message=f"the project gives no address for {asset.name}: {why}",
        remedy="write the address where the client is made",
        level=options.default_host,
        missing="endpoint.host",
        setting="default_host",
        about=("endpoint", "host"),
    )


def _unknown_host(asset: Asset, standing: Standing, options: Options) -> Iterator[Fault]:
    none_at_all = options.allow_countries == ()
    level = options.level if none_at_all else options.unknown_host
    if level is not None:
        entity = standing.party.entity
        reason = entity.reason if isinstance(entity, Unknown) else "no record"
        yield Fault(
            message=f"who serves {asset.name} is not known: {reason}",
            remedy="add a record below knowledge:, providers/NAME.yaml, with the host of your service",
            level=level,
            missing="serving_entity",
            setting="allow_countries" if none_at_all else "unknown_host",
            about=("serving_entity", "unknown"),
        )


def _fault(asset: Asset, standing: Standing, evidence: Evidence, setting: str, entry: str) -> Fault:
    what = f"does not allow {entry}" if entry else "allows no hosted service"
    parent = standing.party.parent
    owner = f", whose parent is {parent}" if "parent" in evidence.fact and isinstance(parent, str) else ""
    return Fault(
        message=f"{asset.name} {standing.how} {standing.shown}{owner}; the policy {what}",
        remedy="use weights of your own, or another service; lading show " + _shown(asset),
        evidence=(evidence,),
        setting=setting,
        entry=None if setting.startswith("allow") else entry,
        about=(setting, entry),
    )


def _shown(asset: Asset) -> str:
    return f"api:{asset.name}"


RULE = Rule(
    id="hosted-api-not-allowed",
    judges=Asset,
    options=Options,
    check=check,
    silent_without=(
        "allow_countries",
        "deny_countries",
        "deny_entities",
        "allow_regions",
        "unknown_host",
        "unknown_region",
        "default_host",
        "global_inference",
    ),
    blind_spots=(
        "An environment variable can send a client elsewhere at run time.",
        "The region of an endpoint does not say where inference takes place.",
        "Which provider an aggregator hands a request to is not seen.",
    ),
)
