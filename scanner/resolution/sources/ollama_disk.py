"""Ollama's models on this machine: manifest, configuration and license layers, read in place."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.source import (
    Outcome,
    Question,
    Reach,
    Repository,
    Source,
    Surroundings,
)


def models_folder() -> Path:
    """`OLLAMA_MODELS`, else `~/.ollama/models`."""
    return Path(os.environ.get("OLLAMA_MODELS") or "~/.ollama/models").expanduser()


class DiskAsker:
    """The folder, opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, question: Question) -> Outcome | None:
        """Read the manifest of a tag and the small blobs it names."""
        from scanner.resolution import ollama_tag

        tag = ollama_tag.read_tag(question.name)
        if tag is None:
            return None
        file = self._folder.joinpath("manifests", tag.host, tag.namespace, tag.model, tag.tag)
        content = _read(file, ollama_tag.MAX_MANIFEST_BYTES)
        manifest = ollama_tag.read_manifest(content) if content else None
        if content is None or manifest is None:
            return None
        most = ollama_tag.MAX_BLOB_BYTES
        config = self._blob(ollama_tag.config_digest(manifest), most)
        licenses = (self._blob(digest, most) for digest in ollama_tag.license_digests(manifest))
        said_by = (f"ollama:{tag.path}:{tag.tag}", "cache", _day(file))
        found = tuple(text for text in licenses if text)
        return ollama_tag.describe(question, content, config or b"", found, said_by)

    def with_texts(self, repository: Repository) -> Repository:
        """Texts were read with the manifest."""
        return repository

    def close(self) -> None:
        """Nothing to close."""

    def _blob(self, digest: str | None, most_bytes: int) -> bytes | None:
        if digest is None:
            return None
        return _read(self._folder / "blobs" / f"sha256-{digest}", most_bytes)


def _read(path: Path, most_bytes: int) -> bytes | None:
    try:
        if not path.is_file() or path.stat().st_size > most_bytes:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _day(file: Path) -> str | Unknown:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
    except (OSError, OverflowError, ValueError):
        return Unknown("the folder does not say when the tag was pulled")


def _open(surroundings: Surroundings) -> DiskAsker | None:
    folder = models_folder()
    if surroundings.settings.refresh or not folder.is_dir():
        return None
    return DiskAsker(folder)


SOURCE = Source(id="ollama-disk", order=35, reach=Reach.DISK, kinds=frozenset({Kind.OLLAMA}), open=_open)
