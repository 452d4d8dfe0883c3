from __future__ import annotations

from scanner.records.fact import Confidence
from scanner.records.lock import Change
from tests.policy.build import asset, judge, only, said
from tests.policy.locks import drift, lock

MODEL = asset("ext-test/one", "Apache-2.0")
POLICY = "lock-stale: {level: warning}"

UNLOCKED = drift(Change.UNLOCKED, MODEL, "none", "ext-test/one", "ext-test/one is not locked yet", line=0)
MOVED = drift(Change.COMMIT, MODEL, "a", "b", "commit moved from a to b")


def test_an_unlocked_name_is_found_where_the_project_names_it() -> None:
    finding = only(judge(POLICY, MODEL, lock=lock(UNLOCKED)), "lock-stale")
    assert (finding.level.value, finding.file, finding.line) == ("warning", "app.py", 3)
    assert (finding.message, finding.remedy) == ("ext-test/one is not locked yet", "run lading lock")


def test_what_moved_on_is_found_at_its_block() -> None:
    gone = drift(Change.GONE, MODEL, "public", "missing", "gone: no repository ext-test/one")
    finding = only(judge(POLICY, MODEL, lock=lock(gone)), "lock-stale")
    assert (finding.level.value, finding.file, finding.line) == ("warning", "lading.lock", 12)
    assert finding.message == "ext-test/one: gone: no repository ext-test/one"


def test_a_newer_commit_is_a_note() -> None:
    assert said(judge(POLICY, MODEL, lock=lock(MOVED))) == [("lock-stale", "note", "ext-test/one")]


def test_both_can_be_silenced() -> None:
    silent = "lock-stale: {level: warning, unlocked: off, moved: off}"
    assert said(judge(silent, MODEL, lock=lock(UNLOCKED, MOVED)), "lock-stale") == []


def test_a_lockfile_that_holds_passes() -> None:
    assert said(judge(POLICY, MODEL, lock=lock()), "lock-stale") == []


def test_unverified_it_is_a_question() -> None:
    weak = drift(Change.GATED, MODEL, "False", "auto", "gated", confidence=Confidence.UNVERIFIED)
    assert said(judge(POLICY, MODEL, lock=lock(weak))) == [("lock-stale", "question", "ext-test/one")]
