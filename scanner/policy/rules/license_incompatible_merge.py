"""A merge joins models whose licenses no label can satisfy together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scanner.policy.lineage import Forebear, forebears, merged_parents
from scanner.policy.rule import Facts, Fault, Rule
from scanner.policy.travels import Reading, compare, travels_of
from scanner.records.asset import Asset
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.terms import Carries, Terms
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Options:
    """What a policy may say of this rule."""

    level: Level = Level.ERROR


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Take every two parents of a merge, with all that stands behind each, in any order."""
    lineage = forebears(asset, facts.knowledge)
    told: set[frozenset[str]] = set()
    for merge, parents in merged_parents(asset):
        sides = {parent: [each for each in lineage if parent in each.path] for parent in parents}
        for left, right in combinations(parents, 2):
            for one in sides[left]:
                for other in sides[right]:
                    pair = frozenset((_key(one), _key(other)))
                    why = "" if len(pair) < 2 or pair in told else _clash(one, other)
                    if why:
                        told.add(pair)
                        yield _fault(merge, one, other, why, options)


def _clash(one: Forebear, other: Forebear) -> str:
    """Why two licenses cannot be met together, `""` where they can."""
    ours, theirs = one.holding.terms, other.holding.terms
    if isinstance(ours, Unknown) or isinstance(theirs, Unknown):
        return ""
    names = _prefix(ours), _prefix(theirs)
    if all(names) and not (names[0].startswith(names[1]) or names[1].startswith(names[0])):
        return f"one name cannot begin with both “{names[0]}” and “{names[1]}”"
    for strict, added in ((one, other), (other, one)):
        if not _wants_itself(strict) or _leaves_free(added):
            continue
        if compare(strict.holding, added.holding, "merge").reading is Reading.CONFLICT:
            return f"{_key(strict)} wants the whole under itself, {_key(added)} adds terms of its own"
    return ""


def _wants_itself(side: Forebear) -> bool:
    terms = side.holding.terms
    if isinstance(terms, Unknown):
        return False
    return travels_of(terms, side.holding.category).carries is Carries.SAME_LICENSE


def _leaves_free(side: Forebear) -> bool:
    terms = side.holding.terms
    if isinstance(terms, Unknown):
        return True
    return travels_of(terms, side.holding.category).carries is Carries.NOTICES


def _prefix(terms: Terms) -> str:
    """The word a name must begin with; of a duty to contain a word anywhere, nothing."""
    naming = terms.naming
    if not naming.is_asked or not naming.words or "begin" not in str(naming.value):
        return ""
    return naming.words[0].lower()


def _fault(merge: str, one: Forebear, other: Forebear, why: str, options: Options) -> Fault:
    sure = min(one.confidence, other.confidence, key=lambda each: each.rank)
    clauses = [(each, clause) for each in (one, other) for clause in _clauses(each)]
    quoted = "; ".join(f"{clause} of {_key(each)}" for each, clause in clauses)
    both = " and ".join(f"{each.ancestor.name} ({_key(each)})" for each in (one, other))
    return Fault(
        message=f"{merge} merges {both}: {why}" + (f" ({quoted})" if quoted else ""),
        remedy="merge models of one license, or of licenses that leave derivatives free",
        evidence=tuple(
            Evidence(
                "clause",
                _key(each),
                f"knowledge:licenses/{_key(each)}",
                each.ancestor.as_of,
                each.confidence,
                quote=clause,
            )
            for each, clause in clauses
        ),
        level=options.level,
        confidence=sure,
        about=tuple(sorted((_key(one), _key(other)))),
    )


def _clauses(side: Forebear) -> list[str]:
    terms = side.holding.terms
    if isinstance(terms, Unknown):
        return []
    said = [travels_of(terms, side.holding.category).clause]
    if _prefix(terms):
        said.insert(0, terms.naming.clause)
    return [clause for clause in said if isinstance(clause, str) and clause != "none"]


def _key(side: Forebear) -> str:
    key = side.holding.key
    return key if isinstance(key, str) else side.holding.label or "a license that is not known"


RULE = Rule(
    id="license-incompatible-merge",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=("Merges whose parents the card does not list are not seen.",),
)
