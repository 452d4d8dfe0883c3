from __future__ import annotations

from pathlib import Path

import pytest

from scanner.knowledge.store import open_knowledge
from scanner.records.asset import Asset, ListEntry
from scanner.records.fact import Confidence, Evidence
from scanner.records.unknown import Unknown
from tests.policy.build import ancestor, asset, judge, only, said
from tests.policy.rules.parties import entry, hosted, party

RULE = "entity-on-list"


def model(*entries: ListEntry) -> Asset:
    return asset("ship/Model", publisher=party("ship", "XX", lists=tuple(entries)))


def test_no_list_of_the_policy_means_no_judgement() -> None:
    assert said(judge(f"{RULE}: {{level: error}}", model(entry())), RULE) == []
    assert said(judge(f"{RULE}: {{deny: [Another list]}}", model(entry())), RULE) == []
    assert said(judge(f"{RULE}: {{deny: [Harbor list]}}", model()), RULE) == []


def test_list_day_source_and_matched_name_are_told() -> None:
    found = only(judge(f"{RULE}: {{deny: [Harbor list]}}", model(entry())), RULE)
    assert found.message == (
        "ship/Model is published by ship Ltd (XX), listed on Harbor list as 'Ship Holdings', "
        "as of 2026-01-05 (harbor.example)"
    )
    assert found.evidence == (
        Evidence(
            "publisher.lists",
            "Harbor list: Ship Holdings (listed)",
            "harbor.example",
            "2026-01-05",
            Confidence.VERIFIED,
        ),
    )


@pytest.mark.parametrize(
    ("status", "more", "level"),
    [
        ("listed", "", "error"),
        ("withdrawn", "", "note"),
        ("delisted", "", "note"),
        ("under litigation", "", "error"),
        ("under litigation", ", under_litigation: question", "question"),
        ("withdrawn", ", withdrawn: warning", "warning"),
    ],
)
def test_the_status_of_an_entry_decides(status: str, more: str, level: str) -> None:
    line = f"{RULE}: {{deny: ['Harbor*']{more}}}"
    assert said(judge(line, model(entry(status=status))), RULE) == [(RULE, level, "ship/Model")]


def test_a_withdrawn_entry_can_be_left_alone() -> None:
    line = f"{RULE}: {{deny: [Harbor list], withdrawn: off}}"
    assert said(judge(line, model(entry(status="withdrawn"))), RULE) == []


def test_an_unverified_entry_is_a_question() -> None:
    unsure = entry(confidence=Confidence.UNVERIFIED, as_of=Unknown("not read"), source=Unknown("none"))
    found = only(judge(f"{RULE}: {{deny: [Harbor list]}}", model(unsure)), RULE)
    assert (found.level.value, found.message) == (
        "question",
        "ship/Model is published by ship Ltd (XX), listed on Harbor list as 'Ship Holdings', "
        "no day recorded (no source recorded)",
    )


def test_a_list_under_review_has_its_own_level() -> None:
    line = f"{RULE}: {{deny: [Pier list], review: [Harbor list], review_level: question}}"
    assert sorted(said(judge(line, model(entry(), entry("Pier list"))), RULE)) == [
        (RULE, "error", "ship/Model"),
        (RULE, "question", "ship/Model"),
    ]


def test_a_base_and_a_serving_entity_are_looked_at_too() -> None:
    base = ancestor("ship/Base", "mit", of="boat/Model", country="XX", lists=(entry(),))
    descended = asset("boat/Model", publisher=party("boat", "YY"), lineage=(base,))
    line = f"{RULE}: {{deny: [Harbor list]}}"
    assert said(judge(line, descended), RULE) == [(RULE, "error", "boat/Model")]
    assert said(judge(f"{RULE}: {{deny: [Harbor list], scope: publisher}}", descended), RULE) == []
    service = hosted("ship:one", party("ship", "XX", lists=(entry(),)))
    assert said(judge(line, service), RULE) == [(RULE, "error", "ship:one")]


def test_an_exception_covers_it() -> None:
    policy = (
        f"version: 1\nrules:\n  {RULE}: {{deny: [Harbor list]}}\nexceptions:\n"
        f"  - {{rule: {RULE}, reference: ship/Model, owner: legal@example.com, reason: granted, "
        "expires: 2027-03-31}\n"
    )
    assert only(judge(policy, model(entry())), RULE).exception is not None


def test_a_parent_on_a_list_is_called_the_parent() -> None:
    child = party("raft", "YY", parent="Ship Holdings", lists=(entry(),))
    found = only(judge(f"{RULE}: {{deny: [Harbor list]}}", asset("raft/Model", publisher=child)), RULE)
    assert found.message.startswith(
        "raft/Model is published by raft Ltd (YY), whose parent Ship Holdings is listed on Harbor list as"
    )


@pytest.mark.parametrize(
    ("share", "least", "level"),
    [("60", "50", "error"), ("50", "50", "error"), ("49.5", "50", None), (None, "50", "question")],
)
def test_the_share_a_listed_parent_holds_decides(
    share: str | None, least: str, level: str | None, tmp_path: Path
) -> None:
    (tmp_path / "publishers").mkdir()
    held = f"parent_share: {share}\n" if share else ""
    (tmp_path / "publishers" / "raft.yaml").write_text(f"entity: raft Ltd\n{held}confidence: verified\n")
    child = party("raft", "YY", parent="Ship Holdings", lists=(entry(),))
    found = judge(
        f"{RULE}: {{deny: [Harbor list], min_parent_percent: {least}}}",
        asset("raft/Model", publisher=child),
        knowledge=open_knowledge((tmp_path,)),
    )
    assert said(found, RULE) == ([(RULE, level, "raft/Model")] if level else [])


def test_a_share_the_policy_does_not_ask_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "publishers").mkdir()
    (tmp_path / "publishers" / "raft.yaml").write_text("entity: raft Ltd\nparent_share: 12.5\n")
    child = party("raft", "YY", parent="Ship Holdings", lists=(entry(),))
    found = only(
        judge(
            f"{RULE}: {{deny: [Harbor list]}}",
            asset("raft/Model", publisher=child),
            knowledge=open_knowledge((tmp_path,)),
        ),
        RULE,
    )
    assert found.message.startswith(
        "raft/Model is published by raft Ltd (YY), whose parent Ship Holdings, "
        "which holds 12.5 percent of it, is listed on Harbor list as"
    )
    assert found.level.value == "error"
