"""A stored report judged again, by another policy or with newer terms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scanner.policy.circumstances import Circumstances
from scanner.policy.evaluate import evaluate
from scanner.policy.policy import Policy
from scanner.records.asset import Asset, AssetLicense, Inherited, Resolution
from scanner.records.counting import count
from scanner.records.finding import NotJudged, Obligation
from scanner.records.quick import replace
from scanner.records.report import Report
from scanner.records.sighting import Scope
from scanner.records.unknown import Unknown

NOT_STORED = {
    "hub-redirected": "a stored report does not hold settings of downloads",
    "format-runs-code": "a stored report does not hold calls in code; its models are judged",
}
"""Rules that speak of what no report holds, and what is said of them."""

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge


def rejudge(
    report: Report,
    policy: Policy,
    knowledge: Knowledge,
    *,
    today: date | None = None,
    include: frozenset[Scope] = frozenset(),
) -> Report:
    """Judge the facts of a report under another policy; the facts stay as they were stored.

    Terms and categories the report leaves unknown come from the knowledge by license key. The day is the
    report's own unless given. A report holds no NOTICE texts and no lockfile: an obligation keeps the
    state the first judge saw, and rules about the lock are not judged.
    """
    completed = tuple(complete(asset, knowledge) for asset in report.assets)
    run = Circumstances(
        today=today or date.fromisoformat(report.date),
        knowledge=knowledge,
        scope=report.project.scope,
        is_offline=True,
        include=include,
        unresolved=report.unresolved,
    )
    judged = evaluate(policy, Resolution(report.references, completed, report.coverage.unanswered), run)
    stored = tuple(NotJudged(rule, why) for rule, why in NOT_STORED.items())
    not_judged = tuple(sorted((*judged.not_judged, *stored), key=lambda each: each.rule))
    obligations = tuple(_remember(each, report.obligations) for each in judged.obligations)
    return replace(
        report,
        date=run.today.isoformat(),
        policy=policy.stamp,
        knowledge=knowledge.stamp,
        assets=completed,
        coverage=replace(
            report.coverage,
            not_judged=not_judged,
            baselined_assets=None,
            assets_not_judged=judged.assets_not_judged,
        ),
        findings=judged.findings,
        obligations=obligations,
        exceptions=judged.exceptions,
        summary=count(report.references, completed, judged.findings, obligations, report.unresolved),
    )


def complete(asset: Asset, knowledge: Knowledge) -> Asset:
    """Fill what a report leaves unknown about licenses from the knowledge, by key."""
    from scanner.knowledge.licenses import complete_terms

    return replace(
        asset,
        license=_complete_license(asset.license, knowledge),
        terms=complete_terms(knowledge, asset.license.key, asset.terms),
        inherited=tuple(
            Inherited(each.from_, each.relation, each.key, complete_terms(knowledge, each.key, each.terms))
            for each in asset.inherited
        ),
    )


def _complete_license(said: AssetLicense, knowledge: Knowledge) -> AssetLicense:
    from scanner.knowledge.licenses import look_up

    record = None if isinstance(said.key, Unknown) else look_up(knowledge, said.key)
    if record is None:
        return said
    return replace(
        said,
        expression=record.spdx if isinstance(said.expression, Unknown) else said.expression,
        category=record.category if isinstance(said.category, Unknown) else said.category,
    )


def _remember(obligation: Obligation, earlier: tuple[Obligation, ...]) -> Obligation:
    """The obligation with the state the scan saw, where it saw one."""
    for known in earlier:
        if (known.asset, known.duty, known.text) == (obligation.asset, obligation.duty, obligation.text):
            return replace(obligation, state=known.state, seen_at=known.seen_at)
    return replace(obligation, state="unknown", seen_at="none")
