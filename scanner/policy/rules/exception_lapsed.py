"""An exception was granted for something that is no longer the case, so it covers nothing."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, PolicyFacts, Rule, Spot
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `exception-lapsed` may be set to."""

    level: Level = Level.WARNING
    """For each exception whose license or commit is another one now."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every exception that fits a finding but for what it is bound to."""
    for use in policy.exceptions:
        if use.lapsed:
            yield Fault(
                message=f"the exception for {use.reference} from {use.rule} no longer applies: {use.lapsed}",
                remedy=f"ask {use.owner} again for what is the case now, or take it out",
                spot=Spot(use.policy.file, use.policy.line),
                about=(use.rule, use.reference, use.license),
            )


RULE = Rule(
    id="exception-lapsed",
    judges=PolicyFacts,
    options=Options,
    check=check,
)
