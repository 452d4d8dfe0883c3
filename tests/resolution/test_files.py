from __future__ import annotations

import hashlib

import pytest

from scanner.records.asset import ModelFile
from scanner.records.unknown import Unknown
from scanner.resolution.files import MAX_FILES, describe, license_texts, read_text


@pytest.mark.parametrize(
    ("path", "kind", "runs_code"),
    [
        ("model-00001-of-00002.safetensors", "safetensors", False),
        ("q4.GGUF", "gguf", False),
        ("pytorch_model.bin", "pickle", True),
        ("training_args.bin", "pickle", True),
        ("weights/model.ckpt", "pickle", True),
        ("tf_model.h5", "h5", True),
        ("modeling_x.py", "code", True),
        ("config.json", "config", False),
        ("LICENSE", "license", False),
        ("LICENSE.md", "license", False),
        ("COPYING", "license", False),
        ("USE_POLICY.md", "license", False),
        ("README.md", "text", False),
        (".gitattributes", "other", Unknown("no record of the format '.gitattributes'")),
        ("x.zzz", "other", Unknown("no record of the format '.zzz'")),
    ],
)
def test_the_format_follows_from_the_name(path: str, kind: str, runs_code: bool | Unknown) -> None:
    assert describe([(path, 3)]) == (ModelFile(path, kind, 3, runs_code),)


def test_files_are_sorted_and_bounded() -> None:
    assert [file.path for file in describe([("b", 1), ("a", 1), ("", 1), ("x" * 500, 1)])] == ["a", "b"]
    assert len(describe((f"f{n}", 1) for n in range(MAX_FILES + 10))) == MAX_FILES


def test_the_models_license_comes_before_that_of_its_code() -> None:
    assert license_texts(["LICENSE-CODE", "LICENSE-MODEL", "README.md"]) == ("LICENSE-MODEL",)
    assert license_texts(["LICENSE.txt", "LICENSE", "sub/LICENSE", "NOTICE", "USE_POLICY.md"]) == (
        "LICENSE",
        "LICENSE.txt",
    )
    assert license_texts(["LICENSE-CODE"]) == ("LICENSE-CODE",)


def test_the_hash_of_a_text_is_of_its_bytes() -> None:
    text = read_text("LICENSE", b"words \xff")
    assert (text.sha256, text.text) == (hashlib.sha256(b"words \xff").hexdigest(), "words �")


def test_files_named_by_whisper_cpp_and_by_openvino_are_no_pickles() -> None:
    named = describe([(path, 1) for path in ("ggml-base.en.bin", "openvino_model.bin", "openvino_model.xml")])
    assert [(file.format, file.runs_code) for file in named] == [
        ("ggml", False),
        ("openvino", False),
        ("openvino", False),
    ]
    assert [file.runs_code for file in describe([("pytorch_model.bin", 1), ("my-ggml.bin", 1)])] == [
        True,
        True,
    ]
