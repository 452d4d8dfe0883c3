"""Whether a text can name anything at all, by its language; asked before it is parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from scanner.discovery import relevance
from scanner.discovery.candidates import Candidates, has_hub, proves_itself
from scanner.discovery.command_table import (
    GENERAL_FLAGS,
    PAIRS,
    TOOLS,
    Tool,
    meaning_of_words,
    plain_flag,
)
from scanner.discovery.config_keys import (
    ENVIRONMENTS,
    KeyRole,
    role_of,
    role_of_key,
    role_of_variable,
    snake,
)
from scanner.discovery.embedded_texts import FILE_KEY, is_shell_key, may_hold_scripts
from scanner.discovery.owned_names import without_pictures
from scanner.discovery.passed_over import TEMPLATE_ENDINGS, is_lock, is_manifest, table_of_manifest
from scanner.discovery.python_relevance import is_relevant
from scanner.discovery.source import Source
from scanner.discovery.told_settings import SIGNS
from scanner.discovery.vocabulary import any_of, words
from scanner.discovery.yaml_nodes import is_too_deep
from scanner.patterns import regex
from scanner.records.sighting import Scope

MAX_PASSED_OVER = 1_000_000
"""Characters; a longer text is read whatever stands in it, so that the limits it hits are told."""

_WORD = regex(r"[A-Za-z_][\w.\-]*")
_VALUE = regex(r"[A-Za-z0-9_@][\w.:/@%\-]*")
_FLAG = regex(r"-(?<![\w\-]-)-?([A-Za-z][\w\-.]*)")
_GIVEN = regex(r"=[ \t]*[\"']?(\$\{\w+:?-|[^\s\"';|&)])")
_SET = regex(r"(?<![\w.\-])([A-Za-z_][\w.]*)[ \t]*[+:?]{0,3}\Z")
_LONGEST_NAME = 90
_KEY = regex(
    r"(?m)(?:^[ \t]*+(?:[-?][ \t]++)*+|[{,][ \t]*+)[\"']?"
    r"([^\s\"'#:{}\[\],&*!|>%@\-][^\n:{}\[\]\"',]{0,63}+)[\"']?[ \t]*+:"
)
_QUOTED_IMPORT = regex(r"[\"'](?=(?:import|from)\s)")
# Nothing is given back that was taken once: without that these took most of the time of a large JSON.
_QUOTED_KEY = regex(r'"([^"\\\n]{1,64}+)"\s*+:')
_SINGLE_QUOTED_KEY = regex(r"""'([^"'\\\n]{1,64}+)'\s*+:""")
_BARE_KEY = regex(r"[{,]\s*+([A-Za-z_$][\w$]{0,63}+)\s*+:")
_LINE_OF_SETTINGS = regex(r"(?m)^[ \t]*+(?:- )?[A-Za-z_][\w.\-/]*+:[ \t]")
_ANY_KEY = regex(r"[A-Za-z_$](?<![\w.\-/].)[\w.\-/]{0,63}+(?=[\"']?[ \t]*+[:=])")
_NO_NAME = frozenset("$/.`")
"""What the value of a variable begins with that is a path, or decided at run time."""
_IMAGES = words(
    "vllm text-generation-inference text-embeddings-inference sglang llama.cpp llama-cpp infinity"
    " litellm lmdeploy localai local-ai"
)
"""Parts of the names of images whose first argument may be a model."""
_PROGRAMS = words("docker podman nerdctl")
_FETCHERS = words("curl wget aria2c")
_SILENT_FLAGS = words(
    "repo endpoint llm checkpoint provider revision model-revision hf-revision trust-remote-code"
    " base-url api-base openai-api-base model-provider llm-provider"
)
_NAMING_FLAGS = frozenset(GENERAL_FLAGS) - _SILENT_FLAGS
"""Flags behind which a name stands, whatever the program."""
_POSTED = regex(r"model[\\\"']{0,4}\s{0,20}[:=]|/api/pull|/models/create")
"""Where a request that is sent says the model."""
_NAMING = frozenset({KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE, KeyRole.DATASET})
_RUN = frozenset({"command", "args", "entrypoint", "healthcheck", "argv"})
_WRITTEN = words("write_files dest destination")
"""Keys beside which the content of a file stands."""


def worth_reading(source: Source, candidates: Candidates) -> bool:
    """Whether reading the text can give anything; True for languages that have no filter here.

    A filter may say yes to a text that turns out to name nothing, and never no to one that names
    something: what it passes over counts as read.
    """
    asked = FILTERS.get(source.language)
    if asked is None or len(source.text) > MAX_PASSED_OVER:
        return True
    return asked(source, candidates)


def _script_names(source: Source, candidates: Candidates) -> bool:
    # Imported here: a commit of Python files does not wait for what reads other languages.
    from scanner.discovery.literals import script_names

    return script_names(source.text, candidates, is_test=source.scope is Scope.TEST)


def _script(source: Source, candidates: Candidates) -> bool:
    return relevance.may_name_models(source.text) and _script_names(source, candidates)


def _markup(source: Source, candidates: Candidates) -> bool:
    text = source.text
    if any_of(("py-script", "application/json", "text/python", '"py"', "'py'", "mpy"), text):
        return True
    # The value of a field for models needs no sign of a name: `<input id="chat_model" value="llama3">`.
    if "model" in text.lower() and _FIELD.search(text):
        return True
    return _script_names(source, candidates)


_FIELD = regex(r"(?i)\bvalue[ \t]{0,9}=[ \t]{0,9}[\"'][A-Za-z]")


def _code(source: Source, candidates: Candidates) -> bool:
    if not relevance.may_name_models(source.text):
        return False
    from scanner.discovery.literals import code_names

    return code_names(source.text, candidates, is_test=source.scope is Scope.TEST)


def _commands(source: Source, candidates: Candidates) -> bool:
    """Scripts, recipes, images: a command that names models, a variable, an address, code in the text."""
    text = source.text
    lowered = text.lower()
    return (
        has_hub(lowered)
        or proves_itself(lowered)
        or _may_command(text, lowered)
        or candidates.has_spoken(text)
        or ("<<" in text and _may_set(text, set(_ANY_KEY.findall(text)), source, candidates))
        or _may_hold_code(source, candidates, ("<<", " -c", " -e", "#!"))
        or ("Modelfile" in text and _BUILT_ON.search(text) is not None)
    )


_BUILT_ON = regex(r"(?i)\b(?:FROM|ADAPTER)[ \t]+\S")
"""What a Modelfile written by a script says."""


def _may_command(text: str, lowered: str) -> bool:
    said = frozenset(_WORD.findall(text))
    flags = set(map(plain_flag, _FLAG.findall(text)))
    if not flags.isdisjoint(_NAMING_FLAGS) or any(map(meaning_of_words, flags)):
        return True
    tools = [
        tool for first in said & _FIRST_WORDS for tool in _TOOLS[first] if _is_said(tool.words[1:], said)
    ]
    tools += [tool for start, tool in _STARTS.items() if start in text]
    if any(_takes_names(tool) or not flags.isdisjoint(_flags_of(tool)) for tool in tools):
        return True
    if not said.isdisjoint(_FETCHERS) and _POSTED.search(lowered):
        return True
    if not said.isdisjoint(_PROGRAMS) and any_of(_IMAGES, lowered):
        return True
    if any(map(_names_by_variable, set(_variables_set(text)))):
        return True
    paths = set(_paths_set(text))
    if not paths:
        return False
    # Imported here: a commit of Python files does not wait for what reads commands.
    from scanner.discovery.handed_on import path_of

    return any(role_of(path_of(path)) in _NAMING for path in paths)


_EQUALS = regex(r"(?<=[\w\]@/])=(?!=)")
_PATH = regex(r"[A-Za-z_][\w@/]{0,63}(?:\.[\w@/]{1,63}|\[\d+\]){1,12}")
"""What is set by its path on a command line: `model.path=owner/name`."""
_IN_FRONT = regex(r"[\s\"',=+]")
_LONGEST_PATH = 300
"""Signs in front of an equals sign that are searched for the path."""


def _paths_set(text: str) -> Iterator[str]:
    """Paths that are given something: each is looked for backwards from its equals sign."""
    for found in _EQUALS.finditer(text):
        at = found.start()
        before = text[max(0, at - _LONGEST_PATH) : at]
        piece = _IN_FRONT.split(before[before.rfind("\n") + 1 :])[-1]
        if _PATH.fullmatch(piece) is not None:
            yield piece


_TOOLS: dict[str, list[Tool]] = {}
for _tool in TOOLS:
    if not _tool.words[0].endswith("*") and _tool.words[0] != "python":
        for _first in (_tool.words[0], f"{_tool.words[0]}.exe"):
            _TOOLS.setdefault(_first, []).append(_tool)
_FIRST_WORDS = frozenset(_TOOLS)
_STARTS = {tool.words[0][:-1]: tool for tool in TOOLS if tool.words[0].endswith("*")}


def _takes_names(tool: Tool) -> bool:
    """Whether a tool takes names without a flag in front of them."""
    return tool.positional != 0 or ("positional", PAIRS) in tool.flags


@lru_cache(maxsize=256)
def _flags_of(tool: Tool) -> frozenset[str]:
    """Flags behind which a tool takes names."""
    return frozenset(GENERAL_FLAGS) | {flag for flag, _ in tool.flags}


def _is_said(rest: tuple[str, ...], said: frozenset[str]) -> bool:
    return all(word in said for word in rest)


def _variables_set(text: str) -> Iterator[str]:
    """Names in front of an equals sign behind which a name could stand."""
    for found in _GIVEN.finditer(text):
        if found[1] not in _NO_NAME:
            start = found.start()
            name = _SET.search(text[max(0, start - _LONGEST_NAME) : start])
            if name is not None:
                yield name[1]


@lru_cache(maxsize=16_384)
def _names_by_variable(name: str) -> bool:
    return role_of_variable(name) in _NAMING


def _may_hold_code(source: Source, candidates: Candidates, signs: tuple[str, ...]) -> bool:
    """Whether code written into the text could name something, where a sign says that there may be code."""
    text = source.text
    if not any_of(signs, text):
        return False
    if source.neighbours is None or is_relevant(_QUOTED_IMPORT.sub("\n", text), source.neighbours):
        return True
    return relevance.may_name_models(text) and _script_names(source, candidates)


def _yaml(source: Source, candidates: Candidates) -> bool:
    if source.depth == 0:
        name = source.file.rsplit("/", 1)[-1]
        if is_lock(name):
            return False
        if name.endswith(TEMPLATE_ENDINGS) and _commands(source, candidates):
            return True  # it may become a script
    if is_too_deep(source.text):
        return True  # said to be left out by the reader
    if "spec" in source.text and "/" in source.text and _has_known(source.text, candidates):
        return True  # it may be a parameter of a resource of Kubernetes
    return _may_set(source.text, set(_KEY.findall(source.text)), source, candidates)


def _has_known(text: str, candidates: Candidates) -> bool:
    return any("/" in word and candidates.context.is_known_model(word) for word in set(_VALUE.findall(text)))


def _json(source: Source, candidates: Candidates) -> bool:
    text, name = source.text, source.file.rsplit("/", 1)[-1]
    if source.depth == 0 and is_manifest(name):
        holds_commands = bool(table_of_manifest(name, text))
        return '"contributes"' in text or (holds_commands and _may_command(text, text.lower()))
    keys = set(_QUOTED_KEY.findall(text)) | set(_BARE_KEY.findall(text))
    if "'" in text:
        keys.update(_SINGLE_QUOTED_KEY.findall(text))
    if "\\" in text:
        # Texts of other languages stand in JSON with their line ends and quotes written out.
        text = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\", "")
        keys.update(_ANY_KEY.findall(text))
    elif _LINE_OF_SETTINGS.search(text):
        # In a text of several lines, which strict JSON has not.
        keys.update(_ANY_KEY.findall(text))
    return _may_set(text, keys, source, candidates)


def _may_set(text: str, keys: set[str], source: Source, candidates: Candidates) -> bool:
    """Settings: a key that speaks of models, a variable, a command, an address, code."""
    lowered = text.lower()
    if has_hub(lowered) or proves_itself(lowered):
        return True
    roles = set(map(_said_by_key, keys))
    if KeyRole.MODEL in roles or "file" in roles:
        return True
    are_variables = "variables" in roles or {"values of pairs", "names of pairs"} <= roles
    if are_variables and any(map(_names_by_variable, set(_WORD.findall(text)))):
        return True
    if ("command" in roles or "#!" in text) and (_may_command(text, lowered) or any_of(_IMAGES, lowered)):
        return True
    if candidates.has_spoken(text) or any_of(SIGNS, text) or may_hold_scripts(text):
        return True
    if roles & _NAMING and any(map(candidates.could_be_named, set(_VALUE.findall(text)))):
        return True
    return _may_hold_code(source, candidates, ("import ", "#!"))


@lru_cache(maxsize=16_384)
def _said_by_key(key: str) -> KeyRole | str:
    """The strongest thing a key can say of what stands under it."""
    name = snake(key)
    if name in ENVIRONMENTS:
        return "variables"
    if name in {"value", "parametervalue"}:
        return "values of pairs"
    if name in {"name", "key", "parameterkey"} and role_of_key(key) is KeyRole.OTHER:
        return "names of pairs"
    if name in _WRITTEN:
        return "file"
    if name in _RUN or is_shell_key(name) or name.endswith("_args"):
        return "command"
    if FILE_KEY.fullmatch(key.strip().rpartition(" ")[2]):
        return "file"
    return role_of_key(key)


def _page(source: Source, candidates: Candidates) -> bool:
    """Running text: names that speak for themselves, a card in front, blocks of any language."""
    text = without_pictures(source.text)
    lowered = text.lower()
    if has_hub(lowered) or proves_itself(lowered) or candidates.has_spoken(text):
        return True
    # Blocks are asked for each by its language.
    return any_of(("```", "~~~", ".. ", "---"), text)


FILTERS: dict[str, Callable[[Source, Candidates], bool]] = {
    **dict.fromkeys(("javascript", "typescript", "tsx"), _script),
    **dict.fromkeys(("html", "vue", "svelte"), _markup),
    **dict.fromkeys(("shell", "makefile", "dockerfile"), _commands),
    "code": _code,
    "yaml": _yaml,
    "json": _json,
    "markdown": _page,
}
