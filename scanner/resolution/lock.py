"""`lading.lock` as text: read strictly, written so that two people can change it at once."""

from __future__ import annotations

import json
from pathlib import Path

from scanner.digests import sha256
from scanner.errors import LockBroken, Mistake, PolicyBroken, ReportBroken
from scanner.marked_yaml import Mapping, Node, Scalar, Sequence, plain
from scanner.patterns import regex
from scanner.records.encoding import Json, decode, encode
from scanner.records.lock import (
    Lock,
    LockedAncestor,
    LockedBlock,
    LockedFile,
    LockedLicense,
    LockedText,
)
from scanner.records.quick import fields_of
from scanner.records.sighting import Kind
from scanner.remembered_yaml import read_yaml

FILE_NAME = "lading.lock"
VERSION = 1
MAX_BLOCKS = 20_000

_HEAD = """\
# lading.lock: what each model and dataset was when it was last looked at.
# Written by `lading lock`, checked by `lading lock --check`. Keep it under version control.
version: 1
references:
"""
_BLOCK_KEYS = frozenset({field.name for field in fields_of(LockedBlock)} - {"kind", "reference", "line"})
_LICENSE_KEYS = frozenset(field.name for field in fields_of(LockedLicense))
_TEXT_KEYS = frozenset(field.name for field in fields_of(LockedText))
_FILE_KEYS = frozenset(field.name for field in fields_of(LockedFile))
_ANCESTOR_KEYS = frozenset(field.name for field in fields_of(LockedAncestor))
_PLAIN = regex(r"[A-Za-z](?:[A-Za-z0-9_./+:@-]*[A-Za-z0-9])?(?: [A-Za-z](?:[A-Za-z0-9_./+-]*[A-Za-z0-9])?)*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})


def read_lock_file(root: Path, name: str = FILE_NAME, cache_folder: Path | None = None) -> Lock | None:
    """Read the lockfile of a project, None where there is none; with a cache folder, it is parsed once.

    Raises:
        LockBroken: it cannot be read; every mistake is listed with its line.
    """
    try:
        content = (root / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LockBroken(
            f"{name}: {error.strerror}\n  make it readable, or write it anew: lading lock"
        ) from error
    return read_lock(content, name, cache_folder)


def read_lock(content: bytes, path: str = FILE_NAME, cache_folder: Path | None = None) -> Lock:
    """Read the text of a lockfile.

    Raises:
        LockBroken: it is no lockfile of this version; every mistake is listed with its line.
    """
    try:
        node = read_yaml(content.decode("utf-8"), path, cache_folder)
    except PolicyBroken as error:
        raise _broken(error.mistakes) from error
    except UnicodeDecodeError as error:
        raise _broken((Mistake(path, 0, 0, "the file is not UTF-8 text"),)) from error
    reader = _Reader(path)
    blocks = reader.read(node)
    if reader.mistakes:
        raise _broken(tuple(reader.mistakes))
    return Lock(path, "sha256:" + sha256(content), blocks)


def write_lock(blocks: tuple[LockedBlock, ...]) -> str:
    """Write blocks, sorted by key, each set off by an empty line so that merges seldom conflict."""
    written = [_HEAD]
    for block in sorted(blocks, key=lambda block: block.key):
        fields = encode(block)
        if not isinstance(fields, dict):
            raise TypeError("a block is written as a mapping")
        for name in ("kind", "reference", "line"):
            del fields[name]
        if fields["revision"] == "none":
            del fields["revision"]
        written.append(f"\n  {_scalar(block.key)}:\n" + _mapping(fields, 4))
    return "".join(written) if blocks else _HEAD.replace("references:", "references: {}")


def save_lock(file: Path, text: str) -> None:
    """Write the lockfile whole or not at all.

    Raises:
        LockBroken: the folder cannot be written to.
    """
    from scanner.whole_files import put_file

    try:
        put_file(file, text.encode())
    except OSError as error:
        raise LockBroken(f"{file.name}: {error.strerror}\n  make its folder writable") from error


def _broken(mistakes: tuple[Mistake, ...]) -> LockBroken:
    listed = "\n".join(str(mistake) for mistake in mistakes[:50])
    return LockBroken(f"{listed}\n  settle the lines, or write the file anew: lading lock")


class _Reader:
    """Turns nodes into blocks, collecting every mistake."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.mistakes: list[Mistake] = []

    def refuse(self, node: Node, what: str) -> None:
        self.mistakes.append(Mistake(self.path, node.line, node.column, what))

    def read(self, node: Node) -> tuple[LockedBlock, ...]:
        if not isinstance(node, Mapping):
            self.refuse(node, "a lockfile is a mapping with `version` and `references`")
            return ()
        self.check_keys(node, frozenset({"version", "references"}))
        version, references = node.get("version"), node.get("references")
        if not isinstance(version, Scalar) or version.value != VERSION:
            self.refuse(version or node, f"`version` has to be {VERSION}")
        if not isinstance(references, Mapping):
            self.refuse(references or node, "`references` has to be a mapping")
            return ()
        if len(references.entries) > MAX_BLOCKS:
            self.refuse(references, f"more than {MAX_BLOCKS} references")
            return ()
        found = [self.read_block(key, name, value) for key, name, value in references.items()]
        return tuple(block for block in found if block is not None)

    def read_block(self, key: str, place: Scalar, node: Node) -> LockedBlock | None:
        kind, _, reference = key.partition(":")
        if kind not in {each.value for each in Kind} or not reference:
            self.refuse(place, f"{key!r} is no reference: write KIND:NAME")
            return None
        if not isinstance(node, Mapping):
            self.refuse(place, f"the block of {key!r} has to be a mapping")
            return None
        self.check_shape(node)
        body = plain(node)
        if not isinstance(body, dict):
            return None
        revision = body.get("revision", "none")
        if revision != "none":
            if not isinstance(revision, str) or not reference.endswith(f"@{revision}"):
                self.refuse(place, f"the key of a block with a revision ends with it: {kind}:NAME@{revision}")
                return None
            reference = reference.removesuffix(f"@{revision}")
        named = {"kind": kind, "reference": reference, "revision": revision, "line": place.line}
        try:
            return decode(LockedBlock, {**body, **named}, key)
        except ReportBroken as error:
            self.refuse(place, str(error))
            return None

    def check_shape(self, node: Mapping) -> None:
        """Refuse keys nobody reads: a misspelled one would silently count for nothing."""
        self.check_keys(node, _BLOCK_KEYS)
        stated = node.get("license")
        if isinstance(stated, Mapping):
            self.check_keys(stated, _LICENSE_KEYS)
            self.check_members(stated.get("texts"), _TEXT_KEYS)
        self.check_members(node.get("lineage"), _ANCESTOR_KEYS)
        self.check_members(node.get("trained_on"), _ANCESTOR_KEYS)
        self.check_members(node.get("files"), _FILE_KEYS)

    def check_members(self, node: Node | None, allowed: frozenset[str]) -> None:
        for member in node if isinstance(node, Sequence) else ():
            if isinstance(member, Mapping):
                self.check_keys(member, allowed)

    def check_keys(self, node: Mapping, allowed: frozenset[str]) -> None:
        for key, place, _ in node.items():
            if key not in allowed:
                self.refuse(place, f"{key!r} has no meaning here; known are {', '.join(sorted(allowed))}")


def _mapping(fields: dict[str, Json], indent: int) -> str:
    return "".join(f"{' ' * indent}{_scalar(name)}:{_value(value, indent)}" for name, value in fields.items())


def _value(value: Json, indent: int) -> str:
    """The part behind `key:`, its line end included."""
    if isinstance(value, dict):
        if set(value) == {"unknown"}:
            return f" {{unknown: {_scalar(value['unknown'])}}}\n"
        return "\n" + _mapping(value, indent + 2)
    if isinstance(value, list):
        if not any(isinstance(member, dict | list) for member in value):
            return f" [{', '.join(_scalar(member) for member in value)}]\n"
        return "\n" + "".join(_member(member, indent) for member in value)
    return f" {_scalar(value)}\n"


def _member(member: Json, indent: int) -> str:
    if not isinstance(member, dict):
        return f"{' ' * indent}- {_scalar(member)}\n"
    body = _mapping(member, indent + 2)
    return f"{' ' * indent}- {body[indent + 2 :]}"


def _scalar(value: Json) -> str:
    """A value as YAML; text is quoted wherever some reader could take it for something else."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return "".join(_escaped(char) for char in json.dumps(value, ensure_ascii=False))


def _escaped(char: str) -> str:
    if char.isprintable():
        return char
    if "\ud800" <= char <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
