from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.records.fact import Confidence, Evidence
from scanner.records.lock import Change
from tests.policy.build import asset, judge, only, said
from tests.policy.locks import drift, lock

MODEL = asset("ext-test/one", "Apache-2.0")
POLICY = "repository-identity-changed: {level: error}"

CHANGED = drift(Change.IDENTITY, MODEL, "6a", "6b", "ext-test/one is another repository now")


def test_another_repository_under_the_name_is_found() -> None:
    finding = only(judge(POLICY, MODEL, lock=lock(CHANGED)), "repository-identity-changed")
    assert (finding.level.value, finding.file, finding.line) == ("error", "lading.lock", 12)
    assert finding.message == "ext-test/one: ext-test/one is another repository now"


def test_a_rename_of_the_same_repository_passes() -> None:
    renamed = drift(Change.RENAMED, MODEL, "old/one", "ext-test/one", "renamed")
    assert said(judge(POLICY, MODEL, lock=lock(renamed)), "repository-identity-changed") == []


def test_a_difference_of_another_asset_is_not_its_own() -> None:
    other = drift(Change.IDENTITY, asset("ext-test/two"), "6a", "6b", "another")
    assert said(judge(POLICY, MODEL, lock=lock(other)), "repository-identity-changed") == []


def test_unverified_it_is_a_question() -> None:
    weak = drift(Change.IDENTITY, MODEL, "6a", "6b", "another", confidence=Confidence.UNVERIFIED)
    assert said(judge(POLICY, MODEL, lock=lock(weak))) == [
        ("repository-identity-changed", "question", "ext-test/one")
    ]


def redirected(value: str, level: str = "warning") -> list[tuple[str, str, str]]:
    note = Evidence("redirect", value, "catalog", "2025-12-12", Confidence.VERIFIED, "re-uploaded")
    model = asset("ext-test/new", "Apache-2.0", renamed_from="ext-test/old")
    model = replace(model, license=replace(model.license, evidence=(*model.license.evidence, note)))
    return said(judge(f"repository-identity-changed: {{unlocked: {level}}}", model))


def test_without_a_lockfile_a_name_taken_over_is_a_warning() -> None:
    assert redirected("another repository") == [("repository-identity-changed", "warning", "ext-test/new")]


@pytest.mark.parametrize("value", ["same repository", "same publisher", "not known"])
def test_a_redirect_that_may_be_a_rename_passes(value: str) -> None:
    assert redirected(value) == []


def test_without_a_lockfile_it_can_be_switched_off() -> None:
    assert redirected("another repository", "off") == []


def test_what_a_lockfile_tells_is_not_told_twice() -> None:
    note = Evidence("redirect", "another repository", "hub", "2026-11-22", Confidence.VERIFIED, "seen before")
    model = replace(MODEL, license=replace(MODEL.license, evidence=(note,)))
    assert said(judge(POLICY, model, lock=lock(CHANGED))) == [
        ("repository-identity-changed", "error", "ext-test/one")
    ]
