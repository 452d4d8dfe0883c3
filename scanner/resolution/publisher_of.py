"""Who published a repository, and who developed what is in it."""

from __future__ import annotations

from scanner.knowledge import publishers
from scanner.knowledge.families import developer_of_family
from scanner.knowledge.store import Knowledge
from scanner.patterns import regex
from scanner.records.asset import Ancestor, Party
from scanner.records.fact import Confidence
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.names import namespace_of
from scanner.resolution.source import Repository

PASSES_ON = frozenset({"requantizer", "mirror", "converter"})
"""Roles whose repositories hold what others developed."""
ON_THE_HUB = frozenset({Kind.HF_MODEL, Kind.HF_DATASET, Kind.MODELSCOPE})
"""Kinds whose names begin with a namespace; ModelScope's that the Hub has too lead to the same record."""

_QUANTIZED = regex(
    r"(?i)[-_.](?:(?:nv|mx)?fp[48]|w?int[48]|[48]bit|w[48]a\d+|gguf|awq|gptq|exl[23]|mlx)(?=$|[-_.])"
)
"""A word of a name that says the weights were made smaller, which develops nothing."""


def publisher_of(knowledge: Knowledge, repository: Repository) -> Party | Unknown:
    """Look the publisher up by the namespace of the name, or by what the source says."""
    if repository.publisher:
        return publishers.look_up(knowledge, repository.publisher)
    return publisher_named(knowledge, repository.kind, repository.name)


def publisher_named(knowledge: Knowledge, kind: Kind, name: str) -> Party | Unknown:
    """Look the publisher up by the name alone; only names of the Hub begin with a namespace we record."""
    if kind not in ON_THE_HUB:
        return Unknown(f"a name of the kind {kind.value} does not say who published it")
    namespace = namespace_of(name)
    if namespace is None:
        return Unknown(f"{name} is a name without a namespace, and no source says whose it is")
    return publishers.look_up(knowledge, namespace)


def developer_of(
    publisher: Party | Unknown,
    lineage: tuple[Ancestor, ...] | Unknown,
    tops: tuple[tuple[str, Party | Unknown, bool], ...],
) -> Party | Unknown:
    """The developer: whoever published the root of the lineage.

    `tops` are the repositories without a known base: (name, publisher, whether it is known to be a root).
    Where a top is not known to be a root, its publisher is only the furthest one known, and unverified.
    A repository that passes on what others made, without saying whose, has an unknown developer.
    """
    if lineage == ():
        return publisher
    if isinstance(lineage, Unknown):
        if isinstance(publisher, Unknown):
            return Unknown("neither the lineage nor the publisher is known")
        if publisher.role in PASSES_ON:
            return Unknown(f"{_shown(publisher)} passes on models of others, and no base is named")
        return _furthest(publisher, "the publisher; no base is named, and none is not the same as no base")
    parties = {_shown(party): (name, party, sure) for name, party, sure in tops}
    if len(parties) > 1:
        return Unknown(f"made from models of several developers: {', '.join(sorted(parties))}")
    for name, party, sure in parties.values():
        if isinstance(party, Unknown) or sure:
            return party
        return _furthest(party, f"publisher of {name}, the furthest base that is named")
    return Unknown("the lineage leads in a circle")


def named_in_quantization(
    knowledge: Knowledge, name: str, publisher: Party | Unknown, lineage: tuple[Ancestor, ...] | Unknown
) -> Party | None:
    """The developer whose family the name of a quantization without a named base begins with.

    `nvidia/DeepSeek-V3.1-FP4` is DeepSeek's model in fewer bits, whoever offers it. Where the publisher
    passes on models of others anyway, nothing is guessed from the name.
    """
    if not isinstance(lineage, Unknown) or not isinstance(publisher, Party) or publisher.role in PASSES_ON:
        return None
    own = name.rpartition("/")[2]
    party = developer_of_family(knowledge, own) if _QUANTIZED.search(own) else None
    if party is None or party.entity == publisher.entity:
        return None
    return _furthest(party, f"the name {own}, a quantization; no base is named")


def _furthest(party: Party, source: str) -> Party:
    return replace(party, confidence=Confidence.UNVERIFIED, source=source)


def _shown(party: Party | Unknown) -> str:
    if isinstance(party, Unknown):
        return f"unknown ({party.reason})"
    return next((text for text in (party.entity, party.name) if isinstance(text, str)), "unnamed")
