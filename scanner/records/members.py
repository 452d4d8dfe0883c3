"""What the records of `quick.py` share: making, comparing, showing and pickling them."""

from __future__ import annotations

import operator
import types
from collections.abc import Callable, Iterator, Mapping
from functools import cache, wraps
from itertools import islice
from typing import Any

from scanner.records.initializers import WRITTEN

MISSING: Any = object()
"""No value was given."""
UNDERSTOOD = frozenset({"default", "default_factory", "init", "repr", "compare", "metadata"})
"""What `field` may say of a field of a record that is made here; the rest is the library's."""
_NOTHING: Mapping[Any, Any] = types.MappingProxyType({})
_ALPHABET = "abcdefghjkmnpqrstuvwxyz"


class Given:
    """What `field(...)` said of one field."""

    __slots__ = ("compare", "default", "factory", "init", "metadata", "repr", "said")

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.default = said.get("default", MISSING)
        self.factory = said.get("default_factory", MISSING)
        self.init = said.get("init", True)
        self.repr = said.get("repr", True)
        self.compare = said.get("compare", True)
        self.metadata = said.get("metadata") or _NOTHING

    @property
    def has_default(self) -> bool:
        """Whether a record can be made without a value for it."""
        return self.default is not MISSING or self.factory is not MISSING


class Later:
    """A member that is made for each class when it is first asked of the class."""

    __slots__ = ("_make", "_name")

    def __init__(self, name: str, make: Callable[[Any], Any]) -> None:
        self._name, self._make = name, make

    def __get__(self, instance: object, owner: type) -> Any:
        # A class that stands on a record asks with itself as owner.
        holder = next(base for base in owner.__mro__ if vars(base).get(self._name) is self)
        made = self._make(holder)
        setattr(holder, self._name, made)
        return made.__get__(instance, owner) if hasattr(made, "__get__") else made


def all_given(cls: Any) -> list[tuple[str, Given]]:
    """What was said of each field of a record, in their order."""
    found = []
    for name in cls.__record_fields__:
        given = cls._given.get(name, MISSING)
        found.append((name, given if isinstance(given, Given) else Given({"default": given})))
    return found


def is_frozen(cls: type) -> bool:
    """Whether records of a class refuse to be changed."""
    refuse: Any = _refuse_set
    return cls.__setattr__ is refuse


def _initializer(cls: Any) -> Any:
    """Make `__init__`: one code for each number of fields, given this class's names."""
    # Most fields are plain ones: this runs for every class a commit hook makes a record of.
    given, names, defaults, late = cls._given, [], [], []
    for name in cls.__record_fields__:
        said = given.get(name, MISSING)
        if isinstance(said, Given):
            if not said.init:
                continue
            if said.factory is not MISSING:
                late.append((name, said.factory))
            if said.has_default:
                defaults.append(said.default)
        elif said is not MISSING:
            defaults.append(said)
        names.append(name)
    code = WRITTEN.get(len(names)) or _template(len(names))
    words = dict(zip(letters(), names, strict=False))
    own = code.replace(
        co_name="__init__",
        co_varnames=tuple(words.get(word, word) for word in code.co_varnames),
        co_consts=tuple(words.get(const, const) for const in code.co_consts),
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    made = types.FunctionType(own, {"_set": object.__setattr__}, "__init__", tuple(defaults) or None)
    has_more = hasattr(cls, "__post_init__")
    return _making(made, late, has_more=has_more) if late or has_more else made


@cache
def _template(count: int) -> types.CodeType:
    """The code of an `__init__` of so many fields, called by letters; most are there (`initializers.py`)."""
    scope: dict[str, Any] = {}
    exec(text_of(count), scope)  # noqa: S102  # what dataclasses does itself, for every class and method
    code: types.CodeType = scope["__init__"].__code__
    return code


def text_of(count: int) -> str:
    """Write an `__init__` of so many fields."""
    names = list(islice(letters(), count))
    lines = [f"    _set(self, {name!r}, {name})" for name in names]
    return f"def __init__(self, {', '.join(names)}):\n" + ("\n".join(lines) or "    pass")


def letters() -> Iterator[str]:
    """Give `a` to `z` without those that look like a number, then `a_a` to `a_z`, and so on."""
    yield from _ALPHABET
    for before in _ALPHABET:
        yield from (f"{before}_{letter}" for letter in _ALPHABET)


def _making(plain: Any, late: list[tuple[str, Callable[[], Any]]], *, has_more: bool) -> Any:
    """An `__init__` that makes what a factory makes and nobody gave, and then does what the class says."""

    @wraps(plain)
    def made(self: Any, *values: Any, **named: Any) -> None:
        plain(self, *values, **named)
        for name, make in late:
            if getattr(self, name) is MISSING:
                object.__setattr__(self, name, make())
        if has_more:
            self.__post_init__()

    return made


def members_of(*, frozen: bool, eq: bool) -> dict[str, Any]:
    """The members a record has beside its own."""
    return {**_OF_ALL, **(_COMPARED[frozen] if eq else {}), **(_FROZEN if frozen else {})}


def _fields(cls: Any) -> Any:
    return _twin(cls).__dataclass_fields__


def _params(cls: Any) -> Any:
    return _twin(cls).__dataclass_params__


def _twin(cls: Any) -> Any:
    """A class of the same fields as the library makes it: what it notes there, heirs and `fields` look at."""
    import dataclasses

    types_of = {
        name: said for base in cls.__mro__ for name, said in vars(base).get("__annotations__", {}).items()
    }
    fields: list[Any] = []
    for name, given in all_given(cls):
        said = {key: value for key, value in given.said.items() if value is not MISSING}
        fields.append((name, types_of[name], dataclasses.field(**said)))
    is_compared = cls.__eq__ is not object.__eq__
    return dataclasses.make_dataclass(cls.__name__, fields, frozen=is_frozen(cls), eq=is_compared)


def _comparer(cls: Any) -> Any:
    """A function from a record to the tuple of what it is compared and hashed by."""
    names = [name for name, given in all_given(cls) if given.compare]
    if len(names) > 1:
        return staticmethod(operator.attrgetter(*names))
    return staticmethod(lambda record: tuple(getattr(record, name) for name in names))


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, given in all_given(type(self)) if given.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__record_fields__]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__record_fields__, state, strict=True):
        object.__setattr__(self, name, value)


def _refuse_set(self: Any, name: str, value: object) -> None:
    import dataclasses

    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:
    import dataclasses

    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_OF_ALL: dict[str, Any] = {
    "__init__": Later("__init__", _initializer),
    "__repr__": _repr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
    "__dataclass_fields__": Later("__dataclass_fields__", _fields),
    "__dataclass_params__": Later("__dataclass_params__", _params),
    "_compared": Later("_compared", _comparer),
}
_COMPARED: dict[bool, dict[str, Any]] = {
    frozen: {"__eq__": _eq, "__hash__": _hash if frozen else None} for frozen in (True, False)
}
_FROZEN: dict[str, Any] = {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
