"""What the files of a model's folder say: card, configuration, adapter, merge, license texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from scanner.errors import PolicyBroken
from scanner.marked_yaml import plain, read_yaml
from scanner.project.links import is_within
from scanner.records.asset import ModelFile
from scanner.records.encoding import Json
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown
from scanner.resolution.card import MAX_FRONT_MATTER_BYTES, base_of, front_matter
from scanner.resolution.files import MAX_FILES, describe, license_texts, read_text
from scanner.resolution.source import Base, LicenseText

MAX_CONFIG_BYTES = 4_000_000
MAX_TEXT_BYTES = 262_144
MAX_LICENSE_TEXTS = 2
MAX_PARENTS = 64
MAX_WORDS = 200
OWN_CODE = "custom_code"
"""Fact of a model whose folder holds the code it is loaded with (`auto_map`)."""
BASE_FILES = ("adapter_config.json", "mergekit_config.yml", "mergekit_config.yaml")
"""Files that say what a model was made from, where its card does not."""


def read_card(folder: Path) -> dict[str, Json]:
    """The front matter of a README.md; empty where there is none."""
    content = _read(folder / "README.md", MAX_FRONT_MATTER_BYTES)
    return front_matter(content.decode("utf-8", "replace")) if content else {}


def read_bases_of_files(folder: Path, source: str) -> tuple[Base, ...]:
    """Bases that stand in the folder's own files: an adapter's, a merge's, or where it was copied from."""
    for name in BASE_FILES:
        found = bases_of_file(name, _read(folder / name, MAX_CONFIG_BYTES), source)
        if found:
            return found
    origin = _json(_read(folder / "config.json", MAX_CONFIG_BYTES)).get("_name_or_path")
    if isinstance(origin, str) and origin.strip():
        named = base_of(origin, None, source, Confidence.UNVERIFIED)
        return (named,) if named.is_repository else ()
    return ()


def bases_of_file(name: str, content: bytes | None, source: str) -> tuple[Base, ...]:
    """Bases that one of BASE_FILES names."""
    if name == "adapter_config.json":
        adapter = _json(content).get("base_model_name_or_path")
        if not isinstance(adapter, str) or not adapter.strip():
            return ()
        return (base_of(adapter, "adapter", source, Confidence.VERIFIED),)
    parents = tuple(dict.fromkeys(_parents(_yaml(content, name))))[:MAX_PARENTS]
    return tuple(base_of(parent, "merge", source, Confidence.VERIFIED) for parent in parents)


def read_description(folder: Path) -> tuple[tuple[str, str | bool], ...]:
    """What config.json or model_index.json says the model is, as facts: type, classes, code of its own."""
    config = _json(_read(folder / "config.json", MAX_CONFIG_BYTES))
    index = _json(_read(folder / "model_index.json", MAX_CONFIG_BYTES))
    found: list[tuple[str, str | bool]] = []
    for name, held in (("model_type", config), ("_class_name", index)):
        value = held.get(name)
        if isinstance(value, str) and value.strip():
            found.append((f"config.{name.strip('_')}", value.strip()[:MAX_WORDS]))
    classes = config.get("architectures")
    named = [each for each in classes if isinstance(each, str)] if isinstance(classes, list) else []
    if named:
        found.append(("config.architectures", ", ".join(named)[:MAX_WORDS]))
    mapped = config.get("auto_map")
    values = mapped.values() if isinstance(mapped, dict) else ()
    if any(isinstance(each, str) and "--" not in each for each in values):
        found.append((OWN_CODE, True))
    return tuple(found)


def list_files(folder: Path) -> tuple[ModelFile, ...]:
    """The files of the folder and one level below, with their sizes."""
    found: list[tuple[str, int | Unknown]] = []
    for path in _below(folder):
        try:
            size: int | Unknown = path.stat().st_size
        except OSError as error:
            size = Unknown(error.strerror or "cannot be read")
        found.append((path.relative_to(folder).as_posix(), size))
    return describe(found)


def read_license_texts(folder: Path, files: tuple[ModelFile, ...]) -> tuple[LicenseText, ...]:
    """The license texts at the top of the folder."""
    found = []
    for path in license_texts(file.path for file in files)[:MAX_LICENSE_TEXTS]:
        content = _read(folder / path, MAX_TEXT_BYTES)
        if content is not None:
            found.append(read_text(path, content))
    return tuple(found)


def _below(folder: Path) -> Iterator[Path]:
    count = 0
    for pattern in ("*", "*/*"):
        try:
            for path in folder.glob(pattern):
                count += 1
                if count > MAX_FILES:
                    return
                if path.is_file():
                    yield path
        except OSError:
            return


def _parents(config: dict[str, Json]) -> Iterator[str]:
    """Model names of a mergekit configuration: `models`, `slices[].sources`, `base_model`."""
    slices = config.get("slices")
    listed = [config.get("models")]
    listed += (
        [each.get("sources") for each in slices if isinstance(each, dict)] if isinstance(slices, list) else []
    )
    for group in listed:
        for member in group if isinstance(group, list) else ():
            name = member.get("model") if isinstance(member, dict) else None
            if isinstance(name, dict):
                name = name.get("path")
            if isinstance(name, str) and name.strip():
                yield name.split("+", 1)[0]
    base = config.get("base_model")
    if isinstance(base, str) and base.strip():
        yield base


def _read(path: Path, most_bytes: int) -> bytes | None:
    """The first bytes of a regular file; None where it cannot be read, or is a link to somewhere else."""
    try:
        if not path.is_file() or not is_within(path.parent.resolve(), path):
            return None
        with path.open("rb") as opened:
            return opened.read(most_bytes)
    except OSError:
        return None


def _json(content: bytes | None) -> dict[str, Json]:
    try:
        loaded = json.loads(content) if content else {}
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _yaml(content: bytes | None, name: str) -> dict[str, Json]:
    try:
        loaded = plain(read_yaml(content.decode("utf-8", "replace"), name)) if content else {}
    except PolicyBroken:
        return {}
    return loaded if isinstance(loaded, dict) else {}
