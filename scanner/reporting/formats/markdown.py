"""Markdown for a job summary or a pull-request comment."""

from __future__ import annotations

from scanner.records.finding import Level
from scanner.records.quick import replace
from scanner.records.report import Report
from scanner.reporting import phrases
from scanner.reporting.escaping import GENERATOR, markdown, markdown_code
from scanner.reporting.format import Canvas, Format
from scanner.reporting.origin_lines import crossing_lines, share_lines, source_lines
from scanner.reporting.outline import (
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
from scanner.reporting.unread import unclaimed_lines

MAX_CHARACTERS = 65_000
"""A comment on GitHub holds 65,536 characters."""

MAX_PLACES = 5
MAX_LISTED = 20
MAX_LINE = 310
"""Characters of a listed line: five full lists stay below half of what a comment holds."""
_RESERVED = 3_000
"""Characters kept free for what stands after the findings."""

_SIGNS = {Level.ERROR: "❌", Level.WARNING: "⚠️", Level.QUESTION: "❓", Level.NOTE: "💬"}


def render(report: Report, canvas: Canvas) -> str:
    """Write the findings by model, what could not be determined, and the counts; at most MAX_CHARACTERS.

    What does not fit is counted, and the place to read it is named.
    """
    grouped = outline(report)
    parts = [_head(report)]
    tail = _tail(report)
    room = MAX_CHARACTERS - len(parts[0]) - min(len(tail), MAX_CHARACTERS // 2) - _RESERVED
    left_out = 0
    groups, owed = gather_owed(grouped.groups)
    groups, widespread = gather_widespread(groups)
    shared = [_widespread(each) for each in widespread] + [
        _owed(each, among_accepted(report)) for each in owed
    ]
    room -= sum(len(part) for part in shared)
    for group in groups:
        written = _group(group)
        if len(written) > room:
            left_out += 1
            continue
        parts.append(written)
        room -= len(written)
    parts += shared
    if left_out:
        parts.append(
            f"\n_{phrases.counted(left_out, 'more subject')} with findings did not fit here; "
            "the JSON, SARIF and HTML reports hold all of them._\n"
        )
    return ("".join(parts) + tail)[: MAX_CHARACTERS - 1].rstrip("\n") + "\n"


def _head(report: Report) -> str:
    counts = (
        ("error", Level.ERROR),
        ("warning", Level.WARNING),
        ("question", Level.QUESTION),
        ("note", Level.NOTE),
    )
    cells = " | ".join(f"{_SIGNS[level]} {getattr(report.summary, name)}" for name, level in counts)
    nothing = phrases.nothing_named(report)
    lines = [
        markdown(phrases.policy_in_force(report)),
        "",
        GENERATOR,
        "",
        f"## lading: {phrases.level_counts(report)}",
        "",
        markdown(phrases.circumstances(report)),
        "",
    ]
    if nothing:
        lines += [nothing, ""]
    else:
        lines += [
            "| errors | warnings | questions | notes | excepted | assets | places | open obligations |",
            "|---|---|---|---|---|---|---|---|",
            f"| {cells} | {report.summary.excepted} | {phrases.census(report)} | {report.summary.references} "
            f"| {report.summary.obligations_open} |",
        ]
    facts = [line for line in (*phrases.waiting(report), phrases.unverified(report)) if line]
    if facts:
        lines += ["", *(f"- {markdown(line)}" for line in facts[:MAX_LISTED]), ""]
    return "\n".join(lines) + "\n"


def _group(group: Group) -> str:
    lines = ["", f"### {markdown(group.name)}", ""]
    if group.asset is not None:
        asset = group.asset
        words = (phrases.kind_of(asset.kind), phrases.license_words(asset), phrases.publisher_words(asset))
        lines += [markdown(" · ".join(words)), ""]
    for case in group.cases:
        lines += _case(case)
    return "\n".join(lines) + "\n"


def _widespread(widespread: Widespread) -> str:
    """Tell once what many models share, with their names."""
    finding = widespread.cases[0][1].finding
    said = f"{len(widespread.cases)} times, for example: {finding.message}"
    places = tuple(f"{name} {case.places[0]}" for name, case in widespread.cases)
    lines = _case(Case(replace(finding, message=said), places))
    return "\n".join(["", "### The same for several", "", *lines]) + "\n"


def _owed(owed: Widespread, more: str) -> str:
    """Say once that duties are open; they are listed among the obligations."""
    finding = owed.cases[0][1].finding
    said = f"{owed_words(owed)}: listed under Obligations{more}"
    lines = _case(Case(replace(finding, message=said, evidence=()), ()))
    return "\n".join(["", "### Open duties", "", *lines]) + "\n"


def _case(case: Case) -> list[str]:
    finding = case.finding
    level = f"{_SIGNS[finding.level]} **{finding.level.value}**"
    lines = [f"- {level} `{finding.rule}`: {markdown(finding.message)}  "]
    if case.places:
        places = "  " + ", ".join(markdown_code(place) for place in case.places[:MAX_PLACES])
        if len(case.places) > MAX_PLACES:
            places += f" and {phrases.counted(len(case.places) - MAX_PLACES, 'more place')}"
        lines.append(f"{places}  ")
    lines.append(f"  **What to do:** {markdown(finding.remedy)}  ")
    lines.append(f"  Policy: {markdown_code(phrases.policy_line(finding.policy))}")
    if finding.evidence:
        lines += ["", "  <details><summary>Evidence</summary>", ""]
        lines += [f"  - {markdown(phrases.evidence_words(each))}" for each in finding.evidence[:MAX_LISTED]]
        lines += ["", "  </details>"]
    return [*lines, ""]


def _tail(report: Report) -> str:
    names = {asset.id: asset.name for asset in report.assets}
    excepted = [markdown(line) for line in phrases.register(report)]
    duties = [
        f"**{each.state}** {markdown(each.text)} ({markdown(each.clause)}), "
        f"for {markdown(', '.join(each.names))}"
        for each in due(report)
    ]
    open_points = [
        f"{markdown_code(f'{each.file}:{each.line}')} {markdown(each.expression)}: {markdown(each.reason)}"
        for each in report.unresolved
    ]
    open_points += [
        f"{markdown(names.get(each.asset, each.asset))} could not be asked about: {markdown(each.reason)}"
        for each in report.coverage.unanswered
    ]
    open_points += [
        f"rule `{each.rule}` was not judged: {markdown(each.reason)}" for each in report.coverage.not_judged
    ]
    unread = [f"{markdown_code(each.file)}: {markdown(each.reason)}" for each in report.coverage.skipped]
    unread += [markdown(line) for line in unclaimed_lines(report)]
    origin = [*share_lines(report), *crossing_lines(report)]
    sources = [f"source: {line}" for line in source_lines(report)] if origin else []
    sections = (
        ("Exceptions", excepted),
        ("Obligations", duties),
        ("Origin", [markdown(line) for line in (*origin, *sources)]),
        ("Could not be determined", open_points),
        ("Not read", unread),
        ("Not told here", [markdown(line) for line in not_told(report)]),
    )
    text = "".join(_section(title, lines) for title, lines in sections if lines)
    return f"{text}\n_{report.disclaimer}_\n"


def _section(title: str, lines: list[str]) -> str:
    """Write a list that folds away; of a long one the first few and the count."""
    shown = [f"- {line[:MAX_LINE]}" for line in lines[:MAX_LISTED]]
    if len(lines) > MAX_LISTED:
        shown.append(f"- and {len(lines) - MAX_LISTED} more")
    body = "\n".join(shown)
    return f"\n<details><summary>{title} ({len(lines)})</summary>\n\n{body}\n\n</details>\n"


FORMAT = Format(
    name="markdown",
    description="for a job summary or a pull-request comment (at most 65,000 characters)",
    suffix=".md",
    render=render,
)
