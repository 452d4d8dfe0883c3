from __future__ import annotations

from datetime import date

import pytest

from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import NotJudged, PolicyPlace
from scanner.records.sighting import Certainty, IgnoreComment, Kind, Role, Scope, Unresolved
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, license_of, only, reference, said

DENY_GPL = "license-not-allowed: {deny: [GPL-3.0-only]}"
GPL = asset("acme/copyleft", "GPL-3.0-only")


def test_a_finding_says_place_reason_remedy_and_both_lines() -> None:
    finding = only(judge(DENY_GPL, GPL), "license-not-allowed")
    assert finding.message == "acme/copyleft is under GPL-3.0-only; the policy denies it"
    assert finding.remedy == (
        "use another model, or ask for an exception: lading policy exception add acme/copyleft "
        '--rule license-not-allowed --license gpl-3.0-only --owner OWNER --reason "REASON"'
    )
    assert (finding.asset, finding.reference) == (GPL.id, "acme/copyleft")
    assert (finding.file, finding.line, finding.column) == ("app.py", 3, 5)
    assert finding.policy == PolicyPlace("lading.yaml", 3)
    assert [each.fact for each in finding.evidence] == ["license.key"]


def test_one_asset_in_many_places_is_one_finding_at_the_first_sure_one() -> None:
    places = [
        reference(GPL, "a.py", 1, certainty=Certainty.GUESSED),
        reference(GPL, "b.py", 7),
        reference(GPL, "b.py", 2),
    ]
    finding = only(judge(DENY_GPL, GPL, *places), "license-not-allowed")
    assert (finding.file, finding.line, finding.level.value) == ("b.py", 2, "error")


@pytest.mark.parametrize(
    "weak",
    [{"certainty": Certainty.GUESSED}, {"certainty": Certainty.IMPLICIT}, {"role": Role.MENTION}],
)
def test_a_weak_place_gives_a_question_at_most(weak: dict[str, object]) -> None:
    finding = only(judge(DENY_GPL, GPL, reference(GPL, **weak)), "license-not-allowed")
    assert finding.level.value == "question"


def test_a_note_stays_a_note_at_a_weak_place() -> None:
    held = "license-not-allowed: {deny: [GPL-3.0-only], level: note}"
    found = judge(held, GPL, reference(GPL, certainty=Certainty.GUESSED))
    assert only(found, "license-not-allowed").level.value == "note"


def test_a_mention_is_no_place_for_rules_about_places() -> None:
    model = asset("acme/model")
    found = judge("revision-not-pinned: error", model, reference(model, role=Role.MENTION, revision="none"))
    assert said(found, "revision-not-pinned") == []


def unsure(confidence: Confidence) -> Asset:
    fact = Evidence("license.key", "GPL-3.0-only", "catalog", Unknown("no day"), confidence)
    return asset("acme/unsure", license=_with(license_of("GPL-3.0-only"), (fact,)))


def _with(license: object, evidence: tuple[Evidence, ...]) -> object:
    from dataclasses import replace

    return replace(license, evidence=evidence)  # type: ignore[type-var]


def test_an_unverified_fact_gives_a_question_at_most() -> None:
    finding = only(judge(DENY_GPL, unsure(Confidence.UNVERIFIED)), "license-not-allowed")
    assert finding.level.value == "question"
    finding = only(judge(DENY_GPL, unsure(Confidence.CORROBORATED)), "license-not-allowed")
    assert finding.level.value == "error"


def test_a_capped_judgement_says_what_held_it_back() -> None:
    low, sure = unsure(Confidence.UNVERIFIED), unsure(Confidence.VERIFIED)
    assert only(judge(DENY_GPL, low), "license-not-allowed").capped == "unverified"
    assert only(judge(DENY_GPL, sure), "license-not-allowed").capped is None
    guessed = judge(DENY_GPL, sure, reference(sure, certainty=Certainty.GUESSED))
    assert only(guessed, "license-not-allowed").capped == "place"


def test_a_diff_judges_the_names_decided_elsewhere_it_is_given() -> None:
    place = Unresolved(Kind.HF_MODEL, "settings.model", "app.py", 7, 3, "set at run time")
    found = judge("name-unresolved: error", only=frozenset(), unresolved=(place,), scope="diff")
    assert said(found) == [("name-unresolved", "error", "none")]


def test_min_confidence_moves_the_line_for_all_rules_or_one() -> None:
    model = unsure(Confidence.UNVERIFIED)
    everywhere = "version: 1\nmin_confidence: unverified\nrules:\n  " + DENY_GPL
    assert said(judge(everywhere, model), "license-not-allowed")[0][1] == "error"
    here = "license-not-allowed: {deny: [GPL-3.0-only], min_confidence: verified}"
    assert said(judge(here, unsure(Confidence.CORROBORATED)), "license-not-allowed")[0][1] == "question"


def test_only_shipped_places_are_judged_unless_asked() -> None:
    place = reference(GPL, "tests/test_a.py", 1, scope=Scope.TEST)
    assert said(judge(DENY_GPL, GPL, place)) == []
    asked = judge(DENY_GPL, GPL, place, include=frozenset({Scope.TEST}))
    assert said(asked, "license-not-allowed") == [("license-not-allowed", "error", "acme/copyleft")]
    written = "version: 1\ninclude: [test]\nrules:\n  " + DENY_GPL
    assert said(judge(written, GPL, place), "license-not-allowed")[0][1] == "error"


def test_kinds_and_paths_narrow_a_rule() -> None:
    api = asset("openai:gpt-4o", "GPL-3.0-only", kind=Kind.API_MODEL)
    held = "license-not-allowed: {deny: [GPL-3.0-only], kinds: [weights]}"
    assert said(judge(held, api, GPL), "license-not-allowed") == [
        ("license-not-allowed", "error", "acme/copyleft")
    ]
    held = "license-not-allowed: {deny: [GPL-3.0-only], paths: ['shop/']}"
    assert said(judge(held, GPL, reference(GPL, "shop/a.py")), "license-not-allowed") != []
    assert said(judge(held, GPL, reference(GPL, "tool/a.py")), "license-not-allowed") == []


def test_references_narrow_a_rule_and_a_scope() -> None:
    ours, theirs = asset("acme/a", "GPL-3.0-only"), asset("other/a", "GPL-3.0-only")
    held = "license-not-allowed: {deny: [GPL-3.0-only], references: ['acme/*']}"
    assert [name for _, _, name in said(judge(held, ours, theirs), "license-not-allowed")] == ["acme/a"]
    scoped = f"version: 1\nrules:\n  {DENY_GPL}\nscopes:\n"
    scoped += "  - {references: ['acme/*'], rules: {license-not-allowed: note}}\n"
    found = said(judge(scoped, ours, theirs), "license-not-allowed")
    assert [(level, name) for _, level, name in found] == [("note", "acme/a"), ("error", "other/a")]


def test_scopes_change_settings_for_paths_parts_and_kinds() -> None:
    held = f"""version: 1
include: [test]
rules:
  {DENY_GPL}
scopes:
  - {{paths: ["research/**"], rules: {{license-not-allowed: warning}}}}
  - {{parts: [test], rules: {{license-not-allowed: {{level: note}}}}}}
  - {{kinds: [datasets], rules: {{license-not-allowed: off}}}}
"""
    dataset = asset("acme/texts", "GPL-3.0-only", kind=Kind.HF_DATASET)
    found = judge(
        held, GPL, dataset,
        reference(GPL, "app.py"), reference(GPL, "research/x.py"),
        reference(GPL, "tests/test_x.py", scope=Scope.TEST), reference(dataset, "data.py"),
    )  # fmt: skip
    levels = [(each.file, each.level.value) for each in found.findings if each.rule == "license-not-allowed"]
    assert levels == [("app.py", "error"), ("research/x.py", "warning"), ("tests/test_x.py", "note")]


def test_a_rule_that_is_off_is_silent() -> None:
    assert said(judge("license-unknown: off", asset("acme/x", None)), "license-unknown") == []
    assert said(judge("license-unknown: {level: off}", asset("acme/x", None)), "license-unknown") == []


def test_a_rule_no_file_names_is_judged_with_its_defaults() -> None:
    found = judge("license-not-allowed: {}", asset("acme/x", None))
    assert said(found, "license-unknown") == [("license-unknown", "question", "acme/x")]


def test_an_id_stays_when_lines_move_and_when_the_commit_changes() -> None:
    first = only(judge(DENY_GPL, GPL, reference(GPL, line=3)), "license-not-allowed")
    moved = only(judge(DENY_GPL, GPL, reference(GPL, line=300)), "license-not-allowed")
    other = asset("acme/copyleft", "GPL-3.0-only", commit="f" * 40)
    pinned = only(judge(DENY_GPL, other), "license-not-allowed")
    assert first.id == moved.id == pinned.id
    elsewhere = only(judge(DENY_GPL, GPL, reference(GPL, "b.py")), "license-not-allowed")
    assert elsewhere.id != first.id


def test_equal_findings_of_one_file_are_told_apart_by_their_order() -> None:
    model = asset("acme/model")
    places = [reference(model, line=line, revision="none") for line in (3, 9)]
    ids = [each.id for each in judge("revision-not-pinned: error", model, *places).findings]
    assert len(set(ids)) == 2
    moved = [reference(model, line=line, revision="none") for line in (30, 90)]
    assert [each.id for each in judge("revision-not-pinned: error", model, *moved).findings] == ids


def test_the_same_facts_give_the_same_bytes() -> None:
    models = [asset(f"acme/m{n}", "GPL-3.0-only") for n in range(5)]
    forward, backward = judge(DENY_GPL, *models), judge(DENY_GPL, *models)
    assert forward == backward


def test_what_a_run_cannot_judge_is_listed_with_the_reason() -> None:
    files = judge(DENY_GPL, GPL, scope="files")
    assert NotJudged("exception-unused", "needs the whole project") not in judge(DENY_GPL, GPL).not_judged
    assert NotJudged("lock-edited", "needs a lockfile") in files.not_judged


def test_an_unresolved_name_is_a_note_at_its_place() -> None:
    unresolved = Unresolved(Kind.HF_MODEL, "settings.model", "app.py", 9, 4, "environment")
    finding = only(judge("{}", unresolved=(unresolved,)), "name-unresolved")
    assert (finding.level.value, finding.file, finding.line, finding.column) == ("note", "app.py", 9, 4)


def test_paths_narrow_rules_about_lines_that_name_nothing() -> None:
    unresolved = tuple(
        Unresolved(Kind.HF_MODEL, "x", file, 1, 1, "environment") for file in ("a/x.py", "b/x.py")
    )
    held = "name-unresolved: {paths: [a/]}"
    assert [each.file for each in judge(held, unresolved=unresolved).findings] == ["a/x.py"]
    scoped = "version: 1\nscopes:\n  - {paths: [a/], rules: {name-unresolved: off}}\n"
    assert [each.file for each in judge(scoped, unresolved=unresolved).findings] == ["b/x.py"]
    kinds = "name-unresolved: {kinds: [datasets]}"
    assert judge(kinds, unresolved=unresolved).findings == ()


def test_the_hook_says_one_line_about_a_name_nobody_could_look_up() -> None:
    unknown = asset("acme/new", None, answered_by=Unknown("offline"), commit=Unknown("offline"))
    found = judge("license-unknown: error", unknown, is_hook=True, scope="files", is_offline=True)
    assert said(found) == [("could-not-resolve", "note", "acme/new")]
    assert found.findings[0].message == "acme/new: not locked yet"
    assert found.findings[0].remedy == "run lading lock"
    quiet = "version: 1\nhook: {unlocked: off}"
    assert said(judge(quiet, unknown, is_hook=True, scope="files")) == []
    loud = "version: 1\nhook: {unlocked: error}"
    assert said(judge(loud, unknown, is_hook=True, scope="files")) == [
        ("could-not-resolve", "error", "acme/new")
    ]


def test_the_hook_still_says_what_the_place_itself_says_of_such_a_name() -> None:
    unknown = asset("acme/new", None, answered_by=Unknown("offline"), commit=Unknown("offline"))
    place = reference(unknown, remote_code=True, revision="none")
    found = judge("license-unknown: error", unknown, place, is_hook=True, scope="files", is_offline=True)
    assert {(rule, level) for rule, level, _ in said(found)} == {
        ("could-not-resolve", "note"),
        ("remote-code", "error"),
        ("revision-not-pinned", "warning"),
    }


def test_an_ignore_with_a_reason_silences_its_rule_at_its_line() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), "bought, see ticket 7")
    found = judge(DENY_GPL, GPL, ignores=(comment,))
    assert said(found) == []
    elsewhere = judge(DENY_GPL, GPL, reference(GPL, line=4), ignores=(comment,))
    assert [rule for rule, _, _ in said(elsewhere)] == ["ignore-unused", "license-not-allowed"]


def test_an_ignore_at_one_place_leaves_the_others_judged() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), "because")
    found = judge(DENY_GPL, GPL, reference(GPL), reference(GPL, "b.py", 1), ignores=(comment,))
    assert [(each.rule, each.file) for each in found.findings] == [("license-not-allowed", "b.py")]


def test_an_ignore_without_a_reason_has_no_effect_and_is_a_finding() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), " ")
    found = judge(DENY_GPL, GPL, ignores=(comment,))
    assert [rule for rule, _, _ in said(found)] == ["ignore-without-reason", "license-not-allowed"]


def test_an_ignore_in_the_policy_covers_a_path() -> None:
    held = f"""version: 1
rules:
  {DENY_GPL}
ignores:
  - {{path: "legacy/**", rule: license-not-allowed, reason: frozen, gone by March}}
"""
    held = held.replace("frozen, gone by March", "frozen")
    assert said(judge(held, GPL, reference(GPL, "legacy/a.py"))) == []
    assert said(judge(held, GPL, reference(GPL, "new/a.py")), "license-not-allowed") != []


def test_an_ignore_beside_a_place_that_is_not_judged_is_not_called_unused() -> None:
    comment = IgnoreComment("tests/t.py", 3, ("license-not-allowed",), "a fixture")
    place = reference(GPL, "tests/t.py", 3, scope=Scope.TEST)
    assert said(judge(DENY_GPL, GPL, place, ignores=(comment,))) == []


def test_an_ignore_of_a_rule_that_does_not_exist_is_a_finding() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-alowed",), "because")
    found = judge("{}", asset("acme/x"), ignores=(comment,))
    assert [each.message for each in found.findings] == [
        "an ignore names 'license-not-alowed', which is no rule"
    ]


def test_unused_ignores_are_no_matter_of_a_part_of_the_project() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), "because")
    assert said(judge("{}", asset("acme/x"), ignores=(comment,), scope="files")) == []


def test_a_diff_judges_the_references_it_is_given() -> None:
    old, new = reference(GPL, "old.py"), reference(GPL, "new.py")
    found = judge(DENY_GPL, GPL, old, new, only=frozenset({new}), scope="diff")
    assert [each.file for each in found.findings if each.rule == "license-not-allowed"] == ["new.py"]


@pytest.mark.parametrize(("own", "owner"), [("", None), ("owner: team@example.com\n", "team@example.com")])
def test_a_line_of_the_project_is_not_the_organizations_to_answer_for(own: str, owner: str | None) -> None:
    files = {
        "house.yaml": "version: 1\nowner: platform@example.com\nrules: {revision-not-pinned: warning}\n",
        "lading.yaml": f"version: 1\n{own}rules:\n  {DENY_GPL}\n",
    }
    place = reference(GPL, revision="none")
    found = judge(files, GPL, place, given=("house.yaml",)).findings
    owners = {(each.rule, each.policy.file): each.owner for each in found}
    assert owners["license-not-allowed", "lading.yaml"] == owner
    assert owners["revision-not-pinned", "house.yaml"] == "platform@example.com"


def test_the_owner_of_a_rule_stands_in_its_findings() -> None:
    held = "license-not-allowed: {deny: [GPL-3.0-only], owner: legal@example.com}"
    assert only(judge(held, GPL), "license-not-allowed").owner == "legal@example.com"
    everybody = f"version: 1\nowner: platform@example.com\nrules:\n  {DENY_GPL}\n"
    assert only(judge(everybody, GPL), "license-not-allowed").owner == "platform@example.com"


def test_the_day_comes_from_outside() -> None:
    held = f"""version: 1
rules:
  {DENY_GPL}
exceptions:
  - rule: license-not-allowed
    reference: acme/copyleft
    license: GPL-3.0-only
    owner: a@example.com
    reason: bought
    granted: 2026-01-01
    expires: 2026-11-22
"""
    assert said(judge(held, GPL), "license-not-allowed", "exception-expired")[0][0] == "license-not-allowed"
    assert only(judge(held, GPL), "license-not-allowed").exception is not None
    late = judge(held, GPL, today=date(2026, 11, 23))
    assert only(late, "license-not-allowed").exception is None
    assert said(late, "exception-expired") == [("exception-expired", "warning", "none")]
