"""All hosted models of a project come from one provider, and no weights stand beside them.

If that provider changes its prices, its terms or its mind, nothing in the project can take over.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Need, ProjectFacts, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Confidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind, Role, Scope

LOCAL = "local"
NOT_WEIGHTS = frozenset({Kind.API_MODEL, Kind.HF_DATASET, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Options:
    """What `single-source` may be set to."""

    level: Level | None = None
    """For a project that depends on one provider alone; off until a policy asks."""
    weights_count: bool = True
    """Whether a model the project can run itself counts as something to fall back on."""


def check(project: ProjectFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where one provider serves every hosted model and nothing stands beside it."""
    used = {
        place.asset.id: place.asset
        for place in project.places
        if place.reference.sighting.role is Role.DEPENDENCY
        and place.reference.sighting.scope is Scope.SHIPPED
    }.values()
    hosted = [asset for asset in used if asset.kind is Kind.API_MODEL and _provider(asset) != LOCAL]
    providers = {_provider(asset) for asset in hosted}
    if len(providers) != 1:
        return
    own = [asset for asset in used if asset.kind not in NOT_WEIGHTS or _provider(asset) == LOCAL]
    if own and options.weights_count:
        return
    (name,) = providers
    models = "one hosted model" if len(hosted) == 1 else f"all {len(hosted)} hosted models"
    beside = "" if options.weights_count else "; models it can run itself are not counted"
    yield Fault(
        message=f"{models} of this project come from {name}, and nothing else can take over{beside}",
        remedy="keep a second provider, or weights of your own, ready for the same work",
        confidence=Confidence.VERIFIED,
        about=("provider", name),
    )


def _provider(asset: Asset) -> str:
    party = asset.serving_entity
    if party is None:
        return "none"
    if party.role == LOCAL:
        return LOCAL
    return party.name if isinstance(party.name, str) else "a service that is not known"


RULE = Rule(
    id="single-source",
    judges=ProjectFacts,
    options=Options,
    check=check,
    needs=(Need.WHOLE_PROJECT,),
    blind_spots=("Whether the weights of a project are good enough to take over is not asked.",),
)
