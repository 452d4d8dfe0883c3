"""The lowest version of a package that a project's own files let be installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from scanner.discovery.source import Neighbours
from scanner.patterns import regex

FILES = ("pyproject.toml", "requirements.txt", "requirements.in")
MAX_FOLDERS = 8
"""Folders above a file that are asked."""
MAX_LINES = 2_000

Version = tuple[int, ...]

_BOUND = regex(r"(>=|==|===|~=|>|\^)\s*v?(\d{1,6}(?:\.\d{1,6}){0,4})")


def is_at_least(neighbours: Neighbours, file: str, package: str, version: Version) -> bool:
    """Whether the project declares the package with a lower bound that is no lower than this.

    The nearest folder above the file whose pyproject.toml or requirements names the package counts. There
    every declaration has to have such a bound: one without, one under a condition, or one that stands only
    among optional dependencies makes it unsure, and unsure is False.
    """
    folder = PurePosixPath(file).parent
    for place in (folder, *folder.parents)[:MAX_FOLDERS]:
        said = [
            each for name in FILES for each in _declared(neighbours.read(str(place / name)), name, package)
        ]
        if said:
            return all(each is not None and each >= version for each in said)
    return False


def _declared(text: str | None, name: str, package: str) -> Iterator[Version | None]:
    if text is None:
        return
    requirements = _of_project(text, package) if name.endswith(".toml") else text.splitlines()[:MAX_LINES]
    for requirement in requirements:
        words = requirement.split("#", 1)[0].strip()
        named = re.match(r"[A-Za-z0-9._-]+", words)
        if named is not None and named[0].lower() == package:
            yield None if ";" in words else _lowest(words[named.end() :])


def _of_project(text: str, package: str) -> Iterator[str]:
    """Requirement lines of a pyproject.toml; those that are optional are given without a bound."""
    import tomllib

    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    project = table.get("project")
    for requirement in _list(project, "dependencies"):
        yield requirement
    optional = project.get("optional-dependencies") if isinstance(project, dict) else None
    for group in (optional, table.get("dependency-groups")):
        for name in group if isinstance(group, dict) else ():
            for requirement in _list(group, name):
                named = re.match(r"[A-Za-z0-9._-]+", requirement)
                yield named[0] if named else ""
    tool = table.get("tool")
    poetry = tool.get("poetry") if isinstance(tool, dict) else None
    held = poetry.get("dependencies") if isinstance(poetry, dict) else None
    given = held.get(package) if isinstance(held, dict) else None
    if given is not None:
        yield f"{package} {given}" if isinstance(given, str) else package


def _list(table: Any, key: str) -> Iterator[str]:
    found = table.get(key) if isinstance(table, dict) else None
    for each in found if isinstance(found, list) else ():
        if isinstance(each, str):
            yield each


def _lowest(specifier: str) -> Version | None:
    """The lower bound of one requirement; None where it has none."""
    bounds = [
        tuple(int(part) for part in found[2].split("."))
        for found in _BOUND.finditer(specifier)
        if not specifier[: found.start()].endswith(("!", "<"))
    ]
    return max(bounds, default=None)
