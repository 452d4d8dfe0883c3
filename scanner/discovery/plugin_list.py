"""Readers and detectors: all loaded, or by a list of what each declares loaded when first used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from scanner.discovery import detectors as detector_folder
from scanner.discovery import readers as reader_folder
from scanner.discovery import views
from scanner.discovery.code_stamp import code_stamp
from scanner.discovery.plugin import Detector, Reader
from scanner.plugins import list_plugins, load_plugin, remembered

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

    Raises:
        PluginBroken: one of them does not load.
    """
    return remembered(cache_folder / FILE_NAME, code_stamp(), _recall, load_all, _declared)


def _recall(declared: dict[str, Any]) -> Plugins:
    return _late_readers(declared["readers"]), _late_detectors(declared["detectors"])


def _declared(plugins: Plugins) -> dict[str, Any]:
    """What each plugin says of itself, by the name of its file."""
    readers, detectors = plugins
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
