"""Too large a share of what a project depends on comes from one parent, country or provider.

Counted over the models and hosted services that are judged, each once, by developer (where unknown, by
publisher). What is unknown is counted and belongs to nobody. Silent until a limit is set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Need, ProjectFacts, Rule
from scanner.records.asset import Asset, Party
from scanner.records.fact import Confidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Options:
    """What `origin-concentration` may be set to."""

    level: Level = Level.WARNING
    """For a share above its limit."""
    max_parent_percent: int | None = None
    """Largest share of one company group, in percent."""
    max_country_percent: int | None = None
    """Largest share of one country, in percent."""
    max_provider_percent: int | None = None
    """Largest share of one provider among the hosted services, in percent."""
    at_least: int = 3
    """Fewer models or services than this are too few to speak of shares."""


def check(project: ProjectFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare the largest shares with their limits."""
    judged = [asset for asset in project.assets if asset.kind is not Kind.HF_DATASET]
    hosted = [asset for asset in judged if asset.kind is Kind.API_MODEL]
    parties = [_party(asset) for asset in judged]
    shares = (
        ("max_parent_percent", "group", Counter(map(_group, parties)), options.max_parent_percent),
        ("max_country_percent", "country", Counter(map(_country, parties)), options.max_country_percent),
        ("max_provider_percent", "provider", Counter(map(_provider, hosted)), options.max_provider_percent),
    )
    for setting, what, counted, limit in shares:
        total = counted.total()
        if limit is None or total < options.at_least:
            continue
        for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0]))):
            # Compared in whole numbers, so that a share of exactly the limit passes.
            if name is not None and count * 100 > limit * total:
                yield Fault(
                    message=(
                        f"{count} of {total} {'services' if what == 'provider' else 'models and services'} "
                        f"({count * 100 // total} percent) come from one {what}, {name}; the limit is {limit}"
                    ),
                    remedy="raise the limit, or put part of the work on models of another origin",
                    confidence=Confidence.VERIFIED,
                    setting=setting,
                    about=(setting, name),
                )


def _party(asset: Asset) -> Party | None:
    for party in (asset.developer, asset.publisher):
        if isinstance(party, Party):
            return party
    return None


def _group(party: Party | None) -> str | None:
    if party is None:
        return None
    named = (party.parent, party.entity, party.name)
    return next((name for name in named if isinstance(name, str) and name != "none"), None)


def _country(party: Party | None) -> str | None:
    return None if party is None or isinstance(party.country, Unknown) else party.country


def _provider(asset: Asset) -> str | None:
    party = asset.serving_entity
    return None if party is None or isinstance(party.name, Unknown) else party.name


RULE = Rule(
    id="origin-concentration",
    judges=ProjectFacts,
    options=Options,
    check=check,
    needs=(Need.WHOLE_PROJECT,),
    blind_spots=("Every model counts the same, however much of the work it does.",),
)
