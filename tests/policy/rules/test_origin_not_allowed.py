from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.knowledge.store import open_knowledge
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.unknown import Unknown
from tests.policy.build import ancestor, asset, judge, only, said
from tests.policy.rules.parties import hosted, party

RULE = "origin-not-allowed"


def descended() -> object:
    """Published from YY, on a base from XX."""
    base = ancestor("ship/Base", "mit", of="boat/Model", country="XX", entity="Ship Ltd")
    return asset("boat/Model", publisher=party("boat", "YY"), developer=party("ship", "XX"), lineage=(base,))


@pytest.mark.parametrize(
    ("scope", "expected"), [("publisher", []), ("developer", ["error"]), ("lineage", ["error"])]
)
def test_the_scope_says_whose_origin_is_asked(scope: str, expected: list[str]) -> None:
    found = judge(f"{RULE}: {{scope: {scope}, deny_countries: [XX], level: error}}", descended())
    assert [level for _, level, _ in said(found, RULE)] == expected


def test_an_allowed_origin_passes_and_no_list_says_nothing() -> None:
    assert said(judge(f"{RULE}: {{level: error}}", descended()), RULE) == []
    assert said(judge(f"{RULE}: {{allow_countries: [XX, YY], level: error}}", descended()), RULE) == []


def test_a_group_of_countries_holds_its_members() -> None:
    def origin(line: str, country: str) -> list[str]:
        model = asset("boat/Model", publisher=party("boat", country))
        found = judge(
            f"{RULE}: {{scope: publisher, level: error, {line}}}", model, knowledge=open_knowledge()
        )
        return [each.message.split("; ")[-1] for each in found.findings if each.rule == RULE]

    assert origin("allow_countries: [EU]", "FR") == []
    assert origin("allow_countries: [EU]", "GB") == ["the policy does not allow GB"]
    assert origin("deny_countries: [EU]", "FR") == ["the policy does not allow EU"]
    assert origin("review_countries: [EEA]", "NO") == ["the policy wants EEA looked at"]


def test_the_message_names_who_and_through_what_and_points_at_the_policy() -> None:
    found = only(judge(f"{RULE}: {{deny_countries: [XX], level: error}}", descended()), RULE)
    assert found.message == (
        "boat/Model is developed by ship Ltd (XX); the same goes for ship/Base; the policy does not allow XX"
    )
    assert (found.policy.file, found.policy.line) == ("lading.yaml", 3)
    assert found.evidence == (
        Evidence("developer.country", "XX", "a page", "2026-10-01", Confidence.VERIFIED),
        Evidence(
            "lineage.ship/Base.country", "XX", "knowledge:publishers/ship", "2026-11-20", Confidence.VERIFIED
        ),
    )


def test_a_parent_counts_unless_the_policy_says_no() -> None:
    model = asset("boat/Model", publisher=party("boat", "YY", parent="Sea Group", parent_country="XX"))
    line = f"{RULE}: {{scope: publisher, deny_countries: [XX]}}"
    assert only(judge(line, model), RULE).message == (
        "boat/Model is published by boat Ltd (YY), whose parent Sea Group is in XX; "
        "the policy does not allow XX"
    )
    assert said(judge(line.replace("}", ", parents: false}"), model), RULE) == []
    named = judge(f"{RULE}: {{scope: publisher, deny_entities: [Sea Group]}}", model)
    assert only(named, RULE).message == (
        "boat/Model is published by boat Ltd (YY), whose parent is Sea Group; "
        "the policy does not allow Sea Group"
    )


def test_an_entity_goes_by_its_name_without_its_legal_form() -> None:
    model = asset("boat/Model", publisher=party("boat", "YY"))
    for name in ("boat", "Boat Ltd", "BOAT"):
        assert said(judge(f"{RULE}: {{deny_entities: [{name}]}}", model), RULE) == [
            (RULE, "warning", "boat/Model")
        ]
    assert said(judge(f"{RULE}: {{deny_entities: [oat]}}", model), RULE) == []


def test_an_allowed_entity_passes_whatever_its_country() -> None:
    model = asset("boat/Model", publisher=party("boat", "XX"))
    line = f"{RULE}: {{scope: publisher, deny_countries: [XX], allow_entities: [boat]}}"
    assert said(judge(line, model), RULE) == []


def test_review_takes_its_own_level_or_that_of_the_rule() -> None:
    model = asset("boat/Model", publisher=party("boat", "XX"))
    line = f"{RULE}: {{scope: publisher, review_countries: [XX], level: error}}"
    assert [level for _, level, _ in said(judge(line, model), RULE)] == ["error"]
    softer = line.replace("}", ", review_level: question}")
    found = only(judge(softer, model), RULE)
    assert (found.level, found.message) == (
        Level.QUESTION,
        "boat/Model is published by boat Ltd (XX); the policy wants XX looked at",
    )


def test_an_unknown_country_is_a_question_where_only_some_are_allowed() -> None:
    model = asset("boat/Model", publisher=party("boat", None))
    line = f"{RULE}: {{scope: publisher, allow_countries: [YY], level: error}}"
    found = only(judge(line, model), RULE)
    assert (found.level, found.message) == (
        Level.QUESTION,
        "boat/Model: the country of the publisher is not known: no country is recorded",
    )
    assert said(judge(f"{RULE}: {{scope: publisher, deny_countries: [XX]}}", model), RULE) == []


def test_a_fact_nobody_verified_gives_a_question() -> None:
    unsure = party("boat", "XX", confidence=Confidence.UNVERIFIED)
    model = asset("boat/Model", publisher=unsure)
    line = f"{RULE}: {{scope: publisher, deny_countries: [XX], level: error}}"
    assert said(judge(line, model), RULE) == [(RULE, "question", "boat/Model")]
    sure = replace(unsure, confidence=Confidence.VERIFIED)
    both = asset("boat/Model", publisher=unsure, developer=sure)
    line = f"{RULE}: {{deny_countries: [XX], level: error}}"
    assert said(judge(line, both), RULE) == [(RULE, "error", "boat/Model")]


def test_a_sort_of_publisher_can_be_denied() -> None:
    model = asset("boat/Model", publisher=party("boat", "YY", kind="individual"))
    found = only(judge(f"{RULE}: {{scope: publisher, deny_publisher_kinds: [individual]}}", model), RULE)
    assert found.message == (
        "boat/Model is published by boat Ltd (YY); "
        "the policy does not allow a publisher of the kind individual"
    )


@pytest.mark.parametrize(
    ("options", "kind", "expected"),
    [
        ("allow_publisher_kinds: [company]", "company", []),
        ("allow_publisher_kinds: [company]", "community", ["warning"]),
        ("allow_publisher_kinds: [company]", Unknown("not recorded"), ["question"]),
        ("review_publisher_kinds: [community], review_level: question", "community", ["question"]),
        ("review_publisher_kinds: [community]", "company", []),
        ("deny_publisher_kinds: [community], level: error", "community", ["error"]),
    ],
)
def test_sorts_of_publisher_can_be_allowed_reviewed_and_denied(
    options: str, kind: object, expected: list[str]
) -> None:
    model = asset("boat/Model", publisher=party("boat", "YY", kind=kind))
    found = said(judge(f"{RULE}: {{scope: publisher, {options}}}", model), RULE)
    assert [level for _, level, _ in found] == expected


def test_the_sort_of_a_bases_publisher_is_asked_too() -> None:
    below = ancestor("TheBloke/Base", "apache-2.0", of="boat/Model", publisher="TheBloke")
    model = asset("boat/Model", publisher=party("boat", "YY"), lineage=(below,))
    text = f"{RULE}: {{scope: lineage, deny_publisher_kinds: [individual], level: error}}"
    found = said(judge(text, model, knowledge=open_knowledge()), RULE)
    assert [level for _, level, _ in found] == ["error"]


def test_the_serving_entity_is_another_question_than_the_developer() -> None:
    model = replace(hosted("cloud:ship-1", party("cloud", "YY")), developer=party("ship", "XX"))
    at = f"{RULE}: {{scope: serving_entity, deny_countries: [XX]}}"
    assert said(judge(at, model), RULE) == []
    made = f"{RULE}: {{scope: developer, deny_countries: [XX]}}"
    assert only(judge(made, model), RULE).message == (
        "cloud:ship-1 is developed by ship Ltd (XX); the policy does not allow XX"
    )


def test_training_data_is_no_origin() -> None:
    data = ancestor("ship/Texts", "mit", of="boat/Model", relation="trained-on", country="XX")
    model = asset("boat/Model", publisher=party("boat", "YY"), lineage=(data,))
    assert said(judge(f"{RULE}: {{deny_countries: [XX]}}", model), RULE) == []


def test_an_exception_covers_it() -> None:
    policy = (
        f"version: 1\nrules:\n  {RULE}: {{deny_countries: [XX], level: error}}\nexceptions:\n"
        f"  - {{rule: {RULE}, reference: boat/Model, owner: legal@example.com, reason: granted, "
        "expires: 2027-03-31}\n"
    )
    assert only(judge(policy, descended()), RULE).exception is not None


def test_a_lineage_nobody_knows_hides_no_known_publisher() -> None:
    model = asset("boat/Model", publisher=party("boat", "XX"), lineage=Unknown("not declared"))
    assert said(judge(f"{RULE}: {{deny_countries: [XX]}}", model), RULE) == [(RULE, "warning", "boat/Model")]
