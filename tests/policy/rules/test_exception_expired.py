from __future__ import annotations

from datetime import date

from tests.policy.build import asset, judge, only, said

RULE = "exception-expired"
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


def test_an_exception_in_force_passes() -> None:
    assert said(judge(POLICY, MODEL, today=date(2027, 3, 31)), RULE) == []


def test_one_past_its_day_is_found_at_its_line() -> None:
    finding = only(judge(POLICY, MODEL, today=date(2027, 4, 1)), RULE)
    assert (finding.level.value, finding.file, finding.line) == ("warning", "lading.yaml", 6)
    assert finding.message == (
        "the exception for acme/model from license-not-allowed ended on 2027-03-31; "
        "it would cover 1 finding(s)"
    )
    assert finding.remedy == "ask legal@example.com to renew it, or take it out"


def test_it_can_be_switched_off() -> None:
    held = POLICY.replace("knowledge-stale: off", f"knowledge-stale: off\n  {RULE}: off")
    assert said(judge(held, MODEL, today=date(2027, 4, 1)), RULE) == []
