"""A NOTICE text to ship: what the project uses, whose it is, and the words each license asks for."""

from __future__ import annotations

from collections import defaultdict

from scanner.records.asset import Asset, Party, Reference
from scanner.records.finding import Obligation
from scanner.records.report import Report
from scanner.records.sighting import Kind, Role, Scope
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.escaping import one_line
from scanner.reporting.format import Canvas, Format
from scanner.reporting.identifiers import hub_address, references_by_asset

_OF_WORDS = ("attribution", "notice_text")
"""Duties that words of this text carry out."""


def render(report: Report, canvas: Canvas) -> str:
    """Write one block per model and dataset that what is shipped would load, and a line per hosted API.

    No license text is copied; where one must be passed on, the end of the text says so. The policy and the
    findings do not stand here: this text is for those who receive the project.
    """
    references = references_by_asset(report)
    duties: dict[str, list[Obligation]] = defaultdict(list)
    for duty in report.obligations:
        duties[duty.asset].append(duty)
    shipped = [asset for asset in report.assets if _is_shipped(references[asset.id])]
    weights = [asset for asset in shipped if asset.kind is not Kind.API_MODEL]
    hosted = [asset for asset in shipped if asset.kind is Kind.API_MODEL]
    title = f"Models and datasets used by {one_line(report.project.name)}"
    blocks = [f"{title}\n{'=' * len(title)}"]
    blocks += [_block(asset, {duty.duty for duty in duties[asset.id]}) for asset in weights]
    if not weights:
        blocks.append("None.")
    if hosted:
        lines = [f"- {one_line(asset.name)}, served by {_name(asset.serving_entity)}" for asset in hosted]
        blocks.append(
            "\n".join(["Hosted services, reached over the network and not part of this project:", *lines])
        )
    left = [
        f"- {one_line(asset.name)}: {_duty(duty)}"
        for asset in shipped
        for duty in duties[asset.id]
        if duty.state != "met" and not _is_said(duty, asset)
    ]
    if left:
        blocks.append(
            "\n".join(["Not met yet, or not known to be met (remove this block when done):", *left])
        )
    blocks.append(f"As of {report.date}. {report.disclaimer}")
    return "\n\n".join(blocks) + "\n"


def _is_shipped(references: list[Reference]) -> bool:
    return any(
        each.sighting.role is Role.DEPENDENCY and each.sighting.scope is Scope.SHIPPED for each in references
    )


def _name(party: Party | Unknown | None) -> str:
    """Name a party without its country: that is nothing a notice has to say."""
    if party is None or isinstance(party, Unknown):
        return "unknown"
    return one_line(phrases.say_briefly(party.name if isinstance(party.entity, Unknown) else party.entity))


def _duty(duty: Obligation) -> str:
    clause = "" if duty.clause == "none" else f" ({duty.clause})"
    return one_line(f"{duty.text}{clause}")


def _is_said(duty: Obligation, asset: Asset) -> bool:
    """Whether the block of the asset carries the words of a duty: it is met by this very text."""
    if duty.duty not in _OF_WORDS or asset.kind is Kind.API_MODEL:
        return False
    return any(words in duty.text for words in _words_asked(asset, {duty.duty}))


def _block(asset: Asset, owed: set[str]) -> str:
    lines = [one_line(asset.name), "-" * len(one_line(asset.name))]
    lines += [one_line(words) for words in _words_asked(asset, owed)]
    lines.append(f"Published by: {_name(asset.publisher)}")
    lines.append(f"License: {one_line(phrases.say(asset.license.expression))}")
    if not isinstance(asset.commit, Unknown):
        lines.append(f"Revision: {one_line(asset.commit)}")
    if page := hub_address(asset.kind, asset.name):
        lines.append(f"From: {page}")
    if not isinstance(asset.lineage, Unknown):
        for base in asset.lineage:
            key = phrases.say_briefly(base.license_key)
            how = "Trained on" if base.relation == "trained-on" else "Made from"
            lines.append(f"{how}: {one_line(base.name)} (license {one_line(key)})")
    return "\n".join(lines)


def _words_asked(asset: Asset, owed: set[str]) -> list[str]:
    """List the words that must appear, of the asset's own license and of those it inherits, once each.

    Words a license asks for only under a condition stand here where the report holds the obligation.
    """
    below = (inherited.terms for inherited in asset.inherited if inherited.relation != "trained-on")
    sources = [asset.terms, *below]
    asked: dict[str, None] = {}
    for terms in sources:
        if not isinstance(terms, Terms):
            continue
        duties = [("attribution", terms.attribution)]
        if not isinstance(terms.distribution, Unknown):
            duties.append(("notice_text", terms.distribution.notice_text))
        for name, duty in duties:
            if duty.words and (not duty.when or name in owed):
                asked[duty.words[0]] = None  # of several any one will do
    return list(asked)


FORMAT = Format(
    name="notice",
    description="a NOTICE text to ship with the project",
    suffix=".txt",
    render=render,
)
