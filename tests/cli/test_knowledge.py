from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scanner.cli.main import run
from scanner.knowledge import catalog
from scanner.knowledge.store import open_knowledge
from tests.local_hub import LocalHub, serve
from tests.reporting.schema import mistakes

DAY = ["--date", "2026-11-22"]


@pytest.fixture(autouse=True)
def here(surroundings: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_kinds_are_counted_and_their_records_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "list", "-f", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["schema"] == "lading.knowledge-list/1"
    assert said["kinds"]["publishers"] >= 214
    assert said["kinds"]["providers"] >= 105
    assert said["kinds"]["catalog"] >= 2000
    assert run(["knowledge", "list", "publishers", "-f", "json"]) == 0
    assert "Qwen" in json.loads(capsys.readouterr().out)["keys"]


def test_a_kind_that_is_none_is_refused_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "list", "wishes"]) == 2
    assert "there are no records of 'wishes'" in capsys.readouterr().err


def test_lists_are_shown_with_their_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "list", "lists"]) == 0
    said = capsys.readouterr().out
    texas = re.search(
        r"Texas prohibited technologies \(state devices\)\n  (\d+) entries, as of (\S+); (\w+)", said
    )
    assert texas is not None
    assert (int(texas[1]) > 10, texas[2]) == (True, "2026-01-26")
    assert "\n  1 entry, as of " in said


def test_shipped_records_have_no_mistakes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "check", "-f", "json", *DAY]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["schema"], said["old"]) == ("lading.knowledge-check/1", [])


def test_records_older_than_asked_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "ours" / "publishers"
    folder.mkdir(parents=True)
    (folder / "Ship.yaml").write_text("entity: Ship\nsource: memo\nread_on: 2026-01-02\n", "utf-8")
    (folder / "Raft.yaml").write_text("entity: Raft\nsource: memo\nread_on: 2026-11-20\n", "utf-8")
    assert run(["knowledge", "check", "ours", "--older-than", "30", "-f", "json", *DAY]) == 1
    old = {one["record"]: one["day"] for one in json.loads(capsys.readouterr().out)["old"]}
    assert old["publishers/Ship"] == "2026-01-02"
    assert "publishers/Raft" not in old


def test_a_record_with_mistakes_is_shown_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ours" / "publishers"
    folder.mkdir(parents=True)
    (folder / "Ship.yaml").write_text("entity: Ship\ncontry: NO\nrole: captain\ncountry: Norway\n", "utf-8")
    assert run(["knowledge", "check", "ours"]) == 2
    said = capsys.readouterr().err
    for line in (
        "ours/publishers/Ship.yaml:2:1: a record of publishers has no field 'contry'",
        "did you mean 'country'?",
        "ours/publishers/Ship.yaml:3:7: role cannot be 'captain'",
        "ours/publishers/Ship.yaml:4:10: country cannot be 'Norway'",
    ):
        assert line in said


def test_an_imported_list_says_whom_it_names_and_how_to_use_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.csv").write_text("name,as_of,source\nMistral AI SAS,2026-05-01,memo 7\n", "utf-8")
    arguments = ["knowledge", "import-list", "list.csv", "--name", "House list", *DAY]
    assert run(arguments) == 0
    assert capsys.readouterr().out == (
        "lading-knowledge/lists/house-list.json: House list, 1 entry, as of 2026-11-22\n"
        "  names 2 on record: publishers/mistralai, providers/mistral\n"
        "to use it, say in the policy:  knowledge: [./lading-knowledge]\n"
    )
    first = (tmp_path / "lading-knowledge/lists/house-list.json").read_bytes()
    assert run(arguments) == 0
    assert (tmp_path / "lading-knowledge/lists/house-list.json").read_bytes() == first


def test_a_file_that_is_no_list_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", "utf-8")
    assert run(["knowledge", "import-list", "list.csv"]) == 2
    assert "its columns are those of no list lading knows" in capsys.readouterr().err
    assert not (tmp_path / "lading-knowledge").exists()


def test_an_update_keeps_what_the_hub_says_as_rows_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = LocalHub()
    hub.add("ship/Sail", "mit", "ship/Keel", gated="auto", card={"datasets": ["ship/Winds"]})
    hub.add("ship/Keel", "other", card={"license_name": "keel-license"})
    with serve(hub):
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        assert run(["knowledge", "update", "ship/Sail", "ship/Keel", "ship/Gone", *DAY]) == 0
        said = capsys.readouterr().out
        assert run(["knowledge", "update", "ship/Sail", "-f", "json", *DAY]) == 0
        assert mistakes(json.loads(capsys.readouterr().out), "knowledge-1.json") == []
    assert "ship/Sail: new\n" in said
    assert "ship/Gone: the Hub gave no answer to keep\n" in said
    knowledge = open_knowledge((Path("lading-knowledge"),))
    sail = catalog.look_up(knowledge, "hf-model", "ship/Sail")
    keel = catalog.look_up(knowledge, "hf-model", "ship/Keel")
    assert sail is not None
    assert keel is not None
    assert (sail.license_ids, sail.bases, sail.relation, sail.root, sail.gated, sail.as_of) == (
        ("mit",),
        ("ship/Keel",),
        "finetune",
        "no",
        "auto",
        "2026-11-22",
    )
    assert (keel.license_ids, keel.license_name, keel.root) == (("other",), "keel-license", "unknown")


def test_only_names_of_the_hub_can_be_updated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "update", "publisher:Qwen"]) == 2
    assert "only models and datasets of the Hub" in capsys.readouterr().err


def test_check_of_a_license_record_names_what_is_missing_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "TEXT").write_text("Our own words.\n", "utf-8")
    assert run(["license", "new", "our-1", "TEXT"]) == 0
    (tmp_path / "our-1.yaml").write_text(capsys.readouterr().out, "utf-8")
    assert run(["knowledge", "check", "our-1.yaml"]) == 2
    assert "our-1.yaml:18: terms were not read\n" in capsys.readouterr().out
    assert run(["knowledge", "check", "our-1.yaml", str(tmp_path)]) == 2
    assert "files and folders are checked apart" in capsys.readouterr().err


def test_every_answer_keeps_its_promised_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("name,as_of,source\nMistral AI SAS,2026-05-01,memo 7\n", "utf-8")
    for words in (
        ["list"],
        ["list", "publishers"],
        ["check"],
        ["import-list", "list.csv", "--name", "House"],
    ):
        run(["knowledge", *words, "-f", "json", *(DAY if words[0] in ("check", "import-list") else [])])
        assert mistakes(json.loads(capsys.readouterr().out), "knowledge-1.json") == [], words
