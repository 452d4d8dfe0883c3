from __future__ import annotations

from scanner.records.fact import Confidence
from scanner.records.lock import Change
from tests.policy.build import asset, judge, only, said
from tests.policy.locks import drift, lock

MODEL = asset("ext-test/one", "Apache-2.0")
POLICY = "lock-contradicts-source: {level: error}"

DENIED = drift(
    Change.CONTRADICTED, MODEL, "Apache-2.0", "MIT", "the lockfile says Apache-2.0, the hub says MIT"
)


def test_a_denied_word_of_the_lockfile_is_found_at_its_block() -> None:
    finding = only(judge(POLICY, MODEL, lock=lock(DENIED)), "lock-contradicts-source")
    assert (finding.level.value, finding.file, finding.line) == ("error", "lading.lock", 12)
    assert finding.message == "ext-test/one: the lockfile says Apache-2.0, the hub says MIT"
    assert finding.remedy == "write down what the source says: lading lock --update ext-test/one"


def test_a_license_that_changed_since_is_no_contradiction() -> None:
    changed = drift(Change.LICENSE, MODEL, "MIT", "Apache-2.0", "changed")
    assert said(judge(POLICY, MODEL, lock=lock(changed)), "lock-contradicts-source") == []


def test_the_catalog_without_a_commit_only_asks() -> None:
    weak = drift(Change.CONTRADICTED, MODEL, "Apache-2.0", "MIT", "catalog", confidence=Confidence.UNVERIFIED)
    assert said(judge(POLICY, MODEL, lock=lock(weak))) == [
        ("lock-contradicts-source", "question", "ext-test/one")
    ]
