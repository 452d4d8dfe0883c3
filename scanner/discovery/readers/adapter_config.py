"""`adapter_config.json` of an adapter: the model it was trained on."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.model_files import find_texts, load_object
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, Header, View

FORMAT = "adapter-config"
_KEYS = ("base_model_name_or_path", "revision", "peft_type", "task_type")


def read(source: Source) -> Iterator[View]:
    """Give the base model as a Header at its place; a file without one is handed on as plain JSON."""
    loaded = load_object(source)
    base = loaded.get("base_model_name_or_path")
    if not isinstance(base, str) or not base:
        yield Embedded(source.embed(source.text, "json", None))
        return
    fields = tuple((key, value) for key in _KEYS if isinstance(value := loaded.get(key), str))
    for location in find_texts(source, "base_model_name_or_path", base)[:1]:
        yield Header(FORMAT, fields, location)


READER = Reader("adapter-config", (), ("adapter_config.json",), read)
