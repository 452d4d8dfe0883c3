"""What each license record says stands there on its own: no field takes its value from another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import scanner.knowledge
from tests.knowledge.test_license_quotations import texts

RECORDS = Path(scanner.knowledge.__file__).parent / "data" / "licenses"
MAX_WORDS_OF_A_PHRASE = 3
"""A value this short (`allowed`, `no license`) may be right in two places."""
PLACE_AND_QUOTATION = re.compile(r'[^"].*: ".+"', re.DOTALL)
"""The form in which a quotation is looked up in its text: `§2: "you must request"`."""


def _named_values(node: Any, place: str = "terms") -> Iterator[tuple[str, Any, str]]:
    """Every term below a node that holds a value: its dotted place, the value, its clause."""
    if isinstance(node, dict):
        if "value" in node and "metric" not in node:
            yield place, node["value"], str(node.get("clause", "none"))
        for name, each in node.items():
            yield from _named_values(each, f"{place}.{name}")
    elif isinstance(node, list):
        for at, each in enumerate(node):
            yield from _named_values(each, f"{place}[{at}]")


def _tells_something(value: Any, clause: str) -> bool:
    """Whether a value is more than a word that many fields have in common."""
    if value is True:
        return '"' in clause
    return isinstance(value, str) and len(value.split()) > MAX_WORDS_OF_A_PHRASE


def _shared_values(record: dict[str, Any]) -> list[tuple[str, str]]:
    """Pairs of places of one record that say one and the same thing."""
    first_place: dict[tuple[Any, str], str] = {}
    shared = []
    for place, value, clause in _named_values(record.get("terms")):
        if not _tells_something(value, clause):
            continue
        said = (value, clause if value is True else "")
        if said in first_place:
            shared.append((first_place[said], place))
        first_place.setdefault(said, place)
    return shared


def test_a_value_under_two_fields_is_seen() -> None:
    duty = {"value": "keep the notices that are there", "clause": "none"}
    asked = {"value": True, "clause": '§1: "must retain"'}
    record = {
        "terms": {
            "attribution": duty,
            "trademark": duty,
            "naming": asked,
            "update": asked,
            "export": {"value": "none"},
            "termination": {"value": "none"},
        }
    }
    assert _shared_values(record) == [
        ("terms.attribution", "terms.trademark"),
        ("terms.naming", "terms.update"),
    ]


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_record_repeats_no_value_and_points_to_none(path: Path) -> None:
    text = path.read_text("utf-8")
    pointers = [
        token.value for token in yaml.scan(text) if isinstance(token, (yaml.AnchorToken, yaml.AliasToken))
    ]
    assert pointers == []
    assert _shared_values(yaml.safe_load(text)) == []


def _clauses(node: Any) -> Iterator[str]:
    """Every clause below a node."""
    if isinstance(node, dict):
        clause = node.get("clause")
        if isinstance(clause, str):
            yield clause
        for each in node.values():
            yield from _clauses(each)
    elif isinstance(node, list):
        for each in node:
            yield from _clauses(each)


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_quotation_stands_behind_the_place_it_is_from(path: Path) -> None:
    terms = yaml.safe_load(path.read_text("utf-8")).get("terms")
    misplaced = [
        clause for clause in _clauses(terms) if '"' in clause and not PLACE_AND_QUOTATION.fullmatch(clause)
    ]
    assert misplaced == []


def _idle_words(node: Any, place: str = "terms") -> Iterator[str]:
    """Places of words that must appear although nothing is asked for there."""
    if isinstance(node, dict):
        if "words" in node and node.get("value") in (False, "none"):
            yield place
        for name, each in node.items():
            yield from _idle_words(each, f"{place}.{name}")


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_words_stand_only_where_something_is_asked(path: Path) -> None:
    assert list(_idle_words(yaml.safe_load(path.read_text("utf-8")).get("terms"))) == []


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_use_policy_with_an_address_is_linked_as_a_document_of_its_own(path: Path) -> None:
    record = yaml.safe_load(path.read_text("utf-8"))
    terms = record.get("terms")
    address = terms.get("aup_url") if isinstance(terms, dict) else None
    assert not isinstance(address, str) or address in {each["url"] for each in record.get("documents", ())}


SILENT = (False, "none", "not addressed", [])
NOTHING_SAID = re.compile(r"no general .*|.* is not said")
"""Values that say of a whole text that something is not in it; no place in it can be named."""
ELSEWHERE = ("as included", "Acceptable Use Policy")
"""Words of a clause that stands in another text than the record's own."""


def _verified(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The place and clause of every verified term that says something for which a place can be named."""
    for place, value, clause, confidence in _terms(record.get("terms")):
        is_its_own = place == "terms.aup" and record["kind"] == "use-policy"
        is_telling = value not in SILENT and not NOTHING_SAID.match(str(value))
        if confidence == "verified" and is_telling and not is_its_own:
            yield place, clause


def _terms(node: Any, place: str = "terms") -> Iterator[tuple[str, Any, str, str]]:
    if isinstance(node, dict):
        said = node.get("value", node.get("field", node.get("metric")))
        if said is not None and "confidence" in node:
            yield place, said, str(node.get("clause", "none")), node["confidence"]
        for name, each in node.items():
            yield from _terms(each, f"{place}.{name}")
    elif isinstance(node, list):
        for at, each in enumerate(node):
            yield from _terms(each, f"{place}[{at}]")


def _records(path: Path) -> list[dict[str, Any]]:
    body = yaml.safe_load(path.read_text("utf-8"))
    return list(body["records"].values()) if "records" in body else [body]


def test_a_verified_term_without_its_place_is_seen() -> None:
    terms = {
        "aup": {"value": True, "confidence": "verified"},
        "update": {"value": "at any time", "clause": "§2", "confidence": "verified"},
        "export": {"value": "none", "confidence": "verified"},
        "termination": {"value": "no general termination clause", "confidence": "verified"},
        "field_bans": [{"field": "military", "confidence": "verified"}],
        "naming": {"value": "a name", "confidence": "unverified"},
    }
    assert list(_verified({"kind": "license", "terms": terms})) == [
        ("terms.aup", "none"),
        ("terms.update", "§2"),
        ("terms.field_bans[0]", "none"),
    ]
    assert list(_verified({"kind": "use-policy", "terms": {"aup": terms["aup"]}})) == []


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_verified_term_names_its_place_in_the_text(path: Path) -> None:
    verified = [each for record in _records(path) for each in _verified(record)]
    assert [place for place, clause in verified if clause in ("none", "")] == []


@pytest.mark.parametrize("key", sorted(texts()))
def test_a_verified_term_of_a_text_at_hand_is_quoted(key: str) -> None:
    verified = _verified(yaml.safe_load((RECORDS / f"{key}.yaml").read_text("utf-8")))
    assert [
        (place, clause)
        for place, clause in verified
        if '"' not in clause and not any(word in clause for word in ELSEWHERE)
    ] == []
