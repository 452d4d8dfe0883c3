"""`Enum` as the standard library has it, for choices among few; made in a fifth of the time.

A commit hook makes some 25 of them, a tenth of a millisecond each, and compares and hashes their members
thousands of times: here that is done by identity, without a step in Python. What the library's can do beyond
this (aliases, flags, `auto`, names by text) is left out. Type checkers see the library's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from enum import Enum
else:

    class _Choices(type):
        """Makes each plain value in the body of a class a member of it."""

        def __new__(kind, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            values = {
                key: value
                for key, value in body.items()
                if not key.startswith("_") and not hasattr(type(value), "__get__")
            }
            own = {key: value for key, value in body.items() if key not in values}
            cls = super().__new__(kind, name, bases, {**own, "__slots__": () if bases else ("name", "value")})
            members = {}
            for key, value in values.items():
                if value in members:
                    raise TypeError(f"{name}: {key} and {members[value].name} are {value!r}")
                members[value] = made = object.__new__(cls)
                object.__setattr__(made, "name", key)
                object.__setattr__(made, "value", value)
                type.__setattr__(cls, key, made)
            type.__setattr__(cls, "_by_value", members)
            return cls

        def __call__(cls, value: Any) -> Any:
            try:
                return cls._by_value[value]
            except (KeyError, TypeError):
                if type(value) is cls:
                    return value
                raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None

        def __iter__(cls) -> Iterator[Any]:
            return iter(cls._by_value.values())

        def __len__(cls) -> int:
            return len(cls._by_value)

        def __contains__(cls, member: object) -> bool:
            return type(member) is cls

        def __setattr__(cls, name: str, value: Any) -> NoReturn:
            raise AttributeError(f"{cls.__qualname__} is as it was made: {name!r} cannot be set")

    class Enum(metaclass=_Choices):
        """A choice among few: each value in the body is a member, with its name and value."""

        def __setattr__(self, name: str, value: Any) -> NoReturn:
            raise AttributeError(f"<enum {type(self).__qualname__!r}> cannot set attribute {name!r}")

        def __repr__(self) -> str:
            return f"<{type(self).__qualname__}.{self.name}: {self.value!r}>"

        def __str__(self) -> str:
            return f"{type(self).__qualname__}.{self.name}"

        def __reduce__(self) -> tuple[Any, ...]:
            return type(self), (self.value,)

        def __copy__(self) -> Any:
            return self

        def __deepcopy__(self, memory: object) -> Any:
            return self


__all__ = ["Enum"]
