"""GitLab Code Quality: findings beside the lines of a merge request."""

from __future__ import annotations

from scanner.records.finding import Finding, Level
from scanner.records.report import Report
from scanner.reporting import phrases
from scanner.reporting.escaping import json_text, visible
from scanner.reporting.format import Canvas, Format
from scanner.reporting.outline import by_level

_SEVERITIES = {
    Level.ERROR: "critical",
    Level.WARNING: "major",
    Level.QUESTION: "minor",
    Level.NOTE: "info",
}


def render(report: Report, canvas: Canvas) -> str:
    """Write the findings no exception covers as GitLab reads them, the loudest first.

    The format is a bare list: it has no place for the policy, the date or what was not read.
    """
    seen: set[str] = set()
    return json_text([_issue(finding, seen) for finding in by_level(report)])


def _issue(finding: Finding, seen: set[str]) -> dict[str, object]:
    fingerprint, again = finding.id, 1
    while fingerprint in seen:  # GitLab drops an issue whose fingerprint it has had
        again += 1
        fingerprint = f"{finding.id}-{again}"
    seen.add(fingerprint)
    return {
        "description": visible(_description(finding)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {"path": finding.file, "lines": {"begin": max(finding.line, 1)}},
    }


def _description(finding: Finding) -> str:
    asked = "question: " if finding.level is Level.QUESTION else ""
    return f"{asked}{phrases.message_and_remedy(finding)}"


FORMAT = Format(
    name="gitlab",
    description="for GitLab merge requests (Code Quality report)",
    suffix=".json",
    render=render,
)
