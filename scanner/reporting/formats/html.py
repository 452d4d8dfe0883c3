"""The audit report: one HTML file, readable without network or script, that prints well."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from scanner.records.report import Report
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.crossings import crossings
from scanner.reporting.escaping import visible
from scanner.reporting.format import Canvas, Format
from scanner.reporting.identifiers import endpoints_of, hub_address, references_by_asset
from scanner.reporting.lineage_graph import BOX_HEIGHT, BOX_WIDTH, MAX_FAMILIES, families
from scanner.reporting.outline import outline
from scanner.reporting.parties import list_entries, parties
from scanner.reporting.shares import category_order, of_categories, of_countries, of_parties
from scanner.reporting.terms_table import license_table
from scanner.reporting.unread import unclaimed_lines

if TYPE_CHECKING:
    from jinja2 import Environment

_STATES = ("open", "unknown", "met")

MAX_DECISIONS = 6
"""Judgements shown in the summary; the rest stand under Findings."""


def render(report: Report, canvas: Canvas) -> str:
    """Write the audit report.

    A content security policy inside forbids every request and every script but the one that filters; the
    file therefore shows the same with the network on or off.
    """
    environment = _environment()
    style = environment.get_template("report.css").render()
    script = environment.get_template("report.js").render()
    grouped = outline(report)
    decisions = [(group, case) for group in grouped.groups for case in group.cases]
    decisions.sort(key=lambda pair: -pair[1].finding.level.rank)
    page = environment.get_template("report.html")
    return page.render(
        report=report,
        outline=grouped,
        decisions=decisions[:MAX_DECISIONS],
        more_decisions=max(len(decisions) - MAX_DECISIONS, 0),
        references=references_by_asset(report),
        counts=_counts_by_asset(report),
        names={asset.id: asset.name for asset in report.assets},
        duties=sorted(report.obligations, key=lambda duty: _STATES.index(duty.state)),
        states=Counter(duty.state for duty in report.obligations),
        hosted=[asset for asset in report.assets if asset.kind is Kind.API_MODEL],
        families=families(report),
        max_families=MAX_FAMILIES,
        box=(BOX_WIDTH, BOX_HEIGHT),
        licenses=license_table(report),
        categories=of_categories(report),
        category_order=category_order(),
        countries=of_countries(report),
        crossings=crossings(report),
        entries=list_entries(report),
        parties=parties(report),
        party_shares=of_parties(report),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _environment() -> Environment:
    """Make an environment in which every value is made visible and escaped; a missing one is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("scanner.reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_visible,
    )
    environment.filters |= {
        "say": phrases.say,
        "briefly": phrases.say_briefly,
        "counted": phrases.counted,
        "party": phrases.party_words,
        "kind": phrases.kind_of,
        "evidence": phrases.evidence_words,
        "place": phrases.place_of,
        "place_of_reference": phrases.place_of_reference,
        "address": lambda asset: hub_address(asset.kind, asset.name),
    }
    environment.tests["unknown"] = lambda value: isinstance(value, Unknown)
    environment.globals |= {
        "policy_in_force": phrases.policy_in_force,
        "whose": phrases.whose,
        "circumstances": phrases.circumstances,
        "level_counts": phrases.level_counts,
        "census": phrases.census,
        "nothing_named": phrases.nothing_named,
        "waiting": phrases.waiting,
        "unverified": phrases.unverified,
        "unclaimed_lines": unclaimed_lines,
        "baselined": phrases.baselined,
        "endpoints_of": endpoints_of,
        "LEVELS": phrases.LEVELS,
        "COMMIT_CHARACTERS": phrases.COMMIT_CHARACTERS,
    }
    return environment


def _visible(value: object) -> object:
    """Make text of others visible before it is escaped; text that is marked safe is our own."""
    return visible(value) if type(value) is str else value


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _counts_by_asset(report: Report) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {
        asset.id: {level.value: 0 for level in phrases.LEVELS} | {"excepted": 0} for asset in report.assets
    }
    for finding in report.findings:
        if finding.asset in counts:
            counts[finding.asset]["excepted" if finding.exception else finding.level.value] += 1
    return counts


FORMAT = Format(
    name="html",
    description="the audit report: one file for managers, auditors and counsel; prints well",
    suffix=".html",
    render=render,
)
