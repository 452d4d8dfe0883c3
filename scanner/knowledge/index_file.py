"""The compiled index as a file: a SQLite database with a sealed trailer."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO

from scanner.digests import seal
from scanner.errors import KnowledgeBroken
from scanner.knowledge import call_outline, provider_outline
from scanner.records.quick import dataclass, field

INDEX = Path(__file__).parent / "index.sqlite"
SOURCES = Path(__file__).parent / "data"
"""The YAML sources; in an installed wheel there are none, and the index is the knowledge."""
FORMAT = 9
"""Raised when the tables change; an index of another number is as good as none."""
MAX_INDEX_BYTES = 200_000_000
MAX_TRAILER_BYTES = 10_000
_END = b"lading-knowledge\n"
_RAW = -zlib.MAX_WBITS
"""The index is sealed as a whole: a sum over each body, and over its sample, would cost a hook 2 ms."""

_TABLES = """
CREATE TABLE records (kind TEXT NOT NULL, folded TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL,
                      PRIMARY KEY (kind, folded, key)) WITHOUT ROWID;
CREATE TABLE aliases (kind TEXT NOT NULL, alias TEXT NOT NULL, key TEXT NOT NULL,
                      PRIMARY KEY (kind, alias, key)) WITHOUT ROWID;
CREATE TABLE wholes (kind TEXT PRIMARY KEY, bodies BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE beginnings (kind TEXT PRIMARY KEY, names TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""
_PAGE_BYTES = 8192
"""Of the sizes SQLite has, the one that leaves least of the pages empty: bodies seldom fill one."""
_READ_WHOLE = ("lists", "publishers")
_OUTLINED = {"libraries": call_outline.outline_of, "providers": provider_outline.outline_of}
"""Kinds all records of which are asked for little, and few of them read whole."""
"""Kinds that are gone through record by record in most runs: all their bodies stand together once more."""
_SAMPLE_BYTES = 32_000
"""Size of the sample of bodies that all others are compressed against; zlib looks back no further."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record on its way into the index."""

    kind: str
    key: str
    body: dict[str, Any]
    aliases: tuple[str, ...]
    """Other names that lead to the key, letter case aside; the key itself always does."""
    called: tuple[str, ...] = ()
    """Names of whoever it is about (company, brands), bare; they are looked up apart from the aliases."""


@dataclass(frozen=True, slots=True)
class Index:
    """A compiled index, read whole and checked."""

    database: bytes | memoryview
    digest: str
    """SHA-256 over the YAML sources, hexadecimal."""
    as_of: str
    """Newest day a fact of the index was read; empty where no record says one."""
    signature: str
    """Names, sizes and times of the sources it was compiled from; empty in a wheel."""
    file: Path | None = field(default=None, compare=False)
    """The file it was read from, whose pages are read as they are asked for; None: it stands in memory."""


def fold(name: str) -> str:
    """Write a name without its letter case, as aliases are compared."""
    return name.strip().casefold()


def called(kind: str) -> str:
    """Under which kind of alias the names stand that records of a kind call somebody by."""
    return f"{kind} called"


def outline_name(kind: str) -> str:
    """Under which kind the outline of a kind stands among the wholes."""
    return f"{kind} outline"


def sign(sources: Path) -> str:
    """Name, size and time of every file and folder of the sources, in one short text."""
    seen: list[tuple[str, int, int]] = []
    folders = [str(sources)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                status = entry.stat()
                seen.append((entry.path, status.st_size, status.st_mtime_ns))
                if entry.is_dir():
                    folders.append(entry.path)
    seen.sort()
    return seal(repr((FORMAT, seen)).encode())


def build_database(records: Iterable[Record], digest: str, as_of: str) -> bytes:
    """Write records into a fresh database; the same records give the same bytes.

    Bodies are JSON, compressed against a sample of them all: the index is read and checked whole when it
    is opened, so that every byte of it costs each run.
    """
    ordered = sorted(records, key=lambda record: (record.kind, record.key))
    aliases = sorted(
        {(record.kind, fold(name), record.key) for record in ordered for name in record.aliases}
        - {(record.kind, fold(record.key), record.key) for record in ordered}
        | {(called(record.kind), name, record.key) for record in ordered for name in record.called}
    )
    bodies = [write_body(record.body) for record in ordered]
    sample = _sample(bodies)
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.executescript(_TABLES)
        connection.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?)",
            (
                (record.kind, fold(record.key), record.key, pack(body, sample))
                for record, body in zip(ordered, bodies, strict=True)
            ),
        )
        connection.executemany("INSERT INTO aliases VALUES (?, ?, ?)", aliases)
        connection.executemany("INSERT INTO wholes VALUES (?, ?)", _wholes(ordered))
        connection.executemany("INSERT INTO beginnings VALUES (?, ?)", _beginnings(ordered))
        meta = {"as_of": as_of, "digest": digest, "format": str(FORMAT), "sample": sample}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _wholes(records: list[Record]) -> Iterable[tuple[str, bytes]]:
    """All bodies of a kind by key, packed as one: to unpack hundreds one by one costs a hook too much."""
    for kind in _READ_WHOLE:
        bodies = {record.key: record.body for record in records if record.kind == kind}
        yield kind, pack(write_body(bodies), b"")
    for kind, draw in _OUTLINED.items():
        outline = draw((record.key, record.body) for record in records if record.kind == kind)
        yield outline_name(kind), pack(write_body(outline), b"")


def _beginnings(records: list[Record]) -> Iterable[tuple[str, str]]:
    """What stands before the slash in each key and other name of a kind, a line each.

    Hooks ask for those of the catalog: to find them among its ten thousand names would take 5 ms.
    """
    by_kind: dict[str, set[str]] = {}
    for record in records:
        names = (record.key, *record.aliases)
        by_kind.setdefault(record.kind, set()).update(fold(name).partition("/")[0] for name in names)
    for kind, found in by_kind.items():
        yield kind, "\n".join(sorted(found))


def write_body(body: dict[str, Any]) -> bytes:
    """Write a body as JSON, keys sorted, without spaces."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def pack(body: bytes, sample: bytes) -> bytes:
    """Compress a body against the sample."""
    packer = zlib.compressobj(9, wbits=_RAW, zdict=sample) if sample else zlib.compressobj(9, wbits=_RAW)
    return packer.compress(body) + packer.flush()


def unpack(packed: bytes, sample: bytes) -> dict[str, Any]:
    """Read a body back."""
    unpacker = zlib.decompressobj(_RAW, zdict=sample) if sample else zlib.decompressobj(_RAW)
    # As text: of bytes, json first looks which encoding they might be in.
    body: dict[str, Any] = json.loads(str(unpacker.decompress(packed), "utf-8"))
    return body


def _sample(bodies: list[bytes]) -> bytes:
    """Bodies from the whole range, evenly, as many as fit."""
    size, step = 0, max(1, len(bodies) // 150)
    chosen = []
    for body in bodies[::step]:
        if size + len(body) <= _SAMPLE_BYTES and len(body) <= _SAMPLE_BYTES // 20:
            chosen.append(body)
            size += len(body)
    return b"".join(chosen)


def write_index(path: Path, index: Index) -> None:
    """Write an index in one step, so that a reader beside us sees the old one or the new one.

    Raises:
        OSError: the folder cannot be written to.
    """
    from scanner.whole_files import put_file

    trailer = json.dumps(
        {
            "format": FORMAT,
            "digest": index.digest,
            "as_of": index.as_of,
            "signature": index.signature,
            "seal": seal(index.database),
            "bytes": len(index.database),
        },
        sort_keys=True,
    ).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    put_file(path, b"".join((index.database, trailer, len(trailer).to_bytes(4, "big"), _END)))


def read_index(path: Path) -> Index | None:
    """Read an index and check it against its own digest; None where there is none or of another format.

    Raises:
        KnowledgeBroken: the file is not what was written: cut short, changed, or something else.
    """
    try:
        with path.open("rb") as file:
            content = _content(file)
    except OSError:
        return None
    tail = len(_END) + 4
    if content[-len(_END) :] != _END or len(content) > MAX_INDEX_BYTES:
        raise _broken(path, "it is cut short or no index at all")
    length = int.from_bytes(content[-tail : -len(_END)], "big")
    if length > min(MAX_TRAILER_BYTES, len(content) - tail):
        raise _broken(path, "its trailer is damaged")
    database = memoryview(content)[: -tail - length]
    try:
        trailer = json.loads(content[-tail - length : -tail])
        if trailer["format"] != FORMAT:
            return None
        index = Index(database, trailer["digest"], trailer["as_of"], trailer["signature"], path.absolute())
        is_whole = trailer["bytes"] == len(database)
        is_sealed = trailer["seal"] == seal(database)
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path, "its trailer is damaged") from error
    if not (is_whole and is_sealed):
        raise _broken(path, "its digest does not fit its content")
    return index


def _content(file: BinaryIO) -> bytes | mmap:
    """The bytes of an index, mapped: its pages are the system's own, and few are needed after the check."""
    try:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):  # an empty file, or one of a kind that cannot be mapped
        return file.read(MAX_INDEX_BYTES + 1)


def _broken(path: Path, what: str) -> KnowledgeBroken:
    return KnowledgeBroken(
        f"{path.name}: the compiled knowledge cannot be used: {what}\n"
        "  reinstall lading, or in a checkout run: python -m scanner.knowledge.compile"
    )
