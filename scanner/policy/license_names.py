"""License names of a policy: which there are, and what is wrong with others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from scanner.patterns import regex
from scanner.policy.mistakes import nearest
from scanner.policy.spdx import atoms, read_expression
from scanner.records.asset import AssetLicense, Category
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

MAX_MEMBERS = 8
"""Licenses a name may mean that are written out."""
SHORTEST_COUNTRY = 3
"""Letters of a code; a longer text may be a name that is nearly one of a country."""
NO_SINGLE_LICENSE = "no-single-license"
"""Kind of a record of a name that says less than one license."""
_DATE = regex(r"-\d{4}(-\d{2}){0,2}$")
_BETWEEN = regex(r"\s*[,;/|]\s*")
"""What people write between several licenses."""
_JOINED = regex(r"\b(?:AND|OR|WITH)\b|[()]")
_OWN = regex(r"[A-Za-z0-9.-]+")
_CATEGORIES = {category.value for category in Category}


class Names:
    """Every name a license goes by: SPDX id, key, key without date, `LicenseRef-`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._seen: dict[str, frozenset[str]] = {}
        self._categories: dict[str, Category | Unknown] = {}

    @property
    def knowledge(self) -> Knowledge:
        """Where the names are looked up."""
        return self._knowledge

    @cached_property
    def _by_family(self) -> dict[str, frozenset[str]]:
        """Keys by the key without its date."""
        families: dict[str, set[str]] = {}
        for key in self._knowledge.keys("licenses"):
            if (family := _DATE.sub("", key)) != key:
                families.setdefault(family, set()).add(key)
        return {family: frozenset(keys) for family, keys in families.items()}

    def of_license(self, name: str) -> frozenset[str]:
        """All names an asset's license id is matched under: its key, else the id as SPDX spells it."""
        if name not in self._seen:
            bare = _without_prefix(name)
            keys = self._knowledge.resolve_alias("licenses", name)
            if not keys and bare != name:
                keys = self._knowledge.resolve_alias("licenses", bare)
            # An id that leads to several records names none of them: it is matched as written.
            found = {keys[0]} if keys and (len(keys) == 1 or keys[0] in (name, bare)) else set()
            self._seen[name] = frozenset(found or {self._spelled(name)})
        return self._seen[name]

    def of_entry(self, name: str) -> frozenset[str]:
        """All keys a name in a policy stands for."""
        dated = self._by_family.get(_without_prefix(name), frozenset())
        return self.of_license(name) | dated

    def is_known(self, name: str) -> bool:
        """Whether a policy may use the name: an SPDX id, a key, a family of keys, or a LicenseRef."""
        return (
            "licenseref-" in name.lower()
            or self._is_spelled(name)
            or name in self._by_family
            or spdx_id(name) is not None
        )

    def _is_spelled(self, name: str) -> bool:
        """Whether the name is a record's key or SPDX id; what a model card may say (`apache2`) is neither."""
        folded = name.casefold()
        for key in self._knowledge.resolve_alias("licenses", name):
            body = self._knowledge.get("licenses", key) or {}
            if folded in (key.casefold(), str(body.get("spdx", "")).casefold()):
                return True
        return False

    def meant_by(self, name: str) -> str | None:
        """What a policy may write for the one record that goes by a name it may not use."""
        keys = self._knowledge.resolve_alias("licenses", name)
        if len(keys) != 1:
            return None
        spdx = str((self._knowledge.get("licenses", keys[0]) or {}).get("spdx", "LicenseRef"))
        return keys[0] if spdx.startswith("LicenseRef") else spdx

    def members(self, name: str) -> tuple[str, ...]:
        """Of a name that means no single license (`bsd`, `other`): what it may mean; else `()`."""
        keys = self._knowledge.resolve_alias("licenses", name)
        if len(keys) != 1:
            return ()
        body = self._knowledge.get("licenses", keys[0]) or {}
        if body.get("kind") != NO_SINGLE_LICENSE or spdx_id(name) is not None:
            return ()
        return tuple(str(key) for key in body.get("members") or ()) or ("nothing a policy could allow",)

    def category(self, name: str) -> Category | Unknown:
        """Look up the category of a license id."""
        if name not in self._categories:
            self._categories[name] = self._category(name)
        return self._categories[name]

    def _category(self, name: str) -> Category | Unknown:
        for key in self.of_license(name):
            body = self._knowledge.get("licenses", key)
            value = body.get("category") if body else None
            if isinstance(value, str) and value in _CATEGORIES:
                return Category(value)
        return Unknown(f"no record says what kind of license {name} is")

    def country(self, text: str) -> str | None:
        """The code of a country by its name or another code; None where nothing goes by it."""
        keys = self._knowledge.resolve_alias("countries", text)
        if not keys and len(text) > SHORTEST_COUNTRY:
            near = nearest(text, (str(body.get("name")) for _, body in self._knowledge.all("countries")))
            keys = self._knowledge.resolve_alias("countries", near) if near else ()
        return keys[0] if len(keys) == 1 else None

    def suggestions(self) -> Iterable[str]:
        """Names for a did-you-mean."""
        from license_expression import get_spdx_licensing  # type: ignore[import-untyped]  # ships no types

        yield from (
            key
            for key, symbol in get_spdx_licensing().known_symbols.items()
            if not key.startswith("LicenseRef-") and not symbol.is_exception
        )
        yield from (f"category:{category.value}" for category in Category)
        yield from (key for key in self._knowledge.keys("licenses") if not self.members(key))
        yield from self._by_family

    @staticmethod
    def _spelled(name: str) -> str:
        """The SPDX spelling of a name no record knows, folded; so that `GPL-2.0` is `GPL-2.0-only`."""
        if "licenseref-" in name.lower():
            return name.lower()
        return (spdx_id(name) or name).lower()


def said_license(license: AssetLicense) -> str:
    """How a license is said in a sentence: its SPDX expression, or the record's key where SPDX has no id."""
    expression, key = license.expression, license.key
    if isinstance(expression, Unknown):
        return "an unknown license"
    is_own = expression.startswith("LicenseRef-") and " " not in expression
    return key if is_own and isinstance(key, str) else expression


@lru_cache(maxsize=4)
def names_of(knowledge: Knowledge) -> Names:
    """The names of one knowledge, looked up once."""
    return Names(knowledge)


def mistake_in(name: str, names: Names) -> tuple[str, tuple[str, ...]] | None:
    """Say what is wrong with a license name of a policy, and what to write instead."""
    if name.startswith("category:"):
        wanted = name.removeprefix("category:")
        if wanted in _CATEGORIES:
            return None
        return f"no license category is called {wanted!r}", (
            f"categories are {', '.join(sorted(_CATEGORIES))}",
            *_did_you_mean(wanted, _CATEGORIES),
        )
    tree = read_expression(name)
    if isinstance(tree, Unknown):
        return f"not a license name or SPDX expression: {name!r}", _how_to_join(name) or _advice(name, names)
    for atom in atoms(tree):
        if members := names.members(atom.license):
            listed = ", ".join(members[:MAX_MEMBERS]) + (", …" if len(members) > MAX_MEMBERS else "")
            return f"{atom.license!r} names no single license", (f"it may mean {listed}",)
        if not names.is_known(atom.license):
            own = f"write LicenseRef-{atom.license} for a license of your own, taken as written"
            is_name = _OWN.fullmatch(atom.license) is not None
            advice = (*_advice(atom.license, names), *((own,) if is_name else ()))
            return f"no license is called {atom.license!r}", advice
        if atom.exception and spdx_id(atom.exception) is None and "Ref-" not in atom.exception:
            return f"no license exception is called {atom.exception!r}", ("write the SPDX id",)
    return None


def _how_to_join(name: str) -> tuple[str, ...]:
    """What to do about several names in one text that are no expression; `()` where it is one name."""
    pieces = [piece for piece in _BETWEEN.split(name) if piece]
    if len(pieces) > 1 and all(map(spdx_id, pieces)):
        joined = " OR ".join(pieces)
        return ("write each as an entry of its own", f"or did you mean {joined!r}?")
    if _JOINED.search(name):
        return ("names are joined by AND, OR or WITH, and each parenthesis is closed",)
    return ()


def _advice(name: str, names: Names) -> tuple[str, ...]:
    first = "write an SPDX id or expression, a key of `lading license list`, or category:NAME"
    meant = names.meant_by(name)
    return (first, *((f"did you mean {meant!r}?",) if meant else _did_you_mean(name, names.suggestions())))


def _did_you_mean(wrong: str, right: Iterable[str]) -> tuple[str, ...]:
    near = nearest(wrong, right)
    return (f"did you mean {near!r}?",) if near else ()


_PREFIX = regex(r"(?i)^licenseref-(scancode|lading)-")


def _without_prefix(name: str) -> str:
    return _PREFIX.sub("", name)


def spdx_id(name: str) -> str | None:
    """Find the id of the SPDX list for a name (`gpl-2.0` gives `GPL-2.0-only`), None where it has none."""
    return _spdx_index().get(name.lower())


@cache
def _spdx_index() -> dict[str, str]:
    """Folded ids and deprecated ids of the SPDX list to ids; built only when a name needs it."""
    from license_expression import get_spdx_licensing

    listed = {
        key: symbol
        for key, symbol in get_spdx_licensing().known_symbols.items()
        if not key.startswith("LicenseRef-")
    }
    index = {
        alias.lower(): key
        for key, symbol in listed.items()
        for alias in symbol.aliases
        if "LicenseRef" not in alias and " " not in alias
    }
    return index | {key.lower(): key for key in listed}
