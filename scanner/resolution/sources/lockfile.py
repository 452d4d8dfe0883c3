"""The project's own lockfile: it remembers what a source said, it does not testify."""

from __future__ import annotations

from scanner.records.lock import Lock, LockedAncestor, LockedBlock
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.names import is_repository_name
from scanner.resolution.source import (
    TRAINED_ON,
    Base,
    Card,
    Outcome,
    Question,
    Reach,
    Repository,
    Source,
    Surroundings,
)


class LockAsker:
    """The lockfile, opened: its references, and the bases their blocks tell of."""

    def __init__(self, lock: Lock) -> None:
        self._index = lock.index()
        self._ancestors: dict[tuple[Kind, str], tuple[LockedAncestor, LockedBlock]] = {}
        for block in lock.blocks:
            for ancestor in _steps(block):
                self._ancestors.setdefault((ancestor.kind, ancestor.name), (ancestor, block))

    def ask(self, question: Question) -> Outcome | None:
        """Say what the block of a reference remembers, or what another block says of it as a base."""
        block = self._index.find(question.kind, question.name, question.revision)
        if block is not None:
            return _of_block(block)
        found = self._ancestors.get((question.kind, question.name))
        return None if found is None or question.revision != "none" else _of_ancestor(*found)

    def with_texts(self, repository: Repository) -> Repository:
        """The lockfile keeps hashes of texts, not texts."""
        return repository

    def close(self) -> None:
        """Nothing to close."""


def _of_block(block: LockedBlock) -> Repository:
    lineage = block.lineage
    is_root = isinstance(lineage, tuple) and all(each.relation == TRAINED_ON for each in lineage)
    return Repository(
        kind=block.kind,
        name=block.name,
        source="lockfile",
        answered_by="lockfile",
        as_of=block.as_of,
        confidence=block.confidence,
        commit=block.commit,
        repository_id=block.identity,
        card=Card(license_ids=block.license.declared),
        bases=_bases(block, block.name),
        datasets=_bases(block, block.name, are_data=True),
        is_root=True if is_root else None,
        base_reason=block.lineage.reason
        if isinstance(block.lineage, Unknown)
        else "the lockfile names no base",
        datasets_reason="the lockfile names no training dataset",
        files=Unknown("the lockfile holds no list of files"),
        modality=block.modality,
        library=Unknown("the lockfile holds no library"),
        gated=block.gated,
        availability=block.availability,
        license_key=block.license.key if isinstance(block.license.key, str) else None,
        license_expression=block.license.expression if isinstance(block.license.expression, str) else None,
    )


def _of_ancestor(ancestor: LockedAncestor, block: LockedBlock) -> Repository:
    declared, key = ancestor.license_declared, ancestor.license_key
    unseen = Unknown("the lockfile holds this only of references")
    return Repository(
        kind=ancestor.kind,
        name=ancestor.name,
        source="lockfile",
        answered_by="lockfile",
        as_of=block.as_of,
        confidence=ancestor.confidence,
        commit=unseen,
        repository_id=unseen,
        card=Card(license_ids=tuple(declared.split("/")) if isinstance(declared, str) else ()),
        bases=_bases(block, ancestor.name),
        datasets=_bases(block, ancestor.name, are_data=True),
        base_reason="the lockfile names no further base",
        datasets_reason="the lockfile names no training dataset",
        files=unseen,
        modality=unseen,
        library=unseen,
        gated=unseen,
        availability=unseen,
        license_key=key if isinstance(key, str) else None,
    )


def _bases(block: LockedBlock, child: str, *, are_data: bool = False) -> tuple[Base, ...]:
    return tuple(
        Base(each.name, each.relation, each.kind, each.confidence, "lockfile", is_repository_name(each.name))
        for each in _steps(block)
        if each.of == child and (each.relation == TRAINED_ON) is are_data
    )


def _steps(block: LockedBlock) -> tuple[LockedAncestor, ...]:
    """The lineage; where it is not known, the datasets alone."""
    return block.lineage if isinstance(block.lineage, tuple) else block.trained_on or ()


def _open(surroundings: Surroundings) -> LockAsker | None:
    return LockAsker(surroundings.lock) if surroundings.lock is not None else None


SOURCE = Source(
    id="lockfile",
    order=10,
    reach=Reach.MEMORY,
    kinds=frozenset(set(Kind) - {Kind.API_MODEL}),
    open=_open,
)
