from __future__ import annotations

from scanner.records.sighting import IgnoreComment
from tests.policy.build import asset, judge, only, said

RULE = "ignore-without-reason"
POLICY = "license-not-allowed: {allow: [MIT]}"
MODEL = asset("acme/model", "GPL-3.0-only")


def test_one_with_a_reason_passes() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), "bought")
    assert said(judge(POLICY, MODEL, ignores=(comment,)), RULE) == []


def test_one_without_is_found_and_silences_nothing() -> None:
    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), "")
    judged = judge(POLICY, MODEL, ignores=(comment,))
    finding = only(judged, RULE)
    assert finding.message == "the ignore of license-not-allowed gives no reason and has no effect"
    assert finding.remedy == "write lading: ignore[license-not-allowed] and then why"
    assert said(judged, "license-not-allowed") == [("license-not-allowed", "error", "acme/model")]


def test_one_that_names_no_rule_is_found() -> None:
    comment = IgnoreComment("app.py", 3, (), "whatever")
    assert "no rule in particular" in only(judge(POLICY, MODEL, ignores=(comment,)), RULE).message
