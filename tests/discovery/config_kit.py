"""Runs a reader and the configuration detectors on a text, without a project around it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace

from scanner.discovery.plugin import Detector, Reader
from scanner.discovery.service_names import folded
from scanner.discovery.source import MAX_DEPTH, Source
from scanner.discovery.views import Command, Embedded, Entry, Opaque, Text, View
from scanner.errors import UnreadableFile
from scanner.knowledge.libraries import CallRecord
from scanner.records.sighting import HubSwitch, Role, Scope, Sighting, Unresolved

LANGUAGES = (
    *("yaml", "json", "shell", "dotenv", "dockerfile", "makefile", "modelfile"),
    *("toml", "ini", "properties", "hcl", "xml", "markdown", "requirements"),
)
DETECTORS = (
    *("command_line", "config_key", "fetched_address", "hub_switch"),
    *("modelfile", "posted_request", "prose"),
)
BY_ENDING = {
    "yaml": "yaml",
    "yml": "yaml",
    "json": "json",
    "sh": "shell",
    "env": "dotenv",
    "toml": "toml",
    "ini": "ini",
    "properties": "properties",
    "tf": "hcl",
    "xml": "xml",
    "md": "markdown",
    "Modelfile": "modelfile",
    "Dockerfile": "dockerfile",
    "Makefile": "makefile",
}


KNOWN = frozenset({"google-bert/tern-base-uncased", "sentence-transformers/all-tern-l6"}) | frozenset(
    {"gpt2", "baai/bge-m3", "squad", "openai-community/gpt2", "facebook/opt-125m"}
)
HOSTS = {"api.openai.com": "openai", "api.deepseek.com": "deepseek", "localhost": "local"}
PREFIXES = {
    "openai": "openai",
    "azure": "azure-openai",
    "anthropic": "anthropic",
    "deepseek": "deepseek",
    "ollama": "local",
    "groq": "groq",
    "together_ai": "together",
    "cohere": "cohere",
}
SPELLED = {"google": "google-gemini", "googlevertex": "google-vertex", "mistralai": "mistral"}


class World:
    """A small world of known names, written by hand."""

    def is_known_model(self, name: str) -> bool:
        return name.lower() in KNOWN

    def provider_of_host(self, url: str) -> str | None:
        return next((provider for host, provider in HOSTS.items() if host in url), None)

    def provider_of_prefix(self, prefix: str) -> str | None:
        return PREFIXES.get(prefix)

    def provider_spelled(self, word: str) -> str | None:
        return SPELLED.get(folded(word))

    def providers_of_model(self, model: str) -> tuple[str, ...]:
        if model.startswith(("gpt-4", "gpt-3.5", "gpt-35", "text-embedding-", "whisper-1")):
            return ("openai",)
        if model.startswith("meta.llama"):
            return ("aws-bedrock",)
        if model.startswith("gemini-"):
            return ("google-gemini",)
        return ("anthropic",) if model.startswith("claude-") else ()

    def provider_of_client(self, library: str, call: str) -> str | None:
        return None

    def calls_of(self, name: str) -> tuple[CallRecord, ...]:
        return ()


def reader(language: str) -> Reader:
    offered: Reader = importlib.import_module(f"scanner.discovery.readers.{language}").READER
    return offered


def detector(name: str) -> Detector:
    offered: Detector = importlib.import_module(f"scanner.discovery.detectors.{name}").DETECTOR
    return offered


def source(text: str, language: str, file: str = "") -> Source:
    return Source(file or f"a.{language}", text, language, Scope.SHIPPED)


def views(text: str, language: str, file: str = "") -> list[View]:
    """Everything a reader shows, texts inside the text included."""
    return [view for view, _ in _views(source(text, language, file))]


def _views(first: Source) -> Iterator[tuple[View, Source]]:
    pending = [first]
    while pending:
        inner = pending.pop(0)
        language = inner.language
        if language.startswith("file:"):
            language = BY_ENDING.get(language.rsplit(".", 1)[-1].removeprefix("file:"), "")
        if language not in LANGUAGES or inner.depth > MAX_DEPTH:
            continue
        for view in reader(language).read(replace(inner, language=language)):
            if isinstance(view, Embedded):
                pending.append(view.source)
            else:
                yield view, inner


def find(text: str, language: str, file: str = "") -> list[Sighting | Unresolved | HubSwitch]:
    """Everything the configuration detectors make of a text, in order of place."""
    found: list[Sighting | Unresolved | HubSwitch] = []
    for view, inner in _views(source(text, language, file)):
        for name in DETECTORS:
            offered = detector(name)
            if isinstance(view, offered.views):
                for each in offered.detect(view, inner, World()):
                    if inner.is_prose and isinstance(each, Sighting):
                        each = replace(each, role=Role.MENTION)
                    if not (inner.is_prose and not isinstance(each, Sighting)):
                        found.append(each)
    return found


def names(text: str, language: str, file: str = "") -> list[str]:
    """`kind name line` of each dependency, once each, in order."""
    return _shown(text, language, file, Role.DEPENDENCY)


def mentions(text: str, language: str, file: str = "") -> list[str]:
    """The same of each mention."""
    return _shown(text, language, file, Role.MENTION)


def _shown(text: str, language: str, file: str, role: Role) -> list[str]:
    found = [each for each in find(text, language, file) if isinstance(each, Sighting) and each.role is role]
    found.sort(key=lambda each: (each.location.line, each.location.column))
    return list(dict.fromkeys(f"{each.kind.value} {each.name} {each.location.line}" for each in found))


def unresolved(text: str, language: str) -> list[tuple[str, str, int]]:
    """Expression, reason and line of what could not be followed."""
    return [
        (each.expression, each.reason, each.line)
        for each in find(text, language)
        if isinstance(each, Unresolved)
    ]


def switches(text: str, language: str) -> list[tuple[str, object, int]]:
    """Name, value and line of every switch."""
    return [(s.name, s.value, s.location.line) for s in find(text, language) if isinstance(s, HubSwitch)]


def commands(text: str, language: str) -> list[list[str]]:
    """Words of each command, `?` for what is decided elsewhere."""
    return [
        [word.value if isinstance(word, Text) else "?" for word in view.words]
        for view in views(text, language)
        if isinstance(view, Command)
    ]


def entries(text: str, language: str) -> list[tuple[str, str, int, int]]:
    """Dotted keys, value, line and column of each entry."""
    return [
        (
            ".".join(view.keys),
            view.value.expression if isinstance(view.value, Opaque) else str(view.value.value),
            view.value.location.line,
            view.value.location.column,
        )
        for view in views(text, language)
        if isinstance(view, Entry)
    ]


def is_read_or_refused(text: str, language: str) -> bool:
    """Whether a hostile text is either read or refused with a reason, never a crash."""
    try:
        find(text, language)
    except UnreadableFile as error:
        return bool(error.reason)
    return True
