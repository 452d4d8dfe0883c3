"""Ancestors of an asset, each with the way down to it and the license it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.policy.travels import Comparison, Holding, Reading, compare, hold
from scanner.records.asset import Ancestor, Asset
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

MAX_ANCESTORS = 200
"""More ancestors than this are not compared; resolution bounds them before."""

_RELATIONS = {
    "finetune": "finetune",
    "finetuned": "finetune",
    "fine-tune": "finetune",
    "quantized": "quantized",
    "adapter": "adapter",
    "merge": "merge",
    "distill": "distill",
    "distillation": "distill",
    "distilled": "distill",
    "trained-on": "trained-on",
}


@dataclass(frozen=True, slots=True)
class Forebear:
    """One ancestor, with what lies between it and the asset."""

    ancestor: Ancestor
    holding: Holding
    relation: str
    """The weakest link on the way: trained-on, else distill, else how the asset's side was made."""
    confidence: Confidence
    """Of the least sure link on the way."""
    path: tuple[str, ...]
    """Names from the asset down to the ancestor, both included."""


def is_of_the_licensor(asset: Asset, below: Forebear) -> bool:
    """Whether who published the asset is who licensed the ancestor: its owner may grant other terms."""
    publisher = asset.publisher
    if isinstance(publisher, Unknown) or publisher.role != "developer":
        return False
    return isinstance(publisher.entity, str) and publisher.entity == below.ancestor.entity


def relation_of(words: str) -> str:
    """A relation in one spelling; `unknown` for what is none of them."""
    return _RELATIONS.get(words.strip().lower(), "unknown")


def forebears(asset: Asset, knowledge: Knowledge) -> tuple[Forebear, ...]:
    """All ancestors of an asset, nearest first.

    Where the lineage is unknown, the datasets its card names as training data are all there is.
    """
    known = asset.trained_on if isinstance(asset.lineage, Unknown) else asset.lineage
    if known is None or isinstance(known, Unknown):
        return ()
    terms = {each.from_: each.terms for each in asset.inherited}
    links: dict[str, list[Ancestor]] = {}
    for link in known[:MAX_ANCESTORS]:
        links.setdefault(link.of, []).append(link)
    found: dict[str, Forebear] = {}
    level: list[tuple[str, str, Confidence, tuple[str, ...]]] = [
        (asset.name, "", Confidence.VERIFIED, (asset.name,))
    ]
    while level:
        below = []
        for name, relation, confidence, path in level:
            for link in links.get(name, ()):
                if link.name in path or link.name in found:
                    continue
                weakest = _weakest(relation, relation_of(link.relation))
                sure = min(confidence, link.confidence, key=lambda each: each.rank)
                reached = Forebear(
                    link,
                    _holding(link, terms.get(link.name), knowledge),
                    weakest,
                    sure,
                    (*path, link.name),
                )
                found[link.name] = reached
                below.append((link.name, weakest, sure, reached.path))
        level = below
    return tuple(found.values())


def own_holding(asset: Asset, knowledge: Knowledge) -> Holding:
    """The license the asset itself carries."""
    return hold(knowledge, asset.license.key, asset.terms, ", ".join(asset.license.declared))


def license_confidence(asset: Asset) -> Confidence:
    """How sure the asset's license is: as sure as the statement it was taken from."""
    license_ = asset.license
    for evidence in license_.evidence:
        if evidence.value == license_.key or evidence.value == license_.expression:
            return evidence.confidence
    said = [each.confidence for each in license_.evidence if each.fact.startswith("license")]
    return min(said, key=lambda each: each.rank, default=Confidence.VERIFIED)


def merged_parents(asset: Asset) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Merges on the way, the asset itself first: (name of the merge, its parents)."""
    if isinstance(asset.lineage, Unknown):
        return ()
    merges: dict[str, list[str]] = {}
    for link in asset.lineage[:MAX_ANCESTORS]:
        if relation_of(link.relation) == "merge":
            merges.setdefault(link.of, []).append(link.name)
    return tuple((name, tuple(parents)) for name, parents in merges.items() if len(parents) > 1)


def is_cured(below: Forebear, over: Holding, all_of_them: tuple[Forebear, ...]) -> bool:
    """Whether a label half way is itself wrong over a base whose terms the asset names.

    A wrong label half way neither cures nor infects a model that names the root's terms.
    """
    for root in all_of_them:
        if below.ancestor.name not in root.path or root is below:
            continue
        relation = relation_of(root.ancestor.relation)
        if root.holding.is_same(over) and _conflicts(root.holding, below.holding, relation):
            return True
    return False


def _conflicts(base: Holding, over: Holding, relation: str) -> bool:
    comparison: Comparison = compare(base, over, relation)
    return comparison.reading is Reading.CONFLICT


def _holding(link: Ancestor, terms: Terms | Unknown | None, knowledge: Knowledge) -> Holding:
    said = terms if terms is not None else Unknown("not in this report")
    label = "" if isinstance(link.license_declared, Unknown) else link.license_declared
    return hold(knowledge, link.license_key, said, label)


def _weakest(above: str, here: str) -> str:
    """Relation of the asset to the far end: data below anything is data, outputs below a model outputs."""
    for decisive in ("trained-on", "distill"):
        if decisive in (above, here):
            return decisive
    if above in ("", "quantized"):
        return here
    return above
