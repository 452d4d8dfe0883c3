"""A duty that follows from a license and the declared use is not carried out in the project's files."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.obligations import obligations_of
from scanner.policy.rule import Facts, Fault, Need, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What a policy may say of this rule."""

    level: Level = Level.WARNING


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Take the open ones; what a scan cannot see stays in the list of obligations as unknown."""
    for duty in obligations_of(asset, facts):
        if duty.state != "open":
            continue
        fact = f"obligation.{duty.duty}"
        yield Fault(
            message=f"{asset.name}: {duty.text} ({duty.clause})",
            remedy="add it to NOTICE, LICENSE or a third-party file that is shipped",
            evidence=(Evidence(fact, duty.text, "knowledge:licenses", asset.as_of, Confidence.VERIFIED),),
            level=options.level,
            term=duty.duty,
            about=(duty.duty, duty.clause),
        )


RULE = Rule(
    id="obligation-open",
    judges=Asset,
    options=Options,
    check=check,
    needs=(Need.WHOLE_PROJECT,),
    blind_spots=("Words in a user interface, a contract or a web page outside the project are not seen.",),
)
