"""An exception of the policy lets more pass, or for longer, than one grant should."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, PolicyFacts, Rule, Spot
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `exception-too-broad` may be set to."""

    level: Level = Level.WARNING
    """For each such exception."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of wide references, grants bound to no license, and terms beyond `max_exception_days`."""
    for use in policy.exceptions:
        reasons = [use.breadth] if use.breadth else []
        if use.days > policy.max_exception_days:
            reasons.append(f"it runs {use.days} days, more than the {policy.max_exception_days} allowed")
        for reason in reasons:
            yield Fault(
                message=f"the exception for {use.reference} from {use.rule} is too broad: {reason}",
                remedy="name one model, its license, and a day within the limit",
                spot=Spot(use.policy.file, use.policy.line),
                about=(use.rule, use.reference, use.license, reason.split(" ", 1)[0]),
            )


RULE = Rule(
    id="exception-too-broad",
    judges=PolicyFacts,
    options=Options,
    check=check,
)
