"""The embedded catalog: what was seen of well-known repositories, with its day and confidence."""

from __future__ import annotations

from scanner.knowledge import catalog
from scanner.knowledge.catalog import CatalogRow
from scanner.knowledge.store import Knowledge
from scanner.records.fact import Confidence, Evidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.card import base_of, named_datasets
from scanner.resolution.source import (
    SILENT_CARD,
    Base,
    Card,
    Outcome,
    Question,
    Reach,
    Repository,
    Source,
    Surroundings,
)

_ROOT = {"yes": True, "no": False}


class CatalogAsker:
    """The catalog, opened."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def ask(self, question: Question) -> Outcome | None:
        """Look the row of a name up, also under a name it had before."""
        row = catalog.look_up(self._knowledge, question.kind.value, question.name)
        return None if row is None else _repository(row, question)

    def with_texts(self, repository: Repository) -> Repository:
        """The catalog holds no texts."""
        return repository

    def close(self) -> None:
        """Nothing to close."""


def _repository(row: CatalogRow, question: Question) -> Repository:
    evidence = []
    if isinstance(row.source, str):
        evidence.append(Evidence("catalog", row.source, "catalog", row.as_of, row.confidence, row.note))
    if row.new_version is not None:
        evidence.append(Evidence("new_version", row.new_version, "catalog", row.as_of, row.confidence))
    unseen = Unknown("the catalog holds facts of the repository, not of a commit")
    unread = row.license_ids
    return Repository(
        kind=question.kind,
        name=row.name,
        source="catalog",
        answered_by="catalog",
        as_of=row.as_of,
        confidence=row.confidence,
        commit=question.revision if question.is_pinned else unseen,
        repository_id=Unknown("the catalog holds no repository ids"),
        card=Card(
            license_ids=row.license_ids if isinstance(row.license_ids, tuple) else (),
            license_name=row.license_name if isinstance(row.license_name, str) else None,
            license_link=row.license_link if isinstance(row.license_link, str) else None,
        ),
        bases=_bases(row),
        is_root=_ROOT.get(row.root),
        base_reason=_base_reason(row),
        files=Unknown("the catalog holds no list of files"),
        modality=row.pipeline_tag,
        library=row.library,
        gated=row.gated,
        availability=Unknown("the Hub was not asked"),
        evidence=tuple(evidence),
        license_reason=f"license not recorded in the catalog: {unread.reason}"
        if isinstance(unread, Unknown)
        else "the catalog's row of the repository names no license",
        carries=row.stands_for,
        datasets=_datasets(row),
        datasets_reason="the catalog does not record its training datasets"
        if isinstance(row.datasets, Unknown)
        else SILENT_CARD,
        seen_at=row.revision if isinstance(row.revision, str) else None,
    )


def _bases(row: CatalogRow) -> tuple[Base, ...]:
    confidence: Confidence = row.base_confidence
    if row.stands_for is not None:
        how = "mirror" if row.kind == Kind.MODELSCOPE.value else "quantized"
        return (base_of(row.stands_for, how, "catalog", confidence),)
    named = row.bases if isinstance(row.bases, tuple) else ()
    relation = row.relation if isinstance(row.relation, str) else None
    return tuple(base_of(name, relation, "catalog", confidence) for name in named)


def _datasets(row: CatalogRow) -> tuple[Base, ...]:
    named = row.datasets if isinstance(row.datasets, tuple) else ()
    return named_datasets(named, "catalog", row.base_confidence)


def _base_reason(row: CatalogRow) -> str:
    if isinstance(row.bases, Unknown):
        stated = "" if row.bases.reason == "not recorded" else f": {row.bases.reason}"
        return f"the catalog does not record its bases{stated}"
    if row.root == "no":
        return "made from another model, but the catalog does not say which"
    return "the catalog names no base; that does not say there is none"


def _open(surroundings: Surroundings) -> CatalogAsker:
    return CatalogAsker(surroundings.knowledge)


SOURCE = Source(
    id="catalog",
    order=50,
    reach=Reach.KNOWN,
    kinds=frozenset({Kind.HF_MODEL, Kind.HF_DATASET, Kind.OLLAMA, Kind.MODELSCOPE}),
    open=_open,
)
