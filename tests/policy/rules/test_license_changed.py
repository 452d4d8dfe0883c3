from __future__ import annotations

from scanner.records.fact import Confidence
from scanner.records.lock import Change
from tests.policy.build import asset, judge, only, said
from tests.policy.locks import drift, lock

MODEL = asset("ext-test/one", "Apache-2.0")
POLICY = "license-changed: {level: error}"

CHANGED = drift(Change.LICENSE, MODEL, "MIT", "Apache-2.0", "license changed from MIT to Apache-2.0")


def test_a_license_that_is_not_the_locked_one_is_found_at_its_block() -> None:
    finding = only(judge(POLICY, MODEL, lock=lock(CHANGED)), "license-changed")
    assert (finding.level.value, finding.file, finding.line) == ("error", "lading.lock", 12)
    assert finding.message == "ext-test/one: license changed from MIT to Apache-2.0"
    assert finding.remedy == "read the new terms, then: lading lock --update ext-test/one"
    assert [(each.fact, each.value, each.quote) for each in finding.evidence] == [
        ("lock.license", "Apache-2.0", "locked: MIT")
    ]


def test_a_changed_text_is_found_too() -> None:
    text = drift(Change.TEXT, MODEL, "aa", "bb", "the license text LICENSE changed")
    assert said(judge(POLICY, MODEL, lock=lock(text))) == [("license-changed", "error", "ext-test/one")]


def test_an_unchanged_license_passes() -> None:
    moved = drift(Change.COMMIT, MODEL, "a", "b", "commit moved from a to b")
    assert said(judge(POLICY, MODEL, lock=lock(moved)), "license-changed") == []


def test_what_an_unverified_source_says_is_a_question() -> None:
    weak = drift(Change.LICENSE, MODEL, "MIT", "Apache-2.0", "changed", confidence=Confidence.UNVERIFIED)
    assert said(judge(POLICY, MODEL, lock=lock(weak))) == [("license-changed", "question", "ext-test/one")]


def test_without_a_lockfile_it_is_not_judged() -> None:
    judgement = judge(POLICY, MODEL)
    assert said(judgement, "license-changed") == []
    assert "license-changed" in [each.rule for each in judgement.not_judged]


def test_an_exception_covers_it() -> None:
    policy = (
        "version: 1\nrules:\n  license-changed: {level: error}\nexceptions:\n"
        "  - {rule: license-changed, reference: ext-test/one, license: Apache-2.0, owner: legal@example.com,"
        " reason: read, expires: 2027-03-31}\n"
    )
    finding = only(judge(policy, MODEL, lock=lock(CHANGED)), "license-changed")
    assert finding.exception is not None
    assert finding.exception.owner == "legal@example.com"
