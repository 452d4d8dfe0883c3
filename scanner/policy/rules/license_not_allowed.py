"""A license is one the policy does not allow, or wants someone to look at.

Licenses are named by SPDX expression, by key, by key without date (then every date), or as
`category:NAME`. A name beats a category, and `X WITH E` beats `X`; deny beats review beats allow. Of `OR`
the best branch counts, of `AND` every part. With `allow`, what it does not name is not allowed.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.license_names import said_license
from scanner.policy.licenses import Decision, LicenseLists, license_lists
from scanner.policy.match import LicenseName
from scanner.policy.rule import Facts, Fault, Rule, Verdict
from scanner.policy.siblings import with_siblings
from scanner.policy.ways_out import ask_for_exception
from scanner.records.asset import Ancestor, Asset
from scanner.records.choices import Enum
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

TRAINING_DATA = "trained-on"


class Reach(Enum):
    """How far up the lineage a license rule looks."""

    ASSET = "asset"
    LINEAGE = "lineage"


@dataclass(frozen=True, slots=True)
class Options:
    """What `license-not-allowed` may be set to."""

    level: Level = Level.ERROR
    """For a license that is not allowed."""
    allow: tuple[LicenseName, ...] | None = None
    """The only licenses that may be used; absent allows all that `deny` does not name."""
    deny: tuple[LicenseName, ...] | None = None
    """Licenses that may not be used."""
    review: tuple[LicenseName, ...] | None = None
    """Licenses someone has to look at first."""
    review_level: Level | None = Level.QUESTION
    """For a license under `review`."""
    scope: Reach = Reach.ASSET
    """`lineage` judges the license of every base model too; training data is left out."""
    unknown_base: Level | None = Level.QUESTION
    """For a base model whose license is not known, where the scope is `lineage`."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Judge the asset's license, and with scope lineage every ancestor's."""
    lists = license_lists(facts.knowledge, options.allow, options.deny, options.review)
    if lists.is_empty:
        return
    expression = asset.license.expression
    told: set[object] = set()
    if not isinstance(expression, Unknown):
        told |= {asset.license.key, expression}
        decision = lists.decide(expression, asset.license.category)
        shown = said_license(asset.license)
        said = f"{asset.name} is under {shown}"
        case = _Case(asset, said, asset.license.evidence, names=(expression, shown))
        for fault in _fault(case, decision, facts, options):
            yield with_siblings(fault, asset, facts) if decision.verdict is Verdict.DENIED else fault
    if options.scope is Reach.LINEAGE and not isinstance(asset.lineage, Unknown):
        for ancestor in asset.lineage:
            # One license is one thing to decide on: it is told of where it first stands.
            if ancestor.relation != TRAINING_DATA and ancestor.license_key not in told:
                if not isinstance(ancestor.license_key, Unknown):
                    told.add(ancestor.license_key)
                yield from _check_ancestor(asset, ancestor, lists, facts, options)


@dataclass(frozen=True, slots=True)
class _Case:
    """One license that is judged: the asset's own, or an ancestor's."""

    asset: Asset
    said: str
    evidence: tuple[Evidence, ...]
    ancestor: str = ""
    names: tuple[str, ...] = ()
    """What `said` calls the license: the policy's word for it need not be said again."""

    def again(self, license: str | None) -> str:
        """The license in a sentence that follows: `it`, or what it is called where that is another name."""
        return "it" if license is None or license in self.names else license


def _check_ancestor(
    asset: Asset, ancestor: Ancestor, lists: LicenseLists, facts: Facts, options: Options
) -> Iterator[Fault]:
    key = ancestor.license_key
    evidence = Evidence(
        f"lineage.{ancestor.name}.license_key",
        key,
        ancestor.source or "lineage",
        ancestor.as_of,
        ancestor.confidence,
    )
    if isinstance(key, Unknown):
        if options.unknown_base is not None:
            yield Fault(
                message=f"{asset.name} descends from {ancestor.name}, license not known: {key.reason}",
                remedy=f"lading show {ancestor.name}",
                evidence=(evidence,),
                level=options.unknown_base,
                confidence=Confidence.VERIFIED,
                missing="license",
                setting="unknown_base",
                about=("unknown-base", ancestor.name),
            )
        return
    said = f"{asset.name} descends from {ancestor.name} ({ancestor.relation}), which is under {key}"
    case = _Case(asset, said, (evidence,), ancestor.name, (key,))
    yield from _fault(case, lists.decide(key), facts, options)


def _fault(case: _Case, decision: Decision, facts: Facts, options: Options) -> Iterator[Fault]:
    said, evidence = case.said, case.evidence
    which = " and ".join(decision.licenses)
    about = (decision.verdict.value, which, case.ancestor)
    way_out = ask_for_exception(case.asset, RULE.id, facts.excepted_in)
    match decision.verdict:
        case Verdict.DENIED:
            because = f"the policy does not allow {case.again(which)}"
            if decision.entry:
                because = f"the policy denies {case.again(decision.entry)}"
            yield Fault(
                message=f"{said}; {because}",
                remedy=f"use another model, or {way_out}",
                evidence=evidence,
                setting=decision.option,
                entry=decision.entry,
                about=about,
            )
        case Verdict.REVIEW if options.review_level is not None:
            yield Fault(
                message=f"{said}; the policy wants {case.again(decision.entry)} looked at",
                remedy=f"look at it, then {way_out}",
                evidence=evidence,
                level=options.review_level,
                setting="review",
                entry=decision.entry,
                about=about,
            )
        case Verdict.UNKNOWN:
            yield Fault(
                message=f"{said}; whether the policy allows {case.again(which)} cannot be told",
                remedy="name the license itself under allow or deny, not only a category",
                evidence=evidence,
                level=Level.QUESTION,
                missing="license.category",
                setting="deny" if options.deny else "allow",
                about=about,
            )


RULE = Rule(
    id="license-not-allowed",
    judges=Asset,
    options=Options,
    check=check,
    silent_without=("allow", "deny", "review"),
    blind_spots=(
        "A license nobody states is not judged here; `license-unknown` speaks of it.",
        "An `-or-later` id is matched as written: list it beside the `-only` one.",
    ),
)
