"""CycloneDX and SPDX bills, read by libraries that are not ours. Run by .ci/validators, not by pytest."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_python_model import v3_0_1 as spdx


def main(folder: Path, names: list[str]) -> None:
    """Check the bills of the named projects in the folder, and that each check fails on a broken one."""
    for name in names:
        report = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        check_cyclonedx((folder / f"{name}.cdx.json").read_text(encoding="utf-8"), report, name)
        check_spdx(folder / f"{name}.spdx.json", report, name)


def check_cyclonedx(text: str, report: dict[str, Any], name: str) -> None:
    """Validate against the schema; read back components, services, licenses and edges."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    broken = json.loads(text)
    broken["metadata"]["component"]["type"] = "model"
    demand(
        validator.validate_str(json.dumps(broken)) is not None, "CycloneDX: the check passes a broken file"
    )
    mistake = validator.validate_str(text)
    demand(mistake is None, f"CycloneDX of {name}: {mistake}")
    bom = Bom.from_json(json.loads(text))
    apis = [asset for asset in report["assets"] if asset["kind"] == "api-model"]
    demand(len(bom.services) == len(apis), f"CycloneDX of {name}: {len(bom.services)} services read back")
    others = {asset["id"]: asset for asset in report["assets"] if asset["kind"] != "api-model"}
    read = {component.bom_ref.value: component for component in bom.components}
    demand(set(read) == set(others), f"CycloneDX of {name}: other components read back")
    for reference, asset in others.items():
        is_known = isinstance(asset["license"]["expression"], str)
        demand(
            bool(read[reference].licenses) == is_known, f"CycloneDX of {name}: license of {reference} lost"
        )
        if asset["kind"] == "hf-model":
            demand(read[reference].purl is not None, f"CycloneDX of {name}: purl of {reference} lost")
        lineage = asset["lineage"] if isinstance(asset["lineage"], list) else []
        bases = [each for each in lineage if each["kind"] != "hf-dataset"]
        pedigree = read[reference].pedigree
        found = len(pedigree.ancestors) if pedigree else 0
        demand(found == len(bases), f"CycloneDX of {name}: {found} of {len(bases)} ancestors of {reference}")
    used = {each["asset"] for each in report["references"] if each["role"] == "dependency"}
    edges = {each.ref.value: {end.ref.value for end in each.dependencies} for each in bom.dependencies}
    demand(edges.get("project", set()) == used, f"CycloneDX of {name}: edges of the project lost")
    print(f"CycloneDX 1.6 of {name}: valid; {len(read)} components, {len(apis)} services read back")


def check_spdx(path: Path, report: dict[str, Any], name: str) -> None:
    """Read the graph back with types and cardinalities checked; packages, licenses and edges are there."""
    broken = path.with_suffix(".broken.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    document["@graph"][-1]["profileConformance"] = ["cargo"]
    broken.write_text(json.dumps(document), encoding="utf-8")
    demand(read_spdx(broken) is None, "SPDX: the check passes a broken file")
    graph = read_spdx(path)
    if graph is None:
        raise SystemExit(f"SPDX of {name}: cannot be read")
    lost = graph.link()
    own = {str(each) for each in lost if "spdx.org/rdf" not in str(each)}
    demand(not own, f"SPDX of {name}: ids that lead nowhere: {sorted(own)[:3]}")
    packages = {
        each.name
        for kind in (spdx.ai_AIPackage, spdx.dataset_DatasetPackage)
        for each in graph.foreach_type(kind)
    }
    models = {asset["name"] for asset in report["assets"] if asset["kind"] != "api-model"}
    demand(models <= packages, f"SPDX of {name}: packages lost: {sorted(models - packages)[:3]}")
    relations = [each.relationshipType.rsplit("/", 1)[-1] for each in graph.foreach_type(spdx.Relationship)]
    edges = {
        (each["of"], each["name"])
        for asset in report["assets"]
        if isinstance(asset["lineage"], list)
        for each in asset["lineage"]
    }
    drawn = relations.count("descendantOf") + relations.count("trainedOn")
    demand(drawn >= len(edges), f"SPDX of {name}: {drawn} of {len(edges)} edges of the lineage")
    declared = relations.count("hasDeclaredLicense")
    demand(declared >= len(report["assets"]), f"SPDX of {name}: {declared} declared licenses")
    print(f"SPDX 3.0.1 of {name}: read back with {len(packages)} packages, {drawn} lineage edges")


def read_spdx(path: Path) -> Any:
    """Read a document; None where the library refuses it."""
    graph = spdx.SHACLObjectSet()
    try:
        with path.open(encoding="utf-8") as file:
            spdx.JSONLDDeserializer().read(file, graph)
    except (ValueError, TypeError, KeyError) as refusal:
        if ".broken." not in path.name:
            print(f"  {refusal}")
        return None
    return graph


def demand(condition: bool, message: str) -> None:
    """Stop with a message unless the condition holds."""
    if not condition:
        raise SystemExit(message)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
