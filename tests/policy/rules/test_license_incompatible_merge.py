from __future__ import annotations

import pytest

from scanner.records.finding import Judgement
from tests.policy.build import only, said
from tests.policy.licensed import base, judged, licensed

RULE = "license-incompatible-merge"
ON = "license-incompatible-merge: {level: error}"


def merged(key: str, *parents: str) -> Judgement:
    lineage = tuple(base(f"base/{parent}", parent, "acme/mix", "merge") for parent in parents)
    return judged(ON, licensed("acme/mix", key, lineage=lineage))


def test_two_words_cannot_both_come_first_in_a_name() -> None:
    finding = only(merged("exaone-1.1-nc", "exaone-1.1-nc", "hyperclova-x-seed"), RULE)
    assert "one name cannot begin with both “exaone” and “hyperclova x”" in finding.message
    assert "base/hyperclova-x-seed" in finding.message


def test_the_order_of_the_parents_does_not_matter() -> None:
    one = only(merged("gpl-3.0", "gpl-3.0", "llama-2"), RULE)
    other = only(merged("gpl-3.0", "llama-2", "gpl-3.0"), RULE)
    assert one.level is other.level
    assert "gpl-3.0 wants the whole under itself, llama-2 adds terms of its own" in one.message
    assert "gpl-3.0 wants the whole under itself, llama-2 adds terms of its own" in other.message


@pytest.mark.parametrize(
    "parents",
    [("apache-2.0", "mit"), ("gpl-3.0", "apache-2.0"), ("llama-2", "apache-2.0"), ("llama-3.1", "llama-3.1")],
)
def test_licenses_that_can_be_met_together_pass(parents: tuple[str, ...]) -> None:
    assert said(merged("mit", *parents), RULE) == []


def test_what_stands_behind_a_parent_counts() -> None:
    lineage = (
        base("base/gpl", "gpl-3.0", "acme/mix", "merge"),
        base("mid/tuned", "apache-2.0", "acme/mix", "merge"),
        base("base/llama", "llama-2", "mid/tuned", depth=2),
    )
    finding = only(judged(ON, licensed("acme/mix", "gpl-3.0", lineage=lineage)), RULE)
    assert "base/llama (llama-2)" in finding.message
