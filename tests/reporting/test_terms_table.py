from __future__ import annotations

from scanner.reporting.terms_table import TermLine, license_table
from tests.reporting.sample_assets import CHAT, GGUF
from tests.reporting.sample_report import EMPTY, REPORT


def test_a_license_stands_once_with_those_under_it_and_those_who_inherit_it() -> None:
    table = {license_.key: license_ for license_ in license_table(REPORT)}
    assert list(table) == ["apache-2.0", "cc-by-4.0", "cloudy-terms", "meadow-1.0", "mit"]
    assert (table["meadow-1.0"].models, table["meadow-1.0"].inherited_by) == ((CHAT,), (GGUF,))
    assert license_table(EMPTY) == ()


def test_what_a_text_says_stands_with_its_clause_and_silence_is_silence() -> None:
    meadow = next(license_ for license_ in license_table(REPORT) if license_.key == "meadow-1.0")
    assert meadow.lines[:3] == (
        TermLine(
            "Commercial use",
            "conditional",
            'section 2: "more than 100 million monthly active users"',
            "verified",
        ),
        TermLine(
            "Threshold",
            "monthly_active_users > 100,000,000 users: request a license",
            "section 2",
            "verified",
        ),
        TermLine("Excluded territory", "XA", 'section 5: "is not granted in"', "verified"),
    )
    assert "Naming" in meadow.silent
    governing = next(line for line in meadow.lines if line.name == "Governing law")
    assert governing.value == "unknown (the section is not in the text that was read)"


def test_terms_that_are_not_known_say_why() -> None:
    hosted = next(license_ for license_ in license_table(REPORT) if license_.key == "cloudy-terms")
    assert (hosted.lines, hosted.unread) == ((), "the terms of service were not read")
