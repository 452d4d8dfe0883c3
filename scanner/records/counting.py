"""The counts of a report, made from what stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scanner.records.asset import Asset, Reference
from scanner.records.finding import Finding, Level, Obligation
from scanner.records.report import Summary
from scanner.records.sighting import Role, Unresolved


def count(
    references: Sequence[Reference],
    assets: Sequence[Asset],
    findings: Sequence[Finding],
    obligations: Sequence[Obligation],
    unresolved: Sequence[Unresolved],
    baselined: int | None = None,
) -> Summary:
    """Count the parts of a report.

    `error`, `warning`, `question` and `note` count the findings no exception covers; `excepted` the rest.
    What a baseline hid does not stand in a report and cannot be counted: it is handed on.
    """
    levels = Counter(finding.level for finding in findings if finding.exception is None)
    return Summary(
        references=len(references),
        dependencies=sum(each.sighting.role is Role.DEPENDENCY for each in references),
        assets=len(assets),
        error=levels[Level.ERROR],
        warning=levels[Level.WARNING],
        question=levels[Level.QUESTION],
        note=levels[Level.NOTE],
        excepted=sum(finding.exception is not None for finding in findings),
        unresolved=len(unresolved),
        obligations_open=sum(each.state == "open" for each in obligations),
        unverified=sum(each.capped == "unverified" and each.exception is None for each in findings),
        baselined=baselined,
    )
