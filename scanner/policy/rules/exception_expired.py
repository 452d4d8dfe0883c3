"""An exception of the policy has come to its end and covers nothing any more."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, PolicyFacts, Rule, Spot
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `exception-expired` may be set to."""

    level: Level = Level.WARNING
    """For each exception past its day."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every exception whose last day is before today."""
    for use in policy.exceptions:
        if use.expires < facts.today:
            yield Fault(
                message=f"the exception for {use.reference} from {use.rule} ended on {use.expires}; "
                f"it would cover {use.covers} finding(s)",
                remedy=f"ask {use.owner} to renew it, or take it out",
                spot=Spot(use.policy.file, use.policy.line),
                about=(use.rule, use.reference, use.license),
            )


RULE = Rule(
    id="exception-expired",
    judges=PolicyFacts,
    options=Options,
    check=check,
)
