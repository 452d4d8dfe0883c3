"""A report in, text out: the one door of this room."""

from __future__ import annotations

import difflib
import importlib
import pkgutil

from scanner.errors import PluginBroken, UsageError
from scanner.records.report import Report
from scanner.reporting import formats
from scanner.reporting.format import Canvas, Format


def format_names() -> tuple[str, ...]:
    """List the formats by name: the files of `formats/`, none of them loaded."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(formats.__path__)))


def find_format(name: str) -> Format:
    """Load one format and nothing of the others.

    Raises:
        UsageError: there is no format of that name.
        PluginBroken: its file does not offer what it must.
    """
    if name not in format_names():
        near = difflib.get_close_matches(name, format_names(), 1)
        hint = f"\n  did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"no report format is called {name!r}\n  formats: {', '.join(format_names())}{hint}")
    path = f"{formats.__name__}.{name.replace('-', '_')}"
    offered = getattr(importlib.import_module(path), "FORMAT", None)
    if not isinstance(offered, Format) or offered.name != name:
        raise PluginBroken(f"{path} does not offer FORMAT = Format(name={name!r}, …)")
    return offered


def render(report: Report, name: str, *, width: int = 80, color: bool = False) -> str:
    """Write a report in the named format. The text ends in one newline.

    Nothing but the report goes in: no clock, no file of the project, no network. Width and color
    concern the terminal format only.

    Raises:
        UsageError: there is no format of that name.
    """
    return find_format(name).render(report, Canvas(width, color))
