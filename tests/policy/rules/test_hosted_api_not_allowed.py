from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.knowledge.store import open_knowledge
from scanner.records.asset import Endpoint
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, only, said
from tests.policy.rules.parties import NOT_KNOWN, hosted, party

RULE = "hosted-api-not-allowed"
KNOWLEDGE = open_knowledge()


def levels(line: str, *assets: object) -> list[str]:
    found = judge(f"{RULE}: {{{line}}}", *assets, knowledge=KNOWLEDGE)
    return [level for _, level, _ in said(found, RULE)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("level: error", []),
        ("deny_countries: [XX]", ["error"]),
        ("deny_countries: [YY]", []),
        ("allow_countries: [XX]", []),
        ("allow_countries: [YY]", ["error"]),
        ("allow_countries: []", ["error"]),
        ("deny_entities: [Ship]", ["error"]),
        ("deny_countries: [XX], allow_entities: [Ship]", []),
        ("deny_countries: [XX], level: warning", ["warning"]),
    ],
)
def test_the_serving_entity_is_judged(line: str, expected: list[str]) -> None:
    assert levels(line, hosted("ship:one", party("ship", "XX"))) == expected


def test_weights_and_what_the_organization_runs_itself_pass() -> None:
    weights = asset("ship/Model", publisher=party("ship", "XX"))
    local = hosted("local:one", party("local", None, role="local"), host="localhost")
    assert levels("allow_countries: [], unknown_host: error, unknown_region: error", weights, local) == []


def test_the_message_names_who_serves_and_what_the_policy_says() -> None:
    server = party("ship", "YY", parent="Sea Group", parent_country="XX")
    found = judge(f"{RULE}: {{deny_countries: [XX]}}", hosted("ship:one", server), knowledge=KNOWLEDGE)
    assert only(found, RULE).message == (
        "ship:one is served by ship Ltd (YY), whose parent is Sea Group; the policy does not allow XX"
    )
    none = judge(f"{RULE}: {{allow_countries: []}}", hosted("ship:one", server), knowledge=KNOWLEDGE)
    assert only(none, RULE).message == (
        "ship:one is served by ship Ltd (YY); the policy allows no hosted service"
    )


def test_a_service_nobody_knows_is_judged_only_where_the_policy_says() -> None:
    unknown = party("ship", None, entity=Unknown("no record of this service"))
    service = hosted("ship:one", unknown)
    assert levels("allow_countries: [XX]", service) == []
    assert levels("allow_countries: [XX], unknown_host: error", service) == ["error"]
    assert levels("allow_countries: []", service) == ["error"]


def test_an_entity_without_a_country_is_a_question() -> None:
    assert levels("allow_countries: [XX]", hosted("ship:one", party("ship", None))) == ["question"]


def test_an_unsure_country_gives_a_question_unless_no_service_is_allowed() -> None:
    service = hosted("ship:one", party("ship", "XX", confidence=Confidence.UNVERIFIED))
    assert levels("deny_countries: [XX]", service) == ["question"]
    assert levels("allow_countries: []", service) == ["error"]


@pytest.mark.parametrize(
    ("region", "host", "line", "expected"),
    [
        ("YY", "api.ship.example", "allow_countries: [XX]", ["error"]),
        ("XX", "api.ship.example", "allow_countries: [XX]", []),
        ("global", "api.ship.example", "allow_countries: [XX]", []),
        ("China", "api.minimaxi.com", "allow_countries: [XX]", ["error"]),
        ("China", "api.minimaxi.com", "deny_countries: [CN]", ["error"]),
        ("international", "api.minimax.io", "deny_countries: [CN]", []),
        ("eu-north-1", "api.ship.example", "allow_regions: [eu-north-1]", []),
        ("us-east-1", "api.ship.example", "allow_regions: [eu-north-1]", ["error"]),
        (NOT_KNOWN, "api.ship.example", "allow_countries: [XX], unknown_region: question", ["question"]),
        (NOT_KNOWN, "api.ship.example", "allow_countries: [XX]", []),
    ],
)
def test_the_region_of_the_endpoint_is_judged_besides(
    region: str | Unknown, host: str, line: str, expected: list[str]
) -> None:
    assert levels(line, hosted("ship:one", party("ship", "XX"), region, host)) == expected


def test_a_default_host_can_be_asked_to_be_written_down() -> None:
    service = hosted("ship:one", party("ship", "XX"), "XX")
    assert levels("default_host: question", service) == ["question"]
    assert levels("level: error", service) == []


def test_an_endpoint_that_computes_anywhere_can_be_asked_about() -> None:
    service = hosted("ship:one", party("ship", "XX"), "XX")
    anywhere = replace(service, endpoint=Endpoint("api.ship.example", "XX", "global"))
    assert levels("global_inference: warning", anywhere) == ["warning"]
    assert levels("global_inference: warning", service) == []


def test_a_group_of_countries_holds_its_members() -> None:
    served = hosted("ship:one", party("ship", "FR"))
    assert levels("allow_countries: [EU]", served) == levels("allow_countries: [EEA]", served) == []
    assert levels("deny_countries: [EU]", served) == ["error"]
    assert levels("allow_countries: [EU]", hosted("ship:one", party("ship", "GB"))) == ["error"]
    owned = hosted("ship:one", party("ship", "FR", parent="Sea Group", parent_country="US"))
    assert levels("allow_countries: [EU]", owned) == ["error"]


def test_an_exception_covers_it() -> None:
    policy = (
        f"version: 1\nrules:\n  {RULE}: {{allow_countries: []}}\nexceptions:\n"
        f"  - {{rule: {RULE}, reference: 'ship:one', owner: legal@example.com, reason: granted, "
        "expires: 2027-03-31}\n"
    )
    found = judge(policy, hosted("ship:one", party("ship", "XX")), knowledge=KNOWLEDGE)
    assert only(found, RULE).exception is not None


@pytest.mark.parametrize(
    ("region", "line", "expected"),
    [
        ("eu-central-1", "allow_countries: [DE, US]", []),
        ("ap-southeast-1", "allow_countries: [DE, US]", ["error"]),
        ("cn-north-1", "deny_countries: [CN]", ["error"]),
        ("eu-central-1", "allow_regions: [DE]", []),
        ("us-east-1", "allow_regions: [DE]", ["error"]),
        ("somewhere-1", "allow_countries: [DE, US]", []),
        ("eu-central-1", "allow_regions: [EU]", []),
        ("eu-central-1", "allow_regions: [EEA]", []),
        ("eu-west-2", "allow_regions: [EU]", ["error"]),
        ("eu-central-1", "allow_countries: [US, EU]", []),
        ("eu-central-1", "deny_countries: [EU]", ["error"]),
        ("EU", "allow_regions: [EEA]", []),
        ("EU", "allow_regions: [DE]", ["error"]),
        ("EU", "allow_countries: [US, DE]", []),
        ("EU", "allow_countries: [US]", ["error"]),
    ],
)
def test_the_label_of_a_region_says_its_country(region: str, line: str, expected: list[str]) -> None:
    service = hosted("cloud:one", party("cloud", "US"), region, "bedrock-runtime.example")
    assert levels(line, service) == expected
