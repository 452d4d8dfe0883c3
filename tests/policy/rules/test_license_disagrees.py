from __future__ import annotations

from dataclasses import replace

from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from tests.policy.build import only, said
from tests.policy.licensed import judged, licensed

RULE = "license-disagrees"
ON = "license-disagrees: {level: warning}"


def stating(*statements: tuple[str, str]) -> Asset:
    """An asset whose places say these (fact, license)."""
    made = licensed("acme/model", statements[0][1])
    evidence = tuple(
        Evidence(f"license.{fact}", key, "hub:test", "2026-11-01", Confidence.VERIFIED, location=f"{fact}.md")
        for fact, key in statements
    )
    return replace(made, license=replace(made.license, evidence=evidence))


def test_one_voice_passes() -> None:
    assert said(judged(ON, stating(("declared", "mit"))), RULE) == []
    assert said(judged(ON, stating(("declared", "mit"), ("text", "mit"))), RULE) == []


def test_card_and_text_that_differ_are_found() -> None:
    finding = only(judged(ON, stating(("declared", "mit"), ("text", "llama-3.1"))), RULE)
    assert finding.message == "acme/model: the card says mit, the license text (text.md) is llama-3.1"


def test_the_header_of_the_weights_counts() -> None:
    finding = only(judged(ON, stating(("declared", "llama-3.1"), ("header", "mit"))), RULE)
    assert "the header of the weight file (header.md) is mit" in finding.message


def test_one_of_several_texts_is_enough() -> None:
    asset = stating(("declared", "deepseek-la-1.0"), ("text", "mit"), ("text", "deepseek-la-1.0"))
    assert said(judged(ON, asset), RULE) == []


def test_texts_that_differ_in_names_and_dates_agree() -> None:
    asset = stating(
        ("declared", "openrail-plusplus-2022-11-24"), ("text", "openrail-plusplus-sdxl-2023-07-26")
    )
    assert said(judged(ON, asset), RULE) == []


def test_a_card_that_lists_two_is_not_contradicted_by_one() -> None:
    asset = stating(("declared", "MIT AND Apache-2.0"), ("text", "apache-2.0"))
    assert said(judged(ON, asset), RULE) == []
