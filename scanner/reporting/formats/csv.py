"""The inventory as a table: one row per asset, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict

from scanner.records.asset import Asset, Reference
from scanner.records.report import Report
from scanner.records.sighting import Role
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.escaping import spreadsheet_cell
from scanner.reporting.format import Canvas, Format

COLUMNS = (
    "name",
    "kind",
    "commit",
    "license",
    "license_key",
    "license_category",
    "publisher",
    "publisher_country",
    "developer",
    "developer_country",
    "serving_entity",
    "serving_country",
    "endpoint_host",
    "lineage",
    "modality",
    "gated",
    "dependencies",
    "mentions",
    "places",
    "errors",
    "warnings",
    "questions",
    "notes",
    "excepted",
    "obligations_open",
    "answered_by",
    "as_of",
    "report_date",
)


def render(report: Report, canvas: Canvas) -> str:
    """Write one row per asset; an unknown says so and why. No cell is a formula.

    Findings about no asset (a name decided at run time, the policy) stand in a last row of kind `project`.
    """
    references: dict[str, list[Reference]] = defaultdict(list)
    for reference in report.references:
        references[reference.asset].append(reference)
    levels: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        levels[finding.asset, finding.level.value if finding.exception is None else "excepted"] += 1
    for duty in report.obligations:
        levels[duty.asset, f"obligation {duty.state}"] += 1
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for asset in report.assets:
        row = _row(report, asset, references[asset.id], levels)
        writer.writerow([spreadsheet_cell(str(row[column])) for column in COLUMNS])
    if row := _row_of_the_project(report, levels):
        writer.writerow([spreadsheet_cell(str(row.get(column, ""))) for column in COLUMNS])
    return out.getvalue()


def _row_of_the_project(report: Report, levels: Counter[tuple[str, str]]) -> dict[str, object]:
    """Count what is found about no asset; empty where every finding has its row."""
    known = {asset.id for asset in report.assets}
    others = [finding for finding in report.findings if finding.asset not in known]
    if not others:
        return {}
    counts = Counter[str]()
    for (asset, what), number in levels.items():
        if asset not in known:
            counts[what] += number
    row: dict[str, object] = {f"{level.value}s": counts[level.value] for level in phrases.LEVELS}
    return row | {
        "name": report.project.name,
        "kind": "project",
        "dependencies": 0,
        "mentions": 0,
        "places": "; ".join(dict.fromkeys(phrases.place_of(finding) for finding in others)),
        "obligations_open": counts["obligation open"],
        "excepted": counts["excepted"],
        "report_date": report.date,
    }


def _row(
    report: Report, asset: Asset, references: list[Reference], levels: Counter[tuple[str, str]]
) -> dict[str, object]:
    license_ = asset.license
    category = license_.category if isinstance(license_.category, Unknown) else license_.category.value
    row: dict[str, object] = {
        "name": asset.name,
        "kind": asset.kind.value,
        "commit": phrases.say(asset.commit),
        "license": phrases.say(license_.expression),
        "license_key": phrases.say(license_.key),
        "license_category": phrases.say(category),
        "lineage": _lineage(asset),
        "modality": phrases.say(asset.modality),
        "gated": phrases.say(asset.gated),
        "dependencies": sum(each.sighting.role is Role.DEPENDENCY for each in references),
        "mentions": sum(each.sighting.role is Role.MENTION for each in references),
        "places": "; ".join(phrases.place_of_reference(each.sighting.location) for each in references),
        "obligations_open": levels[asset.id, "obligation open"],
        "excepted": levels[asset.id, "excepted"],
        "answered_by": phrases.say(asset.answered_by),
        "as_of": phrases.say(asset.as_of),
        "report_date": report.date,
    }
    row |= {f"{level.value}s": levels[asset.id, level.value] for level in phrases.LEVELS}
    return row | _parties(asset)


def _parties(asset: Asset) -> dict[str, str]:
    row = {"endpoint_host": phrases.say(asset.endpoint.host) if asset.endpoint else ""}
    parties = {"publisher": asset.publisher, "developer": asset.developer, "serving": asset.serving_entity}
    for role, party in parties.items():
        name = "serving_entity" if role == "serving" else role
        if party is None:
            row |= {name: "", f"{role}_country": ""}
        elif isinstance(party, Unknown):
            row |= {name: phrases.say(party), f"{role}_country": phrases.say(party)}
        else:
            said = party.name if isinstance(party.entity, Unknown) else party.entity
            row |= {name: phrases.say(said), f"{role}_country": phrases.say(party.country)}
    return row


def _lineage(asset: Asset) -> str:
    if isinstance(asset.lineage, Unknown):
        return phrases.say(asset.lineage)
    return "; ".join(f"{each.of} <- {each.relation} <- {each.name}" for each in asset.lineage) or "none"


FORMAT = Format(
    name="csv",
    description="the inventory for a spreadsheet (RFC 4180)",
    suffix=".csv",
    render=render,
)
