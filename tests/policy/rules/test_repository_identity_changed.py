from __future__ import annotations

from scanner.records.fact import Confidence
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
