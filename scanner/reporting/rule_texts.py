"""What a format that shows rules says of each."""

from __future__ import annotations

from scanner.records.report import Report


def rule_texts(report: Report) -> dict[str, str]:
    """Describe every rule that has a finding, sorted by id; a rule without words by its id."""
    said = {rule.id: rule.description for rule in report.rules}
    found = sorted({finding.rule for finding in report.findings})
    return {rule: said.get(rule) or f"{rule.replace('-', ' ').capitalize()}." for rule in found}
