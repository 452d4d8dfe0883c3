"""What the headers of weight files say of license, bases, training data and format."""

from __future__ import annotations

import json

import pytest

from scanner.records.asset import Asset
from scanner.records.unknown import Unknown
from scanner.resolution.weight_headers import read_said
from tests.resolution.conftest import Bench
from tests.resolution.sources.test_local import folder, offline

HUB = "https://huggingface.co"


def bases(**fields: str) -> list[tuple[str, str]]:
    named = {name.replace("__", "."): text for name, text in fields.items()}
    return [(base.name, base.relation) for base in read_said(named, "project:m").bases]


def datasets(*fields: tuple[str, str]) -> list[str]:
    return [each.name for each in read_said(dict(fields), "project:m").datasets]


def files(asset: Asset) -> list[tuple[str, str, object]]:
    assert isinstance(asset.files, tuple)
    return [(file.path, file.format, file.runs_code) for file in asset.files]


def test_training_data_is_named_by_numbered_keys_and_by_a_list() -> None:
    found = datasets(
        ("general.dataset.count", "2"),
        ("general.dataset.10.url", f"{HUB}/datasets/lab1/set10"),
        ("general.dataset.2.repo_url", f"{HUB}/datasets/lab1/set2"),
        ("general.dataset.2.name", "Set 2"),
        ("general.datasets.0", "lab1/set3"),
        ("general.datasets.1", f"{HUB}/datasets/lab1/set2"),
        ("general.datasets.2", "https://lab1.example/data"),
    )
    assert found == ["lab1/set2", "lab1/set10", "lab1/set3", "https://lab1.example/data"]


def test_the_datasets_of_a_gguf_file_are_told(bench: Bench) -> None:
    (bench.folder / "m.gguf").write_bytes(b"GGUF")
    asset = offline(bench, "m.gguf", (("format", "gguf"), ("general.datasets.0", "lab1/set3")))
    assert isinstance(asset.trained_on, tuple)
    assert [(each.name, each.relation) for each in asset.trained_on] == [("lab1/set3", "trained-on")]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"general__base_model__0__repo_url": f"{HUB}/lab1/net2"}, [("lab1/net2", "quantized")]),
        ({"general__source__huggingface__repository": "lab1/net2"}, [("lab1/net2", "quantized")]),
        ({"general__source__repo_url": f"{HUB}/lab1/net2"}, [("lab1/net2", "quantized")]),
        (
            {
                "general__source__repo_url": f"{HUB}/lab1/net2-chat",
                "general__base_model__0__repo_url": f"{HUB}/lab1/net2",
            },
            [("lab1/net2-chat", "quantized"), ("lab1/net2", "unknown")],
        ),
        (
            {
                "general__source__repo_url": f"{HUB}/lab1/Net2",
                "general__base_model__0__repo_url": f"{HUB}/lab1/net2",
            },
            [("lab1/Net2", "quantized")],
        ),
        (
            {"general__type": "adapter", "general__base_model__0__repo_url": f"{HUB}/lab1/net2"},
            [("lab1/net2", "adapter")],
        ),
        ({"general__source__url": "https://lab1.example/net2"}, []),
        ({"general__repo_url": f"{HUB}/lab1/net2-gguf"}, []),
    ],
)
def test_a_gguf_file_names_what_it_was_converted_from_and_its_parents(
    fields: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert bases(**fields) == found


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"ss_sd_model_name": "lab1/net2", "ss_network_module": "networks.lora"}, [("lab1/net2", "adapter")]),
        ({"ss_sd_model_name": "lab1/net2"}, [("lab1/net2", "unknown")]),
        ({"ss_sd_model_name": "None"}, []),
        ({"ss_sd_model_name": "net2-pruned.ckpt"}, []),
    ],
)
def test_what_a_network_of_sd_scripts_was_trained_on_is_its_base(
    fields: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert bases(**fields) == found


def test_a_base_that_was_a_file_of_another_machine_is_told_as_not_known(bench: Bench) -> None:
    (bench.folder / "lora.safetensors").write_bytes(b"x")
    header = (("format", "safetensors"), ("ss_sd_model_name", "net2-pruned.ckpt"))
    reason = "its header names 'net2-pruned.ckpt' as what it was trained on, which is no repository"
    assert offline(bench, "lora.safetensors", header).lineage == Unknown(reason)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ([("modelspec.license", "CreativeML Open RAIL-M")], "creativeml-openrail-m"),
        ([("modelspec.license", "CC-BY-SA-4.0")], "cc-by-sa-4.0"),
        ([("general.license", "other"), ("general.license.name", "apache-2.0")], "apache-2.0"),
        ([("general.license", "mit"), ("modelspec.license", "apache-2.0")], "mit"),
    ],
)
def test_a_header_names_the_license(bench: Bench, fields: list[tuple[str, str]], key: str) -> None:
    (bench.folder / "m.safetensors").write_bytes(b"x")
    asset = offline(bench, "m.safetensors", (("format", "safetensors"), *fields))
    assert (asset.license.key, [each.fact for each in asset.license.evidence][:1]) == (
        key,
        ["license.header"],
    )


def test_a_whole_text_in_the_place_of_a_licenses_name_names_none() -> None:
    assert read_said({"modelspec.license": "You may use it. " * 40}, "project:m").licenses == ()


def test_a_model_of_whisper_cpp_runs_no_code(bench: Bench) -> None:
    (bench.folder / "ggml-base.bin").write_bytes(b"lmgg")
    assert files(offline(bench, "ggml-base.bin", (("format", "ggml"),))) == [("ggml-base.bin", "ggml", False)]
    assert files(offline(bench, "ggml-base.bin", (("format", "pickle"),))) == [
        ("ggml-base.bin", "pickle", True)
    ]


def test_the_numbers_beside_a_network_of_openvino_run_no_code(bench: Bench) -> None:
    folder(bench, {"config.json": "{}", "faces.xml": "<net/>", "faces.bin": "x", "other.bin": "x"})
    asset = offline(bench, "models/chat/faces.xml", (("format", "openvino"),))
    assert files(asset) == [
        ("config.json", "config", False),
        ("faces.bin", "openvino", False),
        ("faces.xml", "openvino", False),
        ("other.bin", "pickle", True),
    ]


def test_an_adapters_base_may_be_named_by_its_folder_in_a_cache(bench: Bench) -> None:
    path = f"/cache/huggingface/hub/models--lab1--net2/snapshots/{'0' * 40}"
    folder(bench, {"adapter_config.json": json.dumps({"base_model_name_or_path": path})})
    lineage = offline(bench, "models/chat").lineage
    assert isinstance(lineage, tuple)
    assert [(base.name, base.relation) for base in lineage] == [("lab1/net2", "adapter")]
