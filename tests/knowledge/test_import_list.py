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


CSL = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,"
    "gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,"
    "dates_of_birth,nationalities,places_of_birth,source_information_url,ids\n"
)
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
UK_2026 = (
    "Report Date: 20-Nov-2026\n"
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,"
    "Name type,Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,"
    "Regime Name,Designation Type,Designation source,Sanctions Imposed,Date Designated\n"
    "01/11/2026,RUS1,1,,BOATWORKS,,,,,,Alias,,,,,,Harbor,Entity,UK,Asset freeze,03/02/2024\n"
    "01/11/2026,RUS1,1,,SHIP LTD,,,,,,Primary Name,,,Корабль,,,Harbor,Entity,UK,Asset freeze,03/02/2024\n"
    "01/11/2026,RUS1,1,,RAFT,,,,,,Alias,Low quality a.k.a.,,,,,Harbor,Entity,UK,Asset freeze,03/02/2024\n"
    "01/11/2026,RUS2,2,,OTHER,ANN,,,,,Primary Name,,,,,,Harbor,Individual,UK,Travel ban,03/02/2024\n"
    "01/11/2026,RUS3,3,,HERMES,,,,,,Primary Name,,,,,,Harbor,Ship,UK,Ship,03/02/2024\n"
)
EU_FULL = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;"
    "Entity_DesignationDate;Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;"
    "Entity_SubjectType_ClassificationCode;Entity_Regulation_Type;Entity_Regulation_OrganisationType;"
    "Entity_Regulation_PublicationDate;Entity_Regulation_EntryIntoForceDate;Entity_Regulation_NumberTitle;"
    "Entity_Regulation_Programme;Entity_Regulation_PublicationUrl;NameAlias_LastName;NameAlias_FirstName;"
    "NameAlias_MiddleName;NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_Gender;NameAlias_Title;"
    "NameAlias_Function;NameAlias_LogicalId;NameAlias_RegulationLanguage;NameAlias_Remark;Address_City\n"
    "21/11/2026;7;EU.7.1;;;;;enterprise;E;regulation;council;2024-02-23;2024-02-23;2024/746 (OJ L746);XYZ;"
    "https://eur-lex.example/7;;;;Ship Company;EN;;;;7;en;;\n"
    "21/11/2026;7;EU.7.1;;;;;enterprise;E;regulation;council;2024-02-23;2024-02-23;2024/746 (OJ L746);XYZ;"
    "https://eur-lex.example/7;;;;;;;;;;;;Harbor\n"
)


def csl(*rows: dict[str, str]) -> str:
    """Rows in the columns of the Consolidated Screening List."""
    columns = CSL.strip().split(",")
    return CSL + "".join(",".join(row.get(column, "") for column in columns) + "\n" for row in rows)


def test_the_published_columns_of_each_issuer_are_read() -> None:
    us = csl({"source": SDN, "type": "Entity", "name": "Ship Bank", "alt_names": "Pier Bank; PB"})
    assert read(us) == [(SDN.partition(" - ")[0], None, [("Ship Bank", ["Pier Bank", "PB"], None, "listed")])]
    assert read(UK_2026) == [
        (
            "UK sanctions list",
            "2026-11-20",
            [
                ("SHIP LTD", ["BOATWORKS", "SHIP LTD", "Корабль"], "2024-02-03", "listed"),
                ("ANN OTHER", ["ANN OTHER"], "2024-02-03", "listed"),
            ],
        )
    ]
    (eu,) = read_list(EU_FULL.encode(), "eu.csv", TODAY)
    (party,) = eu.parties
    assert (eu.as_of, party.name, party.as_of, party.source, party.citation) == (
        "2026-11-21",
        "Ship Company",
        "2024-02-23",
        "https://eur-lex.example/7",
        "2024/746 (OJ L746)",
    )


@pytest.mark.parametrize(
    ("kind", "name", "further", "expected"),
    [
        ("Entity", "Ship Bank", "PB; MIT; Pier Bank", {"ship bank", "pier bank"}),
        ("Entity", "MIT", "", {"mit"}),
        ("Entity", "Ship Bank", "船行", {"ship bank", "船行"}),
        ("Individual", "Ann Other", "META; Ann the Other", {"ann other", "ann the other"}),
        ("Vessel", "HERMES", "SOLAR", None),
        ("Aircraft", "FALCON", "", None),
    ],
)
def test_short_further_names_persons_and_vessels_do_not_tell_a_company(
    kind: str, name: str, further: str, expected: set[str] | None
) -> None:
    text = csl(
        {"source": SDN, "type": kind, "name": name, "alt_names": further},
        {"source": SDN, "type": "Entity", "name": "Somebody else"},
    )
    (found,) = read_list(text.encode(), "list.csv", TODAY)
    names = set(found.body(TODAY, "list.csv")["by_name"]) - {"somebody else"}
    assert names == (expected or set())


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


def imported(base: Knowledge, tmp_path: Path, text: str) -> Knowledge:
    """The knowledge with a list imported into a folder of one's own."""
    folder = tmp_path / "ours" / "lists"
    folder.mkdir(parents=True)
    for one in read_list(text.encode(), "list.csv", TODAY):
        (folder / f"{one.key}.json").write_text(json.dumps(one.body(TODAY, "list.csv")), "utf-8")
    assert base.keys("publishers") == ("raft", "ship")
    from scanner.knowledge.compile import compile_sources

    return Knowledge(compile_sources(tmp_path / "data"), (open_overlay(tmp_path / "ours"),))


def test_an_imported_list_goes_by_the_name_policies_know(build: Build, tmp_path: Path) -> None:
    starter = "name: US OFAC SDN\ncalled: ['Specially Designated Nationals (SDN)']\n"
    starter += "entries: [{name: Ship Bank, status: listed}]\n"
    base = build(
        publishers__ship="entity: Ship Bank\n",
        publishers__raft="entity: Raft\nparent: Ship Bank\nconfidence: verified\n",
        lists__sdn=starter,
    )
    knowledge = imported(base, tmp_path, csl({"source": SDN, "type": "Entity", "name": "SHIP BANK PLC"}))
    for name in ("ship", "raft"):
        party = publishers.look_up(knowledge, name)
        assert isinstance(party, Party)
        parent = "Ship Bank" if name == "raft" else None
        assert [(entry.list, entry.matched, entry.parent) for entry in party.lists] == [
            ("US OFAC SDN", "SHIP BANK PLC", parent)
        ]


def test_a_brand_that_meets_a_further_name_is_not_sure(build: Build, tmp_path: Path) -> None:
    base = build(
        publishers__ship="entity: Ship Bank\nnames: [Kimono]\nconfidence: verified\n",
        publishers__raft="entity: Kimono\nconfidence: verified\n",
    )
    row = {"source": SDN, "type": "Entity", "name": "Silk Trading", "alt_names": "Kimono"}
    knowledge = imported(base, tmp_path, csl(row))
    found = {}
    for name in ("ship", "raft"):
        party = publishers.look_up(knowledge, name)
        assert isinstance(party, Party)
        found[name] = [(entry.matched, entry.confidence.value) for entry in party.lists]
    assert found == {"ship": [("Silk Trading", "unverified")], "raft": [("Silk Trading", "verified")]}


def _index(base: Knowledge, tmp_path: Path) -> object:
    from scanner.knowledge.compile import compile_sources

    assert base.keys("publishers") == ("raft", "ship")
    return compile_sources(tmp_path / "data")
