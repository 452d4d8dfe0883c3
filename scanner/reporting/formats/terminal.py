"""The report for a person at a terminal, plain in a pipe."""

from __future__ import annotations

from collections import Counter, defaultdict

from scanner.records.finding import Finding, Level
from scanner.records.report import Report
from scanner.records.sighting import Role
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.format import Canvas, Format
from scanner.reporting.origin_lines import crossing_lines, share_lines
from scanner.reporting.outline import (
    MAX_NAMES,
    Case,
    Group,
    Widespread,
    among_accepted,
    due,
    gather_owed,
    gather_widespread,
    not_told,
    outline,
    owed_words,
)
from scanner.reporting.page import Page
from scanner.reporting.unread import unclaimed_lines

MAX_PLACES = 6
"""Places shown of one judgement; the count is said."""
MAX_FACTS = 3
MAX_LISTED = 15
MAX_UNKNOWN = 4
"""Duties shown of which it is not known whether they follow; often one undeclared fact decides them all."""
MAX_CROSSINGS = 6
MAX_SHARED = 8
"""Models shown of a judgement that many share."""

STYLES = {
    Level.ERROR: "bold red",
    Level.WARNING: "bold yellow",
    Level.QUESTION: "bold cyan",
    Level.NOTE: "dim",
}


def render(report: Report, canvas: Canvas) -> str:
    """Write the report at the width of the canvas, grouped by model, worst first, counts last."""
    page = Page(canvas.width)
    grouped = outline(report)
    page.paragraph(phrases.policy_in_force(report))
    page.paragraph(phrases.circumstances(report), "dim")
    groups, owed = gather_owed(grouped.groups)
    groups, widespread = gather_widespread(groups)
    for group in groups:
        _write_group(page, group)
    if widespread:
        _heading(page, "The same for several")
    for each in widespread:
        page.blank()
        _write_widespread(page, each)
    if register := phrases.register(report):
        _heading(page, "Exceptions")
        _write_listed(page, list(register))
    if grouped.quiet:
        _heading(page, "Without a finding")
        names = list(dict.fromkeys(asset.name for asset in grouped.quiet))
        page.paragraph(_some(names, MAX_NAMES), indent=2)
    if untold := not_told(report):
        _heading(page, "Not told here")
        _write_listed(page, list(untold))
    _write_obligations(page, report, owed)
    _write_origin(page, report)
    _write_undetermined(page, report)
    _write_unread(page, report)
    _write_summary(page, report)
    return page.text(color=canvas.color)


def _heading(page: Page, text: str) -> None:
    page.blank()
    page.paragraph(text, "bold")


def _write_group(page: Page, group: Group) -> None:
    _heading(page, group.name)
    if group.asset is not None:
        asset = group.asset
        words = f"{phrases.kind_of(asset.kind)} · {phrases.license_words(asset)}"
        words += f" · {phrases.publisher_words(asset)}"
        if asset.serving_entity is not None:
            words += f" · served by {phrases.party_words(asset.serving_entity)}"
        page.paragraph(words, "dim", 2)
        if not isinstance(asset.lineage, Unknown) and asset.lineage:
            page.paragraph(f"from {_some([each.name for each in asset.lineage], 5)}", "dim", 2)
    for case in group.cases:
        page.blank()
        _write_case(page, case)


def _write_case(page: Page, case: Case) -> None:
    finding = case.finding
    page.labeled(finding.level.value, finding.rule, STYLES[finding.level], "bold")
    page.labeled("", finding.message)
    for at, place in enumerate(case.places[:MAX_PLACES]):
        page.labeled("where" if at == 0 else "", place)
    if len(case.places) > MAX_PLACES:
        page.labeled("", f"and {phrases.counted(len(case.places) - MAX_PLACES, 'more place')}")
    facts = () if finding.level is Level.NOTE else phrases.telling(finding)
    for at, evidence in enumerate(facts[:MAX_FACTS]):
        page.labeled("why" if at == 0 else "", phrases.evidence_words(evidence), style="dim")
    if len(facts) > MAX_FACTS:
        page.labeled("", f"and {phrases.counted(len(facts) - MAX_FACTS, 'more fact')}", style="dim")
    _write_remedy(page, finding)


def _write_remedy(page: Page, finding: Finding) -> None:
    page.remedy(finding.remedy)
    owner = f", owned by {finding.owner}" if finding.owner else ""
    page.labeled("policy", f"{phrases.policy_line(finding.policy)}{owner}", style="dim")


def _write_widespread(page: Page, widespread: Widespread) -> None:
    finding = widespread.cases[0][1].finding
    page.labeled(finding.level.value, finding.rule, STYLES[finding.level], "bold")
    page.labeled("", f"{len(widespread.cases)} times, for example: {finding.message}")
    for at, (name, case) in enumerate(widespread.cases[:MAX_SHARED]):
        places = case.places[0] + (f" and {len(case.places) - 1} more" if len(case.places) > 1 else "")
        page.labeled("where" if at == 0 else "", f"{name} {places}")
    if len(widespread.cases) > MAX_SHARED:
        page.labeled("", f"and {len(widespread.cases) - MAX_SHARED} more")
    _write_remedy(page, finding)


def _write_obligations(page: Page, report: Report, owed: tuple[Widespread, ...]) -> None:
    listed = due(report)
    if not listed and not owed:
        return
    _heading(page, "Obligations")
    for each in owed:
        finding = each.cases[0][1].finding
        page.labeled(finding.level.value, finding.rule, STYLES[finding.level], "bold")
        page.labeled("", f"{owed_words(each)}: listed below{among_accepted(report)}")
        _write_remedy(page, finding)
        page.blank()
    open_ones = [duty for duty in listed if duty.state == "open"][:MAX_LISTED]
    unknown = [duty for duty in listed if duty.state != "open"][:MAX_UNKNOWN]
    for duty in (*open_ones, *unknown):
        style = "bold yellow" if duty.state == "open" else "bold cyan"
        text = duty.text if duty.clause == "none" else f"{duty.text} ({duty.clause})"
        page.labeled(duty.state, text, style)
        page.labeled("", f"for {_some(list(duty.names), MAX_PLACES)}", style="dim")
    if rest := len(listed) - len(open_ones) - len(unknown):
        page.paragraph(f"and {rest} more; all of them stand in the JSON report", "dim", 2)


def _write_origin(page: Page, report: Report) -> None:
    lines = share_lines(report)
    if not lines:
        return
    _heading(page, "Origin")
    for line in lines:
        page.paragraph(line, indent=2)
    crossed = crossing_lines(report)
    for line in crossed[:MAX_CROSSINGS]:
        page.entry(line)
    if len(crossed) > MAX_CROSSINGS:
        page.paragraph(f"and {len(crossed) - MAX_CROSSINGS} more lineages that cross countries", "dim", 2)
    page.paragraph("evidence: lading show NAME; the HTML and JSON reports hold all of it", "dim", 2)


def _write_undetermined(page: Page, report: Report) -> None:
    names = {asset.id: asset.name for asset in report.assets}
    lines = [f"{each.file}:{each.line}  {each.expression}: {each.reason}" for each in report.unresolved]
    lines += [
        f"{names.get(each.asset, each.asset)} could not be asked about: {each.reason}"
        for each in report.coverage.unanswered
    ]
    rules: dict[str, list[str]] = defaultdict(list)
    for each in report.coverage.not_judged:
        rules[each.reason].append(each.rule)
    lines += [f"not judged, {reason}: {', '.join(found)}" for reason, found in rules.items()]
    if lines:
        _heading(page, "Could not be determined")
        _write_listed(page, lines)


def _write_unread(page: Page, report: Report) -> None:
    reasons: dict[str, list[str]] = defaultdict(list)
    for skipped in report.coverage.skipped:
        place, reason = phrases.place_and_reason(skipped)
        reasons[reason].append(place)
    lines = [f"{_some(files, 3)}: {reason}" for reason, files in reasons.items()]
    lines += unclaimed_lines(report)
    if lines:
        _heading(page, "Not read")
        _write_listed(page, lines)


def _write_summary(page: Page, report: Report) -> None:
    _heading(page, "Summary")
    nothing = phrases.nothing_named(report)
    if nothing:
        page.paragraph(nothing, indent=2)
    else:
        places = phrases.counted(report.summary.references, "place")
        mentions = sum(each.sighting.role is Role.MENTION for each in report.references)
        roles = phrases.counted(report.summary.dependencies, "dependency", "dependencies")
        if mentions:
            roles += f", {phrases.counted(mentions, 'mention')}"
        named = phrases.census(report) or "no model, dataset or hosted API"
        page.paragraph(f"{named} in {places} ({roles})", indent=2)
    page.paragraph(phrases.level_counts(report), _loudest(report), 2)
    states = Counter(each.state for each in report.obligations)
    if states:
        said = ", ".join(f"{states[state]} {state}" for state in ("open", "unknown", "met") if states[state])
        page.paragraph(f"obligations: {said}", indent=2)
    if report.unresolved:
        page.paragraph(
            f"{phrases.counted(len(report.unresolved), 'name')} decided elsewhere or at run time", indent=2
        )
    for line in (*phrases.waiting(report), phrases.unverified(report)):
        if line:
            page.paragraph(line, indent=2)
    coverage = report.coverage
    page.paragraph(f"{coverage.read:,} of {phrases.counted(coverage.files, 'file')} read", indent=2)
    if report.findings:
        page.paragraph("why a finding came about: lading explain FILE:LINE", indent=2)
    page.blank()
    page.paragraph(report.disclaimer, "dim")


def _loudest(report: Report) -> str:
    for level in phrases.LEVELS:
        if getattr(report.summary, level.value):
            return STYLES[level]
    return "bold green"


def _write_listed(page: Page, lines: list[str]) -> None:
    for line in lines[:MAX_LISTED]:
        page.entry(line)
    _write_rest(page, len(lines))


def _write_rest(page: Page, number: int) -> None:
    if number > MAX_LISTED:
        page.paragraph(f"and {number - MAX_LISTED} more; all of them stand in the JSON report", "dim", 2)


def _some(names: list[str], most: int) -> str:
    """Name the first few and say how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


FORMAT = Format(
    name="terminal",
    description="for people: grouped by model, with place, reason and remedy",
    suffix=".txt",
    render=render,
)
