"""Compiles the YAML sources of the knowledge into one index."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scanner.errors import KnowledgeBroken, Mistake, PolicyBroken
from scanner.knowledge.bare_names import bare
from scanner.knowledge.index_file import INDEX, SOURCES, Index, Record, build_database, sign, write_index
from scanner.knowledge.shapes import check_shape
from scanner.marked_yaml import Mapping, Node, Scalar, Sequence, plain, read_yaml
from scanner.patterns import regex

_DAY = regex(r"\d{4}-\d{2}-\d{2}")
_READ = {"as_of", "read_on"}
"""Fields that say when a fact was read."""


def compile_sources(sources: Path) -> Index:
    """Compile every folder of the sources; the same sources give the same bytes.

    A folder is a kind. A file is one record under its name (or its `key`), or many under `records`.

    Raises:
        KnowledgeBroken: files have mistakes; every one of them is listed with its line.
    """
    # Before the content is read: what changes meanwhile must not pass for what was compiled.
    digest = digest_sources(sources)
    records: list[Record] = []
    mistakes: list[Mistake] = []
    for kind, path in source_files(sources):
        file = f"{kind}/{path.name}"
        try:
            records.extend(read_records(kind, path.stem, path.read_text("utf-8"), file))
        except PolicyBroken as error:
            mistakes.extend(error.mistakes)
        except UnicodeDecodeError:
            mistakes.append(Mistake(file, 0, 0, "it is not UTF-8 text"))
    mistakes.extend(find_twins(records))
    if mistakes:
        raise KnowledgeBroken("\n".join(str(mistake) for mistake in mistakes))
    as_of = max((day for record in records for day in _days(record.body)), default="")
    return Index(build_database(records, digest, as_of), digest, as_of, "")


def source_files(sources: Path) -> Iterator[tuple[str, Path]]:
    """Go through (kind, file) of the sources, sorted."""
    for folder in sorted(path for path in sources.iterdir() if path.is_dir()):
        for path in sorted(folder.glob("*.yaml")):
            yield folder.name, path


def digest_sources(sources: Path) -> str:
    """SHA-256 over the names and contents of the sources."""
    digest = hashlib.sha256()
    for kind, path in source_files(sources):
        content = path.read_bytes()
        digest.update(f"{kind}/{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def read_records(kind: str, stem: str, text: str, file: str) -> Iterator[Record]:
    """Read the records of one file.

    Raises:
        PolicyBroken: it is no YAML, or not of the shape of a record.
    """
    root = read_yaml(text, file)
    if not isinstance(root, Mapping):
        raise PolicyBroken((Mistake(file, 1, 0, "a record is a mapping of field names to values"),))
    if mistakes := tuple(check_shape(kind, root, file)):
        raise PolicyBroken(mistakes)
    many = root.get("records")
    if many is None:
        key = root.get("key")
        name = str(key.value) if isinstance(key, Scalar) else stem
        yield _record(kind, name, root, file)
        return
    if not isinstance(many, Mapping):
        raise PolicyBroken((Mistake(file, many.line, many.column, "`records` maps keys to records"),))
    shared = {name: plain(node) for name, _, node in root.items() if name != "records"}
    for name, place, node in many.items():
        if not isinstance(node, Mapping):
            raise PolicyBroken((Mistake(file, place.line, place.column, f"{name!r} is not a mapping"),))
        if mistakes := tuple(check_shape(kind, node, file)):
            raise PolicyBroken(mistakes)
        record = _record(kind, name, node, file)
        body = {**shared, **record.body}
        yield Record(kind, name, body, record.aliases, called_in(kind, body))


def _record(kind: str, key: str, node: Mapping, file: str) -> Record:
    body: dict[str, Any] = {name: plain(value) for name, _, value in node.items() if name != "key"}
    return Record(kind, key, body, tuple(_aliases(node.get("aliases"), file)), called_in(kind, body))


def called_in(kind: str, body: dict[str, Any]) -> tuple[str, ...]:
    """What a publisher's record calls its entity and brands; namespaces are aliases."""
    if kind != "publishers":
        return ()
    names = body.get("names")
    said = [body.get("entity"), *(names if isinstance(names, list) else [names])]
    return tuple(sorted({bare(name) for name in said if isinstance(name, str)}))


def _aliases(node: Node | None, file: str) -> Iterator[str]:
    """Names under `aliases`: a list of texts, or of mappings with a `name`."""
    if node is None:
        return
    for member in node if isinstance(node, Sequence) else (node,):
        name = member.get("name") if isinstance(member, Mapping) else member
        if not isinstance(node, Sequence) or not (isinstance(name, Scalar) and isinstance(name.value, str)):
            what = "`aliases` is a list of names, or of mappings with a `name`"
            raise PolicyBroken((Mistake(file, member.line, member.column, what),))
        yield name.value


def find_twins(records: list[Record]) -> Iterator[Mistake]:
    """Records of one kind under the same key."""
    seen: set[tuple[str, str]] = set()
    for record in records:
        if (record.kind, record.key) in seen:
            yield Mistake(record.kind, 0, 0, f"two records are called {record.key!r}", ("keep one of them",))
        seen.add((record.kind, record.key))


def _days(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            if name in _READ and isinstance(member, str) and _DAY.fullmatch(member):
                yield member
            else:
                yield from _days(member)
    elif isinstance(value, list):
        for member in value:
            yield from _days(member)


def main() -> int:
    """Compile the sources of this checkout into its index."""
    if not SOURCES.is_dir():
        print("this is an installed lading: it carries its index and no sources", file=sys.stderr)
        return 2
    # The signature is taken first: a source that changes while we read then counts as changed.
    signature = sign(SOURCES)
    try:
        index = compile_sources(SOURCES)
    except KnowledgeBroken as error:
        print(error, file=sys.stderr)
        return 2
    write_index(INDEX, Index(index.database, index.digest, index.as_of, signature))
    print(f"{INDEX.name}: {len(index.database)} bytes, sources sha256:{index.digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
