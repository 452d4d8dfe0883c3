"""Nobody on record stands behind a model, so nothing can be said of where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset, Party
from scanner.records.choices import Enum
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown


class Wanted(Enum):
    """Facts of a publisher that a policy may ask for."""

    ENTITY = "entity"
    COUNTRY = "country"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Options:
    """What `publisher-unknown` may be set to."""

    level: Level = Level.NOTE
    """For a model whose publisher is not known."""
    require: tuple[Wanted, ...] = ()
    """Facts of the publisher that have to be known too."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where the publisher is Unknown, or lacks a fact the policy requires."""
    if asset.kind is Kind.API_MODEL:
        return
    publisher = asset.publisher
    if isinstance(publisher, Unknown):
        yield Fault(
            message=f"the publisher of {asset.name} is not known: {publisher.reason}",
            remedy=_remedy(asset),
            missing="publisher",
            about=("publisher",),
        )
        return
    for wanted in options.require:
        value = _value(publisher, wanted)
        if isinstance(value, Unknown):
            yield Fault(
                message=(
                    f"{asset.name} is published by {_named(publisher)}, "
                    f"whose {wanted.value} is not known: {value.reason}"
                ),
                remedy=_remedy(asset),
                missing=f"publisher.{wanted.value}",
                setting="require",
                entry=wanted.value,
                about=("publisher", wanted.value),
            )


def _value(publisher: Party, wanted: Wanted) -> str | Unknown:
    match wanted:
        case Wanted.ENTITY:
            return publisher.entity
        case Wanted.COUNTRY:
            return publisher.country
        case Wanted.KIND:
            return publisher.kind


def _named(publisher: Party) -> str:
    return publisher.name if isinstance(publisher.name, str) else "an unnamed party"


def _remedy(asset: Asset) -> str:
    return f"add a record below knowledge:, publishers/NAME.yaml; lading show {asset.name} says what is known"


RULE = Rule(
    id="publisher-unknown",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=("A record says who owns a namespace; whether an upload came from them is not checked.",),
)
