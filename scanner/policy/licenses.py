"""License names of a policy, and what lists of them say of an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from scanner.policy.match import LicenseName
from scanner.policy.mistakes import nearest
from scanner.policy.rule import Verdict
from scanner.policy.spdx import And, Atom, Or, Tree, atoms, choices, read_expression
from scanner.records.asset import Category
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

MAX_MEMBERS = 8
"""Licenses a name may mean that are written out."""
NO_SINGLE_LICENSE = "no-single-license"
"""Kind of a record of a name that says less than one license."""

_DATE = re.compile(r"-\d{4}(-\d{2}){0,2}$")
_ORDER = (Verdict.ALLOWED, Verdict.REVIEW, Verdict.UNKNOWN, Verdict.DENIED)


class Names:
    """Every name a license goes by: SPDX id, key, key without date, `LicenseRef-`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._seen: dict[str, frozenset[str]] = {}

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
            or bool(self._knowledge.resolve_alias("licenses", name))
            or name in self._by_family
            or _spdx_id(name) is not None
        )

    def members(self, name: str) -> tuple[str, ...]:
        """Of a name that means no single license (`bsd`, `other`): what it may mean; else `()`."""
        keys = self._knowledge.resolve_alias("licenses", name)
        if len(keys) != 1 or _spdx_id(name) is not None:
            return ()
        body = self._knowledge.get("licenses", keys[0]) or {}
        if body.get("kind") != NO_SINGLE_LICENSE:
            return ()
        return tuple(str(key) for key in body.get("members") or ()) or ("nothing a policy could allow",)

    def category(self, name: str) -> Category | Unknown:
        """Look up the category of a license id."""
        for key in self.of_license(name):
            body = self._knowledge.get("licenses", key)
            value = body.get("category") if body else None
            if isinstance(value, str) and value in _CATEGORIES:
                return Category(value)
        return Unknown(f"no record says what kind of license {name} is")

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
        return (_spdx_id(name) or name).lower()


@dataclass(frozen=True, slots=True)
class Decision:
    """What the lists say of one expression, and because of what."""

    verdict: Verdict
    licenses: tuple[str, ...] = ()
    """The licenses that decided, as the expression writes them."""
    entry: str | None = None
    """The entry of the policy that decided, None where it was the absence of one."""
    option: str = "allow"
    """The list it stands in, or should."""


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    tree: Tree | None
    category: Category | None


class LicenseLists:
    """`allow`, `deny` and `review` of one rule, ready to judge expressions.

    A name beats a category, `X WITH E` beats `X`; at equal precision deny beats review beats allow. An
    exception only ever adds permissions, so `X WITH E` follows `X` where no entry names it. OR takes its
    best branch, AND its worst. An entry that is itself an AND or OR speaks of exactly that combination,
    in any order. With `allow` given, what no entry names is denied; without it, it is allowed.
    """

    def __init__(
        self,
        names: Names,
        allow: tuple[LicenseName, ...] | None,
        deny: tuple[LicenseName, ...] | None,
        review: tuple[LicenseName, ...] | None,
    ) -> None:
        self._names = names
        self._has_allow = allow is not None
        self.is_empty = allow is None and not deny and not review
        given = (("deny", deny), ("review", review), ("allow", allow))
        self._lists = {option: [_read_entry(name) for name in entries or ()] for option, entries in given}
        self._exact = {
            option: {
                key: entry.text
                for entry in entries
                if isinstance(entry.tree, Atom)
                for key in self._keys(entry.tree, names.of_entry)
            }
            for option, entries in self._lists.items()
        }

    def decide(self, expression: str, category: Category | Unknown | None = None) -> Decision:
        """Judge an expression or key; the category is the asset's own, for a single license."""
        tree = read_expression(expression)
        if isinstance(tree, Unknown):
            return Decision(Verdict.UNKNOWN, (expression,))
        if isinstance(tree, Atom):
            return self._decide_atom(tree, category)
        return self._decide_choices(tree) if self._combinations else self._decide_tree(tree)

    def verdict(self, expression: str) -> Verdict:
        """Judge an expression or key, the verdict only."""
        return self.decide(expression).verdict

    def names(self, expression: str) -> bool:
        """Whether the expression is allowed because entries name its licenses, not only their category."""
        decision = self.decide(expression)
        named = decision.entry is not None and not decision.entry.startswith("category:")
        return self._has_allow and named and decision.verdict is Verdict.ALLOWED

    @property
    def _combinations(self) -> bool:
        return any(isinstance(e.tree, And | Or) for entries in self._lists.values() for e in entries)

    def _decide_tree(self, tree: Tree) -> Decision:
        if isinstance(tree, Atom):
            return self._decide_atom(tree, None)
        below = [self._decide_tree(part) for part in tree.parts]
        return _best(below) if isinstance(tree, Or) else _worst(below)

    def _decide_choices(self, tree: Tree) -> Decision:
        """Go through every set of licenses the user may choose, so that combinations are seen whole."""
        for option, verdict in _VERDICTS:
            for entry in self._lists[option]:
                if isinstance(entry.tree, Or) and self._same(entry.tree, tree):
                    return Decision(verdict, (str(tree),), entry.text, option)
        possible = choices(tree)
        if possible is None:
            return Decision(Verdict.UNKNOWN, (str(tree)[:80],))
        return _best([self._decide_together(chosen) for chosen in possible])

    def _decide_together(self, chosen: frozenset[Atom]) -> Decision:
        single = {atom: self._decide_atom(atom, None) for atom in sorted(chosen)}
        # allow first and deny last: what is written later here wins.
        for option, verdict in reversed(_VERDICTS):
            for entry in self._lists[option]:
                if isinstance(entry.tree, And) and (met := self._meets(entry.tree, chosen)):
                    decided = Decision(verdict, tuple(map(str, sorted(met))), entry.text, option)
                    single.update(dict.fromkeys(met, decided))
        return _worst(list(single.values()))

    def _decide_atom(self, atom: Atom, category: Category | Unknown | None) -> Decision:
        steps = [atom, Atom(atom.license)] if atom.exception else [atom]
        for step in steps:
            for option, verdict in _VERDICTS:
                for key in self._keys(step, self._names.of_license):
                    if (text := self._exact[option].get(key)) is not None:
                        return Decision(verdict, (str(atom),), text, option)
        return self._decide_category(atom, category)

    def _decide_category(self, atom: Atom, category: Category | Unknown | None) -> Decision:
        if not any(entry.category for entries in self._lists.values() for entry in entries):
            return self._undecided(atom, asks_category=False)
        known = category if isinstance(category, Category) else self._names.category(atom.license)
        for option, verdict in _VERDICTS:
            for entry in self._lists[option]:
                if entry.category is not None and entry.category == known:
                    return Decision(verdict, (str(atom),), entry.text, option)
        return self._undecided(atom, asks_category=isinstance(known, Unknown))

    def _undecided(self, atom: Atom, *, asks_category: bool) -> Decision:
        """What no entry names: denied under an allow list, unknown where only a category could tell."""
        if self._has_allow:
            return Decision(Verdict.DENIED, (str(atom),))
        return Decision(Verdict.UNKNOWN if asks_category else Verdict.ALLOWED, (str(atom),), None, "deny")

    def _meets(self, entry: And, chosen: frozenset[Atom]) -> set[Atom] | None:
        """The chosen licenses an AND-entry speaks of; None where one of its own is not among them."""
        met: set[Atom] = set()
        for part in entry.parts:
            if not isinstance(part, Atom):
                return None
            wanted = self._keys(part, self._names.of_entry)
            found = {atom for atom in chosen if wanted & self._keys(atom, self._names.of_license)}
            if not found:
                return None
            met |= found
        return met

    def _same(self, entry: Tree, tree: Tree) -> bool:
        """Whether two trees say the same, the order of parts aside."""
        if isinstance(entry, Atom) or isinstance(tree, Atom):
            return (
                isinstance(entry, Atom)
                and isinstance(tree, Atom)
                and bool(self._keys(entry, self._names.of_entry) & self._keys(tree, self._names.of_license))
            )
        return (
            type(entry) is type(tree)
            and len(entry.parts) == len(tree.parts)
            and all(any(self._same(mine, theirs) for theirs in tree.parts) for mine in entry.parts)
        )

    @staticmethod
    def _keys(atom: Atom, names_of: Callable[[str], frozenset[str]]) -> frozenset[tuple[str, str]]:
        exception = (_spdx_id(atom.exception) or atom.exception).lower() if atom.exception else ""
        return frozenset((key, exception) for key in names_of(atom.license))


@lru_cache(maxsize=64)
def license_lists(
    knowledge: Knowledge,
    allow: tuple[LicenseName, ...] | None,
    deny: tuple[LicenseName, ...] | None,
    review: tuple[LicenseName, ...] | None,
) -> LicenseLists:
    """The lists of one rule, built once for all assets."""
    return LicenseLists(names_of(knowledge), allow, deny, review)


@lru_cache(maxsize=4)
def names_of(knowledge: Knowledge) -> Names:
    """The names of one knowledge, looked up once."""
    return Names(knowledge)


_VERDICTS = (("deny", Verdict.DENIED), ("review", Verdict.REVIEW), ("allow", Verdict.ALLOWED))
_CATEGORIES = {category.value for category in Category}


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
        return f"not a license name or SPDX expression: {name!r}", _advice(name, names)
    for atom in atoms(tree):
        if members := names.members(atom.license):
            listed = ", ".join(members[:MAX_MEMBERS]) + (", …" if len(members) > MAX_MEMBERS else "")
            return f"{atom.license!r} names no single license", (f"it may mean {listed}",)
        if not names.is_known(atom.license):
            own = f"write LicenseRef-{atom.license} for a license of your own, taken as written"
            return f"no license is called {atom.license!r}", (*_advice(atom.license, names), own)
        if atom.exception and _spdx_id(atom.exception) is None and "Ref-" not in atom.exception:
            return f"no license exception is called {atom.exception!r}", ("write the SPDX id",)
    return None


def _advice(name: str, names: Names) -> tuple[str, ...]:
    first = "write an SPDX id or expression, a key of `lading license list`, or category:NAME"
    return (first, *_did_you_mean(name, names.suggestions()))


def _did_you_mean(wrong: str, right: Iterable[str]) -> tuple[str, ...]:
    near = nearest(wrong, right)
    return (f"did you mean {near!r}?",) if near else ()


def _read_entry(name: LicenseName) -> _Entry:
    if name.text.startswith("category:"):
        return _Entry(name.text, None, Category(name.text.removeprefix("category:")))
    tree = read_expression(name.text)
    return _Entry(name.text, None if isinstance(tree, Unknown) else tree, None)


def worst_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several verdicts; ALLOWED of none."""
    return max(verdicts, key=_ORDER.index, default=Verdict.ALLOWED)


def _best(decisions: list[Decision]) -> Decision:
    """The best verdict, naming every license that has it."""
    return _joined(decisions, min(decisions, key=_rank))


def _worst(decisions: list[Decision]) -> Decision:
    """The worst verdict, naming every license that has it."""
    return _joined(decisions, max(decisions, key=_rank))


def _rank(decision: Decision) -> int:
    return _ORDER.index(decision.verdict)


def _joined(decisions: list[Decision], deciding: Decision) -> Decision:
    same = [decision for decision in decisions if decision.verdict == deciding.verdict]
    licenses = tuple(dict.fromkeys(name for decision in same for name in decision.licenses))
    return Decision(deciding.verdict, licenses, deciding.entry, deciding.option)


def _without_prefix(name: str) -> str:
    return re.sub(r"(?i)^licenseref-(scancode|lading)-", "", name)


def _spdx_id(name: str) -> str | None:
    """The id of the SPDX list for a name (`gpl-2.0` gives `GPL-2.0-only`), None where it has none."""
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
