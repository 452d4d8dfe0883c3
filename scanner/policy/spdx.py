"""SPDX expressions as trees, read without any list of licenses."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Any, TypeAlias

from scanner.patterns import regex
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

MAX_CHARACTERS = 4_000
MAX_CHOICES = 512
"""Ways to choose among the OR-branches of one expression that are still looked at one by one."""

_SINGLE = regex(r"[A-Za-z0-9][A-Za-z0-9.+:_-]*")
_OPERATORS = {"and", "or", "with"}


@dataclass(frozen=True, slots=True)
class Atom:
    """One license, with the exception that goes with it, if any."""

    license: str
    exception: str = ""

    def __str__(self) -> str:
        """Write it as SPDX does."""
        return f"{self.license} WITH {self.exception}" if self.exception else self.license

    def __lt__(self, other: Atom) -> bool:
        """By license, then by exception."""
        return (self.license, self.exception) < (other.license, other.exception)


@dataclass(frozen=True, slots=True)
class And:
    """All of these apply."""

    parts: tuple[Tree, ...]

    def __str__(self) -> str:
        """Write it as SPDX does."""
        return " AND ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """One of these, as the user chooses."""

    parts: tuple[Tree, ...]

    def __str__(self) -> str:
        """Write it as SPDX does."""
        return " OR ".join(f"({part})" if isinstance(part, And) else str(part) for part in self.parts)


Tree: TypeAlias = Atom | And | Or


@lru_cache(maxsize=8192)
def read_expression(text: str) -> Tree | Unknown:
    """Read an SPDX expression; operators in any letter case, AND binds closer than OR.

    Parts that say the same are one part; nested ANDs in ANDs and ORs in ORs are flat. Unknown with the
    text quoted where it is no expression, or longer than MAX_CHARACTERS.
    """
    stripped = text.strip()
    if len(stripped) > MAX_CHARACTERS:
        return Unknown(f"the license expression is longer than {MAX_CHARACTERS} characters")
    if _SINGLE.fullmatch(stripped) and stripped.lower() not in _OPERATORS:
        return Atom(stripped)
    from license_expression import ExpressionError, Licensing  # type: ignore[import-untyped]  # ships no types

    try:
        parsed = Licensing().parse(stripped)
    except (ExpressionError, RecursionError):
        parsed = None
    built = _build(parsed) if parsed is not None else None
    return built or Unknown(f"not an SPDX expression: {stripped[:80]!r}")


def choices(tree: Tree) -> tuple[frozenset[Atom], ...] | None:
    """List every set of licenses a user may end up with; None where there are over MAX_CHOICES."""
    match tree:
        case Atom():
            return (frozenset({tree}),)
        case Or(parts):
            found: set[frozenset[Atom]] = set()
            for part in parts:
                below = choices(part)
                if below is None:
                    return None
                found.update(below)
        case And(parts):
            sides, count = [], 1
            for part in parts:
                below = choices(part)
                count *= len(below or ())
                if below is None or count > MAX_CHOICES:
                    return None
                sides.append(below)
            found = {frozenset().union(*picked) for picked in product(*sides)}
    return tuple(sorted(found, key=sorted)) if len(found) <= MAX_CHOICES else None


def atoms(tree: Tree) -> tuple[Atom, ...]:
    """List the licenses of an expression, each once, in the order they stand."""
    if isinstance(tree, Atom):
        return (tree,)
    return tuple(dict.fromkeys(atom for part in tree.parts for atom in atoms(part)))


def _build(parsed: Any) -> Tree | None:
    """Turn the library's tree into ours; None where a name is no license id."""
    from license_expression import LicenseWithExceptionSymbol

    if isinstance(parsed, LicenseWithExceptionSymbol):
        names = (parsed.license_symbol.key, parsed.exception_symbol.key)
        return Atom(*names) if all(_SINGLE.fullmatch(name) for name in names) else None
    if not getattr(parsed, "args", ()):
        return Atom(parsed.key) if _SINGLE.fullmatch(parsed.key) else None
    kind: type[And] | type[Or] = And if parsed.__class__.__name__ == "AND" else Or
    parts: list[Tree] = []
    for argument in parsed.args:
        part = _build(argument)
        if part is None:
            return None
        parts.extend(part.parts if isinstance(part, kind) else (part,))
    unique = tuple(dict.fromkeys(parts))
    return unique[0] if len(unique) == 1 else kind(unique)
