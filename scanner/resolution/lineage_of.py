"""The lineage of a model: every repository it descends from, breadth first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from scanner.records.asset import Ancestor, AssetLicense, Inherited, Party
from scanner.records.quick import dataclass
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown
from scanner.resolution.chain import MAX_DEPTH, MAX_REPOSITORIES
from scanner.resolution.license_of import confidence_of, declared_in_short
from scanner.resolution.source import TRAINED_ON, Base, Repository, followed

REPACKS = frozenset({"quantized", "mirror"})
"""Relations that leave the training of a model as it was."""


@dataclass(frozen=True, slots=True)
class Known:
    """One repository with what follows from it."""

    name: str
    """Its own name where it answered, else the name it was asked by."""
    repository: Repository | None
    reason: str
    """Why there is no repository, where there is none."""
    license: AssetLicense
    publisher: Party | Unknown


@dataclass(frozen=True, slots=True)
class Trace:
    """What following the bases came to."""

    lineage: tuple[Ancestor, ...] | Unknown
    tops: tuple[tuple[str, Party | Unknown, bool], ...]
    """Ancestors without a known base: (name, publisher, whether it is known to be a root)."""
    is_cut: bool
    """Whether a bound ended the walk."""


def trace(start: Known, find: Callable[[Base], Known]) -> Trace:
    """Follow every base of every base; each repository stands once, at its least depth.

    A model that names itself, or one of its descendants, as its base is not followed again.
    """
    if start.repository is None:
        return Trace(Unknown(start.reason), (), is_cut=False)
    repository = start.repository
    if not repository.bases:
        if repository.is_root is not True:
            # Datasets say nothing of the base, and a lineage that holds but them would seem whole.
            return Trace(Unknown(repository.base_reason), (), is_cut=False)
        if not repository.datasets:
            return Trace((), (), is_cut=False)
    seen = {start.name.lower()}
    ancestors: list[Ancestor] = []
    tops: list[tuple[str, Party | Unknown, bool]] = []
    if not repository.bases:
        tops.append((start.name, start.publisher, True))
    waiting: deque[tuple[Known, int]] = deque([(start, 0)])
    is_cut = False
    while waiting:
        child, depth = waiting.popleft()
        for base in followed(child.repository) if child.repository else ():
            known = find(base)
            if known.name.lower() in seen:
                continue
            if depth >= MAX_DEPTH or len(ancestors) >= MAX_REPOSITORIES:
                is_cut = True
                continue
            seen.add(known.name.lower())
            ancestors.append(_ancestor(child, base, known, depth + 1))
            waiting.append((known, depth + 1))
            if base.relation == TRAINED_ON:
                continue
            if known.repository is None or not known.repository.bases:
                is_root = known.repository is not None and known.repository.is_root is True
                tops.append((known.name, known.publisher, is_root))
    if not ancestors:
        return Trace(Unknown("the card names the model itself as its base"), (), is_cut)
    return Trace(tuple(ancestors), tuple(tops), is_cut)


def trained_on(start: Known, find: Callable[[Base], Known]) -> tuple[Ancestor, ...] | Unknown:
    """The datasets declared as training data: by the model's own card, else by that of what it repacks.

    A quantized copy or a mirror was trained on what its base was; for whatever was trained further, the
    data of its base stands in the lineage alone.
    """
    known, seen, depth = start, {start.name.lower()}, 1
    while known.repository is not None:
        repository = known.repository
        if repository.datasets:
            found = [(base, find(base)) for base in repository.datasets]
            named = {each.name.lower(): _ancestor(known, base, each, depth) for base, each in found}
            return tuple(named.values())
        bases = repository.bases
        if len(bases) != 1 or bases[0].relation not in REPACKS or depth > MAX_DEPTH:
            return Unknown(repository.datasets_reason)
        repacked = find(bases[0])
        if repacked.repository is None or repacked.name.lower() in seen:
            return Unknown(repository.datasets_reason)
        seen.add(repacked.name.lower())
        known, depth = repacked, depth + 1
    return Unknown(known.reason)


def inherit(
    terms_of: Callable[[str], Terms | Unknown], lineage: tuple[Ancestor, ...] | Unknown
) -> tuple[Inherited, ...]:
    """The terms that come from each ancestor."""
    if isinstance(lineage, Unknown):
        return ()
    return tuple(
        Inherited(
            from_=ancestor.name,
            relation=ancestor.relation,
            key=ancestor.license_key,
            terms=terms_of(ancestor.license_key)
            if isinstance(ancestor.license_key, str)
            else ancestor.license_key,
        )
        for ancestor in lineage
    )


def _ancestor(child: Known, base: Base, known: Known, depth: int) -> Ancestor:
    party = known.publisher
    declared, key = declared_in_short(known.license), known.license.key
    confidence = base.confidence
    as_of: str | Unknown = Unknown(known.reason)
    if known.repository is not None:
        as_of = known.repository.as_of
        if isinstance(key, str):
            confidence = min(confidence, confidence_of(known.license), key=lambda each: each.rank)
    else:
        declared, key = Unknown(known.reason), Unknown(known.reason)
    return Ancestor(
        name=known.name,
        of=child.name,
        kind=base.kind,
        relation=base.relation,
        depth=depth,
        license_declared=declared,
        license_key=key,
        publisher=party.name if isinstance(party, Party) else party,
        country=party.country if isinstance(party, Party) else party,
        as_of=as_of,
        confidence=confidence,
        entity=party.entity if isinstance(party, Party) else party,
        parent=party.parent if isinstance(party, Party) else party,
        parent_country=party.parent_country if isinstance(party, Party) else party,
        lists=party.lists if isinstance(party, Party) else (),
        source=base.source or None,
    )
