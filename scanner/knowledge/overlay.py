"""A user's own folder of records over the shipped ones."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from scanner.errors import KnowledgeBroken, Mistake, PolicyBroken
from scanner.knowledge.compile import called_in, find_twins, read_records
from scanner.knowledge.index_file import Record, fold

MAX_FILES = 20_000
MAX_JSON_BYTES = 100_000_000
"""Imported lists are kept as JSON, which reads in a fraction of the time."""


class Overlay:
    """One folder of records (`licenses/`, `publishers/`, …), parsed kind by kind when asked for."""

    __slots__ = ("_aliases", "_files", "_records", "digest", "name")

    def __init__(self, name: str, files: dict[str, tuple[Path, ...]], digest: str) -> None:
        self.name = name
        self.digest = digest
        """SHA-256 over names and contents of its files."""
        self._files = files
        self._records: dict[str, dict[str, Record]] = {}
        self._aliases: dict[str, dict[str, set[str]]] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds it has records of, sorted."""
        return tuple(sorted(self._files))

    def records(self, kind: str) -> dict[str, Record]:
        """Records of a kind by key.

        Raises:
            KnowledgeBroken: files have mistakes; every one is listed with its line.
        """
        if kind not in self._records:
            self._records[kind] = self._read(kind)
        return self._records[kind]

    def keys_of(self, kind: str, folded: str) -> set[str]:
        """Keys a folded name leads to."""
        if kind not in self._aliases:
            names: dict[str, set[str]] = {}
            for record in self.records(kind).values():
                for alias in (record.key, *record.aliases):
                    names.setdefault(fold(alias), set()).add(record.key)
            self._aliases[kind] = names
        return self._aliases[kind].get(folded, set())

    def _read(self, kind: str) -> dict[str, Record]:
        found: list[Record] = []
        mistakes: list[Mistake] = []
        for path in self._files.get(kind, ()):
            file = f"{self.name}/{kind}/{path.name}"
            try:
                found.extend(_read_file(kind, path, file))
            except PolicyBroken as error:
                mistakes.extend(error.mistakes)
            except (UnicodeDecodeError, ValueError, RecursionError) as error:
                mistakes.append(Mistake(file, 0, 0, f"it cannot be read: {error}"))
        mistakes.extend(find_twins(found))
        if mistakes:
            raise KnowledgeBroken("\n".join(str(mistake) for mistake in mistakes))
        return {record.key: record for record in found}


def open_overlay(folder: Path) -> Overlay:
    """Open a folder of records; nothing is parsed yet.

    Raises:
        KnowledgeBroken: there is no such folder, it holds too many files, or one cannot be read.
    """
    if not folder.is_dir():
        raise KnowledgeBroken(
            f"{folder}: there is no such folder of knowledge records\n"
            "  `knowledge:` names folders with licenses/, publishers/, providers/, … below them"
        )
    files: dict[str, tuple[Path, ...]] = {}
    digest = hashlib.sha256()
    try:
        for kind in sorted(path for path in folder.iterdir() if path.is_dir()):
            paths = sorted(path for path in kind.iterdir() if path.suffix in (".yaml", ".json"))
            files[kind.name] = tuple(paths)
            if sum(map(len, files.values())) > MAX_FILES:
                raise KnowledgeBroken(
                    f"{folder}: it holds more than {MAX_FILES} files\n  put many records into one file"
                )
            for path in paths:
                content = _content(path, folder)
                digest.update(f"{kind.name}/{path.name}\0{len(content)}\0".encode())
                digest.update(content)
    except OSError as error:
        raise KnowledgeBroken(
            f"{folder}: it cannot be read: {error.strerror}\n  check its permissions"
        ) from error
    return Overlay(folder.name, files, digest.hexdigest())


def _content(path: Path, folder: Path) -> bytes:
    """Bytes of one file; a folder of a hostile project may hold links, pipes and endless files."""
    shown = f"{folder.name}/{path.parent.name}/{path.name}"
    if not path.is_file():
        raise KnowledgeBroken(f"{shown}: it is no file\n  remove it from the folder of records")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise KnowledgeBroken(f"{shown}: it leads out of its folder\n  copy the file, do not link to it")
    with path.open("rb") as file:
        content = file.read(MAX_JSON_BYTES + 1)
    if len(content) > MAX_JSON_BYTES:
        raise KnowledgeBroken(f"{shown}: it is larger than {MAX_JSON_BYTES} bytes\n  take it apart")
    return content


def _read_file(kind: str, path: Path, file: str) -> list[Record]:
    if path.suffix == ".yaml":
        return list(read_records(kind, path.stem, path.read_text("utf-8"), file))
    body = json.loads(path.read_text("utf-8"))
    if not isinstance(body, dict):
        raise PolicyBroken((Mistake(file, 1, 0, "a record is an object of field names to values"),))
    return [Record(kind, path.stem, body, (), called_in(kind, body))]
