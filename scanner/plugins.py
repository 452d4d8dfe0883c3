"""A plugin is a file in its folder; the folder is the list."""

from __future__ import annotations

import importlib
import os
from types import ModuleType
from typing import TypeVar

from scanner.errors import PluginBroken

P = TypeVar("P")
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
