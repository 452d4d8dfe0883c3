"""SARIF 2.1.0 for code scanning: one result per finding no exception covers."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from scanner.records.finding import Finding, Level
from scanner.records.report import Report
from scanner.records.sighting import Location
from scanner.reporting import phrases
from scanner.reporting.escaping import json_text, markdown, markdown_code, visible
from scanner.reporting.format import Canvas, Format
from scanner.reporting.outline import by_level
from scanner.reporting.rule_texts import rule_texts

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

MAX_RESULTS = 25_000
"""Results GitHub takes of one run; it shows 5,000. Source: github/docs, "SARIF support for code
scanning", commit 058fa63b, read 2026-11-22."""

MAX_RULE_TEXT = 1024

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.QUESTION: "note", Level.NOTE: "note"}
_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}


def render(report: Report, canvas: Canvas) -> str:
    """Write the findings as SARIF, the loudest first.

    A question is a note with the tag `question`: SARIF has no level for it. Findings an exception covers
    are counted in the properties and are no results, because code scanning shows suppressed results as
    open alerts. What could not be read or determined becomes a notification.
    """
    findings = by_level(report)
    rules = rule_texts(report)
    shown = sorted({finding.rule for finding in findings})
    regions = {
        (each.sighting.location.file, each.sighting.location.line, each.sighting.location.column): each
        for each in report.references
    }
    ends = {place: each.sighting.location for place, each in regions.items()}
    run = {
        "tool": {
            "driver": {
                "name": "lading",
                "version": report.tool.version,
                "semanticVersion": report.tool.version,
                "rules": [_rule(rule, rules[rule], findings) for rule in shown],
            }
        },
        "automationDetails": {"id": "lading/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": _notifications(report, len(findings))}
        ],
        "results": [_result(finding, shown.index(finding.rule), ends) for finding in findings[:MAX_RESULTS]],
        "properties": {
            "policy": phrases.policy_in_force(report, whole_digests=True),
            "date": report.date,
            "excepted": report.summary.excepted,
            "exceptions": [visible(line) for line in phrases.register(report)],
            "waiting": [visible(line) for line in phrases.waiting(report)],
            "unverified": report.summary.unverified,
            "disclaimer": report.disclaimer,
        },
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: str, description: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Describe a rule; GitHub shows `help` beside each alert."""
    level = next(_LEVELS[finding.level] for finding in findings if finding.rule == rule)
    text = description[:MAX_RULE_TEXT]
    advice = "The message names the place, the reason, the policy line and what would settle it."
    return {
        "id": rule,
        "name": "".join(part.capitalize() for part in rule.split("-")),
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {
            "text": f"{text}\n\n{advice}\nlading explain {rule}",
            "markdown": f"{markdown(text)}\n\n{advice}\n\nMore: `lading explain {rule}`",
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["license", "supply-chain", "ai-model"],
            "precision": "high",
            "problem.severity": _SEVERITIES[level],
        },
    }


def _result(finding: Finding, rule_index: int, ends: dict[tuple[str, int, int], Location]) -> dict[str, Any]:
    tags = ["question"] if finding.level is Level.QUESTION else []
    policy = phrases.policy_line(finding.policy)
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.level],
        "message": {
            "text": visible(f"{phrases.message_and_remedy(finding)} (policy {policy})"),
            "markdown": f"{markdown(finding.message)}\n\n**What to do:** {markdown(finding.remedy)}\n\n"
            f"Policy: {markdown_code(policy)}",
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.file)},
                    "region": _region(finding, ends),
                }
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{finding.id}:1",
            "ladingFindingId/v1": finding.id,
        },
        "properties": {
            "tags": tags,
            "reference": finding.reference,
            **({"missing": finding.missing} if finding.missing else {}),
            "evidence": [phrases.evidence_words(evidence) for evidence in finding.evidence],
        },
    }


def _uri(path: str) -> str:
    """Write a path as a relative URI; a colon in its first part would read as a scheme."""
    return quote(path.encode("utf-8", "surrogatepass"), safe="/-_.~+@,=()")


def _region(finding: Finding, ends: dict[tuple[str, int, int], Location]) -> dict[str, int]:
    """Mark the name where a reference stands there, else the first letter of the line."""
    line, column = max(finding.line, 1), max(finding.column, 1)
    end = ends.get((finding.file, finding.line, finding.column))
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end.end_line if end else line,
        "endColumn": end.end_column if end else column + 1,
    }


def _notifications(report: Report, findings: int) -> list[dict[str, Any]]:
    lines = [f"{each.file}:{each.line}: {each.expression}: {each.reason}" for each in report.unresolved]
    lines += [f"{each.asset} could not be asked about: {each.reason}" for each in report.coverage.unanswered]
    lines += [f"{each.file} was not fully read: {each.reason}" for each in report.coverage.skipped]
    lines += [f"Rule {each.rule} was not judged: {each.reason}" for each in report.coverage.not_judged]
    if findings > MAX_RESULTS:
        lines.append(f"Only the first {MAX_RESULTS:,} of {findings:,} findings are written here.")
    return [{"level": "note", "message": {"text": visible(line)}} for line in lines]


FORMAT = Format(
    name="sarif",
    description="for code scanning (SARIF 2.1.0)",
    suffix=".sarif",
    render=render,
)
