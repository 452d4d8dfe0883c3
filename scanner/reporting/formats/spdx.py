"""SPDX 3.0.1 as JSON-LD, models as AI packages, datasets as dataset packages."""

from __future__ import annotations

import re
from typing import Any

from scanner.records.asset import Ancestor, Asset, Party, Reference
from scanner.records.quick import dataclass, field
from scanner.records.report import Report
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.escaping import json_text, one_line
from scanner.reporting.format import Canvas, Format
from scanner.reporting.identifiers import (
    endpoints_of,
    hub_address,
    is_dependency,
    midnight,
    purl,
    references_by_asset,
    report_uuid,
    stable_uuid,
)

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
CREATION = "_:creation"
NO_ASSERTION = "NOASSERTION"
NO_LICENSE_ASSERTION = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"

CONFORMANCE = (
    "Uses the classes of the AI and Dataset profiles and does not claim to conform to them: they ask for "
    "release times, and for datasets for build times, which are not known here."
)
"""Source: spdx-3-model, AIPackage.md and DatasetPackage.md, "External properties restrictions",
commit ac1c156, read 2026-11-22."""

Object = dict[str, Any]


@dataclass(slots=True)
class Graph:
    """The elements in the making, each under its own id."""

    namespace: str
    elements: dict[str, Object] = field(default_factory=dict)

    def id_of(self, kind: str, name: str) -> str:
        """Make the id of an element; readable, and distinct for distinct names."""
        words = re.sub(r"[^A-Za-z0-9.-]+", "-", name)[:80].strip("-")
        return f"{self.namespace}#{kind}-{words}-{stable_uuid(f'{kind} {name}')[:8]}"

    def add(self, kind: str, name: str, body: Object) -> str:
        """Add an element unless it is there; hand out its id."""
        identity = self.id_of(body["type"], f"{kind} {name}")
        head = {"type": body["type"], "spdxId": identity, "creationInfo": CREATION}
        self.elements.setdefault(identity, head | body)
        return identity

    def relate(self, start: str, kind: str, ends: list[str], comment: str = "") -> None:
        """Draw an edge."""
        body: Object = {"type": "Relationship", "from": start, "to": ends, "relationshipType": kind}
        if comment:
            body["comment"] = one_line(comment)
        self.add(kind, f"{start} {' '.join(ends)} {comment}", body)


def render(report: Report, canvas: Canvas) -> str:
    """Write the assets as packages, their lineage, licenses and places as relationships and annotations.

    Every package has one declared and one concluded license; an unknown one is the element for
    "no assertion", and the reason stands in the comment of the package.
    """
    graph = Graph(f"https://spdx.org/spdxdocs/lading-{report_uuid(report)}")
    tool = graph.add("agent", "lading", {"type": "SoftwareAgent", "name": "lading"})
    project = graph.add("project", report.project.name, _project(report))
    references = references_by_asset(report)
    packages = {
        (asset.kind, asset.name, asset.id): _add_asset(graph, asset, references[asset.id])
        for asset in report.assets
    }
    by_name = {(kind, name): identity for (kind, name, _), identity in packages.items()}
    used = [
        packages[asset.kind, asset.name, asset.id]
        for asset in report.assets
        if is_dependency(references[asset.id])
    ]
    if used:
        graph.relate(project, "dependsOn", used)
    for asset in report.assets:
        _add_lineage(graph, asset, by_name)
    members = list(graph.elements)
    bill = graph.add(
        "bill",
        report.project.name,
        {
            "type": "software_Sbom",
            "name": f"Models, datasets and hosted APIs of {one_line(report.project.name)}",
            "software_sbomType": ["source"],
            "rootElement": [project],
            "element": members,
        },
    )
    graph.add("document", report.project.name, _document(report, bill, members))
    creation = {
        "type": "CreationInfo",
        "@id": CREATION,
        "specVersion": "3.0.1",
        "created": midnight(report.date),
        "createdBy": [tool],
        "comment": one_line(
            f"lading {report.tool.version}. {phrases.policy_in_force(report, whole_digests=True)}"
        ),
    }
    return json_text({"@context": CONTEXT, "@graph": [creation, *graph.elements.values()]})


def _document(report: Report, bill: str, members: list[str]) -> Object:
    gaps = f"{phrases.counted(len(report.unresolved), 'name')} could not be determined, "
    gaps += f"{phrases.counted(len({each.file for each in report.coverage.skipped}), 'file')} not fully read."
    return {
        "type": "SpdxDocument",
        "name": f"lading report of {one_line(report.project.name)}, {report.date}",
        "comment": one_line(f"{CONFORMANCE} {phrases.level_counts(report)}. {gaps} {report.disclaimer}"),
        "profileConformance": ["core", "software", "simpleLicensing"],
        "rootElement": [bill],
        "element": [*members, bill],
    }


def _project(report: Report) -> Object:
    body: Object = {
        "type": "software_Package",
        "name": one_line(report.project.name) or "project",
        "software_primaryPurpose": "application",
    }
    if not isinstance(report.project.commit, Unknown):
        body["software_packageVersion"] = report.project.commit
    return body


def _add_asset(graph: Graph, asset: Asset, references: list[Reference]) -> str:
    body = _package(graph, asset.kind, asset.name, asset.publisher)
    if not isinstance(asset.commit, Unknown):
        body["software_packageVersion"] = asset.commit
    if address := purl(asset.kind, asset.name, asset.commit):
        body["software_packageUrl"] = address
    if not isinstance(asset.developer, Unknown) and (developer := _agent(graph, asset.developer)):
        body["originatedBy"] = [developer]
    if body["type"] == "ai_AIPackage" and not isinstance(asset.modality, Unknown):
        body["ai_typeOfModel"] = [one_line(asset.modality)]
    comments = [f"{fact}: {words}" for fact, words in _unknowns(asset).items()]
    if asset.kind is Kind.API_MODEL:
        comments.insert(0, "hosted API, reached over the network; nothing is distributed")
        comments += [f"endpoint: {address}" for address in endpoints_of(asset, references)]
        if asset.serving_entity is not None:
            comments.append(f"served by {phrases.party_words(asset.serving_entity)}")
    if comments:
        body["comment"] = one_line("; ".join(comments))
    identity = graph.add("asset", asset.id, body)
    _add_licenses(graph, identity, asset.license.expression)
    for reference in references:
        _add_place(graph, identity, reference)
    return identity


def _package(graph: Graph, kind: Kind, name: str, publisher: Party | Unknown) -> Object:
    """Begin a package of the class its kind asks for; what SPDX demands and nobody said is NOASSERTION."""
    types = {Kind.HF_DATASET: "dataset_DatasetPackage", Kind.API_MODEL: "software_Package"}
    purposes = {Kind.HF_DATASET: "data", Kind.API_MODEL: "other"}
    body: Object = {
        "type": types.get(kind, "ai_AIPackage"),
        "name": one_line(name) or "unnamed",
        "software_primaryPurpose": purposes.get(kind, "model"),
        "software_packageVersion": NO_ASSERTION,
    }
    if page := hub_address(kind, name):
        body["software_downloadLocation"] = page
    if kind is Kind.HF_DATASET:
        body["dataset_datasetType"] = ["noAssertion"]
    if not isinstance(publisher, Unknown) and (agent := _agent(graph, publisher)):
        body["suppliedBy"] = agent
    return body


def _agent(graph: Graph, party: Party) -> str | None:
    name = party.name if isinstance(party.entity, Unknown) else party.entity
    if isinstance(name, Unknown):
        return None
    body: Object = {"type": "Organization", "name": one_line(name)}
    if party.kind == "individual":
        body["type"] = "Person"
    body["comment"] = one_line(
        f"country: {phrases.say(party.country)}; parent: {phrases.say(party.parent)}; "
        f"source: {phrases.say(party.source)}, {phrases.say(party.as_of)}, {party.confidence.value}"
    )
    return graph.add("party", f"{name} {phrases.say(party.name)}", body)


def _add_licenses(graph: Graph, package: str, expression: str | Unknown) -> None:
    if isinstance(expression, Unknown):
        license_ = NO_LICENSE_ASSERTION
    else:
        body = {
            "type": "simplelicensing_LicenseExpression",
            "simplelicensing_licenseExpression": one_line(expression),
        }
        license_ = graph.add("license", expression, body)
    graph.relate(package, "hasDeclaredLicense", [license_])
    graph.relate(package, "hasConcludedLicense", [license_])


def _add_place(graph: Graph, package: str, reference: Reference) -> None:
    sighting = reference.sighting
    words = f"{sighting.role.value}, {sighting.scope.value}, {sighting.certainty.value}"
    place = f"{phrases.place_of_reference(sighting.location)}, column {sighting.location.column}: {words}"
    body = {"type": "Annotation", "annotationType": "other", "subject": package, "statement": one_line(place)}
    graph.add("place", f"{package} {place}", body)


def _unknowns(asset: Asset) -> dict[str, str]:
    facts = {
        "license": asset.license.expression,
        "commit": asset.commit,
        "publisher": asset.publisher,
        "developer": asset.developer,
        "lineage": asset.lineage,
        "availability": asset.availability,
    }
    return {fact: f"unknown ({value.reason})" for fact, value in facts.items() if isinstance(value, Unknown)}


def _add_lineage(graph: Graph, asset: Asset, by_name: dict[tuple[Kind, str], str]) -> None:
    """Draw every edge of the lineage; bases that are no assets of their own become packages."""
    if isinstance(asset.lineage, Unknown):
        return
    known = {asset.name: by_name[asset.kind, asset.name]}
    for ancestor in asset.lineage:
        known.setdefault(
            ancestor.name, by_name.get((ancestor.kind, ancestor.name)) or _add_base(graph, ancestor)
        )
    for ancestor in asset.lineage:
        child = known.get(ancestor.of)
        if child is None:
            continue
        kind = "trainedOn" if ancestor.kind is Kind.HF_DATASET else "descendantOf"
        graph.relate(child, kind, [known[ancestor.name]], f"{ancestor.relation}, {ancestor.confidence.value}")


def _add_base(graph: Graph, ancestor: Ancestor) -> str:
    body = _package(graph, ancestor.kind, ancestor.name, Unknown("not asked"))
    if address := purl(ancestor.kind, ancestor.name, Unknown("not asked")):
        body["software_packageUrl"] = address
    facts = {
        "license key": ancestor.license_key,
        "declared": ancestor.license_declared,
        "publisher": ancestor.publisher,
        "country": ancestor.country,
    }
    body["comment"] = one_line("; ".join(f"{fact}: {phrases.say(value)}" for fact, value in facts.items()))
    identity = graph.add("base", f"{ancestor.kind.value} {ancestor.name}", body)
    _add_licenses(graph, identity, Unknown("stands in the comment by its key"))
    return identity


FORMAT = Format(
    name="spdx",
    description="bill of materials with models and datasets (SPDX 3.0.1, JSON-LD)",
    suffix=".spdx.json",
    render=render,
)
