"""The change under judgement makes its own policy more permissive."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, PolicyFacts, Rule, Spot
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `policy-loosened` may be set to."""

    level: Level = Level.ERROR
    """For each such change; it takes effect only once the trusted revision has it."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of everything that allows more than the trusted revision did."""
    for loosening in policy.loosened:
        yield Fault(
            message=f"{loosening.what}; judged by the trusted revision all the same",
            remedy="have it merged on its own, reviewed by who owns the policy",
            spot=Spot(loosening.file, loosening.line, loosening.column),
            about=(loosening.what,),
        )


RULE = Rule(
    id="policy-loosened",
    judges=PolicyFacts,
    options=Options,
    check=check,
)
