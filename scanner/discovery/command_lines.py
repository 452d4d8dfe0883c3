"""Takes a command line apart: the tool it starts, its flags, its positional words."""

from __future__ import annotations

from scanner.discovery import command_table as table
from scanner.discovery.command_table import GENERAL_FLAGS, OUTPUT_FLAGS, TOOLS, VALUELESS, Tool, is_value_of
from scanner.discovery.positions import cut
from scanner.discovery.views import Command, Opaque, Text
from scanner.discovery.vocabulary import words
from scanner.patterns import regex
from scanner.records.quick import dataclass, field

SILENT = words(
    "echo printf grep egrep rg sed awk cat ls rm mkdir cp mv cd test [ [[ git gh helm kubectl npm"
    " npx yarn pnpm apt apt-get apk brew conda pip pip3 uv chmod chown tar unzip touch exit return"
    " source . set unset alias cargo go gcc make cmake ssh-keygen head tail sort find export ln"
    " which command pre-commit pytest"
)
"""Programs whose flags say nothing of models, however they look."""
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
_OF_SWIFT = regex(r"(?:^|/)swift/cli/(?:_megatron/)?(\w+)\.py$")
"""Scripts of ms-swift that a launcher starts."""
_RUNNERS = words("uv poetry pdm pipenv conda mamba micromamba rye hatch pixi")
"""Programs whose `run` starts another one."""
_RUNNER_FLAGS_WITH_VALUE = words(
    "--with --extra --group --only-group --python -p --package --project --directory --env-file --index"
    " --index-url --extra-index-url -n --name --prefix --cwd --with-requirements --with-editable -e"
)
_DOCKER_FLAGS_WITHOUT_VALUE = words(
    "-d --detach -i -t -it -ti --rm --privileged --init --read-only -P --publish-all"
    " --no-healthcheck -itd -dit --interactive --tty -td -dt --oom-kill-disable --sig-proxy"
)


@dataclass(slots=True)
class Line:
    """One command line taken apart."""

    tool: Tool | None
    program: str
    positionals: list[Text | Opaque] = field(default_factory=list)
    flags: list[tuple[str, Text | Opaque | None]] = field(default_factory=list)


def take_apart(view: Command) -> Line | None:
    """The words of a command by what they are; None where there is nothing to tell apart."""
    words = _started(view.words)
    if not words:
        return None
    first = _program_name(words, 0)
    if first in {"docker", "podman", "nerdctl"} and text_at(words, 1) in {"run", "create"}:
        return _docker_run(words)
    for at, word in enumerate(words):
        if isinstance(word, Text) and (found := _tool_at(words, at)):
            tool, behind = found
            if tool.library in table.LAUNCHERS and (started := _started_by(words, behind)):
                return _sort(words[started[1] :], started[0], first)
            if first not in SILENT or first in {"kubectl", "uv", "npx", "conda"} or at == 0:
                return _sort(words[behind:], tool, _program_name(words, at))
    return _sort(words if first.startswith("-") else words[1:], None, first)


def _started(words: tuple[Text | Opaque, ...]) -> tuple[Text | Opaque, ...]:
    """The words of the program that `uv run`, `poetry run` and the like start."""
    if len(words) < 3 or text_at(words, 1) != "run" or _program_name(words, 0) not in _RUNNERS:
        return words
    at = 2
    while at < len(words) and text_of(words[at]).startswith("-"):
        at += 2 if text_of(words[at]) in _RUNNER_FLAGS_WITH_VALUE else 1
    return words[at:]


def _started_by(words: tuple[Text | Opaque, ...], behind: int) -> tuple[Tool, int] | None:
    """The tool a launcher starts (`accelerate launch -m lm_eval`), and where its own words begin."""
    found = (_tool_at(words, at) for at in range(behind, len(words)) if isinstance(words[at], Text))
    return next((each for each in found if each is not None), None)


def _tool_at(words: tuple[Text | Opaque, ...], at: int) -> tuple[Tool, int] | None:
    if at and is_value_of(text_of(words[at - 1])):
        return None
    name = _program_name(words, at)
    for tool in _BY_PROGRAM.get(name) or (tool for start, tool in _STARTS if name.startswith(start)):
        if all(text_at(words, at + step) == tool.words[step] for step in range(1, len(tool.words))):
            return tool, at + len(tool.words)
    return None


def _program_name(words: tuple[Text | Opaque, ...], at: int) -> str:
    text = text_of(words[at])
    if text.endswith(".py") and (script := _OF_SWIFT.search(text)):
        return f"swift.cli.{script[1]}"
    # `--tokenizer=owner/llama-7b` is a flag, whatever its last part looks like
    return text if text.startswith("-") else text.rsplit("/", 1)[-1].removesuffix(".exe")


_BY_PROGRAM: dict[str, tuple[Tool, ...]] = {}
for _tool in sorted(TOOLS, key=lambda tool: -len(tool.words)):
    if not _tool.words[0].endswith("*") and _tool.words[0] != "python":
        _BY_PROGRAM[_tool.words[0]] = (*_BY_PROGRAM.get(_tool.words[0], ()), _tool)
_STARTS = tuple((tool.words[0][:-1], tool) for tool in TOOLS if tool.words[0].endswith("*"))


def _docker_run(words: tuple[Text | Opaque, ...]) -> Line | None:
    """Step over docker's own options to the image and what it is told."""
    at = 2
    while at < len(words) and text_of(words[at]).startswith("-"):
        flag = text_of(words[at])
        at += 1 if "=" in flag or flag in _DOCKER_FLAGS_WITHOUT_VALUE else 2
    if at >= len(words):
        return None
    image, rest = text_of(words[at]), words[at + 1 :]
    for step in range(len(rest)):
        if isinstance(rest[step], Text) and (found := _tool_at(rest, step)):
            return _sort(rest[found[1] :], found[0], found[0].library)
    named = (tool for word, tool in _IMAGES if word in image)
    tool = _VLLM if _VLLM_IMAGE.search(image) else next(named, None)
    return _sort(rest, tool, "docker")


def _sort(words: tuple[Text | Opaque, ...], tool: Tool | None, program: str) -> Line:
    """Tell flags, their values and positionals apart."""
    line, at = Line(tool, program), 0
    several = _SEVERAL | tool.several if tool else _SEVERAL
    while at < len(words):
        word = words[at]
        at += 1
        text = text_of(word)
        if not isinstance(word, Text) or not text.startswith("-") or len(text) < 2:
            line.positionals.append(word)
            continue
        name, equals, _ = text.partition("=")
        flag = table.plain_flag(name)
        if equals:
            line.flags.append((flag, cut(word, len(name) + 1)))
        elif flag in VALUELESS or at >= len(words) or text_of(words[at]).startswith("--"):
            line.flags.append((flag, None))
        else:
            line.flags.append((flag, words[at]))
            at += 1
            while flag in several and at < len(words) and not text_of(words[at]).startswith("-"):
                line.flags.append((flag, words[at]))
                at += 1
    return line


_SEVERAL = frozenset({"models", "datasets", "lora-modules", "lora-paths", "model-names"})


_PYTHONS = regex(r"python[0-9.]*|[\w.-]+\.py")


def is_python(program: str) -> bool:
    """Whether a program is Python, or a script in it."""
    return _PYTHONS.fullmatch(program) is not None


def meaning_of(line: Line, flag: str) -> str | None:
    """What a flag of this line is given, in the words of the command table."""
    if line.tool:
        for name, meaning in line.tool.flags:
            if name == flag:
                return meaning
    if flag in OUTPUT_FLAGS:
        return None
    if line.tool is None and flag in {"repo", "endpoint", "models", "llm", "checkpoint", "provider"}:
        # What other programs mean by it may be anything; an evaluation in Python compares models.
        return table.MODEL if flag == "models" and is_python(line.program) else None
    is_own = line.tool is None or line.tool.library in table.LAUNCHERS
    return GENERAL_FLAGS.get(flag) or (table.meaning_of_words(flag) if is_own else None)


def text_of(word: Text | Opaque | None) -> str:
    """A word as text, empty where it is not known."""
    return word.value if isinstance(word, Text) else ""


def text_at(words: tuple[Text | Opaque, ...], at: int) -> str:
    """The word at a position as text, empty where there is none."""
    return text_of(words[at]) if at < len(words) else ""
