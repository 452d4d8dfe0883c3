"""What the stages found, put together as one report."""

from __future__ import annotations

import sys

from scanner import __version__
from scanner.policy.circumstances import Circumstances
from scanner.policy.policy import Policy
from scanner.policy.rule import Rule
from scanner.project.tree import Tree
from scanner.records.asset import Resolution
from scanner.records.counting import count
from scanner.records.finding import Judgement
from scanner.records.report import SCHEMA, Coverage, LanguageGap, LockStamp, Project, Report, RuleText, Tool
from scanner.records.sighting import Discovery
from scanner.records.unclaimed import gather_unread


def assemble(
    tree: Tree, found: Discovery, resolved: Resolution, judged: Judgement, policy: Policy, run: Circumstances
) -> Report:
    """Write down what each stage handed on; nothing is added but counts."""
    return Report(
        schema=SCHEMA,
        tool=Tool("lading", __version__),
        project=Project(tree.name, tree.commit, tree.dirty, run.scope),
        date=run.today.isoformat(),
        policy=policy.stamp,
        knowledge=run.knowledge.stamp,
        lock=LockStamp(run.lock.path, run.lock.digest) if run.lock else "none",
        coverage=Coverage(
            files=found.read + found.unread if run.scope == "files" else len(tree.files) + len(tree.skipped),
            read=found.read,
            skipped=found.skipped,
            languages_without_reader=tuple(LanguageGap(*gap) for gap in found.languages_without_reader),
            unanswered=resolved.unanswered,
            not_judged=judged.not_judged,
            unread=gather_unread(found.unclaimed, run.lock.path if run.lock else "") or None,
            baselined_assets=judged.baselined_assets,
            assets_not_judged=judged.assets_not_judged,
        ),
        references=resolved.references,
        assets=resolved.assets,
        findings=judged.findings,
        obligations=judged.obligations,
        unresolved=found.unresolved,
        exceptions=judged.exceptions,
        summary=count(
            resolved.references,
            resolved.assets,
            judged.findings,
            judged.obligations,
            found.unresolved,
            judged.baselined,
        ),
        rules=tuple(
            RuleText(rule.id, _sentence(rule))
            for rule in sorted(policy.rules, key=lambda rule: rule.id)
            if rule.id in {finding.rule for finding in judged.findings}
        ),
    )


def _sentence(rule: Rule) -> str:
    """The first sentence of the rule's own file."""
    text = sys.modules[rule.check.__module__].__doc__ or rule.id
    return " ".join(text.strip().split("\n\n")[0].split())
