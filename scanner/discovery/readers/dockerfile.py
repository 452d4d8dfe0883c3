"""Dockerfiles: what is run, and the variables set for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from scanner.discovery.comments import hash_comments
from scanner.discovery.interest import may_name_models
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines, within
from scanner.discovery.shell_commands import (
    MAX_WORDS_OF_COMMAND,
    first_command,
    read_settings,
    read_shell,
    read_words,
)
from scanner.discovery.shell_state import MAX_ENVIRONMENT, Setting
from scanner.discovery.source import Source
from scanner.discovery.views import Command, Embedded, Entry, Opaque, Text, View
from scanner.patterns import regex
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Certainty, Location

MAX_INSTRUCTIONS = 20_000
"""Instructions of one file that are read."""

_INSTRUCTION = regex(r"[ \t]*(?:ONBUILD[ \t]+)?([A-Za-z]+)(?:[ \t]+|$)")
_OPTIONS = regex(r"(?:--[a-z-]+(?:=\S+)?[ \t]+)+")
_HEREDOC = regex(r"<<-?[ \t]*([\"']?)([A-Za-z_][A-Za-z0-9_]*)\1")
_REVISION = regex(r"--(?:model-|hf-)?revision(?:=|$)")
_PINNING = regex(r"REVISION|TRUST")
_KNOWN = frozenset({"FROM", "RUN", "CMD", "ENTRYPOINT", "ENV", "ARG", "ADD", "COPY", "HEALTHCHECK"})

Rows = list[tuple[int, int, str]]


@dataclass(slots=True)
class _Stage:
    """What is set in the stage that is being read."""

    source: Source
    lines: Lines
    image: Text | None = None
    environment: dict[str, Text | Opaque] = field(default_factory=dict)
    entrypoint: tuple[Text | Opaque, ...] = ()
    command: tuple[Text | Opaque, ...] = ()
    entries: list[tuple[Setting, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    """Variables of the stage that are still to be shown, each with those set before it."""
    pinned: set[Location] = field(default_factory=set)
    """Places of values that a command is given beside a revision, and which are known better there."""

    def settings(self) -> tuple[Setting, ...]:
        return tuple(self.environment.items())


def read(source: Source) -> Iterator[View]:
    """Read a Dockerfile, instruction by instruction; `FROM` names an image, never a model."""
    if not may_name_models(source.text):
        return
    yield from hash_comments(source)
    stage = _Stage(source, Lines(source))
    for view in _read(stage):
        if isinstance(view, Command) and any(_is_revision(word) for word in view.words):
            stage.pinned.update(word.location for word in view.words if _is_followed(word))
        yield view


def _is_revision(word: Text | Opaque) -> bool:
    return isinstance(word, Text) and _REVISION.match(word.value) is not None


def _is_followed(word: Text | Opaque) -> bool:
    return isinstance(word, Text) and word.certainty is Certainty.FOLDED


def _read(stage: _Stage) -> Iterator[View]:
    source = stage.source
    for name, rows, documents in _instructions(source):
        if name == "FROM":
            yield from _start(stage)
            yield from _show(stage)
            first = rows[0][2].split()
            place = source.locate(rows[0][0], rows[0][1] + 1, rows[0][0], rows[0][1] + 1 + len(rows[0][2]))
            stage.image = Text(next((word for word in first if not word.startswith("--")), ""), place)
            stage.entrypoint = stage.command = ()
        elif name in {"ENV", "ARG"}:
            _variables(stage, rows)
        elif name in {"RUN", "HEALTHCHECK"}:
            yield from _run(stage, rows, documents)
        elif name in {"CMD", "ENTRYPOINT"}:
            yield from _keep(stage, name, rows)
        elif name in {"ADD", "COPY"}:
            yield from _add(stage, name, rows, documents)
    yield from _start(stage)
    yield from _show(stage)


def _show(stage: _Stage) -> Iterator[View]:
    """The variables of a stage as settings; what is set later of revisions and trust speaks of them too."""
    telling = tuple(pair for pair in _texts(stage.settings()) if _PINNING.search(pair[0]))
    for (name, setting), before in stage.entries:
        later = tuple(pair for pair in telling if pair not in before)
        is_pinned = setting.location in stage.pinned
        yield Entry((name,), setting, (*before, *later), "shell" if is_pinned else "dockerfile")
    stage.entries.clear()


def _texts(settings: Iterable[Setting]) -> tuple[tuple[str, str], ...]:
    return tuple((name, each.value) for name, each in settings if isinstance(each, Text))


def _instructions(source: Source) -> Iterator[tuple[str, Rows, list[Rows]]]:
    """Each instruction with its rows (line, columns cut off, text) and its here-documents."""
    rows, at, count = source.text.split("\n"), 0, 0
    while at < len(rows):
        if count >= MAX_INSTRUCTIONS:
            source.leave_rest(MAX_INSTRUCTIONS, "instructions", at + 1)
            return
        row = rows[at]
        matched = _INSTRUCTION.match(row)
        at += 1
        if not matched or row.lstrip().startswith("#") or matched.group(1).upper() not in _KNOWN:
            continue
        count += 1
        parts: Rows = [(at, matched.end(), row[matched.end() :])]
        while at < len(rows) and parts[-1][2].rstrip().endswith("\\"):
            if not rows[at].lstrip().startswith("#") and rows[at].strip():
                parts.append((at + 1, 0, rows[at]))
            at += 1
            if at < len(rows) and rows[at - 1].lstrip().startswith("#"):
                continue
        documents: list[Rows] = []
        for heredoc in _HEREDOC.finditer("\n".join(part for _, _, part in parts)):
            body: Rows = []
            while at < len(rows) and rows[at].strip() != heredoc.group(2):
                body.append((at + 1, 0, rows[at]))
                at += 1
            at += 1
            documents.append(body)
        yield matched.group(1).upper(), parts, documents


def _without_options(rows: Rows) -> Rows:
    line, shift, text = rows[0]
    matched = _OPTIONS.match(text)
    return [(line, shift + matched.end(), text[matched.end() :]), *rows[1:]] if matched else rows


def _variables(stage: _Stage, rows: Rows) -> None:
    line, shift, text = rows[0]
    if (old := re.match(r"([A-Za-z_][A-Za-z0-9_]*)[ \t]+(?=\S)", text)) and "=" not in old.group(0):
        name, start = old.group(1), old.end()
        value = text[start:].strip()
        place = stage.source.locate(line, shift + start + 1, line, shift + start + 1 + len(value))
        found: list[Setting] = [(name, Text(value.strip("\"'"), place))]
    else:
        inner = stage.lines.lines_part(rows, "shell")
        found = read_settings(inner, stage.settings())
    before = _texts((*found, *stage.settings()))
    for name, setting in found:
        if name in stage.environment or len(stage.environment) < MAX_ENVIRONMENT:
            stage.environment[name] = setting
        else:
            stage.source.leave_rest(MAX_ENVIRONMENT, "variables set for one command")
        if not (isinstance(setting, Text) and setting.certainty is Certainty.FOLDED):
            stage.entries.append(((name, setting), before))


def _run(stage: _Stage, rows: Rows, documents: list[Rows]) -> Iterator[View]:
    rows = _without_options(rows)
    if documents:
        for body in documents:
            if body and stage.source.may_embed():
                first = body[0][2]
                language = "python" if "python" in rows[0][2] or re.match(r"#!.*python", first) else "shell"
                inner = stage.lines.lines_part(body, language)
                if language == "shell":
                    yield from read_shell(inner, stage.settings())
                else:
                    yield Embedded(inner)
        return
    text = rows[0][2]
    if text.startswith(("CMD ", "CMD\t")):
        rows = [(rows[0][0], rows[0][1] + 4, text[4:]), *rows[1:]]
    if (words := _exec_form(stage, rows)) is not None:
        yield from read_words(words, stage.settings(), stage.source)
    elif stage.source.may_embed():
        yield from read_shell(stage.lines.lines_part(rows, "shell"), stage.settings())


def _keep(stage: _Stage, name: str, rows: Rows) -> Iterator[View]:
    """Keep what a container starts with until the stage ends; scripts in it are read at once."""
    words = _exec_form(stage, rows)
    if words is None:
        inner = stage.lines.lines_part(rows, "shell")
        if stage.source.may_embed():
            yield from read_shell(inner, stage.settings())
        words = first_command(inner, stage.settings())
    if name == "CMD":
        stage.command = words
    else:
        stage.entrypoint, stage.command = words, ()


def _start(stage: _Stage) -> Iterator[View]:
    words = (*stage.entrypoint, *stage.command)
    if not words:
        return
    first = words[0].value if isinstance(words[0], Text) else ""
    if not stage.entrypoint and first.startswith("-") and stage.image is not None:
        place = stage.image.location
        words = (Text("docker", place), Text("run", place), stage.image, *words)
    yield from read_words(words, stage.settings(), stage.source)


def _exec_form(stage: _Stage, rows: Rows) -> tuple[Text | Opaque, ...] | None:
    """Words of `["program", "argument"]`, None where it is no such list."""
    whole = " ".join(text.rstrip().rstrip("\\") for _, _, text in rows).strip()
    if not whole.startswith("["):
        return None
    try:
        values = json.loads(whole)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return None
    words: list[Text | Opaque] = []
    at, start = 0, 0
    for value in within(values, MAX_WORDS_OF_COMMAND, "words of one command", stage.source):
        quoted = json.dumps(value, ensure_ascii=False)
        while at < len(rows) and (found := rows[at][2].find(quoted, start)) < 0:
            at, start = at + 1, 0
        if at >= len(rows):
            at, found = 0, 0
            start = 0
        line, shift, _ = rows[at]
        column = shift + found + 2
        words.append(Text(value, stage.source.locate(line, column, line, column + len(value))))
        start = found + len(quoted)
    return tuple(words)


def _add(stage: _Stage, name: str, rows: Rows, documents: list[Rows]) -> Iterator[View]:
    words = first_command(stage.lines.lines_part(_without_options(rows), "shell"), stage.settings())
    if documents:
        target = next((word.value for word in reversed(words) if isinstance(word, Text)), "")
        for body in documents:
            inner = stage.lines.lines_part(body, f"file:{target.rsplit('/', 1)[-1]}")
            yield Embedded(inner)
    elif words and any(isinstance(word, Text) and "://" in word.value for word in words):
        program = Text(name, words[0].location)
        yield Command((program, *words), words[0].location, stage.settings())


READER = Reader(
    language="dockerfile",
    endings=(".dockerfile", ".containerfile"),
    names=("Dockerfile", "Dockerfile.*", "*.Dockerfile", "Dockerfile-*", "Containerfile", "Containerfile.*"),
    read=read,
)
