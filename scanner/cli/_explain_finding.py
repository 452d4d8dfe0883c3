"""The whole derivation of one finding: place, facts, lineage, clause, line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.records.asset import Ancestor, Asset, Reference
    from scanner.records.finding import Finding
    from scanner.records.report import Report

SCHEMA = "lading.explanation/1"
MAX_PLACES = 10
"""Further places that are written out; the rest is counted."""


CAPPED = {
    "unverified": "no more, because it rests on facts below the policy's min_confidence",
    "place": "no more, because the place is guessed, implicit, or a mention",
}


def explain_finding(finding: Finding, report: Report, root: Path, format_name: str, width: int = 80) -> str:
    """Tell how a finding came about, as text of that width or as JSON."""
    asset = next((each for each in report.assets if each.id == finding.asset), None)
    places = [each for each in report.references if each.asset == finding.asset]
    ways = ways_out(finding, asset, report.policy.excepted_in)
    if format_name == "json":
        return json.dumps(_as_json(finding, asset, places, ways, root), indent=2, ensure_ascii=False)
    from scanner.reporting.escaping import visible
    from scanner.reporting.page import hang

    lines = _as_text(finding, asset, places, ways, root)
    return "\n".join(part for line in lines for part in hang(visible(line), width))


def ways_out(finding: Finding, asset: Asset | None, excepted_in: str) -> tuple[str, ...]:
    """What would make it pass: the remedy, an exception bound to what is known, the policy's line.

    `excepted_in` is the organization's policy, where an exception of the project has no effect.
    """
    from scanner.policy.ways_out import ask_for_exception

    ways = [finding.remedy]
    if finding.missing and finding.missing.startswith("use."):
        fact = finding.missing.removeprefix("use.")
        ways.append(f"in the policy, if it is so: use: {{{fact}: …}}")
    if asset is not None and (way := ask_for_exception(asset, finding.rule, excepted_in)) not in ways[0]:
        ways.append(way)
    if not finding.policy.file.startswith("built-in"):
        ways.append(f"change {finding.policy.file}:{finding.policy.line}, if the policy is wrong")
    else:
        ways.append(f"set {finding.rule} in the policy: it stands at its built-in default")
    return tuple(ways)


def _as_text(
    finding: Finding, asset: Asset | None, places: list[Reference], ways: tuple[str, ...], root: Path
) -> Iterator[str]:
    from scanner.reporting.phrases import place_of
    from scanner.reporting.phrases import policy_line as say_line

    capped = f" ({CAPPED[finding.capped]})" if finding.capped in CAPPED else ""
    yield f"{finding.rule}: {finding.level.value}{capped}"
    yield f"  {finding.message}"
    yield f"  id {finding.id}"
    yield ""
    yield "where"
    yield f"  {place_of(finding)}"
    others = [each.sighting for each in places if _spot(each) != (finding.file, finding.line, finding.column)]
    for each in others[:MAX_PLACES]:
        place = f"{each.location.file}:{each.location.line}:{each.location.column}"
        yield f"  {place} names it too ({each.role.value}, {each.certainty.value})"
    if len(others) > MAX_PLACES:
        yield f"  and {len(others) - MAX_PLACES} more"
    if asset is not None:
        yield from _asset_lines(asset, places)
    yield from _fact_lines(finding)
    if asset is not None:
        yield from _lineage_lines(asset)
    yield ""
    yield "judged by"
    yield f"  {say_line(finding.policy)}"
    if line := policy_line(finding, root):
        yield f"    {line}"
    if finding.owner:
        yield f"  owner of the rule: {finding.owner}"
    if finding.exception is not None:
        grant = finding.exception
        yield f"  excepted by {grant.owner} until {grant.expires}: {grant.reason} ({say_line(grant.policy)})"
    if finding.missing:
        yield f"  what is missing: {finding.missing}"
    yield ""
    yield "what would make it pass"
    for number, way in enumerate(ways, 1):
        yield f"  {number}. {way}"
    yield ""
    yield f"more on the rule: lading explain {finding.rule}"


def _asset_lines(asset: Asset, places: list[Reference]) -> Iterator[str]:
    from scanner.reporting.phrases import say

    yield ""
    yield "what the name turned out to be"
    yield f"  {asset.id}"
    yield f"  said by {say(asset.answered_by)}, {say(asset.as_of)}; availability {say(asset.availability)}"
    declared = ", ".join(asset.license.declared) or "nothing"
    yield f"  license {say(asset.license.expression)} (declared: {declared})"
    for reference in places[:1]:
        seen = reference.sighting
        how = f"{seen.certainty.value}, {seen.role.value}, {seen.scope.value}"
        yield f"  read by {seen.detector}: {how}; revision {say(seen.revision)}"


def _fact_lines(finding: Finding) -> Iterator[str]:
    from scanner.reporting.phrases import say

    if not finding.evidence:
        return
    yield ""
    yield "facts it rests on"
    for fact in finding.evidence:
        yield f"  {fact.fact} = {say(fact.value)}"
        where = f" at {fact.location}" if fact.location else ""
        yield f"    {fact.source}{where}, {say(fact.as_of)}, {fact.confidence.value}"
        if fact.quote:
            yield f"    “{fact.quote}”"


def _lineage_lines(asset: Asset) -> Iterator[str]:
    from scanner.records.unknown import Unknown

    yield ""
    yield "lineage"
    if isinstance(asset.lineage, Unknown):
        yield f"  not known: {asset.lineage.reason}"
        return
    if not asset.lineage:
        yield "  a root: it descends from nothing"
        return
    below: dict[str, list[Ancestor]] = {}
    for ancestor in asset.lineage:
        below.setdefault(ancestor.of, []).append(ancestor)
    yield f"  {asset.name}"
    yield from _descent(asset.name, below, 1, set())


def _descent(name: str, below: dict[str, list[Ancestor]], depth: int, shown: set[str]) -> Iterator[str]:
    """The bases of a name, each below what descends from it; a base met again is not followed again."""
    from scanner.reporting.phrases import say

    for each in below.get(name, []):
        facts = ", ".join(say(fact) for fact in (each.license_key, each.publisher, each.country))
        how = "trained on" if each.relation == "trained-on" else f"{each.relation} of"
        yield f"  {'  ' * depth}{how} {each.name} ({facts}, {each.confidence.value})"
        if each.name not in shown:
            shown.add(each.name)
            yield from _descent(each.name, below, depth + 1, shown)


def policy_line(finding: Finding, root: Path) -> str:
    """The text of the policy's line, `""` where the file is not at hand."""
    from scanner.policy.sources import read_from, read_pack

    label = finding.policy.file
    if label.startswith("pack:"):
        pack = read_pack(label.removeprefix("pack:"))
        content = pack.content if pack else None
    else:
        content = read_from(root)(label)
    lines = content.decode("utf-8", "replace").splitlines() if content else []
    at = finding.policy.line - 1
    return lines[at].strip() if 0 <= at < len(lines) else ""


def _spot(reference: Reference) -> tuple[str, int, int]:
    location = reference.sighting.location
    return location.file, location.line, location.column


def _as_json(
    finding: Finding, asset: Asset | None, places: list[Reference], ways: tuple[str, ...], root: Path
) -> dict[str, Any]:
    from scanner.records.encoding import encode

    return {
        "schema": SCHEMA,
        "finding": encode(finding),
        "asset": encode(asset) if asset is not None else "none",
        "references": [encode(each) for each in places],
        "policy_line": policy_line(finding, root),
        "ways_out": list(ways),
    }
