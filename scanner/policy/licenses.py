"""What lists of licenses say of an expression: allowed, review, denied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from scanner.policy.license_names import Names, names_of, spdx_id
from scanner.policy.match import LicenseName
from scanner.policy.rule import Verdict
from scanner.policy.spdx import And, Atom, Or, Tree, choices, read_expression
from scanner.records.asset import Category
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

MAX_REMEMBERED = 50_000
"""Expressions whose decision is kept."""
_ORDER = (Verdict.ALLOWED, Verdict.REVIEW, Verdict.UNKNOWN, Verdict.DENIED)


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
        self._decided: dict[tuple[str, Category | None], Decision] = {}
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
        asked = (expression, category if isinstance(category, Category) else None)
        if asked not in self._decided:
            if len(self._decided) >= MAX_REMEMBERED:
                self._decided.clear()
            self._decided[asked] = self._decide(*asked)
        return self._decided[asked]

    def _decide(self, expression: str, category: Category | None) -> Decision:
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

    def _decide_atom(self, atom: Atom, category: Category | None) -> Decision:
        steps = [atom, Atom(atom.license)] if atom.exception else [atom]
        for step in steps:
            for option, verdict in _VERDICTS:
                for key in self._keys(step, self._names.of_license):
                    if (text := self._exact[option].get(key)) is not None:
                        return Decision(verdict, (str(atom),), text, option)
        return self._decide_category(atom, category)

    def _decide_category(self, atom: Atom, category: Category | None) -> Decision:
        if not any(entry.category for entries in self._lists.values() for entry in entries):
            return self._undecided(atom, asks_category=False)
        known = category or self._names.category(atom.license)
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
        exception = (spdx_id(atom.exception) or atom.exception).lower() if atom.exception else ""
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


_VERDICTS = (("deny", Verdict.DENIED), ("review", Verdict.REVIEW), ("allow", Verdict.ALLOWED))


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
