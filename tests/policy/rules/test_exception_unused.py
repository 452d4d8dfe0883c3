from __future__ import annotations

from tests.policy.build import asset, judge, only, said

RULE = "exception-unused"
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


def test_one_that_covers_something_passes() -> None:
    assert said(judge(POLICY, MODEL), RULE) == []


def test_one_that_covers_nothing_is_found() -> None:
    finding = only(judge(POLICY, asset("acme/model", "MIT")), RULE)
    assert finding.message == "the exception for acme/model from license-not-allowed covers no finding"


def test_a_part_of_the_project_says_nothing_about_absence() -> None:
    judged = judge(POLICY, asset("acme/model", "MIT"), scope="diff")
    assert said(judged, RULE) == []
    assert (RULE, "needs the whole project") in [(each.rule, each.reason) for each in judged.not_judged]


def test_one_that_is_muted_passes() -> None:
    held = POLICY.replace("reason: bought", "reason: bought\n    mute_unused: true")
    assert said(judge(held, asset("acme/model", "MIT")), RULE) == []
