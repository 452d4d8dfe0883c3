"""A plugin is a file in its folder; the folder is the list."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias, TypeVar

from scanner import __version__
from scanner.digests import sha256
from scanner.errors import PluginBroken

P = TypeVar("P")
Tell: TypeAlias = Callable[[P], Any]
_ENDINGS = ("py", "pyc")


def load_plugins(folder: ModuleType, constant: str, kind: type[P]) -> tuple[P, ...]:
    """Import every file of a plugin folder, by name, and collect the constant each one offers.

    Raises:
        PluginBroken: a file does not import, or its constant is missing or of another type. A scanner
            with a quiet gap is worse than none, so one broken file stops the run.
    """
    return tuple(load_plugin(folder.__name__, name, constant, kind) for name in list_plugins(folder))


def list_plugins(folder: ModuleType) -> tuple[str, ...]:
    """Name the files of a plugin folder, sorted."""
    # Not pkgutil.iter_modules, which imports inspect for it.
    files = (file.partition(".") for path in folder.__path__ for file in os.listdir(path))
    return tuple(sorted({name for name, _, ending in files if ending in _ENDINGS} - {"__init__"}))


def code_stamp(folders: Iterable[str], files: Iterable[str] = ()) -> str:
    """Version of lading, and name, size and time of every file of code in some folders; as text.

    What is remembered of plugins, or made by them, counts as long as this is the same.
    """
    seen = [__version__]
    for folder in folders:
        with os.scandir(folder) as entries:
            code = [entry for entry in entries if entry.name.rpartition(".")[2] in _ENDINGS]
            seen += sorted(_state(entry.name, entry.stat()) for entry in code)
    seen += [_state(os.path.basename(file), os.stat(file)) for file in files]
    return "\n".join(seen)


def _state(name: str, status: os.stat_result) -> str:
    return f"{name}:{status.st_size}:{status.st_mtime_ns}"


def remembered(file: Path, stamp: str, recall: Callable[[Any], P], load: Callable[[], P], tell: Tell[P]) -> P:
    """Recall from a file what plugins declare; else load them, and write down what `tell` says of them.

    Plugins that are recalled are loaded when they are used: a broken file stops the first run that sees it,
    and every later run that needs it. A file with another stamp, or that cannot be read, counts for nothing.

    Raises:
        PluginBroken: one of them does not load.
    """
    digest = sha256(stamp.encode("utf-8", "surrogateescape"))
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        written = json.loads(file.read_bytes())
        if written["stamp"] == digest:
            return recall(written["plugins"])
    plugins = load()
    from scanner.whole_files import keep_file

    with suppress(OSError):
        keep_file(file, json.dumps({"stamp": digest, "plugins": tell(plugins)}).encode())
    return plugins


def load_plugin(folder: str, name: str, constant: str, kind: type[P]) -> P:
    """Import one file of a plugin folder and take the constant it offers.

    Raises:
        PluginBroken: as `load_plugins`.
    """
    path = f"{folder}.{name}"
    try:
        offered = getattr(importlib.import_module(path), constant)
    except Exception as error:
        raise PluginBroken(
            f"{path} cannot be used as a plugin: {type(error).__name__}: {error}\n"
            f"  every file of {folder} must import and offer {constant}"
        ) from error
    if not isinstance(offered, kind):
        raise PluginBroken(f"{path}: {constant} is a {type(offered).__name__}, not a {kind.__name__}")
    return offered
