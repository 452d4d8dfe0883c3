"""Origin in lines: shares by country and by party, and what crosses."""

from __future__ import annotations

from scanner.records.report import Report
from scanner.reporting.crossings import crossings
from scanner.reporting.parties import parties
from scanner.reporting.shares import UNKNOWN, Share, of_countries, of_parties

MAX_SHARES = 5
"""Shares named in one line; the rest is counted."""


def share_lines(report: Report) -> tuple[str, ...]:
    """Write each table of shares as one line; a table that would only say `unknown` is left out."""
    countries = [(f"{question} by country", found) for question, found in of_countries(report)]
    tables = [*countries, *of_parties(report)]
    return tuple(
        f"{question}: {_shares(found)}"
        for question, found in tables
        if any(share.label != UNKNOWN for share in found)
    )


def crossing_lines(report: Report) -> tuple[str, ...]:
    """Write each lineage that crosses countries in one line."""
    return tuple(f"{each.name}: {each.words}" for each in crossings(report))


def source_lines(report: Report) -> tuple[str, ...]:
    """Name the source of what is known of each party."""
    return tuple(
        f"{party.who} ({party.country}): {party.source}" for party, _ in parties(report) if party.source
    )


def _shares(found: tuple[Share, ...]) -> str:
    named = [f"{share.label} {share.count} ({share.percent:.0f} %)" for share in found[:MAX_SHARES]]
    rest = sum(share.count for share in found[MAX_SHARES:])
    return ", ".join(named) + (f", others {rest}" if rest else "")
