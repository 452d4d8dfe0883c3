"""Records to JSON values and back, by their types alone."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin

from scanner.errors import ReportBroken
from scanner.records.choices import Enum
from scanner.records.hints import type_hints
from scanner.records.quick import fields_of, is_record
from scanner.records.unknown import Unknown

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
R = TypeVar("R")

_Decoder: TypeAlias = Callable[[Any], Any]


def encode(value: object) -> Json:
    """Turn a record, tuple, enum or scalar into a JSON value.

    Unknown becomes `{"unknown": reason}`; a field that is None is left out; a field marked `flat` is
    written into its owner; a field marked `json` is written under that name.

    Raises:
        TypeError: the value is of a type no record may hold.
    """
    kind = type(value)
    if kind in _SCALARS:
        return value  # type: ignore[return-value]  # one of the scalars
    if kind is Unknown:
        return {"unknown": value.reason}  # type: ignore[attr-defined]  # an Unknown
    if kind is tuple:
        return [encode(member) for member in value]  # type: ignore[attr-defined]  # a tuple
    if is_record(value) and not isinstance(value, type):
        return _encode_record(value)
    if isinstance(value, Enum):
        return encode(value.value)
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"no record holds a {kind.__name__}")


def decode(record: type[R], value: object, where: str = "$") -> R:
    """Build a record of the given type from a JSON value; fields it does not know are passed over.

    A record that offers `tidy(written)` is asked first: it fills what a hand-written report leaves out.

    Raises:
        ReportBroken: the value does not fit the type; the message names the place (`$.assets[3].name`).
    """
    kind: Any = record
    decoder = _decoder_of(kind)
    try:
        return decoder(value)  # type: ignore[no-any-return]  # the type decides at run time
    except _Misfit as misfit:
        raise ReportBroken(f"{where}{misfit.path}: {misfit.what}") from None


_SCALARS = frozenset({str, bool, int, float})
_AS_IS: frozenset[type] = _SCALARS | {type(None)}


class _Misfit(Exception):
    """A value that does not fit; the path grows on the way up, so that fitting values pay nothing."""

    def __init__(self, what: str, path: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.path = path

    def below(self, step: str) -> _Misfit:
        """The same misfit, one step nearer to the root."""
        return _Misfit(self.what, step + self.path)


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
        for field in fields_of(record)
    )


@cache
def _decoder_of(expected: Any) -> _Decoder:
    """The function that builds a value of a type; made once per type."""
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return _union_decoder(get_args(expected))
    if origin is tuple:
        return _tuple_decoder(get_args(expected))
    if expected is Unknown:
        return _decode_unknown
    if isinstance(expected, type) and issubclass(expected, Enum):
        return _enum_decoder(expected)
    if is_record(expected) and isinstance(expected, type):
        return _record_decoder(expected)
    return _scalar_decoder(expected)


def _misfit(expected: Any, value: object) -> _Misfit:
    shown = getattr(expected, "__name__", str(expected))
    return _Misfit(f"expected {shown}, found {str(value)[:60]!r}")


def _decode_unknown(value: Any) -> Unknown:
    if isinstance(value, dict) and len(value) == 1 and "unknown" in value:
        return Unknown(str(value["unknown"]))
    raise _misfit(Unknown, value)


def _enum_decoder(expected: type[Enum]) -> _Decoder:
    members = {member.value: member for member in expected}

    def build(value: Any) -> Enum:
        try:
            return members[value]
        except (KeyError, TypeError):
            raise _misfit(expected, value) from None

    return build


@cache
def _taken_as_is(expected: Any) -> frozenset[type]:
    """Types whose values are taken as they stand where this type is expected; most fields hold one."""
    if get_origin(expected) in (Union, types.UnionType):
        return frozenset(get_args(expected)) & _AS_IS
    return frozenset({expected} & _AS_IS)


def _scalar_decoder(expected: Any) -> _Decoder:
    def build(value: Any) -> Any:
        if expected is float and type(value) is int:
            return float(value)
        if isinstance(value, expected) and (expected is bool or not isinstance(value, bool)):
            return value
        raise _misfit(expected, value)

    return build


def _tuple_decoder(members: tuple[Any, ...]) -> _Decoder:
    if len(members) == 2 and members[1] is Ellipsis:
        member = _decoder_of(members[0])
        decoders, taken = None, _taken_as_is(members[0])
    else:
        taken = frozenset()
        decoders = [_decoder_of(each) for each in members]

    def build(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _Misfit(f"expected a list, found {str(value)[:60]!r}")
        if decoders is not None and len(decoders) != len(value):
            raise _Misfit(f"expected {len(decoders)} members, found {len(value)}")
        if taken and taken.issuperset(map(type, value)):
            return tuple(value)
        built: list[Any] = []
        try:
            for at, each in enumerate(value):
                built.append((decoders[at] if decoders else member)(each))
        except _Misfit as misfit:
            raise misfit.below(f"[{len(built)}]") from None
        return tuple(built)

    return build


def _union_decoder(members: tuple[Any, ...]) -> _Decoder:
    """Take the member the value's shape speaks for; Unknown before records, for only it has its shape."""
    ordered = sorted(
        (member for member in members if member is not type(None)), key=lambda kind: kind is not Unknown
    )
    exact = frozenset(members) & _AS_IS
    takes_unknown = Unknown in members
    # Whether it is an Unknown is seen by its shape; what else it may be is tried.
    others = [member for member in ordered if member is not Unknown] or ordered

    def build(value: Any) -> Any:
        if type(value) in exact:
            return value
        if takes_unknown and isinstance(value, dict) and len(value) == 1 and "unknown" in value:
            return Unknown(str(value["unknown"]))
        deepest: _Misfit | None = None
        for member in others:
            try:
                return _decoder_of(member)(value)
            except _Misfit as misfit:
                if deepest is None or len(misfit.path) >= len(deepest.path):
                    deepest = misfit
        raise deepest or _misfit("nothing", value)

    return build


def _record_decoder(record: type) -> _Decoder:
    """Decoders of the fields are looked up at the first use, so that records may hold each other."""
    plan: list[tuple[str, str, bool, bool, frozenset[type], _Decoder]] = []
    tidy: Callable[[dict[str, Any]], dict[str, Any]] | None = getattr(record, "tidy", None)

    def prepare() -> list[tuple[str, str, bool, bool, frozenset[type], _Decoder]]:
        kinds = type_hints(record)
        optional = {field.name for field in fields_of(record) if field.has_default}
        return [
            (field, name, is_flat, field in optional, _taken_as_is(kinds[field]), _decoder_of(kinds[field]))
            for field, name, is_flat in _layout(record)
        ]

    def build(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _misfit(record, value)
        if not plan:
            # Whole at once: another thread sees all of the plan or nothing.
            plan[:] = prepare()
        if tidy is not None:
            value = tidy(value)
        built = {}
        for field, name, is_flat, is_optional, taken, decoder in plan:
            if is_flat:
                built[field] = decoder(value)
            elif name in value:
                written = value[name]
                if type(written) in taken:
                    built[field] = written
                    continue
                try:
                    built[field] = decoder(written)
                except _Misfit as misfit:
                    raise misfit.below(f".{name}") from None
            elif not is_optional:
                raise _Misfit(f"the field {name!r} is missing")
        return record(**built)

    return build
