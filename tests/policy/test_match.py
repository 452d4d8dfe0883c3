from __future__ import annotations

import time

import pytest

from scanner.policy.match import Entity, Glob, first_match
from scanner.records.unknown import Unknown


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("Qwen/Qwen2.5-7B", "Qwen/Qwen2.5-7B", True),
        ("qwen/qwen2.5-7b", "Qwen/Qwen2.5-7B", True),
        ("Qwen/Qwen2.5-7B", "Qwen/Qwen2.5-7B-Instruct", False),
        ("Qwen/Qwen2.5-7B", "Qwen/Qwen2x5-7B", False),
        ("Qwen/*", "Qwen/Qwen3-8B", True),
        ("Qwen/*", "Qwen/a/b", False),
        ("Qwen/**", "Qwen/a/b", True),
        ("*", "gpt2", True),
        ("*", "openai/gpt2", False),
        ("**", "openai/gpt2", True),
        ("acme-?/x", "acme-1/x", True),
        ("acme-?/x", "acme-12/x", False),
        ("[a]/x", "a/x", False),
    ],
)
def test_a_pattern_fits_the_whole_name(pattern: str, name: str, fits: bool) -> None:
    assert Glob(pattern).matches(name) is fits


def test_a_pattern_of_many_stars_costs_no_time_without_bound() -> None:
    began = time.perf_counter()
    assert not Glob("*" * 400 + "b").matches("a" * 500)
    assert time.perf_counter() - began < 1


def test_an_exact_pattern_names_one_thing() -> None:
    assert Glob("a/b").is_exact
    assert not Glob("a/*").is_exact


def test_an_entity_is_known_by_any_of_its_names() -> None:
    assert Entity("deepseek").matches(Unknown("not read"), "DeepSeek", None)
    assert not Entity("deepseek").matches(Unknown("deepseek"), "High-Flyer")


def test_a_star_in_an_entity_stands_for_any_run_of_characters() -> None:
    assert Entity("Alibaba*").matches("Alibaba Cloud / Group")


def test_the_first_entity_of_a_list_that_fits_is_found() -> None:
    entities = (Entity("A"), Entity("B*"), Entity("Bc"))
    assert first_match(entities, "bc") == Entity("B*")
    assert first_match(entities, "z") is None
