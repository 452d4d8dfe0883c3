"""Settings a command hands to what it starts: variables of containers, values of charts, overrides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.positions import cut, within
from scanner.discovery.shell_state import MAX_ENVIRONMENT, OF_ENVIRONMENT, Setting
from scanner.discovery.source import Source
from scanner.discovery.switches import ADDRESS_SWITCHES, MODELSCOPE_SWITCHES, is_modelscope_switch
from scanner.discovery.views import Command, Entry, Opaque, Text, View
from scanner.discovery.vocabulary import words
from scanner.patterns import regex
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Location

MAX_OVERRIDES = 500
"""Values of one command that are set by their path (`model.path=owner/name`)."""

_CONTAINERS = words(
    "docker podman nerdctl docker-compose podman-compose apptainer singularity kubectl oc fly flyctl"
)
_FLAGS_OF_CONTAINERS = words("-e --env --build-arg")
_FLAGS_OF_CLOUDS = words(
    "--set-env-vars --update-env-vars --set-build-env-vars --container-env --env-vars --environment-variables"
    " --export --settings"
)
_CLOUDS = words("gcloud az sbatch srun")
_SETTERS = words("kubectl oc heroku fly flyctl az dokku railway conda")
"""Programs that are given `NAME=value` among their words (`kubectl set env`, `heroku config:set`)."""
_FLAGS_OF_CHARTS = words("--set --set-string")
_FLAGS_OF_TERRAFORM = words("-var --var")
_PYTHONS = regex(r"python[0-9.]*|torchrun|accelerate|deepspeed|srun|ray|uv|poetry|tune|[\w.-]+\.py")
_VARIABLE = regex(r"([A-Za-z_][A-Za-z0-9_]*)=")
_OVERRIDE = regex(r"\+{0,2}([A-Za-z_][\w@/]*(?:\.[\w@/]+|\[\d+\])*)=(?=[^=])")
_SAYS_NAME = regex(r".*_(?:name_or_path|path|name|id)")
_STEP = regex(r"[^.\[\]]+|\[\d+\]")
_OTHER_COMMA = regex(r"\^([^\^\s]{1,3})\^")
"""How gcloud is told that something else than a comma parts its values."""


@dataclass(slots=True)
class _Handed:
    """What one command hands on."""

    variables: list[Setting] = field(default_factory=list)
    values: list[Setting] = field(default_factory=list)
    """Values by their path."""
    arguments: list[tuple[Text, ...]] = field(default_factory=list)
    """Words for the program in a container."""


def start_with(
    row: tuple[Text | Opaque, ...], place: Location, environment: tuple[Setting, ...], source: Source
) -> Iterator[View]:
    """Show a command with the variables it hands on, and these as settings of their own."""
    handed = _handed(row, source)
    variables = tuple(within(handed.variables, MAX_ENVIRONMENT, OF_ENVIRONMENT, source))
    around = environment
    if variables:
        around = tuple(within((*variables, *environment), MAX_ENVIRONMENT, OF_ENVIRONMENT, source))
    yield Command(row, place, around)
    beside = _texts(variables)
    for name, value in variables:
        if name not in ADDRESS_SWITCHES | MODELSCOPE_SWITCHES:
            yield Entry((name,), value, beside, "env")
    values = within(handed.values, MAX_OVERRIDES, "values set on one command line", source)
    paths = [(path_of(name), value) for name, value in values]
    tables: dict[tuple[str, ...], list[Setting]] = {}
    for path, value in paths:
        tables.setdefault(path[:-1], []).append((path[-1], value))
    switches = tuple(pair for pair in _texts(around) if is_modelscope_switch(*pair)) if paths else ()
    siblings = {path: (*_texts(tuple(held)), *switches) for path, held in tables.items()}
    for path, value in paths:
        yield Entry(path, value, siblings[path[:-1]], "overrides")
    for arguments in handed.arguments:
        yield Command(arguments, place, around)


def path_of(written: str) -> tuple[str, ...]:
    """The keys of a path as a command line writes it: `a.b[0].c`."""
    return tuple(_STEP.findall(written))


def _texts(settings: tuple[Setting, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value.value) for name, value in settings if isinstance(value, Text))


def _handed(row: tuple[Text | Opaque, ...], source: Source) -> _Handed:
    texts = [word.value if isinstance(word, Text) else "" for word in row]
    at = next((step for step, text in enumerate(texts) if text not in _BEFORE), 0)
    program = texts[at].rsplit("/", 1)[-1] if texts else ""
    handed = _Handed()
    if program in _CONTAINERS | _CLOUDS | _SETTERS:
        _variables(row, texts, program, handed)
    if program in {"helm", "terraform", "tofu"}:
        flags = _FLAGS_OF_CHARTS if program == "helm" else _FLAGS_OF_TERRAFORM
        for word in _given(row, texts, flags):
            named = _parts(word) if program == "helm" else (word,)
            handed.values.extend(pair for part in named if (pair := _pair(part, _OVERRIDE)))
    elif _PYTHONS.fullmatch(program):
        for each in row:
            pair = _pair(each, _OVERRIDE) if isinstance(each, Text) else None
            if pair and ("." in pair[0] or _SAYS_NAME.fullmatch(pair[0])):
                handed.values.append(pair)
    return handed


_BEFORE = words("sudo nohup time exec")


def _variables(row: tuple[Text | Opaque, ...], texts: list[str], program: str, handed: _Handed) -> None:
    if program in _CONTAINERS:
        for word in _given(row, texts, _FLAGS_OF_CONTAINERS):
            parts = _parts(word) if program in {"apptainer", "singularity"} else (word,)
            handed.variables.extend(pair for part in parts if (pair := _pair(part, _VARIABLE)))
    if program in _CLOUDS:
        for word in _given(row, texts, _FLAGS_OF_CLOUDS):
            handed.variables.extend(pair for part in _parts(word) if (pair := _pair(part, _VARIABLE)))
    if program == "gcloud":
        handed.arguments.extend(_parts(word) for word in _given(row, texts, frozenset({"--args"})))
    if program in _SETTERS:
        known = {value.location for _, value in handed.variables}
        for each in row:
            pair = _pair(each, _VARIABLE) if isinstance(each, Text) else None
            if pair and pair[0].isupper() and pair[1].location not in known:
                handed.variables.append(pair)


def _given(row: tuple[Text | Opaque, ...], texts: list[str], flags: frozenset[str]) -> Iterator[Text]:
    """What stands behind these flags, as the next word or behind an equals sign."""
    for at, word in enumerate(row):
        name, equals, _ = texts[at].partition("=")
        if name in flags and isinstance(word, Text):
            following = cut(word, len(name) + 1) if equals else row[at + 1] if at + 1 < len(row) else None
            if isinstance(following, Text):
                yield following


def _parts(word: Text) -> tuple[Text, ...]:
    """The parts of `a=b,c=d`."""
    sign, at = ",", 0
    if other := _OTHER_COMMA.match(word.value):
        sign, at = other[1], other.end()
    found: list[Text] = []
    for part in word.value[at:].split(sign, MAX_ENVIRONMENT):
        found.append(cut(word, at, at + len(part)))
        at += len(part) + len(sign)
    return tuple(found)


def _pair(word: Text, pattern: re.Pattern[str]) -> Setting | None:
    found = pattern.match(word.value)
    if found is None or found.end() == len(word.value):
        return None
    return found[1], cut(word, found.end())
