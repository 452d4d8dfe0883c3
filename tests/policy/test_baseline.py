from __future__ import annotations

import json

import pytest

from scanner.errors import ReportBroken
from scanner.policy.baseline import read_baseline, write_baseline
from scanner.records.finding import Judgement
from scanner.records.sighting import Scope
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, reference, said

POLICY = "license-not-allowed: {allow: [MIT]}"
MODEL = asset("acme/copyleft", "GPL-3.0-only")
NO_COMMIT = Unknown("no git")


def accepted(judgement: Judgement, **renames: str) -> object:
    text = write_baseline(judgement.findings, "a" * 40)
    return read_baseline(text.encode(), "lading-baseline.json", lambda commit: renames)


def test_what_is_in_the_baseline_is_hidden_and_what_is_new_is_not() -> None:
    baseline = accepted(judge(POLICY, MODEL))
    assert said(judge(POLICY, MODEL, baseline=baseline)) == []
    other = asset("acme/other", "GPL-3.0-only")
    found = judge(POLICY, MODEL, other, baseline=baseline)
    assert said(found) == [("license-not-allowed", "error", "acme/other")]


def test_it_holds_when_lines_move() -> None:
    baseline = accepted(judge(POLICY, MODEL, reference(MODEL, line=3)))
    assert said(judge(POLICY, MODEL, reference(MODEL, line=99), baseline=baseline)) == []


def test_what_it_hides_is_counted() -> None:
    baseline = accepted(judge(POLICY, MODEL))
    other = asset("acme/other", "GPL-3.0-only")
    counts = [
        judge(POLICY, MODEL, other, baseline=baseline).baselined,
        judge(POLICY, other, baseline=baseline).baselined,
        judge(POLICY, MODEL).baselined,
    ]
    assert counts == [1, 0, None]


def test_whom_it_hides_and_who_was_not_judged_is_said() -> None:
    other, tested = asset("acme/other", "MIT"), asset("acme/tested", "MIT")
    places = [reference(other), reference(tested, "tests/t.py", scope=Scope.TEST)]
    found = judge(
        POLICY, MODEL, other, tested, *places, reference(MODEL), baseline=accepted(judge(POLICY, MODEL))
    )
    assert (found.baselined_assets, found.assets_not_judged) == ((MODEL.id,), (tested.id,))
    plain = judge(POLICY, MODEL)
    assert (plain.baselined_assets, plain.assets_not_judged) == (None, None)


def test_it_follows_a_rename() -> None:
    before = judge("revision-not-pinned: error", MODEL, reference(MODEL, "old.py", revision="none"))
    place = reference(MODEL, "new.py", revision="none")
    lost = judge("revision-not-pinned: error", MODEL, place, baseline=accepted(before))
    assert said(lost) != []
    baseline = accepted(before, **{"new.py": "old.py"})
    assert said(judge("revision-not-pinned: error", MODEL, place, baseline=baseline)) == []


def test_a_second_one_in_a_renamed_file_is_new() -> None:
    rule = "revision-not-pinned: error"
    before = judge(rule, MODEL, reference(MODEL, "old.py", revision="none"))
    baseline = accepted(before, **{"new.py": "old.py"})
    places = [reference(MODEL, "new.py", line=line, revision="none") for line in (3, 9)]
    assert [each.line for each in judge(rule, MODEL, *places, baseline=baseline).findings] == [9]


def test_a_second_place_of_an_accepted_asset_does_not_bring_it_back() -> None:
    baseline = accepted(judge(POLICY, MODEL, reference(MODEL, "m.py")))
    places = [reference(MODEL, "a.py"), reference(MODEL, "m.py")]
    assert said(judge(POLICY, MODEL, *places, baseline=baseline)) == []


def test_of_a_part_of_the_project_an_accepted_asset_is_known_where_it_was_accepted() -> None:
    baseline = accepted(judge(POLICY, MODEL, reference(MODEL, "m.py")))
    elsewhere = reference(MODEL, "a.py")
    assert said(judge(POLICY, MODEL, elsewhere, baseline=baseline, scope="files")) == []
    assert said(judge(POLICY, MODEL, elsewhere, baseline=baseline)) != []
    relicensed = asset("acme/copyleft", "Qwen-Research")
    assert said(judge(POLICY, relicensed, reference(relicensed, "a.py"), baseline=baseline, scope="files"))
    pins = "revision-not-pinned: error"
    unpinned = accepted(judge(pins, MODEL, reference(MODEL, "m.py", revision="none")))
    place = reference(MODEL, "a.py", revision="none")
    assert len(judge(pins, MODEL, place, baseline=unpinned, scope="files").findings) == 1


def test_a_second_unpinned_place_in_the_same_file_is_new() -> None:
    rule = "revision-not-pinned: error"
    baseline = accepted(judge(rule, MODEL, reference(MODEL, revision="none")))
    places = [reference(MODEL, line=line, revision="none") for line in (3, 9)]
    assert len(judge(rule, MODEL, *places, baseline=baseline).findings) == 1


def test_it_does_not_hold_when_the_facts_change() -> None:
    baseline = accepted(judge(POLICY, MODEL))
    relicensed = asset("acme/copyleft", "Qwen-Research")
    assert said(judge(POLICY, relicensed, baseline=baseline)) != []


def test_what_the_policy_never_baselines_is_never_hidden() -> None:
    held = f"version: 1\nnever_baselined: [license-not-allowed]\nrules:\n  {POLICY}"
    baseline = accepted(judge(POLICY, MODEL))
    assert said(judge(held, MODEL, baseline=baseline)) != []


def test_the_rules_that_say_so_are_never_baselined_by_default() -> None:
    from tests.policy.build import load

    never = load("version: 1").never_baselined
    assert {"repository-identity-changed", "lock-contradicts-source", "lock-edited"} <= never


def test_excepted_findings_are_not_written() -> None:
    held = f"""version: 1
rules:
  {POLICY}
exceptions:
  - {{rule: license-not-allowed, reference: acme/copyleft, license: GPL-3.0-only, owner: a, reason: b,
      granted: 2026-10-01, expires: 2027-01-01}}
"""
    assert json.loads(write_baseline(judge(held, MODEL).findings, NO_COMMIT))["findings"] == []


def test_an_exception_a_baselined_finding_needs_is_not_unused() -> None:
    held = f"""version: 1
rules:
  {POLICY}
exceptions:
  - {{rule: license-not-allowed, reference: acme/copyleft, license: GPL-3.0-only, owner: a, reason: b,
      granted: 2026-10-01, expires: 2027-01-01}}
"""
    baseline = accepted(judge(POLICY, MODEL))
    assert said(judge(held, MODEL, baseline=baseline)) == []


def test_the_file_is_the_same_for_the_same_findings() -> None:
    first, second = (write_baseline(judge(POLICY, MODEL).findings, NO_COMMIT) for _ in range(2))
    assert first == second
    body = json.loads(first)
    assert (body["schema"], body["commit"]) == ("lading.baseline/1", {"unknown": "no git"})
    assert [(each["rule"], each["reference"], each["file"]) for each in body["findings"]] == [
        ("license-not-allowed", "acme/copyleft", "app.py")
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"{", "not JSON"),
        (b"[]", "not a baseline of schema lading.baseline/1"),
        (b'{"schema": "lading.baseline/2"}', "not a baseline of schema lading.baseline/1"),
        (b'{"schema": "lading.baseline/1", "findings": [1]}', "findings want an id each"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_broken_baseline_stops_the_run_with_advice(content: bytes, what: str) -> None:
    with pytest.raises(ReportBroken) as raised:
        read_baseline(content, "b.json")
    assert what in str(raised.value)
    assert "write a new one with lading scan --write-baseline b.json" in str(raised.value)
