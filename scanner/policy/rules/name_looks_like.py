"""A name under an account nobody knows can be taken for that of a known model.

One letter off, a letter of another alphabet, a hyphen, l for 1: whoever mistypes a name, or copies one,
gets what stands under the other. The rule says that the names are alike, and nothing of who chose them.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.knowledge import catalog, publishers
from scanner.policy.rule import Facts, Fault, Rule
from scanner.policy.ways_out import ask_for_exception
from scanner.records.asset import Asset, Party
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind

KINDS = frozenset({Kind.HF_MODEL, Kind.HF_DATASET})


@dataclass(frozen=True, slots=True)
class Options:
    """What `name-looks-like` may be set to."""

    level: Level = Level.WARNING
    """For a name that looks like one of the catalog."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where neither the account nor the name is known, and the lineage does not reach the original."""
    if asset.kind not in KINDS or "/" not in asset.name:
        return
    knowledge, owner = facts.knowledge, asset.name.partition("/")[0]
    # Records are found letter case aside, which makes one letter of several: no account has such a name.
    if asset.name.isascii() and (
        isinstance(publishers.look_up(knowledge, owner), Party)
        or catalog.look_up(knowledge, asset.kind.value, asset.name) is not None
    ):
        return
    from scanner.policy.likeness import find_original

    found = find_original(knowledge, asset.name, is_dataset=asset.kind is Kind.HF_DATASET)
    if found is None or _descends_from(asset, found.original):
        return
    key = f"dataset:{found.original}" if asset.kind is Kind.HF_DATASET else found.original
    way_out = ask_for_exception(asset, RULE.id, facts.excepted_in)
    yield Fault(
        message=f"{_shown(asset.name)} looks like {found.original} and differs from it by {found.how}",
        remedy=f"write {found.original} if that was meant; else {way_out}",
        evidence=(
            Evidence(
                "name",
                found.original,
                knowledge.source_of(catalog.KIND, key),
                asset.as_of,
                Confidence.VERIFIED,
                quote=f"{_shown(asset.name)} is not in the catalog, its account not among the publishers",
            ),
        ),
        about=("looks like", found.original),
    )


def _descends_from(asset: Asset, original: str) -> bool:
    lineage = asset.lineage if isinstance(asset.lineage, tuple) else ()
    return any(ancestor.name.casefold() == original.casefold() for ancestor in lineage)


def _shown(name: str) -> str:
    """The name with letters of other alphabets spelled out, so that the difference can be seen."""
    return name.encode("ascii", "backslashreplace").decode("ascii")


RULE = Rule(
    id="name-looks-like",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=(
        "Names are compared with the catalog only, not with everything on the Hub.",
        "The very name of a model under an account that is not like the original's is not told from a fork.",
        "Names without an account, tags and hosted models are not compared.",
    ),
)
