"""Ollama names and manifests: which layers hold the license, and what the configuration says.

Source: github.com/ollama/ollama at fb30760, types/model/name.go and the registry's manifests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from scanner.patterns import regex
from scanner.records.encoding import Json
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown
from scanner.resolution.source import Card, LicenseText, Question, Repository

DEFAULT_HOST = "registry.ollama.ai"
LICENSE_LAYER = "application/vnd.ollama.image.license"
MAX_MANIFEST_BYTES = 1_000_000
MAX_BLOB_BYTES = 262_144
MAX_LICENSES = 4

_PART = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_HOST = regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,200}(?::\d{1,5})?")
_DIGEST = regex(r"sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Tag:
    """An Ollama name in full: `[host/][namespace/]model[:tag]`."""

    host: str
    namespace: str
    model: str
    tag: str

    @property
    def path(self) -> str:
        """As folders and the registry write it, host aside."""
        return f"{self.namespace}/{self.model}"


def read_tag(name: str) -> Tag | None:
    """Split an Ollama name and fill in its defaults; None for what cannot be one."""
    bare = name.partition("@")[0].removeprefix("ollama://")
    head, _, last = bare.rpartition("/")
    model, _, tag = last.partition(":")
    folders = head.split("/") if head else []
    if len(folders) > 2:
        return None
    namespace = folders[-1] if folders else "library"
    host = folders[0] if len(folders) == 2 else DEFAULT_HOST
    parts = (namespace, model, tag or "latest")
    if not _HOST.fullmatch(host) or any(not _PART.fullmatch(part) or ".." in part for part in parts):
        return None
    return Tag(host, *parts)


def read_manifest(content: bytes) -> dict[str, Json] | None:
    """The manifest as a mapping with layers; None for anything else."""
    manifest = _json(content)
    return manifest if isinstance(manifest.get("layers"), list) else None


def license_digests(manifest: Mapping[str, Json]) -> tuple[str, ...]:
    """Hexadecimal digests of the license layers."""
    layers = manifest.get("layers")
    found = [
        _digest(layer.get("digest"))
        for layer in (layers if isinstance(layers, list) else ())
        if isinstance(layer, dict) and layer.get("mediaType") == LICENSE_LAYER
    ]
    return tuple(digest for digest in found if digest)[:MAX_LICENSES]


def config_digest(manifest: Mapping[str, Json]) -> str | None:
    """Hexadecimal digest of the configuration."""
    config = manifest.get("config")
    return _digest(config.get("digest")) if isinstance(config, dict) else None


def describe(
    question: Question,
    manifest: bytes,
    config: bytes,
    licenses: tuple[bytes, ...],
    said_by: tuple[str, str, str | Unknown],
) -> Repository:
    """What manifest, configuration and license layers say; `said_by` is (source, answered_by, as_of)."""
    source, answered_by, as_of = said_by
    stated = _json(config)
    notes = []
    for field in ("model_family", "model_type", "file_type", "remote_host", "remote_model", "base_name"):
        value = stated.get(field)
        if isinstance(value, str) and value:
            notes.append(Evidence(f"ollama.{field}", value[:200], source, as_of, Confidence.VERIFIED))
    texts = tuple(
        LicenseText(
            f"license layer {number}", hashlib.sha256(text).hexdigest(), text.decode("utf-8", "replace")
        )
        for number, text in enumerate(licenses, 1)
    )
    unsaid = Unknown("an Ollama manifest does not say")
    return Repository(
        kind=question.kind,
        name=question.name,
        source=source,
        answered_by=answered_by,
        as_of=as_of,
        confidence=Confidence.VERIFIED,
        commit=hashlib.sha256(manifest).hexdigest(),
        repository_id=Unknown("Ollama tags have no identity of their own"),
        card=Card(texts=texts),
        bases=(),
        base_reason="an Ollama manifest names no base",
        datasets_reason="an Ollama manifest names no training data",
        files=Unknown("the layers of an Ollama tag are not listed"),
        modality=unsaid,
        library="ollama",
        gated=False,
        evidence=tuple(notes),
    )


def _digest(value: object) -> str | None:
    found = _DIGEST.fullmatch(value) if isinstance(value, str) else None
    return found.group(1) if found else None


def _json(content: bytes) -> dict[str, Json]:
    try:
        loaded = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}
