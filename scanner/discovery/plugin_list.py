"""Readers and detectors: all loaded, or by a list of what each declares loaded when first used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from scanner.discovery import detectors as detector_folder
from scanner.discovery import readers as reader_folder
from scanner.discovery import views
from scanner.discovery.code_stamp import code_stamp
from scanner.discovery.plugin import Detector, Reader
from scanner.plugins import list_plugins, load_plugin

FILE_NAME = "plugins.json"
Plugins: TypeAlias = tuple[tuple[Reader, ...], tuple[Detector, ...]]


def load_all() -> Plugins:
    """Load every reader and every detector.

    Raises:
        PluginBroken: one of them does not load.
    """
    return tuple(map(_reader, list_plugins(reader_folder))), tuple(
        map(_detector, list_plugins(detector_folder))
    )


def load_when_used(cache_folder: Path) -> Plugins:
    """Give readers and detectors that are loaded when the first file asks for them.

    What each declares (names, endings, views) is remembered in the user's cache folder; where a file of
    this room is another than then, or nothing is remembered, all are loaded and the list is written anew.
    So a broken file stops the first run that sees it, and every later run that needs it.

    Raises:
        PluginBroken: one of them does not load.
    """
    path = cache_folder / FILE_NAME
    stamp = hashlib.sha256(code_stamp().encode()).hexdigest()
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        written = json.loads(path.read_bytes())
        if written["stamp"] == stamp:
            return _late_readers(written["readers"]), _late_detectors(written["detectors"])
    plugins = load_all()
    from scanner.whole_files import keep_file

    with suppress(OSError):
        keep_file(path, json.dumps({"stamp": stamp, **_declared(*plugins)}).encode())
    return plugins


def _declared(readers: tuple[Reader, ...], detectors: tuple[Detector, ...]) -> dict[str, Any]:
    """What each plugin says of itself, by the name of its file."""
    return {
        "readers": {
            name: [reader.language, reader.endings, reader.names, reader.reads_headers]
            for name, reader in zip(list_plugins(reader_folder), readers, strict=True)
        },
        "detectors": {
            name: [
                *(detector.id, [view.__name__ for view in detector.views]),
                *(detector.blind_spots, detector.languages),
            ]
            for name, detector in zip(list_plugins(detector_folder), detectors, strict=True)
        },
    }


def _late_readers(declared: dict[str, list[Any]]) -> tuple[Reader, ...]:
    return tuple(
        Reader(language, tuple(endings), tuple(names), _late(_reader, name, "read"), reads_headers)
        for name, (language, endings, names, reads_headers) in declared.items()
    )


def _late_detectors(declared: dict[str, list[Any]]) -> tuple[Detector, ...]:
    return tuple(
        Detector(
            id,
            tuple(getattr(views, view) for view in seen),
            _late(_detector, name, "detect"),
            tuple(blind_spots),
            tuple(languages),
        )
        for name, (id, seen, blind_spots, languages) in declared.items()
    )


def _late(load: Callable[[str], object], name: str, member: str) -> Callable[..., Iterator[Any]]:
    """A function that loads its plugin when it is first called."""
    loaded: list[Callable[..., Iterator[Any]]] = []

    def call(*arguments: Any) -> Iterator[Any]:
        if not loaded:
            loaded.append(getattr(load(name), member))
        return loaded[0](*arguments)

    return call


def _reader(name: str) -> Reader:
    return load_plugin(reader_folder.__name__, name, "READER", Reader)


def _detector(name: str) -> Detector:
    return load_plugin(detector_folder.__name__, name, "DETECTOR", Detector)
