"""Every shipped fact says where it comes from, of which day it is, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from scanner.knowledge import catalog, providers, publishers
from scanner.knowledge.license_check import MAX_QUOTED_WORDS
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Party

KINDS = ("publishers", "providers", "catalog", "lists")
QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')


def is_said(value: Any) -> bool:
    """Whether a field says something: a value, or that it is not known, and why."""
    return bool(value) if not isinstance(value, dict) else bool(value.get("unknown"))


def bodies(knowledge: Knowledge) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{kind}/{key}", body) for kind in KINDS for key, body in knowledge.all(kind)]


@pytest.mark.parametrize("field", ["source", "as_of", "confidence"])
def test_every_record_has(shipped: Knowledge, field: str) -> None:
    def has(name: str, body: dict[str, Any]) -> bool:
        if name.startswith("lists/"):
            return all(is_said(entry.get(field, body.get(field))) for entry in body["entries"])
        # A row that only says which repository a tag stands for carries no fact of its own to be sure of.
        return is_said(body.get(field)) or (field == "confidence" and "stands_for" in body)

    assert [name for name, body in bodies(shipped) if not has(name, body)] == []


@pytest.mark.parametrize("kind", ["entities", "libraries", "regions", "territories", "countries"])
def test_every_record_of_the_other_kinds_has_a_source_and_a_day(shipped: Knowledge, kind: str) -> None:
    records = dict(shipped.all(kind))
    wanted = ("source", "as_of", "confidence")
    assert records
    assert {
        key: missing
        for key, body in records.items()
        if (missing := [field for field in wanted if not is_said(body.get(field))])
    } == {}


def test_a_license_says_where_its_text_was_read_and_when_or_why_not(shipped: Knowledge) -> None:
    texts = {key: body["text"] for key, body in shipped.all("licenses")}
    assert [
        key
        for key, text in texts.items()
        if not text.get("unknown") and not (is_said(text.get("where")) and is_said(text.get("as_of")))
    ] == []


def quotations(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from quotations(member)
    elif isinstance(value, str):
        yield from (straight or curly for straight, curly in QUOTED.findall(value))


def test_no_quotation_is_longer_than_fifteen_words(shipped: Knowledge) -> None:
    found = [
        (f"{kind}/{key}", quotation)
        for kind in (*KINDS, "licenses", "entities", "regions", "territories", "countries")
        for key, body in shipped.all(kind)
        for quotation in quotations(body)
    ]
    assert len(found) > 2000
    assert [each for each in found if len(each[1].split()) > MAX_QUOTED_WORDS] == []


def test_a_fact_without_a_source_is_unverified(shipped: Knowledge) -> None:
    wrong = [
        name
        for name, body in bodies(shipped)
        if isinstance(body.get("source"), dict) and body.get("confidence", "unverified") != "unverified"
    ]
    assert wrong == []


def test_what_is_known_from_memory_is_unverified(shipped: Knowledge) -> None:
    wrong = [
        name
        for name, body in bodies(shipped)
        if body.get("confidence_note") == "from memory" and body["confidence"] != "unverified"
    ]
    assert wrong == []


def test_every_party_says_who_it_is_or_why_that_is_not_known(shipped: Knowledge) -> None:
    fields = ("entity", "parent", "country", "kind", "role")
    missing = [
        f"{kind}/{key}.{field}"
        for kind in ("publishers", "providers")
        for key, body in shipped.all(kind)
        for field in fields
        if not is_said(body.get(field))
    ]
    assert missing == []


def test_every_record_reads(shipped: Knowledge) -> None:
    for key in shipped.keys("publishers"):
        assert isinstance(publishers.look_up(shipped, key), Party), key
    for key in shipped.keys("providers"):
        assert providers.by_id(shipped, key) is not None, key
    for key in shipped.keys("catalog"):
        kind, colon, name = key.partition(":")
        asked = ("hf-model", key)
        if colon and kind in ("modelscope", "ollama", "dataset"):
            asked = ({"dataset": "hf-dataset"}.get(kind, kind), name)
        row = catalog.look_up(shipped, *asked)
        assert row is not None, key
        assert row.name == asked[1]


def test_relations_lead_to_publishers_on_record(shipped: Knowledge) -> None:
    known = set(shipped.keys("publishers"))
    missing = [
        f"{key} -> {name}"
        for key, body in shipped.all("publishers")
        for name in [body.get("renamed_to")]
        if name and name not in known
    ]
    missing += [
        f"{key} -> {body['publisher']}"
        for key, body in shipped.all("providers")
        if body.get("publisher", "openai") not in known
    ]
    assert missing == []


def test_no_namespace_leads_to_two_publishers(shipped: Knowledge) -> None:
    claimed: dict[str, set[str]] = {}
    for key, body in shipped.all("publishers"):
        for name in (key, *body.get("aliases", ())):
            claimed.setdefault(name.casefold(), set()).add(key)
    assert {name: keys for name, keys in claimed.items() if len(keys) > 1} == {}


def test_no_name_of_the_catalog_leads_to_two_rows(shipped: Knowledge) -> None:
    claimed: dict[str, set[str]] = {}
    for key, body in shipped.all("catalog"):
        for name in (key, *body.get("aliases", ())):
            claimed.setdefault(name.casefold(), set()).add(key)
    assert {name: keys for name, keys in claimed.items() if len(keys) > 1} == {}


def test_no_row_is_its_own_base_and_a_root_has_none(shipped: Knowledge) -> None:
    wrong = []
    for key, body in shipped.all("catalog"):
        bases = body.get("bases", [])
        if isinstance(bases, list) and (key in bases or (bases and body.get("root") == "yes")):
            wrong.append(key)
    assert wrong == []


def test_the_lineages_of_the_catalog_end(shipped: Knowledge) -> None:
    bases = {
        key: [base for base in body.get("bases", []) if isinstance(body.get("bases"), list)]
        for key, body in shipped.all("catalog")
    }
    for start in bases:
        seen, stack = set(), [start]
        while stack:
            name = stack.pop()
            assert not (name == start and seen), f"{start} descends from itself"
            if name not in seen:
                seen.add(name)
                stack += bases.get(name, ())


def test_the_catalog_holds_two_thousand_models(shipped: Knowledge) -> None:
    models = [
        key for key in shipped.keys("catalog") if not key.startswith(("modelscope:", "ollama:", "dataset:"))
    ]
    assert len(models) >= 2000


def test_an_unverified_country_is_never_said_to_be_more(shipped: Knowledge) -> None:
    party = publishers.look_up(shipped, "TheBloke")
    assert isinstance(party, Party)
    assert (party.confidence.value, isinstance(party.country, str)) == ("unverified", False)
