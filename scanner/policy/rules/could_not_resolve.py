"""A name could not be looked up, or the Hub says that it is not there.

What a missing, private or disabled repository allows is not known; nothing else is judged of it in its
place.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown

GONE = {
    "missing": "does not exist",
    "missing-or-private": "does not exist, or is private",
    "disabled": "is disabled",
    "missing-revision": "has no such revision",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What `could-not-resolve` may be set to."""

    level: Level = Level.WARNING
    """For a name nobody could say anything about, or whose repository is gone or disabled."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of what nobody answered for, and of what its source says is gone."""
    if isinstance(asset.availability, str) and asset.availability in GONE:
        wrong = "revision" if asset.availability == "missing-revision" else "name"
        yield Fault(
            message=f"{asset.name} {GONE[asset.availability]} ({_said_by(asset)})",
            remedy=f"correct the {wrong}, or give lading access with HF_TOKEN: lading show {_shown(asset)}",
            about=("availability", asset.availability),
        )
        return
    if isinstance(asset.answered_by, Unknown) and asset.kind is not Kind.LOCAL_WEIGHTS:
        how = "run lading lock where the network is" if facts.is_offline else f"lading show {_shown(asset)}"
        yield Fault(
            message=f"{asset.name} could not be looked up: {asset.answered_by.reason}",
            remedy=how,
            about=("answered_by",),
        )


def _said_by(asset: Asset) -> str:
    who = "nobody could say" if isinstance(asset.answered_by, Unknown) else f"says {asset.answered_by}"
    return f"{who}, {asset.as_of}" if isinstance(asset.as_of, str) else who


def _shown(asset: Asset) -> str:
    prefixes = {Kind.HF_DATASET: "dataset:", Kind.OLLAMA: "ollama:", Kind.API_MODEL: "api:"}
    return prefixes.get(asset.kind, "") + asset.name


RULE = Rule(
    id="could-not-resolve",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=("A weight file of the project is never looked up by its name.",),
)
