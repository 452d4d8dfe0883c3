"""A report in the order people read it: by model, worst first."""

from __future__ import annotations

from collections import defaultdict

from scanner.records.asset import Asset, Reference
from scanner.records.finding import Finding, Level
from scanner.records.quick import dataclass, replace
from scanner.records.report import Report
from scanner.records.sighting import Role
from scanner.reporting.phrases import LEVELS, accepted_words, counted, not_judged_words, place_of

MAX_NAMES = 12
"""Names listed in one line."""


@dataclass(frozen=True, slots=True)
class Case:
    """One judgement with every place it holds for."""

    finding: Finding
    """The first of those that say the same."""
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One asset, where it stands in the project, and what was found about it."""

    asset: Asset | None
    """None for findings about the project or its policy."""
    name: str
    references: tuple[Reference, ...]
    cases: tuple[Case, ...]
    """Loudest first; findings an exception covers are not among them."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole report, grouped."""

    groups: tuple[Group, ...]
    """Assets with findings, the loudest first, the project itself last."""
    quiet: tuple[Asset, ...]
    """Judged assets without any finding, excepted and baselined ones counted too, under no other commit
    either."""
    accepted: tuple[Asset, ...]
    """Assets all of whose findings the baseline holds."""
    not_judged: tuple[Asset, ...]
    """Assets no place of which was judged."""
    excepted: tuple[Finding, ...]


def outline(report: Report) -> Outline:
    """Group a report by asset."""
    assets = {asset.id: asset for asset in report.assets}
    judged = {finding.asset for finding in report.findings}
    judged_names = {(assets[each].kind, assets[each].name) for each in judged if each in assets}
    references: dict[str, list[Reference]] = defaultdict(list)
    for reference in report.references:
        references[reference.asset].append(reference)
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.exception is None:
            findings[finding.asset if finding.asset in assets else "none"].append(finding)
    groups = [
        Group(
            asset=assets.get(name),
            name=assets[name].name if name in assets else "This project and its policy",
            references=tuple(sorted(references[name], key=_dependencies_first)),
            cases=_cases(found),
        )
        for name, found in findings.items()
    ]
    groups.sort(key=lambda group: (group.asset is None, -group.cases[0].finding.level.rank, group.name))
    silent = [
        asset
        for asset in report.assets
        if asset.id not in judged and (asset.kind, asset.name) not in judged_names
    ]
    accepted = set(report.coverage.baselined_assets or ())
    left_out = set(report.coverage.assets_not_judged or ())
    return Outline(
        groups=tuple(groups),
        quiet=tuple(asset for asset in silent if asset.id not in accepted | left_out),
        accepted=tuple(asset for asset in silent if asset.id in accepted),
        not_judged=tuple(asset for asset in silent if asset.id in left_out - accepted),
        excepted=tuple(finding for finding in report.findings if finding.exception is not None),
    )


WIDESPREAD = 4
"""From so many assets on, a judgement that rests on nothing but the rule is told once for all of them."""


@dataclass(frozen=True, slots=True)
class Widespread:
    """One judgement that many assets share."""

    cases: tuple[tuple[str, Case], ...]
    """Name of the asset, and its case."""


def gather_widespread(groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], tuple[Widespread, ...]]:
    """Take out of the groups what many of them share: same rule, level, remedy and policy line, no evidence.

    The name of the asset in a remedy is no difference. Errors stay where they are. Groups that have
    nothing left are left out.
    """
    shared: dict[tuple[object, ...], list[tuple[str, Case]]] = defaultdict(list)
    for group in groups:
        for case in group.cases:
            if group.asset is not None and _is_plain(case):
                shared[_kind(case, group.name)].append((group.name, case))
    widespread = {kind: cases for kind, cases in shared.items() if len(cases) >= WIDESPREAD}
    left = []
    for group in groups:
        kept = tuple(
            case
            for case in group.cases
            if group.asset is None or not _is_plain(case) or _kind(case, group.name) not in widespread
        )
        if kept:
            left.append(replace(group, cases=kept))
    return tuple(left), tuple(Widespread(tuple(cases)) for cases in widespread.values())


def _is_plain(case: Case) -> bool:
    return case.finding.level is not Level.ERROR and not case.finding.evidence


def _kind(case: Case, name: str) -> tuple[object, ...]:
    """What makes a judgement the same for another asset; its own name in the remedy is no difference."""
    finding = case.finding
    return (finding.rule, finding.level, finding.remedy.replace(name, "NAME"), finding.policy)


@dataclass(frozen=True, slots=True)
class Due:
    """One duty that is open or unknown, and everything it comes with."""

    state: str
    text: str
    clause: str
    names: tuple[str, ...]
    """Of the assets."""


def due(report: Report) -> tuple[Due, ...]:
    """List the duties that are not met, open ones first, each once for all assets that bring it."""
    names = {asset.id: asset.name for asset in report.assets}
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for each in report.obligations:
        if each.state != "met":
            found[each.state, each.text, each.clause].append(names.get(each.asset, each.asset))
    listed = [Due(*said, tuple(dict.fromkeys(held))) for said, held in found.items()]
    return tuple(sorted(listed, key=lambda each: each.state != "open"))


OWED = "obligation-open"


def gather_owed(groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], tuple[Widespread, ...]]:
    """Take the open duties out of the groups: they stand among the obligations, told once.

    Errors stay where they are. Groups that have nothing left are left out.
    """
    owed: dict[tuple[object, ...], list[tuple[str, Case]]] = defaultdict(list)
    left = []
    for group in groups:
        kept = []
        for case in group.cases:
            if case.finding.rule == OWED and case.finding.level is not Level.ERROR:
                owed[_kind(case, group.name)].append((group.name, case))
            else:
                kept.append(case)
        if kept:
            left.append(replace(group, cases=tuple(kept)))
    return tuple(left), tuple(Widespread(tuple(cases)) for cases in owed.values())


def owed_words(owed: Widespread) -> str:
    """Count duties and what they come with: `3 duties of 2 assets`."""
    names = {name for name, _ in owed.cases}
    return f"{counted(len(owed.cases), 'duty', 'duties')} of {counted(len(names), 'asset')}"


def among_accepted(report: Report) -> str:
    """Half a sentence where the duties listed are more than those told: a baseline hides no duty."""
    return ", with those the baseline holds" if report.summary.baselined else ""


def not_told(report: Report) -> tuple[str, ...]:
    """Say which names have no finding here because a baseline holds them, and how many were not judged."""
    grouped = outline(report)
    accepted, left_out = (
        list(dict.fromkeys(asset.name for asset in found)) for found in (grouped.accepted, grouped.not_judged)
    )
    said = []
    if accepted:
        more = f" and {len(accepted) - MAX_NAMES} more" if len(accepted) > MAX_NAMES else ""
        said.append(f"{accepted_words(len(accepted))}: {', '.join(accepted[:MAX_NAMES])}{more}")
    if left_out:
        said.append(not_judged_words(len(left_out), report.project.scope))
    return tuple(said)


def by_level(report: Report) -> tuple[Finding, ...]:
    """List the findings no exception covers, loudest first, in the order of the report within a level."""
    open_ones = [finding for finding in report.findings if finding.exception is None]
    return tuple(finding for level in LEVELS for finding in open_ones if finding.level is level)


def _dependencies_first(reference: Reference) -> tuple[bool, str, int]:
    location = reference.sighting.location
    return (reference.sighting.role is Role.MENTION, location.file, location.line)


def _cases(findings: list[Finding]) -> tuple[Case, ...]:
    """Join findings that differ in nothing but the place."""
    same: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        same[finding.rule, finding.level, finding.message, finding.remedy, finding.policy].append(finding)
    cases = [Case(found[0], tuple(place_of(each) for each in found)) for found in same.values()]
    return tuple(sorted(cases, key=lambda case: (-case.finding.level.rank, case.finding.rule)))
