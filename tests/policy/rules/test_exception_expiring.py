from __future__ import annotations

from datetime import date

from tests.policy.build import asset, judge, only, said

RULE = "exception-expiring"
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


def test_one_far_from_its_end_passes() -> None:
    assert said(judge(POLICY, MODEL), RULE) == []


def test_one_near_its_end_is_found() -> None:
    finding = only(judge(POLICY, MODEL, today=date(2027, 3, 20)), RULE)
    assert finding.message == (
        "the exception for acme/model from license-not-allowed ends in 11 day(s), on 2027-03-31; "
        "it covers 1 finding(s)"
    )


def test_how_near_is_the_policys_to_say() -> None:
    held = POLICY.replace("rules:", "warn_before_days: 5\nrules:")
    assert said(judge(held, MODEL, today=date(2027, 3, 20)), RULE) == []
    assert said(judge(held, MODEL, today=date(2027, 3, 26)), RULE) != []


def test_one_that_covers_nothing_is_not_worth_a_warning() -> None:
    assert said(judge(POLICY, asset("acme/model", "MIT"), today=date(2027, 3, 20)), RULE) == []


def test_one_past_its_day_is_the_other_rules() -> None:
    assert said(judge(POLICY, MODEL, today=date(2027, 4, 1)), RULE) == []
