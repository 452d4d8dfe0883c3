from __future__ import annotations

from scanner.records.sighting import Kind
from tests.policy.build import asset, judge, only, said

RULE = "license-unknown"


def test_a_known_license_passes() -> None:
    assert said(judge("{}", asset("acme/model", "MIT")), RULE) == []


def test_an_expression_of_known_licenses_passes() -> None:
    assert said(judge("{}", asset("acme/model", "MIT AND Apache-2.0")), RULE) == []


def test_a_license_nobody_states_is_a_question_that_says_what_is_missing() -> None:
    finding = only(judge("{}", asset("acme/model", None)), RULE)
    assert finding.level.value == "question"
    assert finding.message == "the license of acme/model is not known: card has no license field"
    assert finding.missing == "license"


def test_a_named_license_whose_text_nobody_read_is_found_too() -> None:
    finding = only(judge("{}", asset("acme/model", "LicenseRef-lading-glm-4")), RULE)
    assert finding.message == ("acme/model is under glm-4; its text was not read")
    assert finding.missing == "license.terms"


def test_of_an_expression_only_the_unread_part_is_named() -> None:
    finding = only(judge("{}", asset("acme/model", "MIT AND LicenseRef-Acme")), RULE)
    assert finding.message.endswith("; the text of LicenseRef-Acme was not read")


def test_that_can_be_switched_off() -> None:
    held = "license-unknown: {unread_text: false}"
    assert said(judge(held, asset("acme/model", "LicenseRef-Acme")), RULE) == []
    assert said(judge(held, asset("acme/model", None)), RULE) != []


def test_a_license_the_policy_allows_by_name_is_not_asked_about() -> None:
    by_name = "license-not-allowed: {allow: [MIT, LicenseRef-Acme]}"
    assert said(judge(by_name, asset("acme/model", "LicenseRef-Acme")), RULE) == []
    merely_not_denied = "license-not-allowed: {deny: [MIT]}"
    assert said(judge(merely_not_denied, asset("acme/model", "LicenseRef-Acme")), RULE) != []


def test_a_hosted_service_has_terms_not_a_license() -> None:
    service = asset("openai:gpt-4o", None, kind=Kind.API_MODEL)
    assert said(judge(f"{RULE}: error", service), RULE) == []


def test_a_weight_file_nobody_can_name_is_found() -> None:
    local = asset("models/detector.rknn", None, kind=Kind.LOCAL_WEIGHTS)
    assert said(judge(f"{RULE}: error", local), RULE) == [(RULE, "error", "models/detector.rknn")]


def test_an_exception_covers_it() -> None:
    held = (
        "version: 1\nexceptions:\n  - {rule: license-unknown, reference: acme/model, owner: o, reason: r, "
        "granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    assert only(judge(held, asset("acme/model", None)), RULE).exception is not None
