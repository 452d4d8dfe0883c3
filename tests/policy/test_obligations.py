"""What is owed for an asset, and whether the project's files show it done."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.records.finding import Obligation
from scanner.records.sighting import Notice
from tests.knowledge.test_license_text import held as license_text
from tests.policy.licensed import base, licensed, under_use

APACHE = (Path(__file__).resolve().parents[2] / "LICENSE").read_text("utf-8")
NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License,\nCopyright © Meta Platforms, Inc. All"
    " Rights Reserved."
)


def owed(key: str, use: str, **changes: object) -> list[Obligation]:
    lineage = changes.pop("lineage", ())
    return list(under_use(licensed("acme/model", key, lineage=lineage), use, **changes).obligations)


def duties(key: str, use: str) -> list[str]:
    return sorted(each.duty for each in owed(key, use))


def test_nothing_is_owed_inside_the_house() -> None:
    assert duties("llama-3.1", "distribution: [internal], finetunes: true, trains_on_outputs: false") == []
    assert duties("gpl-3.0", "distribution: [internal], finetunes: true") == []


@pytest.mark.parametrize(
    ("key", "ways", "finetunes", "expected"),
    [
        ("llama-3.1", "embedded", "false", ["attribution", "copy_of_license", "notice_text"]),
        ("llama-3.1", "hosted-service", "false", ["attribution", "copy_of_license"]),
        ("llama-3.1", "embedded", "true", ["attribution", "copy_of_license", "naming", "notice_text"]),
        ("llama-2", "hosted-service", "false", []),
        ("gemma-2025-03-24", "hosted-service", "false", ["copy_of_license", "use_restrictions_flow_down"]),
        ("mit", "embedded", "false", ["copy_of_license", "retain_notices"]),
        ("unlicense", "embedded", "true", []),
    ],
)
def test_a_way_of_passing_on_brings_its_duties(
    key: str, ways: str, finetunes: str, expected: list[str]
) -> None:
    use = f"distribution: [{ways}], finetunes: {finetunes}, trains_on_outputs: false"
    assert duties(key, use) == expected


def test_an_undeclared_way_leaves_the_duties_unknown() -> None:
    states = {each.duty: each.state for each in owed("mit", "commercial: true")}
    assert states == {"copy_of_license": "unknown", "retain_notices": "unknown"}


def test_a_threshold_brings_a_display() -> None:
    house = "commercial: true, distribution: [embedded], monthly_active_users: 1"
    assert "attribution" not in duties("kimi-modified-mit", f"{house}, monthly_revenue_usd: 20000000")
    shown = owed("kimi-modified-mit", f"{house}, monthly_revenue_usd: 20000001")
    assert [each.text for each in shown if each.duty == "attribution"] == ["show the attribution: “Kimi K2”"]


def test_the_words_of_a_notice_are_seen_however_they_are_wrapped() -> None:
    notices = (Notice("NOTICE", f"Third parties\n\n{NOTICE}\n"),)
    found = owed("llama-3.1", "distribution: [embedded], finetunes: false", notices=notices)
    assert {each.duty: (each.state, each.seen_at) for each in found} == {
        "copy_of_license": ("open", "none"),
        "notice_text": ("met", "NOTICE:3"),
        "attribution": ("open", "none"),
    }


def test_a_copy_is_the_text_and_not_its_name() -> None:
    use = "distribution: [embedded], finetunes: false"
    named = (Notice("NOTICE", "Licensed under the Apache License, Version 2.0"),)
    copied = (Notice("licenses/model.txt", f"The model:\n\n{APACHE}"),)
    assert {each.duty: each.state for each in owed("apache-2.0", use, notices=named)}[
        "copy_of_license"
    ] == "open"
    met = next(each for each in owed("apache-2.0", use, notices=copied) if each.duty == "copy_of_license")
    assert (met.state, met.seen_at) == ("met", "licenses/model.txt:1")
    assert met.clause == '§4(a): "a copy of this License" of apache-2.0'


def test_a_part_of_the_project_cannot_say_that_something_is_missing() -> None:
    found = owed("mit", "distribution: [embedded]", scope="files")
    assert {each.state for each in found} == {"unknown"}


def test_duties_of_ancestors_come_along_once() -> None:
    lineage = (
        base("mid/model", "apache-2.0", "acme/model"),
        base("root/model", "apache-2.0", "mid/model", depth=2),
    )
    found = owed("mit", "distribution: [embedded], finetunes: false", lineage=lineage)
    copies = [each.clause for each in found if each.duty == "copy_of_license"]
    assert copies == [
        '¶2: "this permission notice shall be included" of mit',
        '§4(a): "a copy of this License" of apache-2.0',
    ]


WEIGHTS = "distribution: [embedded], finetunes: false"


def states(key: str, *notices: Notice, use: str = WEIGHTS) -> dict[str, tuple[str, str]]:
    return {each.duty: (each.state, each.seen_at) for each in owed(key, use, notices=notices)}


def test_a_line_that_says_it_is_not_done_meets_nothing() -> None:
    said = Notice("NOTICE", 'TODO: we do not show "Built with Llama" anywhere yet\n')
    assert states("llama-3.1", said)["attribution"] == ("open", "none")
    said = Notice("NOTICE", "This product shows: “Built with Llama”\n")
    assert states("llama-3.1", said)["attribution"] == ("met", "NOTICE:1")


def test_words_inside_a_license_text_meet_nothing_and_the_text_only_its_own_copy() -> None:
    text = license_text("apache-1.1")
    words = "This product includes software developed by the Apache Software Foundation"
    assert words in " ".join(text.replace('"', " ").split())
    assert states("apache-1.1", Notice("LICENSE-old", text)) == {
        "copy_of_license": ("met", "LICENSE-old:1"),
        "retain_notices": ("unknown", "none"),
        "attribution": ("open", "none"),
    }
    assert states("apache-2.0", Notice("LICENSE-old", text))["copy_of_license"] == ("open", "none")
    below = Notice("LICENSE-old", f"{text}\n\n{words} (http://www.apache.org/).\n")
    line = below.text.count("\n")
    assert states("apache-1.1", below)["attribution"] == ("met", f"LICENSE-old:{line}")


def test_words_inside_a_changed_license_text_meet_nothing() -> None:
    text = license_text("apache-1.1").replace("Apache Software Foundation", "Acme Software Foundation", 1)
    assert states("apache-1.1", Notice("LICENSE-old", text))["attribution"] == ("open", "none")


def test_words_inside_a_license_nobody_knows_meet_nothing() -> None:
    clause = (
        "The Licensee shall indemnify the Licensor hereby. This worldwide royalty terminates under the"
        " jurisdiction. No warranty, no liability for damages. Derivative works are redistributed herein.\n"
    )
    text = f"House Model License Agreement\n\n{clause * 6}\nBuilt with Llama\n"
    assert states("llama-3.1", Notice("LICENSE-house", text))["attribution"] == ("open", "none")
    assert states("llama-3.1", Notice("LICENSES/house.txt", text))["attribution"] == ("open", "none")
    assert states("llama-3.1", Notice("NOTICE", text))["attribution"] == ("met", "NOTICE:10")


def test_many_license_texts_in_one_notice_are_all_found() -> None:
    keys = ["mit", "isc", "zlib", "bsd-2-clause", "ofl-1.1", "afl-3.0", "artistic-2.0", "epl-2.0", "mpl-2.0"]
    notice = Notice("NOTICE", f"\n\n{'=' * 40}\n\n".join(license_text(key) for key in keys))
    found = {
        key: states(key, notice)["copy_of_license"][0] for key in keys if "copy_of_license" in states(key)
    }
    assert found == dict.fromkeys(found, "met")
    assert len(found) > 6
