"""Names of licenses lead to one record, to a reason, or to an expression."""

from __future__ import annotations

import pytest
from license_expression import get_spdx_licensing  # type: ignore[import-untyped]  # ships no types

from scanner.knowledge.license_names import (
    MAX_WORDS_OF_AN_ID,
    Found,
    keys_of_expression,
    record_for_name,
)
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.unknown import Unknown

HUB_IDS = [
    "apache-2.0",
    "mit",
    "openrail",
    "bigscience-openrail-m",
    "creativeml-openrail-m",
    "bigscience-bloom-rail-1.0",
    "bigcode-openrail-m",
    "afl-3.0",
    "artistic-2.0",
    "bsl-1.0",
    "bsd",
    "bsd-2-clause",
    "bsd-3-clause",
    "bsd-3-clause-clear",
    "c-uda",
    "cc",
    "cc0-1.0",
    "cc-by-2.0",
    "cc-by-2.5",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-sa-3.0",
    "cc-by-sa-4.0",
    "cc-by-nc-2.0",
    "cc-by-nc-3.0",
    "cc-by-nc-4.0",
    "cc-by-nd-4.0",
    "cc-by-nc-nd-3.0",
    "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-2.0",
    "cc-by-nc-sa-3.0",
    "cc-by-nc-sa-4.0",
    "cdla-sharing-1.0",
    "cdla-permissive-1.0",
    "cdla-permissive-2.0",
    "wtfpl",
    "ecl-2.0",
    "epl-1.0",
    "epl-2.0",
    "etalab-2.0",
    "eupl-1.1",
    "eupl-1.2",
    "agpl-3.0",
    "gfdl",
    "gpl",
    "gpl-2.0",
    "gpl-3.0",
    "lgpl",
    "lgpl-2.1",
    "lgpl-3.0",
    "isc",
    "h-research",
    "intel-research",
    "lppl-1.3c",
    "ms-pl",
    "apple-ascl",
    "apple-amlr",
    "mpl-2.0",
    "odc-by",
    "odbl",
    "openmdw-1.0",
    "openmdw-1.1",
    "openrail++",
    "osl-3.0",
    "postgresql",
    "ofl-1.1",
    "ncsa",
    "unlicense",
    "zlib",
    "pddl",
    "lgpl-lr",
    "deepfloyd-if-license",
    "fair-noncommercial-research-license",
    "llama2",
    "llama3",
    "llama3.1",
    "llama3.2",
    "llama3.3",
    "llama4",
    "grok2-community",
    "gemma",
    "unknown",
    "other",
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


@pytest.mark.parametrize("name", HUB_IDS)
def test_every_documented_hub_id_leads_to_one_record_that_lists_it(knowledge: Knowledge, name: str) -> None:
    found = record_for_name(knowledge, name)
    assert isinstance(found, Found)
    body = knowledge.get("licenses", found.key)
    assert body is not None
    assert name in body["hub_ids"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Tongyi Qianwen LICENSE AGREEMENT", "tongyi-qianwen-2023-08-03"),
        ("Llama 3.1 Community License", "llama-3.1"),
        ("The MIT License", "mit"),
        ("Apache License, Version 2.0", "apache-2.0"),
        ("nvidia-open-model-license", "nvidia-open-model-2025-04-28"),
        ("https://mistral.ai/licenses/MRL-0.1.md", "mrl-0.1"),
        ("LicenseRef-scancode-llama-2-license-2023", "llama-2"),
    ],
)
def test_a_name_is_matched_loosely(knowledge: Knowledge, written: str, key: str) -> None:
    assert record_for_name(knowledge, written) == Found(key)


def test_the_repository_decides_between_texts_of_one_name(knowledge: Knowledge) -> None:
    assert record_for_name(knowledge, "modified-mit", "moonshotai/Kimi-K2-Instruct") == Found(
        "kimi-modified-mit"
    )
    assert record_for_name(knowledge, "modified-mit", "MiniMaxAI/MiniMax-M2") == Found(
        "minimax-m2-modified-mit"
    )
    answer = record_for_name(knowledge, "modified-mit", "someone/else")
    assert isinstance(answer, Unknown)
    assert answer.reason.startswith("'modified-mit' names several texts: ")


def test_or_later_is_kept(knowledge: Knowledge) -> None:
    assert record_for_name(knowledge, "GPL-3.0-or-later") == Found("gpl-3.0", "GPL-3.0-or-later")


def test_a_name_nobody_knows_is_quoted(knowledge: Knowledge) -> None:
    assert record_for_name(knowledge, "my cool license") == Unknown(
        "no license is known as 'my cool license'"
    )
    assert record_for_name(knowledge, "x" * 500) == Unknown(f"'{'x' * 80}…' is not the name of a license")


def test_an_expression_names_the_records_of_its_members(knowledge: Knowledge) -> None:
    expression = keys_of_expression(knowledge, "mit OR Apache-2.0")
    assert expression is not None
    assert (expression.text, expression.keys, expression.has_choice) == (
        "MIT OR Apache-2.0",
        ("apache-2.0", "mit"),
        True,
    )


@pytest.mark.parametrize("text", ["see the LICENSE file", "MIT OR", "((((", "MIT AND Nope-9.9", ""])
def test_what_is_no_expression_is_none(knowledge: Knowledge, text: str) -> None:
    assert keys_of_expression(knowledge, text) is None


def test_no_spdx_id_looks_like_a_sentence() -> None:
    symbols = get_spdx_licensing().known_symbols
    names = {*symbols, *(alias for symbol in symbols.values() for alias in symbol.aliases)}
    assert {name for name in names if "/" in name or len(name.split()) > MAX_WORDS_OF_AN_ID} == set()
