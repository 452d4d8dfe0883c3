from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scanner.knowledge import publishers
from scanner.knowledge.store import open_knowledge
from scanner.policy.likeness import find_original
from scanner.policy.rules.name_looks_like import RULE as RULE_
from scanner.records.asset import Party
from scanner.records.finding import Judgement
from scanner.records.sighting import Kind
from tests.policy import look_alikes
from tests.policy.build import ancestor, asset, judge, only, said

RULE = "name-looks-like"
KINDS = ("ONE_LETTER", "HOMOGLYPHS", "HYPHENS", "DIGITS", "DROPPED")


@pytest.fixture(scope="module")
def knowledge() -> Any:
    return open_knowledge()


def at(name: str, knowledge: Any, **changes: Any) -> Judgement:
    return judge("license-unknown: off", asset(name, **changes), knowledge=knowledge)


@pytest.mark.parametrize("kind", KINDS)
def test_made_up_names_of_each_kind_are_found(kind: str, knowledge: Any) -> None:
    pairs = getattr(look_alikes, kind)
    assert len(pairs) == len(set(pairs)) == 10
    for name, original in pairs:
        finding = only(at(name, knowledge), RULE)
        assert (finding.level.value, finding.evidence[0].value) == ("warning", original)


def test_the_message_spells_out_letters_of_other_alphabets(knowledge: Any) -> None:
    finding = only(at("micros\u043eft/phi-2", knowledge), RULE)
    assert finding.message == (
        "micros\\u043eft/phi-2 looks like microsoft/phi-2 and differs from it by letters that look alike"
    )


def test_no_name_of_the_catalog_is_found(knowledge: Any) -> None:
    names = [key for key in knowledge.keys("catalog") if ":" not in key]
    assert len(names) > 1000
    facts: Any = SimpleNamespace(knowledge=knowledge)
    assert [name for name in names if list(RULE_.check(asset(name), facts, RULE_.options()))] == []


def test_names_of_accounts_without_a_record_are_not_taken_for_those_of_known_publishers(
    knowledge: Any,
) -> None:
    names = [key for key in knowledge.keys("catalog") if ":" not in key and "/" in key]
    accounts = {name.partition("/")[0] for name in names}
    known = {each for each in accounts if isinstance(publishers.look_up(knowledge, each), Party)}
    originals = tuple(name for name in names if name.partition("/")[0] in known)
    only_known: Any = SimpleNamespace(memo={}, keys=lambda kind: originals)
    others = sorted(set(names) - set(originals))
    assert len(others) > 500
    assert [name for name in others if find_original(only_known, name)] == []


def test_a_model_made_from_the_original_passes(knowledge: Any) -> None:
    base = ancestor("microsoft/phi-2", "mit", of="microsaft/phi-2")
    assert said(at("microsaft/phi-2", knowledge, lineage=(base,)), RULE) == []


def test_a_known_publisher_passes(knowledge: Any) -> None:
    assert said(at("microsoft/phl-2", knowledge), RULE) == []


def test_other_kinds_are_not_compared(knowledge: Any) -> None:
    assert said(at("microsaft/phi-2", knowledge, kind=Kind.TORCH_HUB), RULE) == []


def test_an_exception_covers_it(knowledge: Any) -> None:
    held = (
        "version: 1\nexceptions:\n  - {rule: name-looks-like, reference: microsaft/phi-2, owner: o, "
        "reason: ours, granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    assert only(judge(held, asset("microsaft/phi-2"), knowledge=knowledge), RULE).exception is not None


def test_no_name_the_package_mteb_uses_is_found(knowledge: Any) -> None:
    try:
        files = metadata.distribution("mteb").files or []
    except metadata.PackageNotFoundError:
        pytest.skip("mteb, whose names are looked up, is not installed")
    texts = [Path(str(each.locate())).read_text("utf-8") for each in files if each.suffix == ".py"]
    quoted = re.compile(r"(?:name\s*=|[\"']path[\"']\s*:)\s*[\"']([\w.-]+/[\w.-]+)[\"']")
    names = {found for text in texts for found in quoted.findall(text)}
    assert len(names) > 1000
    facts: Any = SimpleNamespace(knowledge=knowledge)
    kinds = (Kind.HF_MODEL, Kind.HF_DATASET)
    found = {
        name
        for name in names
        for kind in kinds
        if list(RULE_.check(asset(name, kind=kind), facts, RULE_.options()))
    }
    assert found == set()
