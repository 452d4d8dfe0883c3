"""Weights in the project carry no signature, or one that does not fit.

A signature says who stands behind the bytes. It is verified where the extra `signing` is installed and the
environment names who has to have signed: a key (`LADING_SIGNING_KEY`), roots of certificates
(`LADING_SIGNING_CERTIFICATES`), or of keyless signatures identity, issuer and trust configuration
(`LADING_SIGNING_IDENTITY`, `LADING_SIGNING_ISSUER`, `LADING_SIGNING_TRUST`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

FACT, NONE, VERIFIED = "signature", "none", "verified"
"""Fact resolution adds to the evidence of local weights, and its values besides `refused: REASON`."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `unsigned-model` may be set to."""

    level: Level = Level.NOTE
    """For weights in a folder without a signature."""
    refused: Level | None = Level.WARNING
    """For a signature that does not fit the key or the files."""
    unverified: Level | None = Level.NOTE
    """For a signature nobody verified in this run."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of local weights whose signature is missing, not verified, or refused."""
    said = _signature(asset)
    if said is None or said.value == VERIFIED or _is_said_already(asset, said, facts):
        return
    if said.value == NONE:
        yield Fault(
            message=f"{asset.name} and what lies beside it carry no signature",
            remedy="sign its folder where it is made: model_signing sign",
            evidence=(said,),
            about=("absent",),
        )
    elif isinstance(said.value, Unknown) and options.unverified is not None:
        yield Fault(
            message=f"the signature of {asset.name} was {said.value.reason}",
            remedy="name who has to have signed (lading explain unsigned-model), and install lading[signing]",
            evidence=(said,),
            level=options.unverified,
            setting="unverified",
            about=("unverified",),
        )
    elif isinstance(said.value, str) and options.refused is not None:
        yield Fault(
            message=f"the signature of {asset.name} is {said.value}",
            remedy="take the folder from its source again, or use the key it was signed with",
            evidence=(said,),
            level=options.refused,
            setting="refused",
            about=("refused",),
        )


def _signature(asset: Asset) -> Evidence | None:
    return next((each for each in asset.license.evidence if each.fact == FACT), None)


def _is_said_already(asset: Asset, said: Evidence, facts: Facts) -> bool:
    """Whether the asset before this one lies in the same folder: a folder is spoken of once."""
    at = bisect_left(facts.assets, asset.id, key=lambda each: each.id)
    before = _signature(facts.assets[at - 1]) if at > 0 else None
    return before is not None and before.source == said.source


RULE = Rule(
    id="unsigned-model",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=(
        "Only weights that lie in the project are judged, not repositories on the Hub.",
        "Keyless signatures are verified with a trust configuration that is given, which may be an old one.",
    ),
)
