"""The knowledge, opened: records by kind and key, other names to keys."""

from __future__ import annotations

import sqlite3
import sys
from _thread import allocate_lock
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.errors import KnowledgeBroken
from scanner.knowledge.index_file import (
    INDEX,
    SOURCES,
    Index,
    called,
    fold,
    outline_name,
    read_index,
    unpack,
)
from scanner.records.report import KnowledgeStamp
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.overlay import Overlay

MAX_REMEMBERED = 2_000
"""Answers kept for whoever asks the same again: a model's license and publisher are asked for many times."""


def open_knowledge(overlays: tuple[Path, ...] = ()) -> Knowledge:
    """Open the compiled index, with the user's own folders of records over it.

    In a checkout the index is compiled anew when a source changed. A later overlay wins over an earlier
    one, and each wins over what is shipped, record by record.

    Raises:
        KnowledgeBroken: the index is damaged, a source does not compile, or an overlay has mistakes.
    """
    layers: tuple[Overlay, ...] = ()
    if overlays:
        from scanner.knowledge.overlay import open_overlay

        layers = tuple(open_overlay(folder) for folder in overlays)
    return Knowledge(_current_index(), layers)


def _current_index() -> Index:
    if SOURCES.is_dir():
        from scanner.knowledge.freshness import fresh_index

        return fresh_index(SOURCES, INDEX)
    if index := read_index(INDEX):
        return index
    raise KnowledgeBroken(
        f"{INDEX.name}: this installation carries no compiled knowledge\n  reinstall lading"
    )


class Knowledge:
    """What the world calls things: read by key, never parsed; safe to share between threads."""

    __slots__ = ("_bodies", "_connection", "_keys", "_layers", "_lock", "_sample", "_stamp", "_whole", "memo")

    def __init__(self, index: Index, layers: tuple[Overlay, ...] = ()) -> None:
        # Nobody writes into an index, it is replaced as a whole: `immutable` needs no locks and no journal.
        where = f"{index.file.as_uri()}?mode=ro&immutable=1" if index.file else ":memory:"
        self._connection = sqlite3.connect(where, uri=index.file is not None, check_same_thread=False)
        if index.file is None:
            self._connection.deserialize(index.database)
        # `threading.Lock` by its own name: the module around it would be imported for this alone.
        self._lock = allocate_lock()
        self._layers = tuple(reversed(layers))
        sample = self._ask("SELECT value FROM meta WHERE name = 'sample'")
        self._sample: bytes = bytes(sample[0][0]) if sample else b""
        self._stamp = _stamp(index, layers)
        self._whole: dict[str, dict[str, dict[str, Any]]] = {}
        self._bodies: dict[tuple[str, str], dict[str, Any] | None] = {}
        self._keys: dict[tuple[str, str], tuple[str, ...]] = {}
        self.memo: dict[str, Any] = {}
        """What a loader made of many records and wants to keep, under the loader's name."""

    @property
    def stamp(self) -> KnowledgeStamp:
        """Which knowledge this is: its newest day and its digest, overlays included."""
        return self._stamp

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """Look up the body of one record by its exact key; nobody may change it."""
        if kind in self._whole:
            return self._whole[kind].get(key)
        asked = (kind, key)
        if asked not in self._bodies:
            _make_room(self._bodies)
            self._bodies[asked] = self._read(kind, key)
        return self._bodies[asked]

    def _read(self, kind: str, key: str) -> dict[str, Any] | None:
        for layer in self._layers:
            if found := layer.records(kind).get(key):
                return found.body
        query = "SELECT body FROM records WHERE kind = ? AND folded = ? AND key = ?"
        rows = self._ask(query, kind, fold(key), key)
        return unpack(rows[0][0], self._sample) if rows else None

    def resolve_alias(self, kind: str, alias: str) -> tuple[str, ...]:
        """Keys a name leads to, letter case aside: the keys themselves and their other names.

        An exact key comes first; the rest are sorted. `()` where no record goes by that name.
        """
        asked = (kind, alias)
        if asked not in self._keys:
            _make_room(self._keys)
            self._keys[asked] = self._find(kind, alias)
        return self._keys[asked]

    def keys_called(self, kind: str, bare_name: str) -> tuple[str, ...]:
        """Keys of the records that call whoever they are about by a name, as `bare` writes it; sorted."""
        query = "SELECT key FROM aliases WHERE kind = ? AND alias = ?"
        keys = {row[0] for row in self._ask(query, called(kind), bare_name)}
        for layer in reversed(self._layers):
            keys -= layer.records(kind).keys()
            keys |= {record.key for record in layer.records(kind).values() if bare_name in record.called}
        return tuple(sorted(keys))

    def beginnings(self, kind: str) -> frozenset[str] | None:
        """What stands before the slash in each key and other name of a kind, or the whole of it; folded.

        A name that begins with none of them need not be looked up. None where overlays add names.
        """
        if self._layers:
            return None
        rows = self._ask("SELECT names FROM beginnings WHERE kind = ?", kind)
        return frozenset(rows[0][0].split("\n")) if rows else frozenset()

    def names_beginning(self, kind: str, start: str) -> frozenset[str]:
        """Every key and other name of a kind that begins with a text, folded; without those of overlays."""
        folded = fold(start)
        query = (
            "SELECT folded FROM records WHERE kind = ?1 AND folded >= ?2 AND folded < ?3 "
            "UNION SELECT alias FROM aliases WHERE kind = ?1 AND alias >= ?2 AND alias < ?3"
        )
        return frozenset(row[0] for row in self._ask(query, kind, folded, folded + chr(sys.maxunicode)))

    def _find(self, kind: str, alias: str) -> tuple[str, ...]:
        folded = fold(alias)
        query = (
            "SELECT key FROM records WHERE kind = ?1 AND folded = ?2 "
            "UNION SELECT key FROM aliases WHERE kind = ?1 AND alias = ?2"
        )
        keys = {row[0] for row in self._ask(query, kind, folded)}
        for layer in reversed(self._layers):
            keys -= layer.records(kind).keys()
            keys |= layer.keys_of(kind, folded)
        return tuple(sorted(keys, key=lambda key: (key != alias, key)))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds there are records of, sorted."""
        kinds = {row[0] for row in self._ask("SELECT DISTINCT kind FROM records")}
        return tuple(sorted(kinds.union(*(layer.kinds for layer in self._layers))))

    def keys(self, kind: str) -> tuple[str, ...]:
        """All keys of a kind, sorted."""
        keys = {row[0] for row in self._ask("SELECT key FROM records WHERE kind = ?", kind)}
        return tuple(sorted(keys.union(*(layer.records(kind).keys() for layer in self._layers))))

    def keys_beginning(self, kind: str, start: str) -> tuple[str, ...]:
        """Keys of a kind that begin with a text, letter case aside; sorted."""
        folded = fold(start)
        query = "SELECT key FROM records WHERE kind = ? AND folded >= ? AND folded < ?"
        keys = {row[0] for row in self._ask(query, kind, folded, folded + chr(sys.maxunicode))}
        for layer in self._layers:
            keys.update(key for key in layer.records(kind) if fold(key).startswith(folded))
        return tuple(sorted(keys))

    def all(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Go through all records of a kind, by key; nobody may change them."""
        bodies = self._whole.get(kind)
        if bodies is None:
            whole = self._ask("SELECT bodies FROM wholes WHERE kind = ?", kind)
            bodies = unpack(whole[0][0], b"") if whole else self._each(kind)
            for layer in reversed(self._layers):
                bodies.update((key, record.body) for key, record in layer.records(kind).items())
            if whole:
                # Several ask for these kinds; the others are large, and gone through by one.
                self._whole[kind] = bodies
        yield from sorted(bodies.items())

    def outline(self, kind: str) -> dict[str, Any] | None:
        """What was drawn from all records of a kind when they were compiled; None where overlays add some."""
        if any(kind in layer.kinds for layer in self._layers):
            return None
        rows = self._ask("SELECT bodies FROM wholes WHERE kind = ?", outline_name(kind))
        return unpack(rows[0][0], b"") if rows else None

    def _each(self, kind: str) -> dict[str, dict[str, Any]]:
        rows = self._ask("SELECT key, body FROM records WHERE kind = ?", kind)
        return {key: unpack(body, self._sample) for key, body in rows}

    def laid_over(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Go through the records of a kind that the user's own folders hold, by key."""
        bodies: dict[str, dict[str, Any]] = {}
        for layer in reversed(self._layers):
            bodies.update((key, record.body) for key, record in layer.records(kind).items())
        yield from sorted(bodies.items())

    def source_of(self, kind: str, key: str) -> str:
        """Name the place a record stands in, as evidence says it: `knowledge:publishers/Qwen`."""
        for layer in self._layers:
            if key in layer.records(kind):
                return f"knowledge:{layer.name}/{kind}/{key}"
        return f"knowledge:{kind}/{key}"

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise KnowledgeBroken(
                    f"{INDEX.name}: the compiled knowledge cannot be read: {error}\n"
                    "  reinstall lading, or in a checkout run: python -m scanner.knowledge.compile"
                ) from error


def _make_room(remembered: dict[Any, Any]) -> None:
    if len(remembered) >= MAX_REMEMBERED:
        remembered.clear()


def _stamp(index: Index, layers: tuple[Overlay, ...]) -> KnowledgeStamp:
    digest = index.digest
    if layers:
        import hashlib

        joined = "\n".join([index.digest, *(layer.digest for layer in layers)])
        digest = hashlib.sha256(joined.encode()).hexdigest()
    return KnowledgeStamp(index.as_of or Unknown("no record says when it was read"), f"sha256:{digest}")
