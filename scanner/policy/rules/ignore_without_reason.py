"""An ignore gives no reason, so it has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, PolicyFacts, Rule, Spot
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `ignore-without-reason` may be set to."""

    level: Level = Level.WARNING
    """For each such ignore."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every ignore that says no reason, or names no rule."""
    for use in policy.ignores:
        rules = ", ".join(use.rules)
        if not use.reason.strip() or not rules:
            yield Fault(
                message=f"the ignore of {rules or 'no rule in particular'} gives no reason and has no effect",
                remedy=f"write lading: ignore[{rules or 'RULE'}] and then why",
                spot=Spot(use.file, use.line),
                about=use.rules,
            )


RULE = Rule(
    id="ignore-without-reason",
    judges=PolicyFacts,
    options=Options,
    check=check,
)
