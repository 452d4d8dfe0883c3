"""Which findings a name or a place speaks of, for `lading explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.errors import UsageError
from scanner.reporting.escaping import visible
from scanner.reporting.page import columns_of
from scanner.reporting.phrases import place_of

if TYPE_CHECKING:
    from scanner.records.finding import Finding
    from scanner.records.report import Report

ID_DIGITS = 8
"""Characters of an id that are shown: enough to name a finding."""


def findings_at(report: Report, subject: str) -> tuple[Finding, ...]:
    """The findings about a model of this name, or at this place.

    Raises:
        UsageError: there is none.
    """
    wanted = subject.casefold().removeprefix("api:")
    spots = [(each.asset, each.sighting.location) for each in report.references]
    there = {asset for asset, at in spots if subject in _written(at.file, at.line, at.column)}
    found = tuple(
        each
        for each in report.findings
        if each.reference.casefold() == wanted
        or each.asset in there
        or subject in _written(each.file, each.line, each.column)
    )
    if not found:
        raise UsageError(
            f"no finding of {report.project.name} is about {subject!r}\n"
            "  give a model as the report names it, a place as FILE:LINE, a rule, or the id of a finding"
        )
    return found


def list_findings(findings: tuple[Finding, ...], width: int = 80) -> str:
    """One line of id, level and rule for each, the loudest first, and how to go on.

    A place that does not fit into the width stands on a line of its own.
    """
    findings = tuple(sorted(findings, key=lambda each: (each.exception is not None, -each.level.rank)))
    longest = max(len(each.rule) for each in findings)
    lines = []
    for each in findings:
        head = f"{each.id[:ID_DIGITS]}  {each.level.value:<8}  {each.rule:<{longest}}"
        place = visible(f"{place_of(each)}{'  excepted' if each.exception else ''}")
        fits = columns_of(head) + 2 + columns_of(place) <= width
        lines += [f"{head}  {place}"] if fits else [head.rstrip(), f"{' ' * (ID_DIGITS + 2)}{place}"]
    return "\n".join([*lines, f"explain one by its id: lading explain {findings[0].id[:ID_DIGITS]}"])


def _written(file: str, line: int, column: int) -> tuple[str, str, str]:
    """The ways a place may be given."""
    return file, f"{file}:{line}", f"{file}:{line}:{column}"
