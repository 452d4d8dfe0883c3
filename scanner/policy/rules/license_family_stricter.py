"""A newer version of the license in use asks more or grants less; the one in use does not."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What a policy may say of this rule."""

    level: Level = Level.NOTE


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Name each newer, stricter version, with the difference in words."""
    from scanner.knowledge.licenses import look_up

    if not isinstance(asset.license.key, str):
        return
    record = look_up(facts.knowledge, asset.license.key)
    if record is None:
        return
    for sibling in record.siblings:
        if not (sibling.is_newer and sibling.is_stricter):
            continue
        yield Fault(
            message=(
                f"{asset.name} is under {asset.license.key}; the newer {sibling.key} is stricter:"
                f" {sibling.difference}"
            ),
            remedy="pin the commit in use (lading lock), and read the license before moving on",
            evidence=(
                Evidence(
                    "license.siblings",
                    sibling.key,
                    facts.knowledge.source_of("licenses", asset.license.key),
                    asset.as_of,
                    record.confidence,
                    quote=sibling.difference,
                ),
            ),
            level=options.level,
            about=(sibling.key,),
        )


RULE = Rule(
    id="license-family-stricter",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=("Only versions whose record says how they differ are compared.",),
)
