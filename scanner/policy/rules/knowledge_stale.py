"""The lists and records a judgement rests on are older than the policy allows.

Counted from the newest list a user imported; where none was, from the newest day of the shipped records.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scanner.knowledge import lists
from scanner.policy.rule import Facts, Fault, ProjectFacts, Rule
from scanner.records.fact import Confidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `knowledge-stale` may be set to."""

    level: Level = Level.WARNING
    """For knowledge that is too old."""
    max_age_days: int = 180
    """Age in days above which it is too old."""


def check(project: ProjectFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare the newest day with today."""
    imported = sorted(
        (day, one.name)
        for one in lists.all_lists(facts.knowledge)
        if isinstance(one.imported, str) and (day := _day(one.imported))
    )
    if imported:
        day, name = imported[-1]
        what, remedy = f"the newest imported list is {name!r}", "lading knowledge import-list FILE"
    else:
        stamp = facts.knowledge.stamp.as_of
        shipped = _day(stamp) if isinstance(stamp, str) else None
        if shipped is None:
            return
        day = shipped
        what = "the knowledge is that of this version of lading, no list was imported"
        remedy = "upgrade lading, or bring your own lists: lading knowledge import-list FILE"
    age = (facts.today - day).days
    if age > options.max_age_days:
        yield Fault(
            message=f"{what}, of {day.isoformat()}: {age} days old, the limit is {options.max_age_days}",
            remedy=remedy,
            confidence=Confidence.VERIFIED,
            setting="max_age_days",
            about=("knowledge.as_of",),
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


RULE = Rule(
    id="knowledge-stale",
    judges=ProjectFacts,
    options=Options,
    check=check,
    blind_spots=("A new file can hold old facts: its own day is what counts for a list.",),
)
