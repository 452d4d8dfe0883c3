from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from scanner.reporting.write import render
from tests.reporting.sample_assets import BASE, CHAT, GGUF, GONE, NOTES
from tests.reporting.sample_report import EMPTY, REPORT


def graph() -> list[dict[str, Any]]:
    return json.loads(render(REPORT, "spdx"))["@graph"]  # type: ignore[no-any-return]


def named() -> dict[str, str]:
    return {each["spdxId"]: each["name"] for each in graph() if "name" in each}


def edges(kind: str) -> set[tuple[str, str]]:
    names = named()
    return {
        (names[each["from"]], names.get(end, end))
        for each in graph()
        if each.get("relationshipType") == kind
        for end in each["to"]
    }


def test_the_whole_document(golden: Callable[[str, str], None]) -> None:
    golden("spdx/report.spdx.json", render(REPORT, "spdx"))
    golden("spdx/empty.spdx.json", render(EMPTY, "spdx"))


def test_models_are_ai_packages_and_datasets_dataset_packages() -> None:
    kinds = Counter(each["type"] for each in graph())
    assert (kinds["ai_AIPackage"], kinds["dataset_DatasetPackage"], kinds["software_Package"]) == (5, 1, 2)


def test_the_lineage_is_drawn_edge_by_edge() -> None:
    assert edges("descendantOf") == {(GGUF, CHAT), (CHAT, BASE)}
    assert edges("trainedOn") == {(BASE, NOTES)}


def test_every_package_of_the_report_has_one_declared_and_one_concluded_license() -> None:
    packages = {
        each["spdxId"] for each in graph() if each["type"] in ("ai_AIPackage", "dataset_DatasetPackage")
    }
    for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
        starts = Counter(each["from"] for each in graph() if each.get("relationshipType") == kind)
        assert {package: starts[package] for package in packages} == dict.fromkeys(packages, 1)


def test_an_unknown_license_is_no_assertion_and_the_reason_stands_in_the_comment() -> None:
    gone = next(each for each in graph() if each.get("name") == GONE)
    assert (GONE, "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense") in edges(
        "hasDeclaredLicense"
    )
    assert "license: unknown (the repository could not be asked)" in gone["comment"]
    assert gone["software_packageVersion"] == "NOASSERTION"


def test_conformance_to_a_profile_is_not_claimed_where_a_demanded_field_is_not_known() -> None:
    document = next(each for each in graph() if each["type"] == "SpdxDocument")
    assert document["profileConformance"] == ["core", "software", "simpleLicensing"]
    assert "does not claim to conform" in document["comment"]


def test_every_reference_is_an_annotation_of_its_package() -> None:
    assert sum(each["type"] == "Annotation" for each in graph()) == len(REPORT.references)
