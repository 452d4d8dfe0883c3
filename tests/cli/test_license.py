"""lading license, as a user calls it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from scanner.cli._license_page import listed, page, rows, show_record
from scanner.cli.license import COMMAND, SHOW_SCHEMA
from scanner.errors import UsageError
from scanner.knowledge.license_tokens import fingerprint, read_words
from scanner.knowledge.licenses import look_up
from scanner.knowledge.store import open_knowledge

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schema"
LICENSE = Path(__file__).resolve().parents[2] / "LICENSE"


def ask(*words: str) -> str:
    answer = CliRunner().invoke(COMMAND, words, catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def schema(name: str) -> Draft202012Validator:
    """A published schema, with those it points to."""
    resources = [(path.name, json.loads(path.read_text("utf-8"))) for path in SCHEMAS.glob("*.json")]
    registry: Registry[Any] = Registry().with_resources(
        [(body["$id"], Resource.from_contents(body)) for _, body in resources if "$id" in body]
    )
    return Draft202012Validator(dict(resources)[name], registry=registry)


def test_every_license_is_shown_as_the_schema_promises() -> None:
    validator = schema("license-1.json")
    knowledge = open_knowledge()
    for key in knowledge.keys("licenses"):
        record = look_up(knowledge, key)
        assert record is not None
        wrong = [
            error.message for error in validator.iter_errors({"schema": SHOW_SCHEMA, **show_record(record)})
        ]
        assert (key, wrong) == (key, [])


def test_identify_and_list_keep_to_their_schemas() -> None:
    schema("license-identify-1.json").validate(json.loads(ask("identify", str(LICENSE), "--format", "json")))
    schema("license-list-1.json").validate(json.loads(ask("list", "--format", "json")))
    schema("license-1.json").validate(json.loads(ask("show", "mit", "--format", "json")))


def test_identify_says_which_text_stands_where() -> None:
    assert json.loads(ask("identify", str(LICENSE), "--format", "json")) == {
        "schema": "lading.license-identify/1",
        "files": [
            {
                "file": LICENSE.as_posix(),
                "answer": "apache-2.0",
                "exact": True,
                "matches": [
                    {
                        "key": "apache-2.0",
                        "spdx": "Apache-2.0",
                        "score": 1.0,
                        "differences": [],
                        "start_line": 2,
                        "end_line": 202,
                    }
                ],
            }
        ],
    }


def test_identify_names_what_makes_a_text_another_one(tmp_path: Path) -> None:
    changed = tmp_path / "LICENSE"
    changed.write_text(
        LICENSE.read_text("utf-8").replace("royalty-free, irrevocable", "irrevocable, non-commercial")
    )
    said = ask("identify", str(changed))
    assert said.startswith(f"{changed.as_posix()}: unknown\n  modified, or another version of apache-2.0 (")
    assert "grant or limit: " in said


def test_a_name_of_a_license_is_no_license(tmp_path: Path) -> None:
    named = tmp_path / "README.md"
    named.write_text("Licensed under the Apache License, Version 2.0.\n")
    assert ask("identify", str(named)) == f"{named.as_posix()}: none\n"


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        ask("identify", str(tmp_path / "nothing"))


def test_show_takes_any_name_of_a_license() -> None:
    shown = json.loads(ask("show", "llama3.1", "--format", "json"))
    assert (shown["schema"], shown["key"], shown["category"]) == (
        "lading.license/1",
        "llama-3.1",
        "commercial-limited",
    )
    assert shown["terms"]["thresholds"][0]["value"] == 700_000_000


def test_show_writes_a_page() -> None:
    said = ask("show", "Apache-2.0")
    assert said.startswith("Apache License\n==============\nkey       apache-2.0\n")
    assert "Passing it on\n  copy of license        yes" in said


def test_a_page_says_which_versions_differ_in_what_and_which_documents_bind() -> None:
    said = " ".join(ask("show", "llama3.1").split())
    assert (
        "see also llama-3.2, newer, stricter: names and dates in the agreement; its use policy keeps" in said
    )
    said = " ".join(ask("show", "gemma").split())
    assert (
        "binds too Gemma Prohibited Use Policy (https://ai.google.dev/gemma/prohibited_use_policy; " in said
    )
    assert "lading license show gemma-pup-2024-02-21)" in said


def test_a_page_names_the_version_before_and_how_it_differs() -> None:
    said = " ".join(ask("show", "llama-3.2").split())
    assert "see also llama-3.1, older: names and dates in the agreement; its use policy excludes no" in said
    assert ", older:" not in ask("show", "mit")


def test_no_page_is_wider_than_a_terminal() -> None:
    knowledge, wide = open_knowledge(), []
    for key in knowledge.keys("licenses"):
        record = look_up(knowledge, key)
        assert record is not None
        lines = page(record).splitlines()
        wide += [(key, line) for line in lines if len(line) > 80]
    assert wide == []


def test_an_address_too_long_for_its_column_is_whole_or_broken_behind_a_slash() -> None:
    lines = ask("show", "alphafold3-weights").splitlines()
    folder = "(https://github.com/google-deepmind/alphafold3/blob/main/"
    assert folder + "OUTPUT_TERMS_OF_USE.md)" in lines
    assert lines[lines.index(folder) + 1].strip() == "WEIGHTS_PROHIBITED_USE_POLICY.md;"


def test_show_of_a_license_nobody_knows_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no license is known as 'nope'"):
        ask("show", "nope")


def test_list_can_be_narrowed_to_a_category() -> None:
    found = json.loads(ask("list", "--category", "public-domain", "--format", "json"))["licenses"]
    assert {"cc0-1.0", "unlicense", "pddl-1.0"} <= {row["key"] for row in found}
    assert {row["category"] for row in found} == {"public-domain"}


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_list_stays_within_the_window_and_leaves_no_word_out(width: int) -> None:
    said = list(listed(rows(), width))
    assert max(map(len, said)) <= width
    assert " ".join(" ".join(said).split()) == " ".join(
        f"{row['key']} {row['category']} {row['title']}" for row in rows()
    )


def test_a_list_that_fits_has_a_line_for_each_license(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert ask("list", "--category", "public-domain").splitlines()[0].split()[:2] == [
        "cc-pddc",
        "public-domain",
    ]
    found = [row for row in rows() if row["category"] == "public-domain"]
    assert len(list(listed(found, 120))) == len(found)


def test_new_begins_a_record_with_hash_and_relatives(tmp_path: Path) -> None:
    changed = tmp_path / "text"
    changed.write_text(
        LICENSE.read_text("utf-8").replace("Version 2.0, January 2004", "Version 7.0, January 2031")
    )
    said = ask("new", "some-license", str(changed))
    assert said.startswith("key: some-license\nkind: license\nspdx: LicenseRef-lading-some-license\n")
    record = yaml.safe_load(said)
    assert [sibling["key"] for sibling in record["siblings"]][:1] == ["apache-2.0"]
    assert "2.0" in record["siblings"][0]["difference"]
    assert record["text"]["sha256"] == hashlib.sha256(changed.read_bytes()).hexdigest()
    assert record["text"]["fingerprint"] == fingerprint(read_words(changed.read_text("utf-8")))
    assert record["terms"] == {"unknown": "text not read for its terms yet"}


def test_new_names_the_three_nearest_relatives_with_the_differences(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text(LICENSE.read_text("utf-8") + "\nThe Work may not be used in games.\n")
    siblings = yaml.safe_load(ask("new", "house", str(text)))["siblings"]
    assert siblings[0]["key"] == "apache-2.0"
    assert "games" in siblings[0]["difference"]
    assert len(siblings) == 3
    assert all(sibling["difference"] for sibling in siblings)


def test_check_names_what_is_missing(tmp_path: Path) -> None:
    record = tmp_path / "new.yaml"
    record.write_text("key: new\n")
    answer = CliRunner().invoke(COMMAND, ["check", str(record)])
    assert answer.exit_code == 1
    assert f"{record.as_posix()}:1: the field 'title' is missing" in answer.output
