from __future__ import annotations

from dataclasses import replace

from scanner.records.unknown import Unknown
from scanner.reporting.crossings import Crossing, crossings
from scanner.reporting.write import render
from tests.reporting.sample_assets import ASSETS, BASE, CHAT, GGUF, NOTES, SMALL_CO, ancestor
from tests.reporting.sample_report import EMPTY, REPORT

(QUANTIZED,) = (replace(asset, publisher=SMALL_CO) for asset in ASSETS if asset.name == GGUF)


def test_a_base_of_another_country_is_told_in_one_line_and_training_data_is_none() -> None:
    (found,) = crossings(replace(REPORT, assets=(QUANTIZED,)))
    assert isinstance(QUANTIZED.lineage, tuple)
    assert NOTES in [base.name for base in QUANTIZED.lineage]
    assert found == Crossing(GGUF, f"published in XB, from {CHAT} (XA), {BASE} (XA)")


def test_one_country_and_an_unknown_one_cross_nothing() -> None:
    own = replace(ancestor(CHAT, GGUF, "quantized", 1), country="XB")
    unknown = replace(own, country=Unknown("not recorded"))
    for lineage in ((own,), (unknown,), Unknown("not read")):
        assert crossings(replace(REPORT, assets=(replace(QUANTIZED, lineage=lineage),))) == ()
    stranger = replace(QUANTIZED, publisher=Unknown("no record"))
    assert crossings(replace(REPORT, assets=(stranger,))) == ()


def test_the_audit_report_has_the_line_or_says_there_is_none() -> None:
    others = tuple(asset for asset in ASSETS if asset.name != GGUF)
    page = render(replace(REPORT, assets=(*others, QUANTIZED)), "html")
    assert f'<span class="name">{GGUF}</span>: published in XB, from {CHAT} (XA)' in page
    none = "None, as far as the countries of publisher and bases are known."
    assert none not in page
    assert none in render(replace(REPORT, assets=others), "html")
    assert "Lineages that cross countries" not in render(EMPTY, "html")
