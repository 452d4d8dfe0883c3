"""What files said the last time, remembered by their blobs in the user's cache folder."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_origin

from scanner.digests import sha256
from scanner.discovery.code_stamp import code_stamp
from scanner.discovery.file_findings import FileFindings
from scanner.records.choices import Enum
from scanner.records.hints import type_hints
from scanner.records.quick import fields_of, is_record
from scanner.records.sighting import CodeLoad, HubSwitch, IgnoreComment, Notice, Sighting, Skipped, Unresolved
from scanner.records.unknown import Unknown

R = TypeVar("R")

MAX_CACHE_BYTES = 300_000_000
"""A cache above it is emptied and begun again."""
_AT_ONCE = 800
"""Keys per question; SQLite takes at most 999 values."""
_NOTHING = "[]"


def pack(findings: FileFindings) -> str:
    """Write what a file said as text."""
    said = (findings.sightings, findings.unresolved, findings.switches, findings.ignores, findings.loads)
    if not any(said):
        plain = not (
            findings.notices or findings.skipped or findings.asked or findings.language_without_reader
        )
        if plain and findings.is_read:
            return _NOTHING
    return json.dumps(
        [
            findings.is_read,
            findings.language_without_reader,
            *(
                [_flat(each) for each in group]
                for group in (
                    findings.sightings,
                    findings.unresolved,
                    findings.switches,
                    findings.ignores,
                    findings.notices,
                    findings.skipped,
                    findings.loads,
                )
            ),
            findings.asked,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpack(text: str) -> FileFindings:
    """Read what `pack` wrote.

    Raises:
        ValueError, KeyError, TypeError, IndexError: it is something else.
    """
    if text == _NOTHING:
        return FileFindings(is_read=True)
    is_read, language, sightings, unresolved, switches, ignores, notices, skipped, loads, asked = json.loads(
        text
    )
    return FileFindings(
        _made(Sighting, sightings),
        _made(Unresolved, unresolved),
        _made(HubSwitch, switches),
        _made(IgnoreComment, ignores),
        _made(Notice, notices),
        _made(Skipped, skipped),
        is_read,
        language,
        tuple((path, blob) for path, blob in asked),
        _made(CodeLoad, loads),
    )


def _flat(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if issubclass(kind, Enum):
        return value.value
    if kind is tuple:
        return [_flat(member) for member in value]
    if kind is Unknown:
        return {"unknown": value.reason}
    taken = _taker(kind)
    if taken is None:
        return value
    return [member if type(member) in _PLAIN else _flat(member) for member in taken(value)]


_PLAIN = frozenset({str, int, float, bool, type(None)})
"""What JSON writes as it is."""


@cache
def _taker(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes all fields out of a record; None for what is no record."""
    if not is_record(kind):
        return None
    names = [field.name for field in fields_of(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, n) for n in names)


def _reader_of(hint: Any) -> Callable[[Any], Any] | None:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {each.value: each for each in hint}.__getitem__
    if isinstance(hint, type) and is_record(hint):
        return _maker(hint)
    if get_origin(hint) is tuple or any(get_origin(member) is tuple for member in get_args(hint)):
        return lambda row: None if row is None else _tupled(row)
    if Unknown in get_args(hint):
        return lambda value: Unknown(value["unknown"]) if isinstance(value, dict) else value
    return None


def _tupled(row: Any) -> Any:
    """Lists to tuples, however deep: JSON knows no tuples."""
    return tuple(_tupled(member) for member in row) if isinstance(row, list) else row


@cache
def _maker(record: type) -> Callable[[list[Any]], Any]:
    """What makes a record out of its row, which it may change; a row of another shape is an error."""
    hints = type_hints(record)
    kinds = [hints[field.name] for field in fields_of(record)]
    readers = [(at, read) for at, kind in enumerate(kinds) if (read := _reader_of(kind)) is not None]

    def make(row: list[Any]) -> Any:
        if len(row) != len(kinds):
            raise ValueError(f"{len(row)} fields in the place of {len(kinds)}")
        for at, read in readers:
            row[at] = read(row[at])
        return record(*row)

    return make


def _made(record: type[R], rows: list[list[Any]]) -> list[R]:
    """Make records out of their rows.

    Raises:
        ValueError, TypeError, KeyError: a row is of another shape.
    """
    return list(map(_maker(cast("Any", record)), rows)) if rows else []


class FindingsCache:
    """One table of (generation, key) to packed findings. A cache that fails is no cache, never an error."""

    def __init__(self, connection: sqlite3.Connection | None, generation: str) -> None:
        self._connection = connection
        self._generation = generation

    def look_up(self, keys: dict[str, str]) -> dict[str, FileFindings]:
        """What is remembered, by path; `keys` is path to key."""
        if self._connection is None:
            return {}
        paths = {key: path for path, key in keys.items()}
        wanted = list(paths)
        found: dict[str, FileFindings] = {}
        try:
            for start in range(0, len(wanted), _AT_ONCE):
                part = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, body FROM findings WHERE generation = ? AND key IN ({marks})"  # noqa: S608  # only question marks are put in
                for key, body in self._connection.execute(query, (self._generation, *part)):
                    found[paths[key]] = unpack(body)
        except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError):
            return {}
        return found

    def store(self, rows: Iterable[tuple[str, FileFindings]]) -> None:
        """Remember what files said."""
        if self._connection is None:
            return
        try:
            with self._connection:
                self._connection.executemany(
                    "INSERT OR REPLACE INTO findings VALUES (?, ?, ?)",
                    ((self._generation, key, pack(findings)) for key, findings in rows),
                )
        except sqlite3.Error:
            return


@contextmanager
def open_cache(folder: Path, knowledge_digest: str) -> Iterator[FindingsCache]:
    """Open the cache of this version and this knowledge; without one where the folder cannot be used."""
    generation = _generation(knowledge_digest)
    connection = _connect(folder / "discovery.sqlite")
    try:
        yield FindingsCache(connection, generation)
    finally:
        if connection is not None:
            connection.close()


def _connect(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > MAX_CACHE_BYTES:
                path.unlink()
            connection = sqlite3.connect(path, timeout=5)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS findings"
                " (generation TEXT, key TEXT, body TEXT, PRIMARY KEY (generation, key)) WITHOUT ROWID"
            )
        except sqlite3.DatabaseError:
            # Not a database: begin again, once.
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return None
        except OSError:
            return None
        else:
            return connection
    return None


def _generation(knowledge_digest: str) -> str:
    """What a remembered answer depends on besides the file: the code that gave it, and the knowledge."""
    return sha256(f"{knowledge_digest}\n{code_stamp()}".encode())[:32]
