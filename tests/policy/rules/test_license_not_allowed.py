from __future__ import annotations

from scanner.records.fact import Confidence
from scanner.records.finding import PolicyPlace
from tests.policy.build import ancestor, asset, judge, only, said

RULE = "license-not-allowed"
ALLOW = f"{RULE}: {{allow: [MIT, 'category:permissive']}}"


def test_an_allowed_license_passes() -> None:
    assert said(judge(ALLOW, asset("acme/a", "MIT"), asset("acme/b", "BSD-3-Clause")), RULE) == []


def test_without_any_list_nothing_is_judged() -> None:
    assert said(judge("{}", asset("acme/a", "GPL-3.0-only")), RULE) == []


def test_an_empty_allow_list_allows_nothing() -> None:
    assert said(judge(f"{RULE}: {{allow: []}}", asset("acme/a", "MIT")), RULE) == [(RULE, "error", "acme/a")]


def test_a_license_off_the_list_is_found_and_named() -> None:
    finding = only(judge(ALLOW, asset("acme/a", "MIT AND GPL-3.0-only")), RULE)
    assert finding.message == ("acme/a is under MIT AND GPL-3.0-only; the policy does not allow GPL-3.0-only")


def test_every_license_of_a_choice_that_fails_is_named() -> None:
    finding = only(judge(ALLOW, asset("acme/a", "GPL-2.0-only OR GPL-3.0-only")), RULE)
    assert finding.message.endswith("the policy does not allow GPL-2.0-only and GPL-3.0-only")


def test_the_finding_points_at_the_entry_that_decided() -> None:
    held = f"{RULE}:\n    deny:\n      - MIT\n      - GPL-3.0-only"
    finding = only(judge(held, asset("acme/a", "GPL-3.0-only")), RULE)
    assert finding.policy == PolicyPlace("lading.yaml", 6)


def test_an_unknown_license_is_left_to_the_rule_about_it() -> None:
    assert said(judge(ALLOW, asset("acme/a", None)), RULE) == []


def test_review_asks_at_its_own_level() -> None:
    held = f"{RULE}: {{review: ['category:copyleft']}}"
    finding = only(judge(held, asset("acme/a", "GPL-3.0-only")), RULE)
    assert (finding.level.value, finding.remedy) == (
        "question",
        "look at it, then ask for an exception: lading policy exception add acme/a "
        '--rule license-not-allowed --license gpl-3.0-only --owner OWNER --reason "REASON"',
    )
    louder = f"{RULE}: {{review: ['category:copyleft'], review_level: warning}}"
    assert said(judge(louder, asset("acme/a", "GPL-3.0-only")), RULE) == [(RULE, "warning", "acme/a")]
    silent = f"{RULE}: {{review: ['category:copyleft'], review_level: off}}"
    assert said(judge(silent, asset("acme/a", "GPL-3.0-only")), RULE) == []


def test_a_category_nobody_knows_is_a_question() -> None:
    held = f"{RULE}: {{deny: ['category:copyleft']}}"
    finding = only(judge(held, asset("acme/a", "LicenseRef-Acme")), RULE)
    assert (finding.level.value, finding.missing) == ("question", "license.category")


def test_the_lineage_is_judged_where_the_policy_says_so() -> None:
    tune = asset("acme/tune", "MIT", lineage=(ancestor("m/base", "llama-3.1", of="acme/tune"),))
    assert said(judge(ALLOW, tune), RULE) == []
    held = ALLOW.replace("{allow", "{scope: lineage, allow")
    finding = only(judge(held, tune), RULE)
    assert finding.message == (
        "acme/tune descends from m/base (finetune), which is under llama-3.1; the policy does not allow it"
    )


def test_one_license_through_a_whole_lineage_is_told_once() -> None:
    bases = (
        ancestor("m/one", "qwen-research", of="acme/tune"),
        ancestor("m/two", "llama-3.1", of="acme/tune"),
        ancestor("m/three", "llama-3.1", of="m/two"),
    )
    held = ALLOW.replace("{allow", "{scope: lineage, allow")
    found = judge(held, asset("acme/tune", "Qwen-Research", lineage=bases))
    assert [each.message.split(";")[0] for each in found.findings if each.rule == RULE] == [
        "acme/tune descends from m/two (finetune), which is under llama-3.1",
        "acme/tune is under Qwen-Research",
    ]


def test_training_data_is_no_base() -> None:
    data = ancestor("m/texts", "qwen-research", of="acme/tune", relation="trained-on")
    held = ALLOW.replace("{allow", "{scope: lineage, allow")
    assert said(judge(held, asset("acme/tune", "MIT", lineage=(data,))), RULE) == []


def test_a_base_whose_license_nobody_knows_is_a_question_that_can_be_silenced() -> None:
    tune = asset("acme/tune", "MIT", lineage=(ancestor("m/base", None, of="acme/tune"),))
    held = ALLOW.replace("{allow", "{scope: lineage, allow")
    assert said(judge(held, tune), RULE) == [(RULE, "question", "acme/tune")]
    silent = ALLOW.replace("{allow", "{scope: lineage, unknown_base: off, allow")
    assert said(judge(silent, tune), RULE) == []
    strict = ALLOW.replace("{allow", "{scope: lineage, unknown_base: error, allow")
    assert said(judge(strict, tune), RULE) == [(RULE, "error", "acme/tune")]


def test_a_base_nobody_verified_is_a_question() -> None:
    base = ancestor("m/base", "llama-3.1", of="acme/tune", confidence=Confidence.UNVERIFIED)
    held = ALLOW.replace("{allow", "{scope: lineage, allow")
    assert said(judge(held, asset("acme/tune", "MIT", lineage=(base,))), RULE) == [
        (RULE, "question", "acme/tune")
    ]


def test_an_exception_covers_it() -> None:
    held = f"""version: 1
rules:
  {ALLOW}
exceptions:
  - {{rule: {RULE}, reference: acme/a, license: GPL-3.0-only, owner: o, reason: r, granted: 2026-10-01,
      expires: 2027-01-01}}
"""
    assert only(judge(held, asset("acme/a", "GPL-3.0-only")), RULE).exception is not None


def test_a_license_is_named_once_and_by_its_key_where_spdx_has_none() -> None:
    model = asset("acme/a", "LicenseRef-lading-qwen-2024-09-19")
    found = only(judge(f"{RULE}: {{allow: [MIT]}}", model), RULE)
    assert found.message == "acme/a is under qwen-2024-09-19; the policy does not allow it"
    family = only(judge(f"{RULE}: {{deny: [qwen]}}", model), RULE)
    assert family.message == "acme/a is under qwen-2024-09-19; the policy denies qwen"
