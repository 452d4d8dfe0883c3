from __future__ import annotations

from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, only, said
from tests.policy.rules.parties import hosted, party

RULE = "publisher-unknown"


def test_a_known_publisher_passes() -> None:
    assert (
        said(judge(f"{RULE}: {{level: error}}", asset("ship/Model", publisher=party("ship", "XX"))), RULE)
        == []
    )


def test_an_unknown_publisher_is_a_note_and_only_a_policy_makes_it_more() -> None:
    model = asset("ship/Model", publisher=Unknown("no record says who ship is"))
    assert said(judge("license-unknown: off", model), RULE) == [(RULE, "note", "ship/Model")]
    found = only(judge(f"{RULE}: {{level: error}}", model), RULE)
    assert (found.level.value, found.message) == (
        "error",
        "the publisher of ship/Model is not known: no record says who ship is",
    )


def test_a_policy_may_want_more_of_a_publisher() -> None:
    model = asset("ship/Model", publisher=party("ship", None))
    assert said(judge(f"{RULE}: {{level: error}}", model), RULE) == []
    assert only(judge(f"{RULE}: {{require: [country]}}", model), RULE).message == (
        "ship/Model is published by ship, whose country is not known: no country is recorded"
    )
    assert said(judge(f"{RULE}: {{require: [entity, kind]}}", model), RULE) == []


def test_a_hosted_service_is_not_asked_here() -> None:
    service = hosted("ship:one", party("ship", None))
    assert said(judge(f"{RULE}: {{require: [country]}}", service), RULE) == []


def test_an_exception_covers_it() -> None:
    policy = (
        f"version: 1\nrules:\n  {RULE}: {{level: error}}\nexceptions:\n"
        f"  - {{rule: {RULE}, reference: ship/Model, owner: legal@example.com, reason: granted, "
        "expires: 2027-03-31}\n"
    )
    model = asset("ship/Model", publisher=Unknown("no record says who ship is"))
    assert only(judge(policy, model), RULE).exception is not None
