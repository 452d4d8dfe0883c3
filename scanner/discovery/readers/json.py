"""JSON, JSON with comments, and JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.interest import may_name_models
from scanner.discovery.json_nodes import read_values
from scanner.discovery.own_reports import passes_over
from scanner.discovery.passed_over import is_manifest, table_of_manifest
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines
from scanner.discovery.settings_tree import read_tree
from scanner.discovery.source import Source
from scanner.discovery.task_tables import read_tasks
from scanner.discovery.tree_nodes import Node, Table
from scanner.discovery.views import Entry, View
from scanner.patterns import regex

MAX_PARSED_CHARACTERS = 4_000_000
"""A larger text is searched for its telling keys only, without their neighbours."""
MAX_FLAT_HITS = 5_000
"""Telling keys of such a text."""

_DESCRIPTION_OF_AN_API = regex(
    r"\"(?:openapi|swagger)\"\s*:\s*\"|\"\$schema\"\s*:\s*\"https?://json-schema\.org"
)
_FLAT = regex(
    r'"((?:[a-z_A-Z]*[mM]odel(?:_?(?:id|name|Id|Name|path|name_or_path|url))?|repo_id|_name_or_path))"\s*:\s*'
    r'"([^"\\\n]{2,200})"'
)


def read(source: Source) -> Iterator[View]:
    """Read settings out of JSON; package manifests, vocabularies and lading's own reports are passed over.

    Raises:
        UnreadableFile: it is no JSON at all.
    """
    name = source.file.rsplit("/", 1)[-1]
    if source.depth == 0 and is_manifest(name):
        if name == "package.json" and '"contributes"' in source.text and may_name_models(source.text):
            yield from _settings_of_extension(source)
        if (key := table_of_manifest(name, source.text)) and may_name_models(source.text):
            yield from _commands_of_manifest(source, key)
        return
    if not may_name_models(source.text) or _DESCRIPTION_OF_AN_API.search(source.text[:2_000]):
        return
    if passes_over(source):
        return
    if source.depth == 0 and name.endswith((".jsonl", ".ndjson")):
        yield from _batch(source)
    elif len(source.text) > MAX_PARSED_CHARACTERS:
        yield from _flat(source)
    else:
        for value in read_values(source):
            yield from read_tree(value, source, "json")


def _settings_of_extension(source: Source) -> Iterator[View]:
    """Settings an editor's extension declares, with their defaults; the rest lists packages."""
    for value in read_values(source):
        contributes = value.get("contributes") if isinstance(value, Table) else None
        declared = contributes.get("configuration") if isinstance(contributes, Table) else None
        if declared is not None:
            yield from read_tree(declared, source, "json", ("configuration",))


def _commands_of_manifest(source: Source, key: str) -> Iterator[View]:
    for value in read_values(source):
        table = value.get(key) if isinstance(value, Table) else None
        if isinstance(table, Table):
            yield from read_tasks(table, source)


def _batch(source: Source) -> Iterator[View]:
    """Lines of requests (`body.model`); any other JSON Lines are stored data, not use."""
    head = source.text[:4_000].split("\n", 1)[0]
    if '"body"' not in head or '"model"' not in head:
        return
    for value in read_values(source):
        body = value.get("body") if isinstance(value, Table) else None
        if isinstance(body, Table):
            yield from read_tree(_only_model(body), source, "json")


def _only_model(body: Table) -> Node:
    return Table([(key, node) for key, node in body.entries if key.value == "model"])


def _flat(source: Source) -> Iterator[View]:
    lines = Lines(source)
    source.leave_out(
        f"JSON longer than {MAX_PARSED_CHARACTERS} characters: read for the keys that name models alone"
    )
    for count, found in enumerate(_FLAT.finditer(source.text)):
        if count >= MAX_FLAT_HITS:
            source.leave_rest(MAX_FLAT_HITS, "settings", lines.place(found.start())[0])
            return
        yield Entry((found[1],), lines.literal(*found.span(2)), (), "json")


READER = Reader(
    language="json",
    endings=(
        ".json",
        ".jsonc",
        ".json5",
        ".jsonl",
        ".ndjson",
        ".json.example",
        ".json.sample",
        ".json.template",
        ".json.j2",
        ".code-workspace",
    ),
    names=(),
    read=read,
)
