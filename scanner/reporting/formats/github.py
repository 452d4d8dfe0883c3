"""GitHub workflow commands: annotations beside the lines of a pull request."""

from __future__ import annotations

from scanner.records.finding import Finding, Level
from scanner.records.report import Report
from scanner.records.sighting import Location
from scanner.reporting import phrases
from scanner.reporting.escaping import visible
from scanner.reporting.format import Canvas, Format
from scanner.reporting.outline import by_level

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.QUESTION: "notice", Level.NOTE: "notice"}


def render(report: Report, canvas: Canvas) -> str:
    """Write one workflow command per finding, the loudest first, and the counts last.

    GitHub shows ten annotations of each level per step; the order makes them the loudest ones.
    """
    ends = {
        (place.file, place.line, place.column): place
        for place in (each.sighting.location for each in report.references)
    }
    lines = [_text(phrases.policy_in_force(report))]
    lines += [_command(finding, ends) for finding in by_level(report)]
    lines.append(
        _text(phrases.nothing_named(report) or f"{phrases.census(report)}: {phrases.level_counts(report)}")
    )
    lines += [_text(line) for line in phrases.waiting(report)]
    lines += [_text(f"exception: {line}") for line in phrases.register(report)]
    lines.append(_text(report.disclaimer))
    return "\n".join(lines) + "\n"


def _command(finding: Finding, ends: dict[tuple[str, int, int], Location]) -> str:
    title = f"{finding.rule} (question)" if finding.level is Level.QUESTION else finding.rule
    properties = {"file": finding.file, "line": str(max(finding.line, 1))}
    end = ends.get((finding.file, finding.line, finding.column))
    if end is not None:
        properties["endLine"] = str(end.end_line)
        if end.end_line == end.line:
            properties |= {"col": str(end.column), "endColumn": str(end.end_column)}
    properties["title"] = title
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = f"{finding.message}\n{finding.remedy}\nPolicy: {phrases.policy_line(finding.policy)}"
    return f"::{_COMMANDS[finding.level]} {said}::{_data(message)}"


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _text(text: str) -> str:
    """Write a plain line that is no workflow command, whatever stands in it."""
    line = visible(" ".join(text.split()))
    return f" {line}" if line.lstrip().startswith(("::", "##[")) else line


FORMAT = Format(
    name="github",
    description="annotations in a GitHub Actions log (workflow commands)",
    suffix=".txt",
    render=render,
)
