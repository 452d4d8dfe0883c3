from __future__ import annotations

from scanner.records.sighting import Scope
from tests.policy.build import asset, judge, only, reference, said
from tests.policy.rules.parties import hosted, party

RULE = "single-source"
ONE, TWO = hosted("ship:one", party("ship", "XX")), hosted("ship:two", party("ship", "XX"))
OTHER = hosted("boat:one", party("boat", "YY"))
LINE = f"{RULE}: {{level: warning}}"


def test_one_provider_alone_is_told_once_the_policy_asks() -> None:
    assert said(judge("license-unknown: off", ONE, TWO), RULE) == []
    found = only(judge(LINE, ONE, TWO), RULE)
    assert (found.level.value, found.message) == (
        "warning",
        "all 2 hosted models of this project come from ship, and nothing else can take over",
    )


def test_a_second_provider_or_weights_of_its_own_are_something_to_fall_back_on() -> None:
    assert said(judge(LINE, ONE, OTHER), RULE) == []
    assert said(judge(LINE, ONE, asset("raft/Model")), RULE) == []
    local = hosted("local:one", party("local", None, role="local"))
    assert said(judge(LINE, ONE, local), RULE) == []
    assert said(judge(LINE, asset("raft/Model")), RULE) == []


def test_weights_can_be_left_out_of_the_count() -> None:
    found = only(judge(f"{RULE}: {{level: note, weights_count: false}}", ONE, asset("raft/Model")), RULE)
    assert found.message == (
        "one hosted model of this project come from ship, and nothing else can take over; "
        "models it can run itself are not counted"
    )


def test_a_model_of_the_tests_is_nothing_to_fall_back_on() -> None:
    own = asset("raft/Model")
    assert said(judge(LINE, ONE, own, reference(own, scope=Scope.TEST)), RULE) == [(RULE, "warning", "none")]


def test_part_of_a_project_is_not_judged() -> None:
    assert said(judge(LINE, ONE, scope="diff"), RULE) == []
