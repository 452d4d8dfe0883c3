"""Many reports on one page: what the policy refuses, and where."""

from __future__ import annotations

from collections import Counter

from scanner.records.encoding import encode
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.report import DISCLAIMER, Report, Summary
from scanner.reporting import phrases
from scanner.reporting.escaping import GENERATOR, json_text, markdown, markdown_code
from scanner.reporting.page import Page

SCHEMA = "lading.reports/1"
MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One report in one line."""

    project: str
    date: str
    policy: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Refused:
    """A name with an error or a warning, and every project that has it."""

    reference: str
    level: Level
    """The loudest."""
    rules: tuple[str, ...]
    projects: tuple[str, ...]
    findings: int
    remedy: str
    """Of the loudest finding; names an allowed sibling where one is known."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What many reports say together."""

    schema: str
    projects: tuple[ProjectLine, ...]
    refused: tuple[Refused, ...]
    """Loudest first, then by the number of projects."""
    disclaimer: str = DISCLAIMER


def overview(reports: tuple[Report, ...]) -> Overview:
    """Count over many reports; exceptions are not counted as refused."""
    lines = tuple(
        ProjectLine(each.project.name, each.date, phrases.policy_in_force(each), each.summary)
        for each in reports
    )
    found: dict[str, list[tuple[str, Level, str, str]]] = {}
    for report in reports:
        for finding in report.findings:
            if finding.exception is None and finding.level.rank >= Level.WARNING.rank:
                entry = (report.project.name, finding.level, finding.rule, finding.remedy)
                found.setdefault(finding.reference, []).append(entry)
    refused = [_refused(reference, entries) for reference, entries in found.items()]
    refused.sort(key=lambda each: (-each.level.rank, -len(each.projects), each.reference))
    return Overview(SCHEMA, tuple(sorted(lines, key=lambda line: line.project)), tuple(refused))


def _refused(reference: str, entries: list[tuple[str, Level, str, str]]) -> Refused:
    loudest = max(entries, key=lambda entry: entry[1].rank)
    return Refused(
        reference=reference,
        level=loudest[1],
        rules=tuple(sorted({rule for _, _, rule, _ in entries})),
        projects=tuple(sorted({project for project, _, _, _ in entries})),
        findings=len(entries),
        remedy=loudest[3],
    )


def render_overview(
    reports: tuple[Report, ...], format_name: str, *, width: int = 80, color: bool = False
) -> str:
    """Write the overview as `terminal`, `markdown` or `json`."""
    whole = overview(reports)
    if format_name == "json":
        return json_text(encode(whole))
    return _as_markdown(whole) if format_name == "markdown" else _as_text(whole, width, color=color)


def _headline(whole: Overview) -> str:
    levels = Counter(each.level for each in whole.refused)
    said = ", ".join(
        f"{phrases.counted(levels[level], 'name')} with {level.value}s"
        for level in (Level.ERROR, Level.WARNING)
        if levels[level]
    )
    return f"{phrases.counted(len(whole.projects), 'report')}: {said or 'nothing refused'}"


def _as_text(whole: Overview, width: int, *, color: bool) -> str:
    page = Page(width)
    for policy in sorted({line.policy for line in whole.projects}):
        page.paragraph(policy)
    page.paragraph(_headline(whole), "bold")
    for each in whole.refused[:MAX_LISTED]:
        page.blank()
        page.labeled(
            each.level.value,
            each.reference,
            "bold red" if each.level is Level.ERROR else "bold yellow",
            "bold",
        )
        page.labeled("rules", ", ".join(each.rules))
        page.labeled("where", f"{phrases.counted(each.findings, 'finding')} in {', '.join(each.projects)}")
        page.remedy(each.remedy)
    if len(whole.refused) > MAX_LISTED:
        page.paragraph(
            f"and {len(whole.refused) - MAX_LISTED} more names; the json format has all of them", "dim"
        )
    page.blank()
    page.paragraph("Reports", "bold")
    for line in whole.projects:
        summary = line.summary
        page.entry(
            f"{line.project}, {line.date}: {phrases.counted(summary.assets, 'asset')}, "
            f"{phrases.counted(summary.error, 'error')}, {phrases.counted(summary.warning, 'warning')}, "
            f"{phrases.counted(summary.question, 'question')}, {summary.excepted} excepted"
            + (f"; {hidden}" if (hidden := phrases.baselined(summary)) else "")
        )
    page.blank()
    page.paragraph(whole.disclaimer, "dim")
    return page.text(color=color)


def _as_markdown(whole: Overview) -> str:
    lines = [GENERATOR, ""]
    lines += [markdown(policy) + "  " for policy in sorted({line.policy for line in whole.projects})]
    lines += ["", f"## {_headline(whole)}", ""]
    if whole.refused:
        lines += ["| level | name | rules | projects | what to do |", "|---|---|---|---|---|"]
        lines += [
            f"| {each.level.value} | {markdown_code(each.reference)} | {markdown(', '.join(each.rules))} "
            f"| {markdown(', '.join(each.projects))} | {markdown(each.remedy)} |"
            for each in whole.refused[:MAX_LISTED]
        ]
        if len(whole.refused) > MAX_LISTED:
            lines += ["", f"and {len(whole.refused) - MAX_LISTED} more names"]
        lines.append("")
    lines += [
        "| project | date | assets | errors | warnings | questions | excepted |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {markdown(line.project)} | {line.date} | {line.summary.assets} | {line.summary.error} "
        f"| {line.summary.warning} | {line.summary.question} | {line.summary.excepted} |"
        for line in whole.projects
    ]
    return "\n".join([*lines, "", f"_{whole.disclaimer}_"]) + "\n"
