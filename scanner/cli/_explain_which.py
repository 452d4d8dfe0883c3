"""Which findings a name or a place speaks of, for `lading explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.finding import Finding
    from scanner.records.report import Report

ID_DIGITS = 8
"""Characters of an id that are shown: enough to name a finding."""


def is_name_or_place(subject: str) -> bool:
    """Whether it can be a model (`org/name`, `api:model`) or a place (`app.py`, `app.py:3`); no rule is."""
    return any(sign in subject for sign in "/:.")


def findings_at(report: Report, subject: str) -> tuple[Finding, ...]:
    """The findings about a model of this name, or at this place.

    Raises:
        UsageError: there is none.
    """
    wanted = subject.casefold().removeprefix("api:")
    found = tuple(
        each
        for each in report.findings
        if each.reference.casefold() == wanted or subject in _places(each) or each.file == subject
    )
    if not found:
        raise UsageError(
            f"no finding of {report.project.name} is about {subject!r}\n"
            "  give a model as the report names it, a place as FILE:LINE, a rule, or the id of a finding"
        )
    return found


def list_findings(findings: tuple[Finding, ...]) -> str:
    """One line of id, level and rule for each, and how to go on."""
    width = max(len(each.rule) for each in findings)
    lines = [
        f"{each.id[:ID_DIGITS]}  {each.level.value:<8}  {each.rule:<{width}}  "
        f"{each.file}:{each.line}:{each.column}{'  excepted' if each.exception else ''}"
        for each in findings
    ]
    first = next((each for each in findings if each.exception is None), findings[0])
    return "\n".join([*lines, f"explain one by its id: lading explain {first.id[:ID_DIGITS]}"])


def _places(finding: Finding) -> tuple[str, str]:
    return f"{finding.file}:{finding.line}", f"{finding.file}:{finding.line}:{finding.column}"
