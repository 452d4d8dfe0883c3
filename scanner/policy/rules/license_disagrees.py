"""Card, license text, tag or file header of one repository name different licenses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

STATEMENTS = {
    "license.declared": "the card",
    "license.key": "the card",
    "license.text": "the license text",
    "license.tag": "the tag",
    "license.header": "the header of the weight file",
}
"""Facts that say which license it is, and how a message calls their place."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a policy may say of this rule."""

    level: Level = Level.WARNING


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare every statement that settles on a license with the first; each disagreement once."""
    said = [
        each for each in asset.license.evidence if each.fact in STATEMENTS and _key(each, facts.knowledge)
    ]
    texts = {_key(each, facts.knowledge) for each in said if each.fact == "license.text"}
    for first in said[:1]:
        told = {_key(first, facts.knowledge)}
        if first.fact != "license.text" and told & texts:
            # One text of several is the declared one: the others are of code or third parties.
            said = [each for each in said if each.fact != "license.text"]
        for other in said[1:]:
            if _agree(first, other, facts.knowledge) or _key(other, facts.knowledge) in told:
                continue
            told.add(_key(other, facts.knowledge))
            yield _fault(asset, first, other, options, facts.knowledge)


def _fault(asset: Asset, first: Evidence, other: Evidence, options: Options, knowledge: Knowledge) -> Fault:
    ours, theirs = _key(first, knowledge), _key(other, knowledge)
    place = f" ({other.location})" if other.location else ""
    return Fault(
        message=(
            f"{asset.name}: {STATEMENTS[first.fact]} says {ours}, {STATEMENTS[other.fact]}{place} is {theirs}"
        ),
        remedy=f"read both (lading license show {theirs}) and ask the publisher which one holds",
        evidence=(first, other),
        level=options.level,
        about=tuple(sorted((ours, theirs))),
    )


def _agree(first: Evidence, other: Evidence, knowledge: Knowledge) -> bool:
    from scanner.knowledge.licenses import look_up

    ours, theirs = _key(first, knowledge), _key(other, knowledge)
    if ours == theirs or {ours, theirs} & _members(first) or {ours, theirs} & _members(other):
        return True
    record = look_up(knowledge, ours)
    return record is not None and theirs in record.same_terms_as


def _members(statement: Evidence) -> set[str]:
    """Licenses of a list: a card that lists two is not contradicted by the text of one."""
    words = str(statement.value).replace("(", " ").replace(")", " ").split()
    joined = {"AND", "OR", "WITH"} & set(words)
    return {word.lower() for word in words} if joined else set()


def _key(statement: Evidence, knowledge: Knowledge) -> str:
    """Key of the license a statement settles on; `""` where it settles on none."""
    from scanner.knowledge.license_names import Found, record_for_name

    if isinstance(statement.value, Unknown) or not isinstance(statement.value, str):
        return ""
    found = record_for_name(knowledge, statement.value)
    return found.key if isinstance(found, Found) else statement.value


RULE = Rule(
    id="license-disagrees",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=("License files that were not read, and licenses in prose, are not compared.",),
)
