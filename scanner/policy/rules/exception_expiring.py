"""An exception of the policy comes to its end soon."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, PolicyFacts, Rule, Spot
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `exception-expiring` may be set to."""

    level: Level = Level.WARNING
    """For each exception within `warn_before_days` of its last day."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every exception in use that ends within the days the policy warns before."""
    for use in policy.exceptions:
        days = (use.expires - facts.today).days
        if use.covers and 0 <= days <= policy.warn_before_days:
            when = "today" if days == 0 else f"in {days} day(s), on {use.expires}"
            yield Fault(
                message=f"the exception for {use.reference} from {use.rule} ends {when}; "
                f"it covers {use.covers} finding(s)",
                remedy=f"ask {use.owner} to renew it before then",
                spot=Spot(use.policy.file, use.policy.line),
                about=(use.rule, use.reference, use.license),
            )


RULE = Rule(
    id="exception-expiring",
    judges=PolicyFacts,
    options=Options,
    check=check,
)
