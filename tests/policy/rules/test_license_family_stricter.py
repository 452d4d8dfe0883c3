from __future__ import annotations

from tests.policy.build import only, said
from tests.policy.licensed import judged, licensed

RULE = "license-family-stricter"
ON = "license-family-stricter: {level: note}"


def test_a_newer_stricter_version_is_named_with_the_difference() -> None:
    finding = only(judged(ON, licensed("acme/model", "minimax-m2-modified-mit")), RULE)
    assert finding.level.value == "note"
    assert finding.message == (
        "acme/model is under minimax-m2-modified-mit; the newer minimax-m2.1-modified-mit is stricter: no"
        " threshold: every commercial product must show the name"
    )


def test_a_newer_milder_version_is_not_spoken_of() -> None:
    assert said(judged(ON, licensed("acme/model", "gemma-2024-02-21")), RULE) == []


def test_an_unknown_license_has_no_versions() -> None:
    assert said(judged(ON, licensed("acme/model", None)), RULE) == []
