"""What each license record says stands there on its own: no field takes its value from another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import scanner.knowledge

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
