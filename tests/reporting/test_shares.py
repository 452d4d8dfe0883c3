from __future__ import annotations

from scanner.reporting.shares import Share, category_order, of_categories, of_countries, of_parties, shares
from tests.reporting.sample_report import EMPTY, REPORT


def test_the_most_frequent_stands_first_and_the_unknown_last() -> None:
    assert shares(["b", "unknown", "unknown", "a", "b"]) == (
        Share("b", 2, 40.0, 0.0),
        Share("a", 1, 20.0, 40.0),
        Share("unknown", 2, 40.0, 60.0),
    )
    assert shares([]) == ()


def test_every_asset_falls_into_one_category() -> None:
    found = of_categories(REPORT)
    assert sum(share.count for share in found) == len(REPORT.assets)
    assert {share.label for share in found} <= set(category_order())


def test_the_four_questions_of_origin_are_answered_apart() -> None:
    answered = {
        question: {share.label: share.count for share in found} for question, found in of_countries(REPORT)
    }
    assert answered == {
        "Publisher": {"XA": 2, "XB": 1, "XC": 1, "unknown": 2},
        "Developer": {"XA": 3, "XB": 1, "XC": 1, "unknown": 1},
        "Lineage (any ancestor)": {"XA": 2, "XC": 1, "unknown": 2},
        "Serving entity": {"XC": 1},
    }
    assert [found for _, found in of_countries(EMPTY)] == [(), (), (), ()]


def test_developers_their_parents_and_services_have_their_shares() -> None:
    answered = {
        question: {share.label: share.count for share in found} for question, found in of_parties(REPORT)
    }
    assert answered == {
        "Developer": {
            "Example Laboratory Ltd": 3,
            "Open Data Foundation": 1,
            "Small Company GmbH": 1,
            "unknown": 1,
        },
        "Parent of the developer": {"Example Holding": 3, "none": 2, "unknown": 1},
        "Serving entity": {"Cloudy Services Inc": 1},
    }
