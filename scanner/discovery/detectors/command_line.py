"""A command that loads, serves or downloads a model."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator

from scanner.discovery import command_table as table
from scanner.discovery.catalog_values import is_of_task
from scanner.discovery.classify import Named, Surroundings, classify
from scanner.discovery.command_lines import SILENT, Line, is_python, meaning_of, take_apart, text_of
from scanner.discovery.names import is_ollama_tag, is_placeholder
from scanner.discovery.naming import is_bare_dataset
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.positions import cut
from scanner.discovery.source import Source
from scanner.discovery.switches import uses_modelscope
from scanner.discovery.views import Command, Opaque, Text, View
from scanner.discovery.vocabulary import words
from scanner.discovery.weights import name_weights
from scanner.patterns import regex
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Certainty, HubSwitch, Kind, Role, Sighting, Unresolved
from scanner.records.unknown import Unknown

ID = "command-line"

_REMOTE_CODE_TOOLS = frozenset({"vllm", "sglang", "text-generation-inference", "lm-eval", "mlx-lm", "trl"})
_STRONG_FLAGS = words(
    "model model-id model-path model-name-or-path pretrained-model-name-or-path base-model"
    " hf-path hf-repo tokenizer model-name repo-id"
)
_OF_TRANSFORMERS = frozenset({"--model-name-or-path", "--pretrained-model-name-or-path"})
"""Flags of those scripts alone: a name without an owner behind them is one of the Hub."""
_CREATED = regex(r"ollama create [\"']?([^\s\"']+)")
_SPACY = regex(r"[a-z]{2,3}_(?:core|dep|ent|sent|udv\d+)_[a-z_]+_(?:sm|md|lg|trf)(?:-[0-9.]+)?")


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find what a command line names."""
    if not isinstance(view, Command):
        return
    line = take_apart(view)
    if line is None or (line.tool is None and line.program in SILENT):
        return
    yield from _named(line, view, source, context)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the other flags say of the names."""

    around: Surroundings
    revision: str | Unknown
    remote_code: bool | Unknown | None


def _facts(line: Line, view: Command) -> _Facts:
    revision: str | Unknown = "none"
    remote_code: bool | Unknown | None = None
    base_url = provider = ""
    if line.tool and line.tool.library in _REMOTE_CODE_TOOLS:
        remote_code = False
    is_dataset = is_hub_chosen = False
    for flag, value in line.flags:
        meaning = meaning_of(line, flag)
        if meaning == table.REVISION and value is not None:
            revision = (
                value.value if isinstance(value, Text) else Unknown(f"{value.expression}: {value.reason}")
            )
        elif meaning == table.REMOTE_CODE:
            remote_code = not (isinstance(value, Text) and value.value.lower() in {"false", "0", "no"})
        elif meaning == table.DATASET_SWITCH:
            is_dataset = value is None or text_of(value).lower() in {"dataset", "datasets"}
        elif meaning == table.HUB_SWITCH:
            is_hub_chosen = value is None or text_of(value).lower() in {"true", "1"}
        elif meaning == table.BASE_URL and isinstance(value, Text):
            base_url = value.value
        elif meaning == table.PROVIDER and isinstance(value, Text):
            provider = value.value
    hub = line.tool.hub if line.tool else ""
    if hub == "modelscope" and (is_hub_chosen or _takes_from_hub(view)):
        hub = "hf"
    if (
        hub in {"hf", ""}
        and uses_modelscope(view.environment)
        and line.program not in {"hf", "huggingface-cli"}
    ):
        hub = "modelscope"
    hub = "" if hub in {"any", "docker", "spacy"} else hub
    if line.tool and line.tool.library == "python":
        hub = ""
    elif line.tool and line.tool.library == "azure":
        provider = "azure"
    around = Surroundings(hub, provider, base_url, line.tool is not None, is_dataset)
    return _Facts(around, revision, remote_code)


def _takes_from_hub(view: Command) -> bool:
    """Whether a variable chooses the Hub for a tool that else takes from ModelScope."""
    return any(
        name == "USE_HF" and isinstance(value, Text) and value.value.lower() in {"1", "true"}
        for name, value in view.environment
    )


_OF_SWIFT = regex(r"(?:(hf|ms)::)?([^:#]*)(?::[^#]*)?(?:#\d+)?")


def _told_by_dataset(word: Text, hub: str) -> tuple[str, Text]:
    """The hub and the name in `hf::owner/name:subset#500` (ms-swift 4.6.0, dataset/dataset_syntax.py)."""
    found = _OF_SWIFT.fullmatch(word.value)
    if found is None:
        return hub, word
    told = {"hf": "hf", "ms": "modelscope"}.get(found[1] or "", hub)
    return told, cut(word, *found.span(2))


def _named(
    line: Line, view: Command, source: Source, context: Context
) -> Iterator[Sighting | Unresolved | HubSwitch]:
    facts = _facts(line, view)
    finder = _Finder(line, facts, source, context)
    count = line.tool.positional if line.tool else 0
    chosen = line.positionals if count < 0 else line.positionals[:count]
    for word in chosen:
        yield from finder.model(
            word, " ".join(line.tool.words) if line.tool and line.tool.words else line.program
        )
    for flag, value in line.flags:
        if value is None:
            continue
        meaning = meaning_of(line, flag)
        if meaning == table.MODEL:
            for part in _comma_parts(value):
                yield from finder.model(
                    part, f"--{flag}", is_strong=flag in _STRONG_FLAGS or line.tool is not None
                )
        elif meaning == table.DATASET:
            for part in _comma_parts(value):
                yield from finder.dataset(part, flag)
        elif meaning == table.ADAPTERS and isinstance(value, Text):
            behind = value.value.find("=") + 1
            if value.value.startswith("{"):
                yield from finder.object(value, ("path", "base_model_name"))
            else:
                yield from finder.model(cut(value, behind), f"--{flag}", is_strong=False)
        elif meaning == table.JSON and isinstance(value, Text):
            yield from finder.object(value, ("model",))
        elif meaning == table.PAIRS and isinstance(value, Text):
            yield from finder.pairs(value)
        elif meaning == table.ADDRESS and isinstance(value, Text):
            weights = name_weights(value.value)
            yield from (finder.sighting(each, value, f"--{flag}") for each in (weights,) if each)
        elif meaning is None and isinstance(value, Text):
            yield from finder.guessed(value, flag)
    if line.tool and ("positional", table.PAIRS) in line.tool.flags:
        for word in line.positionals[:1]:
            if isinstance(word, Text):
                yield from finder.pairs(word)


def _comma_parts(value: Text | Opaque) -> Iterator[Text | Opaque]:
    if not isinstance(value, Text) or "," not in value.value:
        yield value
        return
    at = 0
    for part in value.value.split(","):
        yield cut(value, at, at + len(part))
        at += len(part) + 1


@dataclass(frozen=True, slots=True)
class _Finder:
    """Makes sightings of the words of one line."""

    line: Line
    facts: _Facts
    source: Source
    context: Context

    def model(
        self, word: Text | Opaque, call: str, *, is_strong: bool = True
    ) -> Iterator[Sighting | Unresolved]:
        tool = self.line.tool
        hub = tool.hub if tool else ""
        if isinstance(word, Opaque):
            if is_strong and (tool is not None or word.reason != "chosen at run time"):
                kind = Kind.OLLAMA if hub == "ollama" else Kind.HF_MODEL
                place = word.location
                yield Unresolved(kind, word.expression, place.file, place.line, place.column, word.reason)
            return
        if hub == "spacy":
            if _SPACY.fullmatch(word.value):
                name, _, version = word.value.partition("-")
                yield self.sighting(Named(Kind.SPACY, name, version or "none"), word, call)
            return
        if hub == "ollama" and _is_made_here(word.value, call, self.source):
            return
        around = self.facts.around
        if call in _OF_TRANSFORMERS:
            around = replace(around, is_sure=True)
        named = classify(word.value, around, self.context)
        if named is None and hub == "docker" and is_ollama_tag(word.value) and not is_placeholder(word.value):
            named = Named(Kind.OTHER, word.value)
        if named is not None:
            yield self.sighting(named, word, call)

    def guessed(self, word: Text, flag: str) -> Iterator[Sighting]:
        """A model of the catalog behind a flag of the project's own (`--summarizer owner/name`)."""
        is_own = self.line.tool is None and flag not in table.OUTPUT_FLAGS and is_python(self.line.program)
        if is_own and is_of_task((flag,), word.value, self.context):
            found = self.sighting(Named(Kind.HF_MODEL, word.value), word, f"--{flag}")
            yield replace(found, certainty=Certainty.GUESSED)

    def dataset(self, word: Text | Opaque, flag: str) -> Iterator[Sighting]:
        if isinstance(word, Text):
            hub = self.facts.around.hub
            if self.line.tool is not None and self.line.tool.library == "ms-swift":
                hub, word = _told_by_dataset(word, hub)
            around = Surroundings(hub="" if hub == "ollama" else hub, is_sure=True, is_dataset=True)
            named = classify(word.value, around, self.context)
            if flag == "dataset-name" and self.is_of_transformers() and is_bare_dataset(word.value):
                named = named or Named(Kind.HF_DATASET, word.value)
            if named is not None:
                yield self.sighting(named, word, f"--{flag}", is_dataset=True)

    def is_of_transformers(self) -> bool:
        """Whether the line has the flags of the example scripts of transformers and diffusers."""
        return any(f"--{flag}" in _OF_TRANSFORMERS for flag, _ in self.line.flags)

    def pairs(self, word: Text) -> Iterator[Sighting | Unresolved]:
        """`pretrained=owner/name,revision=main`."""
        settings = dict(part.partition("=")[::2] for part in word.value.split(","))
        revision = settings.get("revision", "none") or "none"
        trusts = settings.get("trust_remote_code", "").lower() in {"true", "1"}
        facts = _Facts(self.facts.around, revision, trusts)
        inner = _Finder(self.line, facts, self.source, self.context)
        for key in ("pretrained", "model", "model_name", "peft", "tokenizer", "model_path"):
            value = settings.get(key)
            if value:
                at = word.value.find(f"{key}={value}") + len(key) + 1
                yield from inner.model(cut(word, at, at + len(value)), key, is_strong=False)

    def object(self, word: Text, keys: tuple[str, ...]) -> Iterator[Sighting | Unresolved]:
        try:
            found = json.loads(word.value)
        except (ValueError, RecursionError):
            return
        for key in keys:
            value = found.get(key) if isinstance(found, dict) else None
            if isinstance(value, str):
                at = max(word.value.find(value), 0)
                yield from self.model(cut(word, at, at + len(value)), key, is_strong=False)

    def sighting(self, named: Named, word: Text, call: str, *, is_dataset: bool = False) -> Sighting:
        revision = named.revision if named.revision != "none" else self.facts.revision
        is_weights = named.kind in {Kind.HF_MODEL, Kind.MODELSCOPE} and not is_dataset
        takes_revision = is_weights or named.kind in {Kind.HF_DATASET, Kind.SPACY}
        return Sighting(
            kind=named.kind,
            name=named.name,
            revision=revision if takes_revision else named.revision,
            role=Role.DEPENDENCY,
            scope=self.source.scope,
            certainty=word.certainty,
            detector=ID,
            location=word.location,
            provider=named.provider,
            base_url=named.base_url,
            remote_code=self.facts.remote_code if is_weights else None,
            library=self.line.tool.library if self.line.tool else None,
            call=call,
        )


def _is_made_here(name: str, call: str, source: Source) -> bool:
    """Whether the project itself makes this model: `ollama create NAME`, or the Modelfile beside the page."""
    neighbours = source.neighbours
    if neighbours is None:
        return name in _made_in(source.text)
    if name in neighbours.keep(
        f"made:{source.file}",
        lambda: _made_in((neighbours.read(source.file) if source.depth else None) or source.text),
    ):
        return True
    if not source.is_prose or call != "ollama run" or ":" in name:
        return False
    made = neighbours.read(posixpath.join(posixpath.dirname(source.file), "Modelfile"))
    return made is not None and not re.search(rf"(?im)^FROM\s+{re.escape(name)}(?::\S*)?\s*$", made)


def _made_in(text: str) -> frozenset[str]:
    return frozenset(_CREATED.findall(text))


DETECTOR = Detector(
    id=ID,
    views=(Command,),
    detect=detect,
    blind_spots=(
        "A shell function that takes its arguments apart (`case`, `shift` in a loop) is not followed.",
        "A flag of a program lading does not know counts only when its value has the shape of a Hub id.",
        "What a script downloads through a loop over a file or a command's output is not seen.",
    ),
)
