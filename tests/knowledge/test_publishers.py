from __future__ import annotations

import pytest

from scanner.errors import KnowledgeBroken
from scanner.knowledge import publishers
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Party
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown
from tests.knowledge.conftest import Build

SHIP = """
    display: Ship
    entity: Ship Ltd
    parent: {unknown: no parent is recorded}
    country: NO
    kind: company
    role: developer
    aliases: [OldShip]
    names: [Boatworks]
    confidence: verified
    source: [a page, another page]
    as_of: 2025-03
"""


def test_a_publisher_comes_with_every_fact_and_unknown_says_why(build: Build) -> None:
    assert publishers.look_up(build(publishers__Ship=SHIP), "Ship") == Party(
        name="Ship",
        entity="Ship Ltd",
        parent=Unknown("no parent is recorded"),
        country="NO",
        parent_country=Unknown("not recorded"),
        kind="company",
        role="developer",
        lists=(),
        confidence=Confidence.VERIFIED,
        source="a page; another page",
        as_of="2025-03",
    )


def test_letter_case_and_former_namespaces_lead_to_the_same_publisher(build: Build) -> None:
    knowledge = build(publishers__Ship=SHIP)
    ship = publishers.look_up(knowledge, "Ship")
    assert publishers.look_up(knowledge, "sHIP") == ship
    assert publishers.look_up(knowledge, "oldship") == ship


def test_a_brand_is_no_namespace_but_finds_its_publisher(build: Build) -> None:
    knowledge = build(publishers__Ship=SHIP)
    assert publishers.look_up(knowledge, "Boatworks") == Unknown("no record says who Boatworks is")
    assert publishers.find(knowledge, "Boatworks") == publishers.look_up(knowledge, "Ship")
    assert publishers.find(knowledge, "ship LTD.") == publishers.look_up(knowledge, "Ship")


def test_a_namespace_that_two_records_claim_is_unknown(build: Build) -> None:
    knowledge = build(publishers__A="aliases: [both]\n", publishers__B="aliases: [both]\n")
    assert publishers.look_up(knowledge, "both") == Unknown("both is claimed by A, B")


def test_a_renamed_namespace_gives_its_present_name(build: Build) -> None:
    knowledge = build(publishers__Old="entity: Old lab\nrenamed_to: New\n", publishers__New="entity: New\n")
    party = publishers.look_up(knowledge, "Old")
    assert isinstance(party, Party)
    assert (party.name, party.entity) == ("New", "Old lab")


def test_the_names_of_a_party_do_not_hold_those_of_its_parent(build: Build) -> None:
    knowledge = build(publishers__Ship=SHIP.replace("{unknown: no parent is recorded}", "Sea Group"))
    party = publishers.look_up(knowledge, "Ship")
    assert isinstance(party, Party)
    assert publishers.names_of(knowledge, party) == (
        "Ship",
        "Ship Ltd",
        "Boatworks",
        "OldShip",
        "ship",
        "boatworks",
        "oldship",
    )


def test_a_group_is_known_by_its_short_names(shipped: Knowledge) -> None:
    assert "Alibaba" in publishers.names_of_entity(shipped, "Alibaba Group Holding Ltd")


def test_zai_org_and_its_former_namespace_meet(shipped: Knowledge) -> None:
    old, new = publishers.look_up(shipped, "THUDM"), publishers.look_up(shipped, "zai-org")
    assert isinstance(old, Party)
    assert isinstance(new, Party)
    assert (old.name, old.country, old.lists) == (new.name, new.country, new.lists)
    assert old.parent == new.entity


def test_a_look_alike_namespace_is_unknown(shipped: Knowledge) -> None:
    for name in ("deepseek", "moonshot", "mistral", "gemma", "Qwen-official", "deepseek_ai"):
        assert isinstance(publishers.look_up(shipped, name), Unknown), name


def test_requantizers_and_mirrors_keep_their_role(shipped: Knowledge) -> None:
    roles = {
        name: party.role
        for name in ("TheBloke", "unsloth", "mlx-community", "LLM-Research", "nvidia", "Qwen")
        if isinstance(party := publishers.look_up(shipped, name), Party)
    }
    assert roles == {
        "TheBloke": "requantizer",
        "unsloth": "requantizer",
        "mlx-community": "converter",
        "LLM-Research": "mirror",
        "nvidia": "developer",
        "Qwen": "developer",
    }


@pytest.mark.parametrize("share", ["most of it", "0", "101", "yes"])
def test_a_share_is_a_number_of_percent(build: Build, share: str) -> None:
    with pytest.raises(KnowledgeBroken, match="write the share in percent"):
        build(publishers__Ship=f"{SHIP}    parent_share: {share}\n")


def test_the_share_a_parent_holds_is_known_or_says_why_not(build: Build) -> None:
    knowledge = build(publishers__Ship=f"{SHIP}    parent_share: 62.5\n", publishers__Raft=SHIP)
    shares = {}
    for name in ("Ship", "Raft"):
        party = publishers.look_up(knowledge, name)
        assert isinstance(party, Party)
        shares[name] = publishers.parent_share(knowledge, party)
    assert shares == {"Ship": 62.5, "Raft": Unknown("no record says what share the parent holds")}
