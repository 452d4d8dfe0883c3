"""YAML files, and templates that become YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.comments import hash_comments
from scanner.discovery.interest import may_name_models
from scanner.discovery.passed_over import TEMPLATE_ENDINGS, is_lock
from scanner.discovery.plugin import Reader
from scanner.discovery.settings_tree import read_tree
from scanner.discovery.shell_state import Setting
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, View
from scanner.discovery.yaml_nodes import read_documents
from scanner.errors import UnreadableFile
from scanner.patterns import regex
from scanner.records.quick import replace

MAX_PARSED_CHARACTERS = 4_000_000
"""Characters of a text that is parsed."""
MAX_SEPARATORS = 300_000
"""Line ends, colons and commas of a text that is parsed."""

_TEMPLATE = regex(r"\{\{|\{%|%\{|\$\{")
_DESCRIPTION_OF_AN_API = regex(r"(?m)^[\"']?(?:openapi|swagger)[\"']?[ \t]*:")
_LOOKS_LIKE_YAML = regex(r"(?m)^\s*(?:- )?[\w.\"'/-]+:(?:\s|$)")


def read(source: Source) -> Iterator[View]:
    """Read YAML with its places; what is no YAML is read line by line.

    Raises:
        UnreadableFile: it is neither YAML nor anything that looks like it, or longer than the bound.
    """
    name = source.file.rsplit("/", 1)[-1]
    if (source.depth == 0 and is_lock(name)) or not may_name_models(source.text):
        return
    if _DESCRIPTION_OF_AN_API.search(source.text[:2_000]):
        return
    if len(source.text) > MAX_PARSED_CHARACTERS:
        raise UnreadableFile(f"YAML longer than {MAX_PARSED_CHARACTERS} characters, not parsed")
    if sum(map(source.text.count, ":,\n")) > MAX_SEPARATORS:
        raise UnreadableFile(f"YAML of more than {MAX_SEPARATORS} lines and signs between values, not parsed")
    is_template = source.depth == 0 and name.endswith(TEMPLATE_ENDINGS)
    if is_template and not _LOOKS_LIKE_YAML.search(source.text):
        yield Embedded(source.embed(source.text, "shell", None))
        return
    yield from hash_comments(source)
    try:
        around = variables_beside(source)
        views = [
            view
            for root in read_documents(source)
            for view in read_tree(root, source, "yaml", environment=around)
        ]
    except UnreadableFile:
        if not (_TEMPLATE.search(source.text) or _LOOKS_LIKE_YAML.search(source.text)):
            raise
        from scanner.discovery.yaml_lines import read_lines

        views = list(read_tree(read_lines(requoted(source)), source, "yaml"))
    yield from views


def variables_beside(source: Source) -> tuple[Setting, ...]:
    """The variables Compose takes from the file `.env` beside it."""
    folder, slash, name = source.file.rpartition("/")
    if source.depth or "${" not in source.text or not _COMPOSE.fullmatch(name) or source.neighbours is None:
        return ()
    path = f"{folder}{slash}.env"
    text = source.neighbours.read(path) if source.neighbours.has(path) else None
    if text is None:
        return ()
    from scanner.discovery.shell_commands import read_settings

    return tuple(read_settings(Source(path, text, "shell", source.scope)))


_COMPOSE = regex(r"(?:docker-)?compose[\w.\-]{0,60}\.ya?ml")


def requoted(source: Source) -> Source:
    """The source with other quotes in the holes of a template that stand in quotes themselves.

    `"{{ .Values.x | default "y" }}"` is one text once the template is filled in; nothing moves.
    """
    if "{{" not in source.text:
        return source
    return replace(source, text=_LINE_WITH_HOLE.sub(_with_other_quotes, source.text))


_LINE_WITH_HOLE = regex(r"(?m)^[^\n]*\{\{[^\n]*$")
_HOLE = regex(r"\{\{[^{}\n]*\}\}")


def _with_other_quotes(line: re.Match[str]) -> str:
    written, done, last = line[0], [], 0
    is_open = False
    for hole in _HOLE.finditer(written):
        between = written[last : hole.start()]
        is_open ^= between.count('"') % 2 == 1
        done += [between, hole[0].replace('"', "'") if is_open else hole[0]]
        last = hole.end()
    return "".join((*done, written[last:]))


READER = Reader(
    language="yaml",
    endings=(
        ".yaml",
        ".yml",
        ".tpl",
        ".tftpl",
        ".yaml.j2",
        ".yml.j2",
        ".yaml.jinja",
        ".yml.jinja",
        ".j2",
        ".gotmpl",
        ".tmpl",
        ".yaml.example",
        ".yml.example",
        ".yaml.sample",
        ".yml.sample",
        ".yaml.template",
        ".yml.template",
        ".yaml.dist",
    ),
    names=(),
    read=read,
)
