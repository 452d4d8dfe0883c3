from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scanner.reporting.write import render
from tests.reporting.sample_assets import API, ASSETS, CHAT, EMBED, GGUF, IDS, NOTES
from tests.reporting.sample_report import EMPTY, REFERENCES, REPORT


def bill() -> dict[str, Any]:
    return json.loads(render(REPORT, "cyclonedx"))  # type: ignore[no-any-return]


def component(name: str) -> dict[str, Any]:
    return next(each for each in bill()["components"] if each["bom-ref"] == IDS[name])


def test_the_whole_bill(golden: Callable[[str, str], None]) -> None:
    golden("cyclonedx/report.cdx.json", render(REPORT, "cyclonedx"))
    golden("cyclonedx/empty.cdx.json", render(EMPTY, "cyclonedx"))


def test_a_model_has_its_purl_at_the_commit_and_a_model_card() -> None:
    model = component(EMBED)
    assert (model["type"], model["group"], model["name"]) == (
        "machine-learning-model",
        "small-co",
        "tern-embed",
    )
    assert model["purl"] == "pkg:huggingface/small-co/tern-embed@cccccccc0123456789abcdef0123456789abcdef"
    assert model["modelCard"]["modelParameters"] == {"task": "sentence-similarity"}


def test_ancestors_stand_in_the_pedigree_and_training_data_in_the_card() -> None:
    model = component(GGUF)
    assert [each["name"] for each in model["pedigree"]["ancestors"]] == ["Meadow-72B-Instruct", "Meadow-72B"]
    assert model["modelCard"]["modelParameters"]["datasets"] == [
        {
            "type": "dataset",
            "name": NOTES,
            "contents": {"url": f"https://huggingface.co/datasets/{NOTES}"},
        }
    ]


def test_a_license_outside_spdx_is_a_name_and_an_unknown_one_a_reason() -> None:
    assert component(CHAT)["licenses"] == [
        {"license": {"name": "LicenseRef-lading-meadow-1.0", "acknowledgement": "declared"}}
    ]
    assert component(EMBED)["licenses"] == [{"expression": "MIT", "acknowledgement": "declared"}]
    gone = next(each for each in bill()["components"] if each["name"] == "vanished-7b")
    assert "licenses" not in gone
    assert {"name": "lading:license", "value": "unknown (the repository could not be asked)"} in gone[
        "properties"
    ]


def test_a_hosted_api_is_a_service_with_its_endpoint() -> None:
    service = bill()["services"][0]
    assert (service["group"], service["name"], service["endpoints"], service["provider"]) == (
        "cloudy",
        "meadow-chat",
        ["https://api.cloudy.example/v1"],
        {"name": "Cloudy Services Inc"},
    )


def test_every_place_is_evidence_with_its_line() -> None:
    assert component(EMBED)["evidence"]["occurrences"] == [
        {"location": "services/search/embed.py", "line": 5, "additionalContext": context("shipped")},
        {
            "location": "tests/test_embed.py",
            "line": 8,
            "additionalContext": "column 9, dependency, test, literal",
        },
    ]


def context(scope: str) -> str:
    return f"column 9, dependency, {scope}, literal, revision cccccccc0123456789abcdef0123456789abcdef"


def test_what_prose_alone_mentions_is_excluded_and_no_dependency() -> None:
    mentioned = replace(REPORT, assets=(ASSETS[2],), references=(REFERENCES[1],))
    document = json.loads(render(mentioned, "cyclonedx"))
    assert [each["scope"] for each in document["components"]] == ["excluded"]
    assert document["dependencies"][0] == {"ref": "project", "dependsOn": []}


def test_edges_lead_from_the_project_to_assets_and_from_models_to_their_bases() -> None:
    edges = {each["ref"]: each.get("dependsOn", []) for each in bill()["dependencies"]}
    assert edges["project"] == [asset.id for asset in ASSETS]
    assert edges[IDS[GGUF]] == [IDS[CHAT], IDS[NOTES]]
    assert edges[IDS[API]] == []


def test_an_address_of_others_that_is_no_address_is_left_out() -> None:
    odd = replace(REFERENCES[6], sighting=replace(REFERENCES[6].sighting, base_url="javascript:alert(1)"))
    asset = replace(ASSETS[0], endpoint=None)
    document = json.loads(render(replace(REPORT, assets=(asset,), references=(odd,)), "cyclonedx"))
    assert "endpoints" not in document["services"][0]
