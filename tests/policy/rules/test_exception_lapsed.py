from __future__ import annotations

from tests.policy.build import asset, judge, only, said

RULE = "exception-lapsed"
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


def test_one_that_still_fits_passes() -> None:
    assert said(judge(POLICY, MODEL), RULE) == []


def test_one_whose_license_changed_is_found() -> None:
    finding = only(judge(POLICY, asset("acme/model", "Qwen-Research")), RULE)
    assert finding.message == (
        "the exception for acme/model from license-not-allowed no longer applies: "
        "granted for GPL-3.0-only, now qwen-research"
    )
    assert finding.remedy == "ask legal@example.com again for what is the case now, or take it out"


def test_one_nothing_needs_is_the_other_rules() -> None:
    assert said(judge(POLICY, asset("acme/model", "MIT")), RULE) == []
