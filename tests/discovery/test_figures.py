"""Catalogs of prices and limits tell of models; they use none of them."""

import json
from typing import Any

import pytest

from tests.discovery.config_kit import mentions, names

SIZE = 120


def listed(count: int, **figures: Any) -> str:
    return json.dumps({"models": [{"name": f"lab{at}/tern-7b", **figures} for at in range(count)]}, indent=1)


@pytest.mark.parametrize(
    "figures",
    [{"context_window": 8192}, {"maxOutput": 4096}, {"input_cost_per_token": 1e-6}, {"pricing": {"in": 1}}],
)
def test_names_in_a_large_table_of_figures_are_mentions(figures: dict[str, Any]) -> None:
    text = listed(SIZE, **figures)
    assert (len(names(text, "json")), len(mentions(text, "json"))) == (0, SIZE)


def test_a_table_keyed_by_names_is_one_too() -> None:
    text = json.dumps({"models": {f"lab{at}/tern-7b": {"max_tokens": 8192} for at in range(SIZE)}}, indent=1)
    assert (len(names(text, "json")), len(mentions(text, "json"))) == (0, SIZE)


@pytest.mark.parametrize(("count", "figures"), [(SIZE, {"title": "x"}), (20, {"context_window": 8192})])
def test_a_choice_of_models_is_used(count: int, figures: dict[str, Any]) -> None:
    text = listed(count, **figures)
    assert (len(names(text, "json")), len(mentions(text, "json"))) == (count, 0)


def test_what_stands_beside_the_table_is_used() -> None:
    catalog = json.loads(listed(SIZE, context_window=8192))
    text = json.dumps({**catalog, "default": {"model": "lab0/kite-7b"}}, indent=1)
    assert [found.split()[1] for found in names(text, "json")] == ["lab0/kite-7b"]
