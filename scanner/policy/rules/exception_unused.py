"""An exception of the policy covers nothing in this project."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Need, PolicyFacts, Rule, Spot
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `exception-unused` may be set to."""

    level: Level = Level.WARNING
    """For each such exception; `mute_unused: true` on an entry leaves it out (lists of many projects)."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every exception in force that no finding needed."""
    for use in policy.exceptions:
        if not use.covers and not use.lapsed and not use.mutes_unused and use.expires >= facts.today:
            yield Fault(
                message=f"the exception for {use.reference} from {use.rule} covers no finding",
                remedy="take it out, or write mute_unused: true on it if other projects need it",
                spot=Spot(use.policy.file, use.policy.line),
                about=(use.rule, use.reference, use.license),
            )


RULE = Rule(
    id="exception-unused",
    judges=PolicyFacts,
    options=Options,
    check=check,
    needs=(Need.WHOLE_PROJECT,),
)
