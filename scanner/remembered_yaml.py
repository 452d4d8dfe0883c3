"""YAML read before, kept in the user's cache folder in a form that is read at once."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from scanner import __version__, marked_yaml
from scanner.digests import sha256
from scanner.marked_yaml import Mapping, Node, Scalar, Sequence

FOLDER = "yaml"
MAX_KEPT = 60
"""Documents kept; the one that was read first goes when another comes."""
MAX_CHARACTERS = 500_000
"""A longer document is read anew each time: it would not be kept for many."""


def read_yaml(text: str, file: str, cache_folder: Path | None) -> Node:
    """Read one YAML document as `marked_yaml.read_yaml`, at once where the same text was read before.

    Policies and lockfiles seldom change, and a commit hook that need not import the YAML library saves a
    tenth of its time. A document with mistakes is never kept. Without a folder nothing is remembered.

    Raises:
        PolicyBroken: as `marked_yaml.read_yaml`.
    """
    if cache_folder is None or len(text) > MAX_CHARACTERS:
        return marked_yaml.read_yaml(text, file)
    place = cache_folder / FOLDER / f"{_name(text)}.json"
    with contextlib.suppress(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return _node(json.loads(place.read_bytes()))
    node = marked_yaml.read_yaml(text, file)
    with contextlib.suppress(OSError, RecursionError):
        _write(place, json.dumps(_flat(node), separators=(",", ":")))
    return node


def _name(text: str) -> str:
    """What the answer depends on: the text, and the code that reads it."""
    status = os.stat(str(marked_yaml.__file__))
    code = f"{__version__} {status.st_size} {status.st_mtime_ns}\n"
    return sha256((code + text).encode("utf-8", "surrogatepass"))


def _flat(node: Node) -> Any:
    match node:
        case Scalar(value, line, column):
            return [value, line, column]
        case Sequence(members, line, column):
            return [[_flat(member) for member in members], line, column]
        case Mapping(entries, line, column):
            rows = [[name.value, name.line, name.column, _flat(value)] for name, value in entries]
            return {"entries": rows, "line": line, "column": column}


def _node(flat: Any) -> Node:
    if isinstance(flat, dict):
        entries = tuple(
            (Scalar(name, line, column), _node(value)) for name, line, column, value in flat["entries"]
        )
        return Mapping(entries, flat["line"], flat["column"])
    value, line, column = flat
    if isinstance(value, list):
        return Sequence(tuple(map(_node, value)), line, column)
    return Scalar(value, line, column)


def _write(place: Path, text: str) -> None:
    """Keep one more document, in the place of the oldest where there are enough."""
    from scanner.whole_files import keep_file

    kept = sorted(place.parent.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
    for file in kept[: max(0, len(kept) + 1 - MAX_KEPT)]:
        file.unlink(missing_ok=True)
    keep_file(place, text.encode())
