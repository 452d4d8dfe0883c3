"""Values of a policy, read by the types of a rule's Options."""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Collection
from functools import cache
from types import MappingProxyType
from typing import Any, Union, get_args, get_origin

from scanner.marked_yaml import Mapping, Node, Scalar, Sequence
from scanner.policy.hints import (
    KEY_WORDS,
    LEVEL_WORDS,
    fold,
    meant_number,
    meant_truth,
    wrong_name,
    wrong_path,
)
from scanner.policy.license_names import Names, mistake_in
from scanner.policy.match import Entity, Glob, LicenseName
from scanner.policy.mistakes import MAX_QUOTED, Mistakes, nearest, shown
from scanner.policy.policy import KIND_GROUPS, Common, Setting
from scanner.policy.use import Country, Region
from scanner.records.choices import Enum
from scanner.records.finding import Level, PolicyPlace
from scanner.records.hints import type_hints
from scanner.records.quick import dataclass, fields_of
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown

MAX_TEXT = 500
INHERITED = "..."
"""Entry of a list that stands for what the extended policy lists."""

ENTRY = "an entry of "
"""What the name of a value begins with that stands in a list."""


class Refused(Exception):
    """The value at a node has been noted as a mistake."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One policy file being read."""

    file: str
    mistakes: Mistakes
    names: Names

    def refuse(self, at: Node, what: str, *advice: str) -> Refused:
        """Note a mistake; raise what this gives back."""
        self.mistakes.add(self.file, at, what, *advice)
        return Refused()

    def place(self, at: Node) -> PolicyPlace:
        """The line of a node."""
        return PolicyPlace(self.file, max(at.line, 1))


@cache
def option_types(options: type) -> MappingProxyType[str, Any]:
    """The type of each option of a rule, by name."""
    return MappingProxyType(type_hints(options))


COMMON_TYPES: MappingProxyType[str, Any] = MappingProxyType(
    {
        "kinds": tuple[Kind, ...],
        "paths": tuple[Glob, ...],
        "references": tuple[Glob, ...],
        "min_confidence": type_hints(Common)["min_confidence"],
        "owner": str,
    }
)


def read_setting(kind: Any, node: Node, name: str, reading: Reading) -> Setting:
    """Read one option.

    Raises:
        Refused: it does not fit its type; every mistake in it has been noted.
    """
    place = reading.place(node)
    if get_origin(inner_type(kind)) is tuple and isinstance(node, Sequence):
        member = get_args(inner_type(kind))[0]
        entries = [each for each in node if not _is(each, INHERITED)]
        value = read_list(member, entries, name, reading)
        lines = tuple((str(each.value), reading.place(each)) for each in entries if isinstance(each, Scalar))
        return Setting(value, place, lines, inherits=len(entries) < len(node.members))
    return Setting(read_value(kind, node, name, reading), place)


def read_value(kind: Any, node: Node, name: str, reading: Reading) -> Any:
    """Read a value of one of the types Options may have.

    Raises:
        Refused: it does not fit; noted.
    """
    inner = inner_type(kind)
    is_none = isinstance(node, Scalar) and (node.value is None or (inner is Level and node.value == "off"))
    if type(None) in get_args(kind) and is_none:
        return None
    if get_origin(inner) is tuple:
        if not isinstance(node, Sequence):
            raise _no_list(get_args(inner)[0], node, name, reading)
        return read_list(get_args(inner)[0], list(node), name, reading)
    if isinstance(node, Scalar) and (reader := _reader(inner)):
        return reader(kind, node, name, reading)
    raise reading.refuse(node, f"{name} wants {describe(kind)}, not {shown(node)}", *_as_one_text(node))


def _no_list(member: Any, node: Node, name: str, reading: Reading) -> Refused:
    """Note that a list is wanted, and what is wrong with the one value that stands there."""
    is_value = isinstance(node, Scalar) and node.value is not None
    inside = ", ".join(key for key, _, _ in node.items()) if isinstance(node, Mapping) else _text(node)
    advice = (f"write {name.split('.')[-1]}: [{inside[:MAX_QUOTED]}]",) if inside != "…" else ()
    refused = reading.refuse(node, f"{name} wants {describe(tuple[member, ...])}, not {shown(node)}", *advice)
    if is_value:
        with contextlib.suppress(Refused):
            read_list(member, [node], name, reading)
    return refused


def _as_one_text(node: Node) -> tuple[str, ...]:
    """Advice for `category: permissive`, which was to be one text."""
    if isinstance(node, Mapping) and len(node.entries) == 1:
        key, value = node.entries[0]
        if isinstance(value, Scalar) and value.value is not None:
            return (f'did you mean "{key.value}:{_text(value)}"?',)
    return ()


def read_list(member: Any, nodes: list[Node], name: str, reading: Reading) -> tuple[Any, ...]:
    """Read every member of a list; all that do not fit are noted before it is refused.

    Raises:
        Refused: one does not fit.
    """
    found: list[Any] = []
    refused: Refused | None = None
    for node in nodes:
        try:
            if member is Kind and isinstance(node, Scalar) and node.value in KIND_GROUPS:
                found.extend(sorted(KIND_GROUPS[str(node.value)], key=lambda kind: kind.value))
            else:
                found.append(read_value(member, node, f"{ENTRY}{name}", reading))
        except Refused as refusal:
            refused = refusal
    if refused:
        raise refused
    return tuple(dict.fromkeys(found))


def describe(kind: Any) -> str:
    """Say what a value of the type looks like, for messages and the reference."""
    inner = inner_type(kind)
    if get_origin(inner) is tuple:
        member = get_args(inner)[0]
        return f"a list of {_PLURALS.get(member) or ' | '.join(choices_of(member)) or 'texts'}"
    if words := choices_of(kind):
        return "one of " + ", ".join(words)
    return _SINGULARS.get(inner, "a text")


def choices_of(kind: Any) -> tuple[str, ...]:
    """The words an option may be set to, where they are few."""
    inner = inner_type(kind)
    words: tuple[str, ...] = ()
    if inner is bool:
        words = ("true", "false")
    elif isinstance(inner, type) and issubclass(inner, Enum):
        words = tuple(member.value for member in inner)
    return (*words, "off") if inner is Level and inner is not kind else words


def as_meant(
    body: Mapping,
    known: Collection[str],
    kind: str,
    reading: Reading,
    advise: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> Mapping:
    """Note the keys nobody knows, and put what was probably meant in their place.

    So what stands below a misspelled key is read too, and its mistakes are told in the same run. A key
    that means nothing, or what is said already, is left out.
    """
    entries: list[tuple[Scalar, Node]] = []
    said = {name for name, _, _ in body.items()}
    for name, key, node in body.items():
        if name in known:
            entries.append((key, node))
        elif (meant := unknown_key(kind, key, list(known), reading, *advise(name))) and meant not in said:
            said.add(meant)
            entries.append((Scalar(meant, key.line, key.column), node))
    return Mapping(tuple(entries), body.line, body.column)


def read_settings(body: Mapping, kinds: Any, prefix: str, reading: Reading) -> dict[str, Setting]:
    """Read the keys of a mapping by their types; keys nobody knows are noted."""
    kind = f"in {prefix.rstrip('.')}, the key" if prefix else "the key"
    return read_known(as_meant(body, kinds, kind, reading), kinds, prefix, reading)


def read_known(body: Mapping, kinds: Any, prefix: str, reading: Reading) -> dict[str, Setting]:
    """Read those keys of a mapping that have a type here, and leave the others alone."""
    found: dict[str, Setting] = {}
    for name, _, node in body.items():
        if name in kinds:
            with contextlib.suppress(Refused):
                found[name] = read_setting(kinds[name], node, f"{prefix}{name}", reading)
    return found


def without(body: Mapping, *names: str) -> Mapping:
    """A mapping but for some of its keys."""
    entries = tuple(entry for entry in body.entries if entry[0].value not in names)
    return Mapping(entries, body.line, body.column)


def unknown_key(kind: str, key: Scalar, known: list[str], reading: Reading, *more: str) -> str | None:
    """Note a key nobody knows; give back what was probably meant. `more` is said where nothing is near."""
    text = str(key.value)
    other = KEY_WORDS.get(fold(text))
    near = other if other in known else nearest(text.lstrip("- "), known)
    advice = [f"did you mean {near!r}?"] if near else [*more] or [f"known are {', '.join(sorted(known))}"]
    if text.startswith("-"):
        advice.insert(0, "put a space behind the dash")
    reading.mistakes.add(reading.file, key, f"{kind} {text[:60]!r} is not known", *advice)
    return near


def read_mapping(node: Node, name: str, reading: Reading) -> Mapping:
    """Take a mapping.

    Raises:
        Refused: it is none; noted.
    """
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and node.value is None:
        return Mapping((), node.line, node.column)
    is_stuck = isinstance(node, Scalar) and ":" in str(node.value)
    advice = ("put a space behind the colon",) if is_stuck else ()
    raise reading.refuse(node, f"{name} wants keys and values, not {shown(node)}", *advice)


def _read_bool(_: Any, node: Scalar, name: str, reading: Reading) -> bool:
    if isinstance(node.value, bool):
        return node.value
    raise reading.refuse(
        node, f"{name} wants true or false, not {shown(node)}", *_did_you_mean(meant_truth(str(node.value)))
    )


def _did_you_mean(meant: str | None) -> tuple[str, ...]:
    return (f"did you mean {meant}?",) if meant else ()


def _read_number(kind: Any, node: Scalar, name: str, reading: Reading) -> int | float:
    value = node.value
    inner = inner_type(kind)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (inner is int and value != int(value))
    ):
        meant = meant_number(value) if isinstance(value, str) else None
        raise reading.refuse(
            node, f"{name} wants {_SINGULARS[inner]}, not {shown(node)}", *_did_you_mean(meant)
        )
    if value < 0:
        raise reading.refuse(node, f"{name} cannot be below 0: {value}")
    return int(value) if inner is int else float(value)


def _read_text(_: Any, node: Scalar, name: str, reading: Reading) -> str:
    if isinstance(node.value, str) and node.value.strip() and len(node.value) <= MAX_TEXT:
        return node.value
    if isinstance(node.value, str) and len(node.value) > MAX_TEXT:
        raise reading.refuse(node, f"{name} is longer than {MAX_TEXT} characters")
    advice = ('write it in quotes: "…"',) if isinstance(node.value, bool | int | float) else ()
    raise reading.refuse(node, f"{name} wants a text, not {shown(node)}", *advice)


def _read_choice(kind: Any, node: Scalar, name: str, reading: Reading) -> Enum:
    members: type[Enum] = inner_type(kind)
    for member in members:
        if member.value == node.value:
            return member
    words, said = choices_of(kind), str(node.value)
    other = LEVEL_WORDS.get(said.casefold()) if members is Level else None
    near = other if other in words else nearest(said, words)
    advice = [f"one of {', '.join(words)}"] + ([f"did you mean {near!r}?"] if near else [])
    raise reading.refuse(node, f"{name} cannot be {shown(node)}", *advice)


def _read_country(kind: Any, node: Scalar, name: str, reading: Reading) -> Country:
    from scanner.policy.place_names import wrong_country

    text = _read_text(kind, node, name, reading)
    if mistake := wrong_country(text, reading.names, may_be_group=name.startswith(ENTRY)):
        raise reading.refuse(node, mistake[0], *mistake[1])
    return Country(text)


def _read_region(kind: Any, node: Scalar, name: str, reading: Reading) -> Region:
    from scanner.policy.place_names import wrong_region

    text = _read_text(kind, node, name, reading)
    if mistake := wrong_region(text, reading.names):
        raise reading.refuse(node, mistake[0], *mistake[1])
    return Region(text)


def _read_license(kind: Any, node: Scalar, name: str, reading: Reading) -> LicenseName:
    text = _read_text(kind, node, name, reading)
    if mistake := mistake_in(text, reading.names):
        raise reading.refuse(node, mistake[0], *mistake[1])
    return LicenseName(text)


def _read_glob(kind: Any, node: Scalar, name: str, reading: Reading) -> Glob | Entity:
    made: type[Glob] | type[Entity] = inner_type(kind)
    text = _read_text(kind, node, name, reading)
    wrong = (wrong_path if name.endswith(("paths", "path")) else wrong_name) if made is Glob else None
    if wrong is not None and (mistake := wrong(text)):
        raise reading.refuse(node, mistake[0], *mistake[1])
    return made(text)


_Reader = Callable[[Any, Scalar, str, Reading], Any]
_READERS: dict[Any, _Reader] = {
    bool: _read_bool,
    int: _read_number,
    float: _read_number,
    str: _read_text,
    Country: _read_country,
    Region: _read_region,
    LicenseName: _read_license,
    Glob: _read_glob,
    Entity: _read_glob,
}
_SINGULARS: dict[Any, str] = {
    int: "a whole number",
    float: "a number",
    str: "a text",
    Country: "a country",
    Region: "a region",
    LicenseName: "a license",
    Glob: "a name or pattern",
    Entity: "an entity",
}
_PLURALS: dict[Any, str] = {
    str: "texts",
    Country: "countries (ISO 3166-1, two letters) or groups of them (EU)",
    Region: "countries, groups of them (EU) or labels of regions",
    LicenseName: "licenses (SPDX expression, key, or category:NAME)",
    Glob: "names or patterns",
    Entity: "entities",
}


def _reader(kind: Any) -> _Reader | None:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _read_choice
    return _READERS.get(kind)


def inner_type(kind: Any) -> Any:
    """The type without `| None` and `| Unknown`."""
    if get_origin(kind) in (Union, types.UnionType):
        members = [member for member in get_args(kind) if member not in (type(None), Unknown)]
        return members[0] if len(members) == 1 else kind
    return kind


def _is(node: Node, text: str) -> bool:
    return isinstance(node, Scalar) and node.value == text


def _text(node: Node) -> str:
    return str(node.value)[:40] if isinstance(node, Scalar) and node.value is not None else "…"


def defaults(options: type) -> dict[str, Any]:
    """The default of each option, by name."""
    made = options()
    return {each.name: getattr(made, each.name) for each in fields_of(options)}
