from __future__ import annotations

from scanner.records.asset import ModelFile
from scanner.records.unknown import Unknown
from tests.policy.build import only, said
from tests.policy.licensed import judged, licensed

RULE = "license-text-missing"
ON = "license-text-missing: {level: note}"


def files(*paths: str) -> tuple[ModelFile, ...]:
    return tuple(ModelFile(path, "other", 10, False) for path in paths)


def test_a_repository_with_a_text_passes() -> None:
    for name in ("LICENSE", "LICENSE.md", "sub/License-Model.txt", "NOTICE", "COPYING"):
        asset = licensed("acme/model", "mit", files=files("model.safetensors", name))
        assert said(judged(ON, asset), RULE) == []


def test_a_declared_license_without_its_text_is_found() -> None:
    asset = licensed("acme/model", "mit", files=files("model.safetensors", "README.md"))
    finding = only(judged(ON, asset), RULE)
    assert finding.message == (
        "acme/model is declared mit, which asks for its text"
        ' (¶2: "this permission notice shall be included"), and ships none'
    )


def test_a_license_that_asks_for_no_copy_passes() -> None:
    assert said(judged(ON, licensed("acme/model", "cc0-1.0", files=files("model.bin"))), RULE) == []


def test_unknown_files_or_an_unknown_license_say_nothing() -> None:
    assert said(judged(ON, licensed("acme/model", "mit", files=Unknown("not listed"))), RULE) == []
    assert said(judged(ON, licensed("acme/model", None, files=files("model.bin"))), RULE) == []
