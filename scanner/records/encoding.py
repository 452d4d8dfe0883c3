"""Records to JSON values and back, by their types alone."""

from __future__ import annotations

import dataclasses
import types
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from scanner.errors import ReportBroken
from scanner.records.unknown import Unknown

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
R = TypeVar("R")


def encode(value: object) -> Json:
    """Turn a record, tuple, enum or scalar into a JSON value.

    Unknown becomes `{"unknown": reason}`; a field that is None is left out; a field marked `flat` is
    written into its owner; a field marked `json` is written under that name.

    Raises:
        TypeError: the value is of a type no record may hold.
    """
    match value:
        case Unknown(reason):
            return {"unknown": reason}
        case Enum():
            return encode(value.value)
        case bool() | str() | int() | float():
            return value
        case tuple():
            return [encode(member) for member in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _encode_record(value)
        case _:
            raise TypeError(f"no record holds a {type(value).__name__}")


def decode(record: type[R], value: object, where: str = "$") -> R:
    """Build a record of the given type from a JSON value; fields it does not know are passed over.

    A record that offers `tidy(written)` is asked first: it may fill what a hand-written report leaves out.

    Raises:
        ReportBroken: the value does not fit the type; the message names the place (`$.assets[3].name`).
    """
    return _decode(record, value, where)  # type: ignore[no-any-return]  # the type decides at run time


def _encode_record(value: Any) -> dict[str, Json]:
    written: dict[str, Json] = {}
    record: Any = type(value)
    for field, name, is_flat in _layout(record):
        member = getattr(value, field)
        if member is None:
            continue
        if is_flat:
            written.update(_encode_record(member))
        else:
            written[name] = encode(member)
    return written


@cache
def _layout(record: Any) -> tuple[tuple[str, str, bool], ...]:
    """(attribute, JSON name, whether its members are written into the owner) for each field."""
    return tuple(
        (field.name, field.metadata.get("json", field.name), field.metadata.get("flat", False))
        for field in dataclasses.fields(record)
    )


@cache
def _types(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _decode(expected: Any, value: object, where: str) -> Any:
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(expected), value, where)
    if origin is tuple:
        return _decode_tuple(get_args(expected), value, where)
    if expected is Unknown:
        if isinstance(value, dict) and set(value) == {"unknown"}:
            return Unknown(str(value["unknown"]))
    elif isinstance(expected, type) and issubclass(expected, Enum):
        try:
            return expected(value)
        except ValueError:
            pass
    elif dataclasses.is_dataclass(expected) and isinstance(expected, type):
        if isinstance(value, dict):
            return _decode_record(expected, value, where)
    elif expected is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    elif isinstance(value, expected) and (expected is bool or not isinstance(value, bool)):
        return value
    shown = getattr(expected, "__name__", str(expected))
    raise ReportBroken(f"{where}: expected {shown}, found {str(value)[:60]!r}")


def _decode_union(members: tuple[Any, ...], value: object, where: str) -> Any:
    """Take the first member that fits; Unknown first, because only it has that shape."""
    if value is None and type(None) in members:
        return None
    failures = []
    for member in sorted(members, key=lambda kind: kind is not Unknown):
        if member is type(None):
            continue
        try:
            return _decode(member, value, where)
        except ReportBroken as failure:
            failures.append(failure)
    deepest = max(reversed(failures), key=lambda failure: len(str(failure).split(": ")[0]))
    raise deepest


def _decode_tuple(members: tuple[Any, ...], value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ReportBroken(f"{where}: expected a list, found {str(value)[:60]!r}")
    if len(members) == 2 and members[1] is Ellipsis:
        return tuple(_decode(members[0], each, f"{where}[{at}]") for at, each in enumerate(value))
    if len(members) != len(value):
        raise ReportBroken(f"{where}: expected {len(members)} members, found {len(value)}")
    return tuple(
        _decode(kind, each, f"{where}[{at}]")
        for at, (kind, each) in enumerate(zip(members, value, strict=True))
    )


def _decode_record(record: Any, value: dict[Any, Any], where: str) -> Any:
    if hasattr(record, "tidy"):
        value = record.tidy(value)
    kinds: dict[str, Any] = _types(record)
    built: dict[str, Any] = {}
    defaults = {
        field.name
        for field in dataclasses.fields(record)
        if field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    }
    for field, name, is_flat in _layout(record):
        if is_flat:
            built[field] = _decode(kinds[field], value, where)
        elif name in value:
            built[field] = _decode(kinds[field], value[name], f"{where}.{name}")
        elif field not in defaults:
            raise ReportBroken(f"{where}: the field {name!r} is missing")
    return record(**built)
