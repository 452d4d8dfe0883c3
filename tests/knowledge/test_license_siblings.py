"""Versions of a license name each other, both ways, and say in words how they differ."""

from __future__ import annotations

import pytest

from scanner.knowledge.licenses import look_up
from scanner.knowledge.store import Knowledge
from scanner.records.license import DocumentKind, LicenseRecord, Sibling

MIN_WORDS = 2


@pytest.fixture(scope="module")
def records(shipped: Knowledge) -> dict[str, LicenseRecord]:
    """Every license record, by key."""
    found = {key: look_up(shipped, key) for key in shipped.keys("licenses")}
    return {key: record for key, record in found.items() if record is not None}


def _linked(record: LicenseRecord, key: str) -> Sibling | None:
    return next((sibling for sibling in record.siblings if sibling.key == key), None)


def test_a_link_stands_in_both_records_and_turns_round(records: dict[str, LicenseRecord]) -> None:
    one_way = [
        (key, sibling.key)
        for key, record in records.items()
        for sibling in record.siblings
        if (back := _linked(records[sibling.key], key)) is None
        or (back.is_newer, back.is_older) != (sibling.is_older, sibling.is_newer)
    ]
    assert one_way == []


def test_a_difference_is_said_in_words(records: dict[str, LicenseRecord]) -> None:
    unsaid = [
        (key, sibling.key)
        for key, record in records.items()
        for sibling in record.siblings
        if len(sibling.difference.split()) < MIN_WORDS or (sibling.is_newer and sibling.is_older)
    ]
    assert unsaid == []


def test_from_any_version_of_a_line_one_reaches_every_other(records: dict[str, LicenseRecord]) -> None:
    lines: dict[str, set[str]] = {}
    for key, record in records.items():
        if record.kind is not DocumentKind.NO_SINGLE_LICENSE:
            lines.setdefault(record.line, set()).add(key)
    apart = {}
    for line, keys in lines.items():
        reached, waiting = set[str](), [min(keys)]
        while waiting:
            key = waiting.pop()
            reached.add(key)
            waiting += [each.key for each in records[key].siblings if each.key in keys - reached]
        if reached != keys:
            apart[line] = sorted(keys - reached)
    assert apart == {}


def test_no_two_records_are_both_the_next_version_of_one(records: dict[str, LicenseRecord]) -> None:
    forks = {
        key: [sibling.key for sibling in record.siblings if sibling.is_newer]
        for key, record in records.items()
        if sum(sibling.is_newer for sibling in record.siblings) > 1
    }
    assert forks == {}


@pytest.mark.parametrize(
    ("key", "versions"),
    [
        ("llama-1", ["llama-2", "llama-3", "llama-3.1", "llama-3.2", "llama-3.3", "llama-4"]),
        ("cc-by-nc-sa-2.0", ["cc-by-nc-sa-2.5", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0"]),
        ("gpl-2.0", ["gpl-3.0"]),
        ("lgpl-2.0", ["lgpl-2.1", "lgpl-3.0"]),
        ("mpl-1.1", ["mpl-2.0"]),
        ("chatglm-6b", ["chatglm2-6b", "chatglm3-6b"]),
        ("gemma-2024-02-21", ["gemma-2024-04-01", "gemma-2025-03-24"]),
        ("svd-nc-2023-11-21", ["stability-nc-research-2023-11-28", "stability-community-2024"]),
        (
            "tencent-hunyuan-large",
            ["tencent-hunyuan-video", "tencent-hunyuan-a13b", "tencent-hunyuan-image-3.0"],
        ),
    ],
)
def test_one_version_leads_to_the_next(
    records: dict[str, LicenseRecord], key: str, versions: list[str]
) -> None:
    found = []
    while newer := [sibling.key for sibling in records[key].siblings if sibling.is_newer]:
        key = newer[0]
        found.append(key)
    assert found == versions
