from __future__ import annotations

from tests.policy.build import asset, judge, only, said
from tests.policy.rules.parties import NOT_KNOWN, hosted, party

RULE = "origin-concentration"


def models() -> list[object]:
    ship = party("ship", "XX", parent="Sea Group")
    return [
        asset("ship/A", publisher=ship, developer=ship),
        asset("ship/B", publisher=ship, developer=ship),
        hosted("boat:one", party("boat", "YY", parent="Sea Group")),
        asset("raft/C", publisher=NOT_KNOWN, developer=NOT_KNOWN),
    ]


def test_without_a_limit_nothing_is_said() -> None:
    assert said(judge(f"{RULE}: {{level: error}}", *models()), RULE) == []


def test_a_group_above_its_share_is_named_with_both_numbers() -> None:
    found = only(judge(f"{RULE}: {{max_parent_percent: 60}}", *models()), RULE)
    assert (found.level.value, found.message) == (
        "warning",
        "3 of 4 models and services (75 percent) come from one group, Sea Group; the limit is 60",
    )


def test_exactly_the_limit_passes() -> None:
    assert said(judge(f"{RULE}: {{max_parent_percent: 75}}", *models()), RULE) == []
    assert said(judge(f"{RULE}: {{max_country_percent: 50}}", *models()), RULE) == []
    assert said(judge(f"{RULE}: {{max_country_percent: 49}}", *models()), RULE) == [(RULE, "warning", "none")]


def test_providers_are_counted_among_hosted_services_only() -> None:
    services = [hosted(f"boat:{n}", party("boat", "YY")) for n in range(3)]
    line = f"{RULE}: {{max_provider_percent: 50}}"
    assert only(judge(line, *models(), *services[1:]), RULE).message == (
        "3 of 3 services (100 percent) come from one provider, boat; the limit is 50"
    )
    assert said(judge(line, *models()), RULE) == []


def test_too_few_are_not_counted_and_part_of_a_project_is_not_judged() -> None:
    assert said(judge(f"{RULE}: {{max_parent_percent: 10}}", *models()[:2]), RULE) == []
    partial = judge(f"{RULE}: {{max_parent_percent: 10}}", *models(), scope="files")
    assert said(partial, RULE) == []
    assert RULE in [one.rule for one in partial.not_judged]


def test_what_is_not_known_belongs_to_nobody() -> None:
    unknown = [asset(f"raft/{n}", publisher=NOT_KNOWN, developer=NOT_KNOWN) for n in range(4)]
    assert said(judge(f"{RULE}: {{max_parent_percent: 10, max_country_percent: 10}}", *unknown), RULE) == []
