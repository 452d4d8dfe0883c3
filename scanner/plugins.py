"""A plugin is a file in its folder; the folder is the list."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

from scanner.errors import PluginBroken

P = TypeVar("P")


def load_plugins(folder: ModuleType, constant: str, kind: type[P]) -> tuple[P, ...]:
    """Import every file of a plugin folder, by name, and collect the constant each one offers.

    Raises:
        PluginBroken: a file does not import, or its constant is missing or of another type. A scanner
            with a quiet gap is worse than none, so one broken file stops the run.
    """
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(folder.__path__)):
        path = f"{folder.__name__}.{name}"
        try:
            offered = getattr(importlib.import_module(path), constant)
        except Exception as error:
            raise PluginBroken(
                f"{path} cannot be used as a plugin: {type(error).__name__}: {error}\n"
                f"  every file of {folder.__name__} must import and offer {constant}"
            ) from error
        if not isinstance(offered, kind):
            raise PluginBroken(f"{path}: {constant} is a {type(offered).__name__}, not a {kind.__name__}")
        found.append(offered)
    return tuple(found)
