"""Configurations of a model folder: where it came from, and code it takes from the Hub."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.discovery.model_files import find_texts, load_object
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import within
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, Header, View

FORMAT = "model-config"
MAX_DEPTH = 4
"""Configurations within configurations (`text_config`) that are looked through."""
MAX_CLASSES = 50
"""Classes of `auto_map` that are kept."""


def read(source: Source) -> Iterator[View]:
    """Give `_name_or_path` and every class of `auto_map` as Headers at their places.

    Many tools call their settings `config.json`: a file that is no configuration of transformers or
    diffusers is handed on as plain JSON. Configurations of tokenizers and processors hold words and sizes:
    of them only the classes count.
    """
    loaded = load_object(source)
    if source.file.rsplit("/", 1)[-1] in _OF_PARTS:
        yield from _remote_code(loaded, (), source)
        return
    if not any(key in loaded for key in ("architectures", "model_type", "auto_map", "_class_name")):
        yield Embedded(source.embed(source.text, "json", None))
        return
    about = tuple(
        (key, str(value)[:200])
        for key in ("model_type", "_class_name", "transformers_version", "_diffusers_version")
        if isinstance(value := loaded.get(key), str)
    )
    for name in dict.fromkeys(_names(loaded, 0, source)):
        for location in find_texts(source, "_name_or_path", name)[:1]:
            yield Header(FORMAT, (("_name_or_path", name), *about), location)
    yield from _remote_code(loaded, about, source)


def _remote_code(
    loaded: dict[str, Any], about: tuple[tuple[str, str], ...], source: Source
) -> Iterator[View]:
    classes = tuple(dict.fromkeys(_classes(loaded.get("auto_map"))))
    for text in within(classes, MAX_CLASSES, "classes in auto_map", source):
        for location in find_texts(source, None, text)[:1]:
            yield Header(FORMAT, (("auto_map", text), *about), location)


def _names(value: Any, depth: int, source: Source) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    if depth > MAX_DEPTH:
        source.leave_out(f"configurations nested deeper than {MAX_DEPTH} levels were not read")
        return
    name = value.get("_name_or_path")
    if isinstance(name, str) and name:
        yield name
    for key, inner in value.items():
        if key.endswith("config"):
            yield from _names(inner, depth + 1, source)


def _classes(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            for text in member if isinstance(member, list) else [member]:
                if isinstance(text, str):
                    yield text


_OF_PARTS = frozenset(
    {
        "tokenizer_config.json",
        "preprocessor_config.json",
        "processor_config.json",
        "video_preprocessor_config.json",
    }
)
"""Names of transformers for the configurations of tokenizers and processors."""

READER = Reader("model-config", (), ("config.json", *sorted(_OF_PARTS)), read)
