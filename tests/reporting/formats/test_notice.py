from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scanner.records.unknown import Unknown
from scanner.reporting.write import render
from tests.reporting.sample_assets import ASSETS, GGUF, MEADOW_TERMS
from tests.reporting.sample_report import EMPTY, REFERENCES, REPORT


def test_the_whole_text(golden: Callable[[str, str], None]) -> None:
    golden("notice/NOTICE.txt", render(REPORT, "notice"))
    golden("notice/empty.txt", render(EMPTY, "notice"))


def test_words_an_inherited_license_asks_for_stand_with_the_model_that_inherits_them() -> None:
    block = render(REPORT, "notice").split(f"{GGUF}\n")[1].split("\n\n")[0]
    assert block.splitlines()[1] == "Built with Meadow"


def test_words_under_a_condition_stand_there_only_where_the_obligation_does() -> None:
    duty = replace(MEADOW_TERMS.attribution, when=("threshold",))
    asset = replace(ASSETS[2], terms=replace(MEADOW_TERMS, attribution=duty))
    owed = replace(REPORT, assets=(asset,))
    assert "\nBuilt with Meadow\n" in render(owed, "notice")
    assert "\nBuilt with Meadow\n" not in render(replace(owed, obligations=()), "notice")


def test_words_the_license_of_training_data_asks_for_are_not_the_models_to_carry() -> None:
    asset = next(each for each in ASSETS if each.name == GGUF)
    data = tuple(replace(each, relation="trained-on") for each in asset.inherited)
    assert "\nBuilt with Meadow\n" in render(replace(REPORT, assets=(asset,)), "notice")
    owed = replace(REPORT, assets=(replace(asset, inherited=data, terms=Unknown("none")),))
    assert "\nBuilt with Meadow\n" not in render(owed, "notice")


def test_a_hosted_service_is_one_line_and_no_country_is_named() -> None:
    text = render(REPORT, "notice")
    assert "- cloudy:meadow-chat, served by Cloudy Services Inc\n" in text
    assert "(XA)" not in text


def test_what_only_tests_and_prose_use_is_not_shipped() -> None:
    unshipped = replace(REPORT, references=(REFERENCES[1], REFERENCES[8]))
    assert render(unshipped, "notice").split("\n\n")[1] == "None."


def test_what_this_very_text_says_is_not_listed_as_not_met() -> None:
    text = render(REPORT, "notice")
    left = text.split("Not met yet")[1]
    assert "\nBuilt with Meadow\n" in text
    assert [line.split(": ", 1)[1] for line in left.split("\n\n")[0].splitlines()[1:]] == [
        "Pass on a copy of the license. (section 1(a))",
        "Pass on a copy of the license. (section 1(a))",
    ]


def test_words_no_block_says_stay_listed() -> None:
    bare = replace(ASSETS[2], terms=Unknown("none"), inherited=())
    left = render(replace(REPORT, assets=(bare,)), "notice").split("Not met yet")[1]
    assert 'Show "Built with Meadow" prominently.' in left
