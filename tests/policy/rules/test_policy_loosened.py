from __future__ import annotations

from scanner.policy.rule import Loosening
from tests.policy.build import asset, judge, only, said

RULE = "policy-loosened"
CHANGE = Loosening("license-unknown is off", "lading.yaml", 4, 3)


def test_a_change_that_loosens_nothing_passes() -> None:
    assert said(judge("{}", asset("acme/model")), RULE) == []


def test_one_that_does_is_an_error_at_its_line() -> None:
    finding = only(judge("{}", asset("acme/model"), loosened=(CHANGE,)), RULE)
    assert (finding.level.value, finding.file, finding.line, finding.column) == ("error", "lading.yaml", 4, 3)
    assert finding.message == "license-unknown is off; judged by the trusted revision all the same"


def test_its_level_is_the_trusted_policys_to_say() -> None:
    judged = judge(f"{RULE}: warning", asset("acme/model"), loosened=(CHANGE,))
    assert only(judged, RULE).level.value == "warning"
