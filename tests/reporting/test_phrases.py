from __future__ import annotations

from dataclasses import replace

from scanner.records.report import PolicySource, PolicyStamp
from scanner.records.sighting import Skipped
from scanner.records.terms import Law
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from tests.reporting.sample_assets import GGUF, IDS
from tests.reporting.sample_report import EMPTY, FINDINGS, REFERENCES, REPORT


def test_a_fact_is_said_in_words() -> None:
    values = (Unknown("not read"), True, False, (), ("a", "b"), 3, "x", Law("here", "there"), Law("here"))
    said = [phrases.say(value) for value in values]
    assert said == ["unknown (not read)", "yes", "no", "none", "a, b", "3", "x", "here; venue: there", "here"]
    assert phrases.say_briefly(Unknown("not read")) == "unknown"


def test_numbers_are_counted_in_words() -> None:
    said = [phrases.counted(number, "file") for number in (0, 1, 2, 1024)]
    assert said == ["no files", "1 file", "2 files", "1,024 files"]
    assert phrases.counted(2, "dependency", "dependencies") == "2 dependencies"


def test_a_census_counts_models_datasets_and_hosted_apis_apart() -> None:
    assert phrases.census(REPORT) == "4 models, 1 dataset, 1 hosted API"


def test_the_findings_are_counted_by_level() -> None:
    assert phrases.level_counts(REPORT) == (
        "3 errors, 1 warning, 1 question, 1 note; 1 more covered by an exception"
    )
    assert phrases.level_counts(EMPTY) == "no findings"


def test_a_policy_says_whose_it_is_where_there_are_two() -> None:
    sources = (PolicySource("pack:a", "sha256:" + "1" * 64, ("organization", "project")),)
    two = replace(EMPTY, policy=PolicyStamp(sources, ("use",)))
    assert phrases.policy_in_force(two) == (
        "Policy in force: pack:a (sha256:111111111111, organization and project)"
    )


def test_a_reason_that_begins_with_a_line_is_told_of_that_line() -> None:
    reasons = ("line 7: too deep", "line 7", "in b.py, line 2: too deep", "line x: y")
    assert [phrases.place_and_reason(Skipped("a.py", reason)) for reason in reasons] == [
        ("a.py:7", "too deep"),
        ("a.py", "line 7"),
        ("a.py", "in b.py, line 2: too deep"),
        ("a.py", "line x: y"),
    ]


def test_what_a_baseline_hid_is_said_where_one_was_given() -> None:
    said = [
        phrases.level_counts(replace(EMPTY, summary=replace(EMPTY.summary, baselined=number)))
        for number in (0, 1, 12)
    ]
    assert said == [
        "no findings; the baseline hides none",
        "no findings; 1 finding stands in the baseline",
        "no findings; 12 findings stand in the baseline",
    ]


def test_changes_in_the_working_tree_are_said() -> None:
    dirty = replace(REPORT, project=replace(REPORT.project, dirty=True, scope="diff"))
    assert phrases.circumstances(dirty) == (
        "orchard at 0123456789ab with changes · what changed · 2026-11-22 · knowledge of 2026-11-20"
    )


def test_an_unknown_country_or_publisher_is_said() -> None:
    assets = {asset.id: asset for asset in REPORT.assets}
    assert phrases.publisher_words(assets[IDS[GGUF]]) == "by quanters (country unknown)"
    nobody = replace(assets[IDS[GGUF]], publisher=Unknown("no record"))
    assert phrases.publisher_words(nobody) == "publisher unknown (no record)"


def test_places_are_said_as_far_as_they_are_known() -> None:
    assert [phrases.place_of(finding) for finding in FINDINGS[4:6]] == [
        "services/chat/fallback.py:7:9",
        "lading.yaml",
    ]
    assert (
        phrases.place_of_reference(REFERENCES[2].sighting.location) == "notebooks/explore.ipynb:31 (cell 2)"
    )
