"""What the header of a weight file says of its license, its bases and its training data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.patterns import regex
from scanner.records.asset import ModelFile
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass, replace
from scanner.resolution.card import base_of, named_datasets
from scanner.resolution.source import Base

MAX_PARENTS = 64
MAX_LICENSE_CHARACTERS = 200
"""The metadata standard of safetensors allows a whole text in the place of a license's name."""

_BASE = regex(r"general\.base_model\.(\d{1,3})\.repo_url")
_SOURCES = ("general.source.huggingface.repository", "general.source.repo_url", "general.source.url")
_DATASET = regex(r"general\.(?:dataset\.(\d{1,3})\.(?:repo_url|url)|datasets\.(\d{1,3}))")
_LICENSES = ("general.license", "general.license.name", "modelspec.license")
_SILENT = frozenset({"", "other", "unknown", "none"})
_TRAINED_FROM = "ss_sd_model_name"
_ADAPTERS = frozenset({"ss_network_module", "ss_network_dim", "ss_network_alpha"})
_FORMATS = {"ggml": ("ggml", False), "openvino": ("openvino", False), "pickle": ("pickle", True)}
"""Formats whose files are named like those of others (`.bin`), and whether loading them can run code."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a header says beside the format."""

    licenses: tuple[str, ...] = ()
    bases: tuple[Base, ...] = ()
    datasets: tuple[Base, ...] = ()
    base_reason: str = ""
    """Why no base follows from what it names as one; empty where it names none."""


def read_said(fields: Mapping[str, str], source: str) -> Said:
    """Read the facts of GGUF's standard keys, of the metadata standard of safetensors and of sd-scripts.

    Sources: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md; gguf-py/gguf/constants.py in
    https://github.com/ggml-org/llama.cpp; https://github.com/Stability-AI/ModelSpec; train_network.py in
    https://github.com/kohya-ss/sd-scripts. All read 2026-11-22.
    """
    trained_from, reason = _trained_from(fields, source)
    named = [text for _, text in sorted(_datasets(fields))]
    return Said(
        _licenses(fields),
        _gguf_bases(fields, source) or trained_from,
        named_datasets(tuple(dict.fromkeys(named)), source, Confidence.VERIFIED),
        reason,
    )


def told_by_headers(file: ModelFile, fields: Mapping[str, str]) -> ModelFile:
    """The record of a file, with the format its header has where its ending says another."""
    known = _FORMATS.get(fields.get("format", ""))
    return replace(file, format=known[0], runs_code=known[1]) if known else file


def _licenses(fields: Mapping[str, str]) -> tuple[str, ...]:
    for name in _LICENSES:
        said = fields.get(name, "").strip()
        if said.casefold() not in _SILENT and len(said) <= MAX_LICENSE_CHARACTERS:
            return (said,)
    return ()


def _gguf_bases(fields: Mapping[str, str], source: str) -> tuple[Base, ...]:
    """What a GGUF file was converted from, and the parents it names; an adapter is laid on its parents."""
    parents = [text for name, text in sorted(fields.items()) if _BASE.fullmatch(name) and text.strip()]
    origins = [base_of(fields.get(name, ""), "quantized", source, Confidence.VERIFIED) for name in _SOURCES]
    found = {each.name.casefold(): each for each in origins if each.is_repository}
    if fields.get("general.type") == "adapter":
        found, relation = {}, "adapter"
    else:
        relation = "unknown" if found else "quantized"
    for text in parents[:MAX_PARENTS]:
        base = base_of(text, relation, source, Confidence.VERIFIED)
        found.setdefault(base.name.casefold(), base)
    return tuple(found.values())


def _trained_from(fields: Mapping[str, str], source: str) -> tuple[tuple[Base, ...], str]:
    """The model sd-scripts trained on: a repository, or the name alone of a file that lay on the machine."""
    name = fields.get(_TRAINED_FROM, "").strip()
    if not name or name == "None":
        return (), ""
    base = base_of(name, "adapter" if _ADAPTERS & fields.keys() else None, source, Confidence.VERIFIED)
    if base.is_repository and "/" in base.name:
        return (base,), ""
    return (), f"its header names {base.name!r} as what it was trained on, which is no repository"


def _datasets(fields: Mapping[str, str]) -> Iterator[tuple[tuple[bool, int], str]]:
    for name, text in fields.items():
        found = _DATASET.fullmatch(name)
        if found is not None and text.strip():
            yield (found[1] is None, int(found[1] or found[2])), text.strip()
