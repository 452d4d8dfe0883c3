"""A model carries a license that says less than, or something else than, what its base makes travel.

Which clauses travel with which relation, and why, stands in docs/what-travels.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.lineage import (
    Forebear,
    forebears,
    is_cured,
    is_of_the_licensor,
    license_confidence,
    own_holding,
)
from scanner.policy.rule import Facts, Fault, Rule
from scanner.policy.travels import Comparison, Holding, Reading, compare
from scanner.policy.ways_out import ask_for_exception
from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass, replace
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Options:
    """What a policy may say of this rule."""

    level: Level = Level.ERROR
    training_data: Level | None = Level.NOTE
    """Level where the license of a training dataset says more than the model's; whether weights are a work
    made from their data is unsettled, so this is never more than a question."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare the declared license with that of every ancestor, nearest first, each license once."""
    if not asset.license.declared and isinstance(asset.license.key, Unknown):
        return
    over = own_holding(asset, facts.knowledge)
    lineage = forebears(asset, facts.knowledge)
    told: set[str] = set()
    for below in lineage:
        if not below.holding.label and isinstance(below.holding.key, Unknown):
            continue
        comparison = compare(below.holding, over, below.relation)
        license_below = str(below.holding.key) if isinstance(below.holding.key, str) else below.holding.label
        if comparison.reading is Reading.AGREES or license_below in told:
            continue
        if is_cured(below, over, lineage) or is_of_the_licensor(asset, below):
            continue
        told.add(license_below)
        level = _level(comparison, below, options)
        if level is not None:
            fault = _fault(asset, over, below, comparison, level)
            yield replace(fault, remedy=_remedy(asset, below, level, facts.excepted_in))


def _level(comparison: Comparison, below: Forebear, options: Options) -> Level | None:
    if below.relation == "trained-on":
        ceiling = options.training_data
        return Level.QUESTION if ceiling in (Level.ERROR, Level.WARNING) else ceiling
    return Level.QUESTION if comparison.reading is Reading.QUESTION else options.level


def _fault(asset: Asset, over: Holding, below: Forebear, comparison: Comparison, level: Level) -> Fault:
    chain = " ← ".join(below.path)
    theirs = _name(below.holding)
    quoted = "; ".join(f"{clause} of {theirs}" for clause in comparison.clauses)
    how = "was trained on" if below.relation == "trained-on" else "descends from"
    message = (
        f"{asset.name} is declared {_name(over)}, but it {how} {below.ancestor.name} under {theirs}"
        f" ({below.relation}): {comparison.why}" + (f" ({quoted})" if quoted else "")
    )
    return Fault(
        message=message,
        remedy="use a model whose label and base agree",
        evidence=_evidence(asset, over, below, comparison, chain),
        level=level,
        confidence=_confidence(asset, below),
        about=(below.ancestor.name, theirs),
    )


def _remedy(asset: Asset, below: Forebear, level: Level, excepted_in: str) -> str:
    theirs = _name(below.holding)
    if level in (Level.QUESTION, Level.NOTE):
        return f"let counsel read {theirs}: lading license show {theirs}"
    way_out = ask_for_exception(asset, RULE.id, excepted_in)
    return (
        "use a model whose label and base agree, or keep to the terms of the base (lading license show"
        f" {theirs}) and {way_out}"
    )


def _evidence(
    asset: Asset, over: Holding, below: Forebear, comparison: Comparison, chain: str
) -> tuple[Evidence, ...]:
    link = below.ancestor
    source = link.source or str(asset.answered_by)
    facts = [
        Evidence("lineage", chain, source, link.as_of, below.confidence, location=link.relation),
        Evidence("license.declared", _name(over), str(asset.answered_by), asset.as_of, Confidence.VERIFIED),
    ]
    name = _name(below.holding)
    facts += [
        Evidence("clause", name, f"knowledge:licenses/{name}", link.as_of, below.confidence, quote=clause)
        for clause in comparison.clauses
    ]
    return tuple(facts)


def _confidence(asset: Asset, below: Forebear) -> Confidence:
    """The least sure of: the label above, and each link on the way down."""
    return min(below.confidence, license_confidence(asset), key=lambda each: each.rank)


def _name(holding: Holding) -> str:
    return holding.key if isinstance(holding.key, str) else holding.label or "a license that is not known"


RULE = Rule(
    id="license-conflicts-with-base",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=(
        "A base that nobody declares and no source knows is not seen.",
        "Terms agreed outside the card, in a contract with the licensor, are not known.",
    ),
)
