"""What all files of a project together may name."""

from __future__ import annotations

import pytest

from scanner.discovery import allowance as room
from scanner.discovery.allowance import Allowance
from scanner.discovery.file_reading import FileFindings
from scanner.records.sighting import (
    Certainty,
    Kind,
    Location,
    Role,
    Scope,
    Sighting,
    Skipped,
    Unresolved,
)


def findings(file: str, *names: str, unresolved: int = 0) -> FileFindings:
    def sighting(line: int, name: str) -> Sighting:
        at = Location(file, line, 1, line, 9)
        sure = Certainty.LITERAL
        return Sighting(Kind.HF_MODEL, name, "none", Role.DEPENDENCY, Scope.SHIPPED, sure, "test", at)

    return FileFindings(
        [sighting(line, name) for line, name in enumerate(names, 1)],
        [Unresolved(Kind.HF_MODEL, "x", file, line, 1, "y") for line in range(unresolved)],
        is_read=True,
    )


def names(found: FileFindings) -> list[str]:
    return [each.name for each in found.sightings]


def test_within_the_limits_nothing_changes() -> None:
    assert Allowance().take(findings("a", "n/a", unresolved=1)) == findings("a", "n/a", unresolved=1)


def test_names_beyond_the_limit_are_left_out_and_those_known_already_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "MAX_NAMES", 2)
    allowance = Allowance()
    first = allowance.take(findings("a", "n/a", "n/b", "n/c", "n/a"))
    assert names(first) == ["n/a", "n/b", "n/a"]
    said = "more than 2 different names in the project: not all of this file are kept"
    assert first.skipped == [Skipped("a", said)]
    assert first.asked == (("", ""),)
    assert allowance.take(findings("b", "n/b")) == findings("b", "n/b")


def test_places_beyond_the_limit_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_PLACES", 3)
    allowance = Allowance()
    said = "more than 3 places in the project: not all of this file are kept"
    first = allowance.take(findings("a", "n/a", "n/a", unresolved=3))
    assert (names(first), len(first.unresolved)) == (["n/a", "n/a"], 1)
    assert first.skipped == [Skipped("a", said)]
    second = allowance.take(findings("b", "n/a", unresolved=1))
    assert (names(second), second.unresolved, second.skipped) == ([], [], [Skipped("b", said)])


def test_what_processes_cut_apart_is_cut_as_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_NAMES", 2)
    monkeypatch.setattr(room, "MAX_PLACES", 5)

    def files() -> list[FileFindings]:
        return [findings("a", "n/a", "n/c"), findings("b", "n/b"), findings("c", "n/d", "n/b", "n/a")]

    one, left, right, whole = Allowance(), Allowance(False), Allowance(False), Allowance()
    by_one = [names(one.take(found)) for found in files()]
    a, b, c = files()
    parts = [left.take(a), right.take(b), left.take(c)]
    assert [names(whole.take(found)) for found in parts] == by_one == [["n/a", "n/c"], [], []]
