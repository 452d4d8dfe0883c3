"""An ignore silences nothing, or names a rule that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Need, PolicyFacts, Rule, Spot
from scanner.policy.ways_out import of_organization
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What `ignore-unused` may be set to."""

    level: Level = Level.NOTE
    """For each ignore with a reason that no finding needed."""


def check(policy: PolicyFacts, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every ignore nothing needed, and of every rule id nobody knows."""
    for use in policy.ignores:
        rules = ", ".join(use.rules) or "no rule"
        for unknown in use.unknown_rules:
            yield Fault(
                message=f"an ignore names {unknown!r}, which is no rule",
                remedy="write a rule id; `lading explain RULE` lists them",
                spot=Spot(use.file, use.line),
                about=("unknown", unknown),
            )
        if use.reason.strip() and not use.covers and len(use.unknown_rules) < max(len(use.rules), 1):
            refused = "the organization's policy does not let a project ignore (project_may)"
            yield Fault(
                message=f"the ignore of {rules} "
                + ("silences nothing here" if use.is_allowed else f"has no effect: {refused}"),
                remedy="take it out" if use.is_allowed else f"take it out, or {_instead(facts)}",
                spot=Spot(use.file, use.line),
                about=("unused", *use.rules),
            )


def _instead(facts: Facts) -> str:
    if facts.excepted_in:
        return f"ask {of_organization(facts.excepted_in)}"
    return "write an exception: lading policy exception add"


RULE = Rule(
    id="ignore-unused",
    judges=PolicyFacts,
    options=Options,
    check=check,
    needs=(Need.WHOLE_PROJECT,),
)
