"""CycloneDX 1.6: a bill of materials of models, datasets and hosted APIs (ML-BOM)."""

from __future__ import annotations

from typing import Any

from scanner.records.asset import Ancestor, Asset, Party, Reference
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
)

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
PROJECT = "project"

Object = dict[str, Any]


def render(report: Report, canvas: Canvas) -> str:
    """Write the assets as components, hosted APIs as services, their lineage as pedigree.

    A license outside SPDX stands as a name, never as an id; an unknown one as a property with its reason.
    What only prose mentions is a component of scope `excluded` and no dependency.
    """
    references = references_by_asset(report)
    hosted = [asset for asset in report.assets if asset.kind is Kind.API_MODEL]
    others = [asset for asset in report.assets if asset.kind is not Kind.API_MODEL]
    document = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{report_uuid(report)}",
        "version": 1,
        "metadata": _metadata(report),
        "components": [_component(asset, references[asset.id]) for asset in others],
        "services": [_service(asset, references[asset.id]) for asset in hosted],
        "dependencies": _dependencies(report, references),
        "compositions": [{"aggregate": _completeness(report), "assemblies": [PROJECT]}],
    }
    return json_text(document)


def _metadata(report: Report) -> Object:
    project: Object = {
        "type": "application",
        "bom-ref": PROJECT,
        "name": one_line(report.project.name) or "project",
    }
    if not isinstance(report.project.commit, Unknown):
        project["version"] = report.project.commit
    return {
        "timestamp": midnight(report.date),
        "lifecycles": [{"phase": "pre-build"}],
        "tools": {"components": [{"type": "application", "name": "lading", "version": report.tool.version}]},
        "component": project,
        "properties": _properties(
            {
                "policy": phrases.policy_in_force(report, whole_digests=True),
                "findings": phrases.level_counts(report),
                "unresolved": str(report.summary.unresolved),
                "knowledge": phrases.say(report.knowledge.as_of),
                "disclaimer": report.disclaimer,
            }
        ),
    }


def _completeness(report: Report) -> str:
    gaps = report.unresolved or report.coverage.skipped or report.coverage.languages_without_reader
    return "incomplete" if gaps or report.project.scope != "whole" else "unknown"


def _component(asset: Asset, references: list[Reference]) -> Object:
    is_dataset = asset.kind is Kind.HF_DATASET
    component: Object = {
        "type": "data" if is_dataset else "machine-learning-model",
        "bom-ref": asset.id,
        **_name(asset.kind, asset.name),
    }
    if not isinstance(asset.commit, Unknown):
        component["version"] = asset.commit
    if supplier := _entity(asset.publisher):
        component["supplier"] = {"name": supplier}
    if author := _entity(asset.developer):
        component["authors"] = [{"name": author}]
    component["scope"] = "required" if is_dependency(references) else "excluded"
    component |= _licenses(asset.license.expression)
    if address := purl(asset.kind, asset.name, asset.commit):
        component["purl"] = address
    if page := hub_address(asset.kind, asset.name):
        kind = "distribution" if is_dataset else "model-card"
        component["externalReferences"] = [{"type": kind, "url": page}]
    if is_dataset:
        component["data"] = [_dataset(asset.name)]
    else:
        component |= _model(asset)
    component["evidence"] = {"occurrences": [_occurrence(each) for each in references]}
    component["properties"] = _facts(asset)
    return component


def _model(asset: Asset) -> Object:
    """Write the model card and the pedigree; datasets of the lineage stand in the card."""
    parameters: Object = {}
    if not isinstance(asset.modality, Unknown):
        parameters["task"] = asset.modality
    lineage = () if isinstance(asset.lineage, Unknown) else asset.lineage
    datasets = [each for each in lineage if each.kind is Kind.HF_DATASET]
    if datasets:
        parameters["datasets"] = [_dataset(each.name) for each in datasets]
    card: Object = {"bom-ref": f"{asset.id}#card"}
    if parameters:
        card["modelParameters"] = parameters
    model: Object = {"modelCard": card}
    ancestors = [each for each in lineage if each.kind is not Kind.HF_DATASET]
    if ancestors:
        notes = "; ".join(f"{each.of} is {each.relation} of {each.name}" for each in ancestors)
        model["pedigree"] = {
            "ancestors": [_ancestor(asset, each, at) for at, each in enumerate(ancestors)],
            "notes": one_line(notes),
        }
    return model


def _ancestor(asset: Asset, ancestor: Ancestor, at: int) -> Object:
    license_: str | Unknown = ancestor.license_key
    component: Object = {
        "type": "machine-learning-model",
        "bom-ref": f"{asset.id}#ancestor-{at + 1}",
        **_name(ancestor.kind, ancestor.name),
    }
    if not isinstance(license_, Unknown):
        component["licenses"] = [{"license": {"name": one_line(license_)}}]
    if address := purl(ancestor.kind, ancestor.name, Unknown("not asked")):
        component["purl"] = address
    component["properties"] = _properties(
        {
            "relation": ancestor.relation,
            "depth": str(ancestor.depth),
            "of": ancestor.of,
            "license.declared": phrases.say(ancestor.license_declared),
            "license.key": phrases.say(license_),
            "publisher": phrases.say(ancestor.publisher),
            "country": phrases.say(ancestor.country),
            "as_of": phrases.say(ancestor.as_of),
            "confidence": ancestor.confidence.value,
        }
    )
    return component


def _service(asset: Asset, references: list[Reference]) -> Object:
    provider, _, model = asset.name.partition(":")
    service: Object = {
        "bom-ref": asset.id,
        "group": one_line(provider),
        "name": one_line(model) or one_line(asset.name),
    }
    serving = _entity(asset.serving_entity) if asset.serving_entity else None
    service["provider"] = {"name": serving or one_line(provider)}
    if endpoints := endpoints_of(asset, references):
        service["endpoints"] = endpoints
    service["x-trust-boundary"] = True
    service |= _licenses(asset.license.expression)
    places = {f"occurrence.{at + 1}": _place(each) for at, each in enumerate(references)}
    service["properties"] = _facts(asset) + _properties(places)
    return service


def _dependencies(report: Report, references: dict[str, list[Reference]]) -> list[Object]:
    """Draw project → asset, and asset → asset where the lineage of one names another of this report."""
    known = {(asset.kind, asset.name): asset.id for asset in report.assets}
    used = [asset.id for asset in report.assets if is_dependency(references[asset.id])]
    edges: list[Object] = [{"ref": PROJECT, "dependsOn": list(dict.fromkeys(used))}]
    for asset in report.assets:
        lineage = () if isinstance(asset.lineage, Unknown) else asset.lineage
        bases = [known[each.kind, each.name] for each in lineage if (each.kind, each.name) in known]
        bases = [base for base in dict.fromkeys(bases) if base != asset.id]
        edges.append({"ref": asset.id, "dependsOn": bases} if bases else {"ref": asset.id})
    return edges


def _name(kind: Kind, name: str) -> Object:
    owner, slash, model = name.rpartition("/")
    if kind in (Kind.HF_MODEL, Kind.HF_DATASET, Kind.MODELSCOPE) and slash:
        return {"group": one_line(owner), "name": one_line(model) or one_line(name)}
    return {"name": one_line(name) or "unnamed"}


def _entity(party: Party | Unknown) -> str | None:
    if isinstance(party, Unknown):
        return None
    name = party.name if isinstance(party.entity, Unknown) else party.entity
    return None if isinstance(name, Unknown) else one_line(name)


def _licenses(expression: str | Unknown) -> Object:
    """Write an SPDX expression as such; one license outside SPDX by its name."""
    if isinstance(expression, Unknown):
        return {}
    if expression.startswith("LicenseRef-") and " " not in expression:
        return {"licenses": [{"license": {"name": one_line(expression), "acknowledgement": "declared"}}]}
    return {"licenses": [{"expression": one_line(expression), "acknowledgement": "declared"}]}


def _dataset(name: str) -> Object:
    dataset: Object = {"type": "dataset", "name": one_line(name)}
    if page := hub_address(Kind.HF_DATASET, name):
        dataset["contents"] = {"url": page}
    return dataset


def _occurrence(reference: Reference) -> Object:
    sighting = reference.sighting
    occurrence: Object = {"location": sighting.location.file, "line": sighting.location.line}
    if sighting.call:
        occurrence["symbol"] = one_line(sighting.call)
    occurrence["additionalContext"] = _context(reference)
    return occurrence


def _context(reference: Reference) -> str:
    sighting = reference.sighting
    words = [
        f"column {sighting.location.column}",
        sighting.role.value,
        sighting.scope.value,
        sighting.certainty.value,
    ]
    if sighting.location.cell is not None:
        words.append(f"cell {sighting.location.cell}")
    if sighting.revision != "none":
        words.append(f"revision {phrases.say(sighting.revision)}")
    return one_line(", ".join(words))


def _place(reference: Reference) -> str:
    return f"{phrases.place_of_reference(reference.sighting.location)} ({_context(reference)})"


def _facts(asset: Asset) -> list[Object]:
    """List the facts CycloneDX has no field for, each in words, unknowns with their reason."""
    category = asset.license.category
    facts = {
        "kind": asset.kind.value,
        "license": phrases.say(asset.license.expression),
        "license.key": phrases.say(asset.license.key),
        "license.category": phrases.say(category if isinstance(category, Unknown) else category.value),
        "license.declared": phrases.say(asset.license.declared),
        "publisher": phrases.party_words(asset.publisher),
        "developer": phrases.party_words(asset.developer),
        "lineage": phrases.say(asset.lineage) if isinstance(asset.lineage, Unknown) else "known",
        "gated": phrases.say(asset.gated),
        "availability": phrases.say(asset.availability),
        "answered_by": phrases.say(asset.answered_by),
        "as_of": phrases.say(asset.as_of),
    }
    if isinstance(asset.commit, Unknown):
        facts["commit"] = phrases.say(asset.commit)
    if asset.serving_entity is not None:
        facts["serving_entity"] = phrases.party_words(asset.serving_entity)
    if asset.endpoint is not None:
        facts["endpoint.region"] = phrases.say(asset.endpoint.region)
        facts["endpoint.inference_scope"] = phrases.say(asset.endpoint.inference_scope)
    return _properties(facts)


def _properties(facts: dict[str, str]) -> list[Object]:
    return [{"name": f"lading:{name}", "value": one_line(value)} for name, value in facts.items()]


FORMAT = Format(
    name="cyclonedx",
    description="bill of materials of models, datasets and hosted APIs (CycloneDX 1.6, ML-BOM)",
    suffix=".cdx.json",
    render=render,
)
