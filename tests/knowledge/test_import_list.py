from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from scanner.errors import KnowledgeBroken
from scanner.knowledge import lists, publishers
from scanner.knowledge.import_list import read_list
from scanner.knowledge.overlay import open_overlay
from scanner.knowledge.store import Knowledge
from scanner.records.asset import ListEntry, Party
from scanner.records.fact import Confidence
from tests.knowledge.conftest import Build

TODAY = "2026-11-22"
US = """\
    _id,source,entity_number,type,programs,name,start_date,end_date,federal_register_notice,source_list_url,alt_names
    1,Entity List (EL) - Bureau of Industry and Security,,,,"Ship Co., Ltd.",2025-01-16,,90 FR 1,https://el.example,Boatworks; Old Ship
    2,Entity List (EL) - Bureau of Industry and Security,,,,Raft,2019-10-09,2020-01-01,84 FR 2,https://el.example,
    3,Specially Designated Nationals (SDN) - Treasury Department,7,Entity,X,Pier Bank,,2030-01-01,,https://sdn.example,
"""  # noqa: E501
EU = """\
    fileGenerationDate;Entity_LogicalId;Entity_SubjectType;Entity_DesignationDate;Entity_Regulation_Programme;NameAlias_WholeName;NameAlias_FirstName;NameAlias_LastName
    21/11/2026;7;enterprise;2024-02-03;XYZ;Ship Company;;
    21/11/2026;7;enterprise;2024-02-03;XYZ;Schiff GmbH;;
    21/11/2026;8;person;;XYZ;;Ann;Other
"""
UK = """\
    Last Updated,20/11/2026
    Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name Non-Latin Script,Group ID,Regime,Listed On
    SHIP LTD,,,,,,Корабль,42,Harbor,03/02/2024
    BOATWORKS,0,0,,,,,42,Harbor,03/02/2024
"""


def read(
    text: str, **more: str
) -> list[tuple[str, str | None, list[tuple[str, list[str], str | None, str]]]]:
    found = read_list(dedent(text).encode(), "list.csv", TODAY, **more)
    return [
        (one.name, one.as_of, [(p.name, list(p.names), p.as_of, p.status) for p in one.parties])
        for one in found
    ]


def test_the_us_list_is_several_lists_and_an_end_that_has_passed_takes_a_party_off() -> None:
    assert read(US) == [
        (
            "Entity List (EL)",
            None,
            [
                ("Ship Co., Ltd.", ["Boatworks", "Old Ship"], "2025-01-16", "listed"),
                ("Raft", [], "2019-10-09", "delisted"),
            ],
        ),
        ("Specially Designated Nationals (SDN)", None, [("Pier Bank", [], None, "listed")]),
    ]


def test_the_us_list_as_json_reads_the_same() -> None:
    entry = {
        "source": "Entity List (EL) - Bureau of Industry and Security",
        "name": "Ship Co., Ltd.",
        "alt_names": ["Boatworks"],
        "start_date": "2025-01-16",
        "end_date": None,
    }
    assert read(json.dumps({"results": [entry]})) == [
        ("Entity List (EL)", None, [("Ship Co., Ltd.", ["Boatworks"], "2025-01-16", "listed")])
    ]


def test_the_european_list_keeps_the_names_of_one_party_together() -> None:
    assert read(EU) == [
        (
            "EU consolidated financial sanctions list",
            "2026-11-21",
            [
                ("Ship Company", ["Ship Company", "Schiff GmbH"], "2024-02-03", "listed"),
                ("Ann Other", ["Ann Other"], None, "listed"),
            ],
        )
    ]


def test_the_british_list_has_a_line_above_its_columns() -> None:
    assert read(UK) == [
        (
            "UK sanctions list",
            "2026-11-20",
            [("SHIP LTD", ["SHIP LTD", "Корабль", "BOATWORKS"], "2024-02-03", "listed")],
        )
    ]


def test_a_plain_table_of_ones_own() -> None:
    table = "name,names,status,as_of,source\nShip,Boatworks;Raft,withdrawn,2026-02-13,memo 7\n"
    assert read(table, name="House list") == [
        ("House list", None, [("Ship", ["Boatworks", "Raft"], "2026-02-13", "withdrawn")])
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "its columns are those of no list lading knows: a, b"),
        ("name\n", "names no party|no list lading knows"),
        ("[1, 2", "it is not JSON"),
        ('{"x": 1}', "it holds no list of entries"),
        ("name,status\nShip,wanted\n", "cannot be 'wanted'"),
    ],
)
def test_what_is_no_list_is_refused_with_advice(text: str, why: str) -> None:
    with pytest.raises(KnowledgeBroken, match=why):
        read_list(text.encode(), "list.csv", TODAY)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(KnowledgeBroken, match="not UTF-8"):
        read_list(b"\xff\xfe\x00", "list.csv", TODAY)


def test_an_imported_list_matches_names_whatever_their_legal_form(build: Build, tmp_path: Path) -> None:
    (imported,) = read_list(dedent(EU).encode(), "eu.csv", TODAY)
    folder = tmp_path / "ours" / "lists"
    folder.mkdir(parents=True)
    body = imported.body(TODAY, "eu.csv")
    (folder / f"{imported.key}.json").write_text(json.dumps(body), "utf-8")
    base = build(publishers__ship="entity: SHIP COMPANY LTD\n", publishers__raft="entity: Ship Raft\n")
    knowledge = Knowledge(_index(base, tmp_path), (open_overlay(tmp_path / "ours"),))
    ship, raft = (publishers.look_up(knowledge, name) for name in ("ship", "raft"))
    assert isinstance(ship, Party)
    assert isinstance(raft, Party)
    assert raft.lists == ()
    assert ship.lists == (
        ListEntry(
            "EU consolidated financial sanctions list",
            "listed",
            "2024-02-03",
            "eu.csv",
            "Ship Company",
            Confidence.VERIFIED,
        ),
    )
    (listed,) = lists.all_lists(knowledge)
    assert (listed.as_of, listed.imported, listed.entries) == ("2026-11-21", TODAY, 2)


def _index(base: Knowledge, tmp_path: Path) -> object:
    from scanner.knowledge.compile import compile_sources

    assert base.keys("publishers") == ("raft", "ship")
    return compile_sources(tmp_path / "data")
