"""A duty that follows from a license and the declared use is not carried out in the project's files."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.obligations import open_duties
from scanner.policy.rule import Facts, Fault, Need, Rule
from scanner.policy.ways_out import ask_for_exception
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
    for duty, shown_by in open_duties(asset, facts):
        fact = f"obligation.{duty.duty}"
        yield Fault(
            message=f"{asset.name}: {duty.text} ({duty.clause})",
            remedy=shown_by or _beyond_files(asset, facts),
            evidence=(Evidence(fact, duty.text, "knowledge:licenses", asset.as_of, Confidence.VERIFIED),),
            level=options.level,
            term=duty.duty,
            about=(duty.duty, duty.clause),
        )


def _beyond_files(asset: Asset, facts: Facts) -> str:
    """What settles a duty no file can show: the license gives no words for it, or its text is not known."""
    return f"no file can show it; do it, then {ask_for_exception(asset, RULE.id, facts.excepted_in)}"


RULE = Rule(
    id="obligation-open",
    judges=Asset,
    options=Options,
    check=check,
    needs=(Need.WHOLE_PROJECT,),
    blind_spots=(
        "Words in a user interface, a contract or a web page outside the project are not seen.",
        "A duty for which the license gives no words is seen in no file; an exception says where it is done.",
    ),
)
