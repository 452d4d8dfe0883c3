"""A place uses a model whose name is decided elsewhere or at run time."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Unresolved


@dataclass(frozen=True, slots=True)
class Options:
    """What `name-unresolved` may be set to."""

    level: Level = Level.NOTE
    """For each such place."""


def check(unresolved: Unresolved, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every such place."""
    kind = unresolved.kind.value
    yield Fault(
        message=f"which {kind} {unresolved.expression} names is not known: {unresolved.reason}",
        remedy="give it a default in the code, or list what it may be in lading.yaml",
        about=(kind, unresolved.expression),
    )


RULE = Rule(id="name-unresolved", judges=Unresolved, options=Options, check=check)
