"""A change rewrites what the lockfile remembers of a model, and no source confirms it.

The lockfile remembers, it does not testify: words written into it are not a license.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.locked import EDITED, drifts_of, edits_of, fault_of
from scanner.policy.rule import Facts, Fault, Need, Rule
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.lock import Change
from scanner.records.quick import dataclass

DENIED = frozenset({Change.CONTRADICTED, Change.LICENSE, Change.IDENTITY, Change.BASE})
ASKED = frozenset({"hub", "ollama", "modelscope"})
"""Sources that can confirm an edit; the catalog knows repositories, not commits."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `lock-edited` may be set to."""

    level: Level = Level.WARNING


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Take the blocks the change edits, unless the repository was asked and says the same."""
    is_denied = any(True for _ in drifts_of(asset, facts, DENIED))
    if not facts.is_offline and asset.answered_by in ASKED and not is_denied:
        return
    for drift in edits_of(asset, facts):
        yield fault_of(
            drift,
            facts,
            asset.name,
            "restore the block, or have it confirmed with the network: lading lock --check",
        )


RULE = Rule(
    id="lock-edited",
    judges=Asset,
    options=Options,
    check=check,
    needs=(Need.LOCK,),
    rests_on=(EDITED,),
    never_baselined=True,
    blind_spots=("Without --trust there is no earlier lockfile to compare with.",),
)
