"""The Hugging Face cache on this machine: what was downloaded before, read without the network."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from scanner.patterns import regex
from scanner.records.fact import Confidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.names import HUB_FOLDERS, is_repository_name
from scanner.resolution.source import (
    SILENT_CARD,
    Outcome,
    Question,
    Reach,
    Repository,
    Source,
    Surroundings,
    is_commit,
)

_REVISION = regex(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}")
NO_CARD = "the card was not downloaded into the cache on this machine"


def cache_folder() -> Path:
    """Where the Hub's client keeps its files (huggingface_hub 2.4.0, constants.py)."""
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if stated := os.environ.get(name):
            return Path(os.path.expandvars(stated)).expanduser()
    home = os.environ.get("HF_HOME") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or "~/.cache", "huggingface"
    )
    return Path(os.path.expandvars(home)).expanduser() / "hub"


class CacheAsker:
    """The cache, opened."""

    def __init__(self, folder: Path, *, is_offline: bool) -> None:
        self._folder = folder
        self._is_offline = is_offline

    def ask(self, question: Question) -> Outcome | None:
        """Say what the snapshot of a revision holds.

        Online only a whole commit is looked up here: a branch may have moved since it was downloaded.
        """
        if not is_repository_name(question.name) or not (self._is_offline or question.is_pinned):
            return None
        top = self._folder / f"{HUB_FOLDERS[question.kind]}--{question.name.replace('/', '--')}"
        commit = _commit(top, question.revision)
        if commit is None:
            return None
        snapshot = top / "snapshots" / commit
        return _repository(question, commit, snapshot) if snapshot.is_dir() else None

    def with_texts(self, repository: Repository) -> Repository:
        """Texts were read with the snapshot."""
        return repository

    def close(self) -> None:
        """Nothing to close."""


def _commit(top: Path, revision: str) -> str | None:
    if is_commit(revision):
        return revision
    named = "main" if revision == "none" else revision
    if not _REVISION.fullmatch(named) or ".." in named:
        return None
    try:
        with (top / "refs" / named).open("r", encoding="ascii") as opened:
            commit = opened.read(64).strip()
    except (OSError, UnicodeDecodeError):
        return None
    return commit if is_commit(commit) else None


def _repository(question: Question, commit: str, snapshot: Path) -> Repository:
    from scanner.resolution import model_folder
    from scanner.resolution.card import read_bases, read_card, read_datasets

    source = f"cache:{question.name}@{commit}"
    card = model_folder.read_card(snapshot)
    files = model_folder.list_files(snapshot)
    bases = read_bases(None, card, (), source) or model_folder.read_bases_of_files(snapshot, source)
    unsaid = Unknown("the cache on this machine does not say")
    has_card = any(file.path == "README.md" for file in files)
    fields = read_card(card, ())
    modality, library = card.get("pipeline_tag"), card.get("library_name")
    return Repository(
        kind=question.kind,
        name=question.name,
        source=source,
        answered_by="cache",
        as_of=_day(snapshot),
        confidence=Confidence.VERIFIED,
        commit=commit,
        repository_id=unsaid,
        card=type(fields)(
            fields.license_ids,
            fields.license_name,
            fields.license_link,
            texts=model_folder.read_license_texts(snapshot, files),
        ),
        bases=bases,
        datasets=read_datasets(card, (), source) if question.kind is Kind.HF_MODEL else (),
        base_reason="the card names no base; that does not say there is none" if has_card else NO_CARD,
        datasets_reason=SILENT_CARD if has_card else NO_CARD,
        files=files,
        modality=modality if isinstance(modality, str) else unsaid,
        library=library if isinstance(library, str) else unsaid,
        gated=unsaid,
        availability=unsaid,
        is_thin=not has_card,
    )


def _day(snapshot: Path) -> str | Unknown:
    """The day the snapshot was written, which is when the Hub was last heard of it here."""
    try:
        return datetime.fromtimestamp(snapshot.stat().st_mtime, UTC).date().isoformat()
    except (OSError, OverflowError, ValueError):
        return Unknown("the cache does not say when it was downloaded")


def _open(surroundings: Surroundings) -> CacheAsker | None:
    folder = cache_folder()
    if surroundings.settings.refresh or not folder.is_dir():
        return None
    return CacheAsker(folder, is_offline=surroundings.settings.is_offline)


SOURCE = Source(
    id="hf-cache",
    order=30,
    reach=Reach.DISK,
    kinds=frozenset(HUB_FOLDERS),
    open=_open,
)
