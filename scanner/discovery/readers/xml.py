"""XML: attributes and texts of elements that name models."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.interest import may_name_models
from scanner.discovery.openvino import describes_network
from scanner.discovery.own_reports import passes_over
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines
from scanner.discovery.scalars import leaf_of
from scanner.discovery.settings_tree import is_telling
from scanner.discovery.source import Source
from scanner.discovery.views import Constant, Embedded, Entry, Prose, View
from scanner.patterns import regex

MAX_TAGS = 200_000
"""Tags of one text that are looked at."""
MAX_ATTRIBUTES = 100
"""Attributes of one tag that are looked at."""

_TAG = regex(
    r"<!--(?P<comment>(?:[^-]|-(?!->))*+)-->|<(?P<close>/)?(?P<name>[A-Za-z_][\w.:-]{0,80})"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>(?P<text>[^<>]{0,400})"
)
_ATTRIBUTE = regex(r"([A-Za-z_][\w.:-]{0,80})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ARGUMENTS = regex(r"--?[A-Za-z][\w.-]{0,60}[ =]\S")
"""The beginning of what a program is told when a tool for developers starts it."""
_MANIFESTS = regex(r"pom\.xml|.*\.csproj|AndroidManifest\.xml|.*\.(?:xsd|svg|xlf|resx|iml)")


def read(source: Source) -> Iterator[View]:
    """Read elements without building a document: entities and includes are never followed."""
    name = source.file.rsplit("/", 1)[-1]
    if _MANIFESTS.fullmatch(name) or passes_over(source) or not may_name_models(source.text):
        return
    if describes_network(source.text[:4096]):
        return  # weights: layers are named, no models
    lines = Lines(source)
    for count, tag in enumerate(_TAG.finditer(source.text)):
        if count >= MAX_TAGS:
            source.leave_rest(MAX_TAGS, "tags", lines.place(tag.start())[0])
            return
        if tag["comment"]:
            line, column = lines.place(tag.start("comment"))
            yield Prose(tag["comment"], source, line, column)
        elif not tag["close"]:
            yield from _element(source, lines, tag)


def _element(source: Source, lines: Lines, tag: re.Match[str]) -> Iterator[View]:
    siblings: list[tuple[str, str]] = []
    places: list[tuple[str, int, int]] = []
    for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
        group = 2 if attribute.group(2) is not None else 3
        start, end = (tag.start("attributes") + at for at in attribute.span(group))
        siblings.append((attribute.group(1), attribute.group(group)))
        places.append((attribute.group(1), start, end))
    # `<property name="model" value="…"/>`: the name is the key of the value beside it.
    key = next((value for name, value in siblings if name in {"name", "key", "id"}), "")
    keys: tuple[str, ...]
    if len(places) > MAX_ATTRIBUTES:
        source.leave_rest(MAX_ATTRIBUTES, "attributes of one tag", lines.place(tag.start())[0])
    for name, start, end in places[:MAX_ATTRIBUTES]:
        if _ARGUMENTS.match(source.text, start, end):
            yield Embedded(lines.part(start, end, "shell"))
        keys = (tag["name"], key) if key and name in {"value", "default"} else (tag["name"], name)
        yield from _entry(source, lines, keys, start, end, tuple(siblings))
    text = tag["text"].strip()
    if text:
        start = tag.start("text") + tag["text"].index(text)
        keys = (tag["name"], key) if key else (tag["name"],)
        yield from _entry(source, lines, keys, start, start + len(text), tuple(siblings))


def _entry(
    source: Source,
    lines: Lines,
    keys: tuple[str, ...],
    start: int,
    end: int,
    siblings: tuple[tuple[str, str], ...],
) -> Iterator[Entry]:
    value = leaf_of(source.text[start:end], lines.locate(start, end), is_plain=True).value
    if not isinstance(value, Constant) and is_telling(keys, value, "xml"):
        yield Entry(keys, value, siblings, "xml")


READER = Reader(language="xml", endings=(".xml", ".xml.example", ".plist", ".xcscheme"), names=(), read=read)
