"""A command that loads, serves or downloads a model."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator

from scanner.discovery import command_table as table
from scanner.discovery.classify import Named, Surroundings, classify
from scanner.discovery.command_table import GENERAL_FLAGS, OUTPUT_FLAGS, TOOLS, VALUELESS, Tool, is_value_of
from scanner.discovery.names import is_ollama_tag, is_placeholder
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.positions import cut
from scanner.discovery.source import Source
from scanner.discovery.switches import uses_modelscope
from scanner.discovery.views import Command, Opaque, Text, View
from scanner.discovery.vocabulary import words
from scanner.discovery.weights import name_weights
from scanner.patterns import regex
from scanner.records.quick import dataclass, field
from scanner.records.sighting import HubSwitch, Kind, Role, Sighting, Unresolved
from scanner.records.unknown import Unknown

ID = "command-line"

_SILENT = words(
    "echo printf grep egrep rg sed awk cat ls rm mkdir cp mv cd test [ [[ git gh helm kubectl npm"
    " npx yarn pnpm apt apt-get apk brew conda pip pip3 uv chmod chown tar unzip touch exit return"
    " source . set unset alias cargo go gcc make cmake ssh-keygen head tail sort find export ln"
    " which command pre-commit pytest"
)
"""Programs whose flags say nothing of models, however they look."""
_REMOTE_CODE_TOOLS = frozenset({"vllm", "sglang", "text-generation-inference", "lm-eval", "mlx-lm", "trl"})
_STRONG_FLAGS = words(
    "model model-id model-path model-name-or-path pretrained-model-name-or-path base-model"
    " hf-path hf-repo tokenizer model-name repo-id"
)
_VLLM_IMAGE = regex(r"(?:^|/)vllm[\w.-]*/|(?:^|/)[\w.-]*vllm[\w.-]*(?::|@|$)")
_VLLM = Tool((), "vllm", positional=1)
_LLAMA_CPP = next(tool for tool in TOOLS if tool.words == ("llama-*",))
_IMAGES = (
    ("text-generation-inference", Tool((), "text-generation-inference")),
    ("text-embeddings-inference", Tool((), "text-embeddings-inference")),
    ("sglang", Tool((), "sglang")),
    ("llama.cpp", _LLAMA_CPP),
    ("llama-cpp", _LLAMA_CPP),
    ("infinity", Tool((), "infinity")),
    ("litellm", Tool((), "litellm", "any")),
    ("lmdeploy", Tool((), "lmdeploy")),
    ("localai", Tool((), "localai", "any", -1)),
    ("local-ai", Tool((), "localai", "any", -1)),
)
"""Tools whose images have such a word in their names."""
_DOCKER_FLAGS_WITHOUT_VALUE = words(
    "-d --detach -i -t -it -ti --rm --privileged --init --read-only -P --publish-all"
    " --no-healthcheck -itd -dit --interactive --tty -td -dt --oom-kill-disable --sig-proxy"
)
_CREATED = regex(r"ollama create [\"']?([^\s\"']+)")
_SPACY = regex(r"[a-z]{2,3}_(?:core|dep|ent|sent|udv\d+)_[a-z_]+_(?:sm|md|lg|trf)(?:-[0-9.]+)?")


@dataclass(slots=True)
class _Line:
    """One command line taken apart."""

    tool: Tool | None
    program: str
    positionals: list[Text | Opaque] = field(default_factory=list)
    flags: list[tuple[str, Text | Opaque | None]] = field(default_factory=list)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find what a command line names."""
    if not isinstance(view, Command):
        return
    line = _take_apart(view)
    if line is None or (line.tool is None and line.program in _SILENT):
        return
    yield from _named(line, view, source, context)


def _take_apart(view: Command) -> _Line | None:
    words = view.words
    if not words:
        return None
    first = _program_name(words, 0)
    if first in {"docker", "podman", "nerdctl"} and _text_at(words, 1) in {"run", "create"}:
        return _docker_run(words)
    for at, word in enumerate(words):
        if isinstance(word, Text) and (found := _tool_at(words, at)):
            tool, behind = found
            if first not in _SILENT or first in {"kubectl", "uv", "npx", "conda"} or at == 0:
                return _sort(words[behind:], tool, _program_name(words, at))
    return _sort(words if first.startswith("-") else words[1:], None, first)


def _tool_at(words: tuple[Text | Opaque, ...], at: int) -> tuple[Tool, int] | None:
    if at and is_value_of(_text(words[at - 1])):
        return None
    name = _program_name(words, at)
    for tool in _BY_PROGRAM.get(name) or (tool for start, tool in _STARTS if name.startswith(start)):
        if all(_text_at(words, at + step) == tool.words[step] for step in range(1, len(tool.words))):
            return tool, at + len(tool.words)
    return None


def _program_name(words: tuple[Text | Opaque, ...], at: int) -> str:
    text = _text(words[at])  # `--tokenizer=owner/llama-7b` is a flag, whatever its last part looks like
    return text if text.startswith("-") else text.rsplit("/", 1)[-1].removesuffix(".exe")


_BY_PROGRAM: dict[str, tuple[Tool, ...]] = {}
for _tool in sorted(TOOLS, key=lambda tool: -len(tool.words)):
    if not _tool.words[0].endswith("*") and _tool.words[0] != "python":
        _BY_PROGRAM[_tool.words[0]] = (*_BY_PROGRAM.get(_tool.words[0], ()), _tool)
_STARTS = tuple((tool.words[0][:-1], tool) for tool in TOOLS if tool.words[0].endswith("*"))


def _docker_run(words: tuple[Text | Opaque, ...]) -> _Line | None:
    """Step over docker's own options to the image and what it is told."""
    at = 2
    while at < len(words) and _text(words[at]).startswith("-"):
        flag = _text(words[at])
        at += 1 if "=" in flag or flag in _DOCKER_FLAGS_WITHOUT_VALUE else 2
    if at >= len(words):
        return None
    image, rest = _text(words[at]), words[at + 1 :]
    for step in range(len(rest)):
        if isinstance(rest[step], Text) and (found := _tool_at(rest, step)):
            return _sort(rest[found[1] :], found[0], found[0].library)
    named = (tool for word, tool in _IMAGES if word in image)
    tool = _VLLM if _VLLM_IMAGE.search(image) else next(named, None)
    return _sort(rest, tool, "docker")


def _sort(words: tuple[Text | Opaque, ...], tool: Tool | None, program: str) -> _Line:
    """Tell flags, their values and positionals apart."""
    line, at = _Line(tool, program), 0
    while at < len(words):
        word = words[at]
        at += 1
        text = _text(word)
        if not isinstance(word, Text) or not text.startswith("-") or len(text) < 2:
            line.positionals.append(word)
            continue
        name, equals, _ = text.partition("=")
        flag = table.plain_flag(name)
        if equals:
            line.flags.append((flag, cut(word, len(name) + 1)))
        elif flag in VALUELESS or at >= len(words) or _text(words[at]).startswith("--"):
            line.flags.append((flag, None))
        else:
            line.flags.append((flag, words[at]))
            at += 1
            while flag in _SEVERAL and at < len(words) and not _text(words[at]).startswith("-"):
                line.flags.append((flag, words[at]))
                at += 1
    return line


_SEVERAL = frozenset({"models", "datasets", "lora-modules", "lora-paths", "model-names"})


def _meaning(line: _Line, flag: str) -> str | None:
    if line.tool:
        for name, meaning in line.tool.flags:
            if name == flag:
                return meaning
    if flag in OUTPUT_FLAGS:
        return None
    if line.tool is None and flag in {"repo", "endpoint", "models", "llm", "checkpoint", "provider"}:
        return None
    is_own = line.tool is None or line.tool.library in table.LAUNCHERS
    return GENERAL_FLAGS.get(flag) or (table.meaning_of_words(flag) if is_own else None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the other flags say of the names."""

    around: Surroundings
    revision: str | Unknown
    remote_code: bool | Unknown | None


def _facts(line: _Line, view: Command) -> _Facts:
    revision: str | Unknown = "none"
    remote_code: bool | Unknown | None = None
    base_url = provider = ""
    if line.tool and line.tool.library in _REMOTE_CODE_TOOLS:
        remote_code = False
    is_dataset = False
    for flag, value in line.flags:
        meaning = _meaning(line, flag)
        if meaning == table.REVISION and value is not None:
            revision = (
                value.value if isinstance(value, Text) else Unknown(f"{value.expression}: {value.reason}")
            )
        elif meaning == table.REMOTE_CODE:
            remote_code = not (isinstance(value, Text) and value.value.lower() in {"false", "0", "no"})
        elif meaning == table.DATASET_SWITCH:
            is_dataset = value is None or _text(value).lower() in {"dataset", "datasets"}
        elif meaning == table.BASE_URL and isinstance(value, Text):
            base_url = value.value
        elif meaning == table.PROVIDER and isinstance(value, Text):
            provider = value.value
    hub = line.tool.hub if line.tool else ""
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


def _named(
    line: _Line, view: Command, source: Source, context: Context
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
        meaning = _meaning(line, flag)
        if meaning == table.MODEL:
            for part in _comma_parts(value):
                yield from finder.model(
                    part, f"--{flag}", is_strong=flag in _STRONG_FLAGS or line.tool is not None
                )
        elif meaning == table.DATASET:
            yield from finder.dataset(value, f"--{flag}")
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

    line: _Line
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
        named = classify(word.value, self.facts.around, self.context)
        if named is None and hub == "docker" and is_ollama_tag(word.value) and not is_placeholder(word.value):
            named = Named(Kind.OTHER, word.value)
        if named is not None:
            yield self.sighting(named, word, call)

    def dataset(self, word: Text | Opaque, call: str) -> Iterator[Sighting]:
        if isinstance(word, Text):
            hub = self.facts.around.hub
            around = Surroundings(hub="" if hub == "ollama" else hub, is_sure=True, is_dataset=True)
            if named := classify(word.value, around, self.context):
                yield self.sighting(named, word, call, is_dataset=True)

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


def _text(word: Text | Opaque | None) -> str:
    return word.value if isinstance(word, Text) else ""


def _text_at(words: tuple[Text | Opaque, ...], at: int) -> str:
    return _text(words[at]) if at < len(words) else ""


DETECTOR = Detector(
    id=ID,
    views=(Command,),
    detect=detect,
    blind_spots=(
        "Arguments of a shell function are not followed into its body.",
        "A flag of a program lading does not know counts only when its value has the shape of a Hub id.",
        "What a script downloads through a loop over a file or a command's output is not seen.",
    ),
)
