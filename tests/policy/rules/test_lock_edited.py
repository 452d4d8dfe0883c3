from __future__ import annotations

from scanner.records.fact import Confidence
from scanner.records.lock import Change
from tests.policy.build import asset, judge, only, said
from tests.policy.locks import drift, lock

MODEL = asset("ext-test/one", "Apache-2.0")
POLICY = "lock-edited: {level: error}"

EDIT = drift(Change.LICENSE, MODEL, "MIT", "Apache-2.0", "license was MIT and is now written as Apache-2.0")


def test_offline_an_edited_block_is_found() -> None:
    judgement = judge(POLICY, MODEL, lock=lock(edited=(EDIT,)), is_offline=True)
    finding = only(judgement, "lock-edited")
    assert (finding.level.value, finding.file, finding.line) == ("error", "lading.lock", 12)
    assert finding.message == "ext-test/one: license was MIT and is now written as Apache-2.0"


def test_what_the_hub_confirms_passes() -> None:
    assert said(judge(POLICY, MODEL, lock=lock(edited=(EDIT,))), "lock-edited") == []


def test_what_the_hub_denies_is_found() -> None:
    denied = drift(Change.CONTRADICTED, MODEL, "Apache-2.0", "MIT", "the hub says MIT")
    judgement = judge(POLICY, MODEL, lock=lock(denied, edited=(EDIT,)))
    assert said(judgement, "lock-edited") == [("lock-edited", "error", "ext-test/one")]


def test_what_only_the_lockfile_answers_for_is_found() -> None:
    remembered = asset("ext-test/one", "Apache-2.0", answered_by="lockfile")
    judgement = judge(POLICY, remembered, lock=lock(edited=(EDIT,)))
    assert said(judgement, "lock-edited") == [("lock-edited", "error", "ext-test/one")]


def test_an_edit_of_another_block_is_not_its_own() -> None:
    other = drift(Change.LICENSE, asset("ext-test/two"), "MIT", "Apache-2.0", "edited")
    assert said(judge(POLICY, MODEL, lock=lock(edited=(other,)), is_offline=True), "lock-edited") == []


def test_unverified_it_is_a_question() -> None:
    weak = drift(Change.LICENSE, MODEL, "MIT", "X", "edited", confidence=Confidence.UNVERIFIED)
    judgement = judge(POLICY, MODEL, lock=lock(edited=(weak,)), is_offline=True)
    assert said(judgement) == [("lock-edited", "question", "ext-test/one")]
