from __future__ import annotations

from scanner.reporting.parties import PartyWords, list_entries, parties
from tests.reporting.sample_assets import API, CHAT, CLOUDY, EMBED, GGUF, GONE, NOTES
from tests.reporting.sample_report import EMPTY, REPORT


def test_every_party_stands_once_with_what_it_publishes_developed_and_serves() -> None:
    found = {words.who: roles for words, roles in parties(REPORT)}
    assert found == {
        "Cloudy Services Inc": {"publisher": [], "developer": [], "serving entity": [API]},
        "Example Laboratory Ltd": {
            "publisher": [API, CHAT],
            "developer": [API, CHAT, GGUF],
            "serving entity": [],
        },
        "Open Data Foundation": {"publisher": [NOTES], "developer": [NOTES], "serving entity": []},
        "quanters": {"publisher": [GGUF], "developer": [], "serving entity": []},
        "Small Company GmbH": {"publisher": [EMBED], "developer": [EMBED], "serving entity": []},
        "unknown": {"publisher": [GONE], "developer": [GONE], "serving entity": []},
    }
    assert list(found)[-1] == "unknown"
    assert parties(EMPTY) == []


def test_a_party_says_its_parent_its_country_and_its_source() -> None:
    lab = next(words for words, _ in parties(REPORT) if words.who == "Example Laboratory Ltd")
    assert lab == PartyWords(
        "Example Laboratory Ltd",
        "XA",
        "Example Holding (XB)",
        "knowledge:publishers/example-lab, 2026-11-20, corroborated",
    )


def test_an_entry_of_a_list_names_whom_it_concerns_and_as_what() -> None:
    assert list_entries(REPORT) == [(CLOUDY.lists[0], [(API, ["serving entity"])])]
