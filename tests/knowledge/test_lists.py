from __future__ import annotations

import pytest

from scanner.errors import KnowledgeBroken
from scanner.knowledge import lists, publishers
from scanner.knowledge.store import Knowledge
from scanner.records.asset import ListEntry, Party
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown
from tests.knowledge.conftest import Build

LIST = """
    name: Harbor list
    issuer: Harbor office
    as_of: 2026-01-05
    source: harbor.example
    confidence: corroborated
    entries:
      - {name: Ship Ltd, status: listed, as_of: 2025-07-01}
      - {name: Sea Group, status: withdrawn, as_of: {unknown: not read}, confidence: unverified}
      - {name: Somebody, status: listed, publishers: [Boat]}
"""
SHIP = "entity: Ship Limited\nparent: Sea Group\n"


def entries(knowledge: Knowledge, namespace: str) -> tuple[ListEntry, ...]:
    party = publishers.look_up(knowledge, namespace)
    assert isinstance(party, Party)
    return party.lists


def test_a_party_is_named_by_its_own_name_its_parents_or_by_record(build: Build) -> None:
    knowledge = build(
        lists__harbor=LIST,
        publishers__Ship=SHIP,
        publishers__Boat="entity: Boat AS\n",
        publishers__Raft="entity: Shipping Ltd\n",
    )
    corroborated, unverified = Confidence.CORROBORATED, Confidence.UNVERIFIED
    assert entries(knowledge, "Ship") == (
        ListEntry("Harbor list", "listed", "2025-07-01", "harbor.example", "Ship Ltd", corroborated),
        ListEntry(
            "Harbor list",
            "withdrawn",
            Unknown("not read"),
            "harbor.example",
            "Sea Group",
            unverified,
            "Sea Group",
        ),
    )
    assert entries(knowledge, "Boat") == (
        ListEntry("Harbor list", "listed", "2026-01-05", "harbor.example", "Somebody", corroborated),
    )
    assert entries(knowledge, "Raft") == ()


def test_an_entry_of_a_parent_is_no_surer_than_that_it_is_the_parent(build: Build) -> None:
    sure = SHIP + "confidence: verified\n"
    knowledge = build(
        lists__harbor=LIST.replace("Sea Group, status: withdrawn", "Sea Group, status: listed"),
        publishers__Ship=sure + "parent_confidence: unverified\n",
        publishers__Boat="entity: Ship Ltd\nparent_confidence: unverified\nconfidence: verified\n",
    )
    assert [(entry.matched, entry.confidence.value) for entry in entries(knowledge, "Ship")] == [
        ("Ship Ltd", "corroborated"),
        ("Sea Group", "unverified"),
    ]


def test_a_status_nobody_defined_is_refused(build: Build) -> None:
    knowledge = build(lists__a=LIST.replace("withdrawn", "wanted"), publishers__Ship=SHIP)
    with pytest.raises(KnowledgeBroken, match="listed, withdrawn, under litigation, delisted"):
        publishers.look_up(knowledge, "Ship")


def test_every_list_says_how_much_it_holds(build: Build) -> None:
    found = lists.all_lists(build(lists__harbor=LIST))
    assert [(one.key, one.name, one.as_of, one.entries, one.is_starter) for one in found] == [
        ("harbor", "Harbor list", "2026-01-05", 3, False)
    ]


def test_a_withdrawn_notice_and_a_later_entry_are_two_entries(shipped: Knowledge) -> None:
    seen = [(entry.status, entry.as_of) for entry in entries(shipped, "Qwen") if "1260H" in entry.list]
    assert seen == [("withdrawn", "2026-02-13"), ("under litigation", "2026-06")]


def test_every_record_a_shipped_list_points_at_is_there(shipped: Knowledge) -> None:
    missing = [
        (key, kind, name)
        for key, body in shipped.all("lists")
        for entry in body["entries"]
        for kind in ("publishers", "providers")
        for name in entry.get(kind, [])
        if shipped.get(kind, name) is None
    ]
    assert missing == []
