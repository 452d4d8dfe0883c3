from __future__ import annotations

from tests.policy.build import asset, judge, only, said

RULE = "exception-too-broad"
POLICY = """version: 1
rules:
  license-not-allowed: {allow: [MIT]}
  knowledge-stale: off
exceptions:
  - rule: license-not-allowed
    reference: acme/model
    license: GPL-3.0-only
    owner: legal@example.com
    reason: bought
    granted: 2026-10-01
    expires: 2027-03-31
"""
MODEL = asset("acme/model", "GPL-3.0-only")


def test_one_for_one_model_and_license_passes() -> None:
    assert said(judge(POLICY, MODEL), RULE) == []


def test_one_for_every_model_is_found() -> None:
    finding = only(judge(POLICY.replace("acme/model", '"*/*"'), MODEL), RULE)
    assert finding.message == (
        "the exception for */* from license-not-allowed is too broad: the reference '*/*' fits every model"
    )


def test_a_pattern_bound_to_a_license_passes() -> None:
    assert said(judge(POLICY.replace("acme/model", '"acme/*"'), MODEL), RULE) == []


def test_a_pattern_bound_to_nothing_is_found() -> None:
    held = POLICY.replace("acme/model", '"acme/*"').replace("    license: GPL-3.0-only\n", "")
    assert only(judge(held, MODEL), RULE).message.endswith(
        "the reference 'acme/*' fits many models, and no license or path binds it"
    )


def test_one_for_longer_than_allowed_is_found() -> None:
    held = POLICY.replace("expires: 2027-03-31", "expires: 2027-10-02")
    assert only(judge(held, MODEL), RULE).message.endswith("it runs 366 days, more than the 365 allowed")
    assert said(judge(held.replace("10-02", "10-01"), MODEL), RULE) == []
