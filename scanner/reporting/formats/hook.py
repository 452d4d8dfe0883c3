"""Four lines per finding, for a commit that is refused: what, why, remedy, whose rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.records.finding import Finding, Level
from scanner.records.report import Report
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.escaping import one_line
from scanner.reporting.format import Canvas, Format

SHOWN = (Level.ERROR, Level.WARNING, Level.QUESTION)
"""Levels told in full; notes are told in one line each."""


def render(report: Report, canvas: Canvas) -> str:
    """Write errors first; nothing at all where there is nothing to say."""
    said = [finding for finding in report.findings if finding.exception is None]
    rules = {rule.id: rule.description for rule in report.rules}
    blocks = [
        "\n".join(_block(finding, rules)) for level in SHOWN for finding in said if finding.level is level
    ]
    notes = [_note(finding) for finding in said if finding.level is Level.NOTE]
    unread = [
        f"{one_line(each.file)}: not fully read: {one_line(each.reason)}" for each in report.coverage.skipped
    ]
    return "".join(f"{part}\n" for part in (*blocks, *notes, *unread))


def _block(finding: Finding, rules: Mapping[str, str]) -> Iterator[str]:
    place = f"{one_line(finding.file)}:{finding.line}:{finding.column}"
    yield f"{place}: {finding.level.value}: {one_line(finding.message)} [{finding.rule}]"
    yield f"  why     {_fact(finding, rules)}"
    yield f"  fix     {one_line(finding.remedy)}"
    owner = f", owner {one_line(finding.owner)}" if finding.owner else ""
    yield f"  policy  {one_line(phrases.policy_line(finding.policy))}{owner}"


def _note(finding: Finding) -> str:
    place = f"{one_line(finding.file)}:{finding.line}"
    message = one_line(finding.message).rstrip(".")
    return f"{place}: note: {message}; {one_line(finding.remedy)} [{finding.rule}]"


def _fact(finding: Finding, rules: Mapping[str, str]) -> str:
    """The fact or clause the judgement rests on; where the place itself is the fact, what the rule is for."""
    if not finding.evidence:
        return one_line(rules.get(finding.rule, finding.message))
    # The last piece is the nearest to the judgement: the clause, after the lineage that leads to it.
    fact = phrases.telling(finding)[-1]
    value = fact.value.reason if isinstance(fact.value, Unknown) else fact.value
    words = ", ".join(value) if isinstance(value, tuple) else str(value)
    quote = f" ({one_line(fact.quote)})" if fact.quote else ""
    return f"{fact.fact}: {one_line(words)}{quote}; {one_line(fact.source)}"


FORMAT = Format(
    name="hook",
    description="Four lines per finding, for the pre-commit hook.",
    suffix=".txt",
    render=render,
)
