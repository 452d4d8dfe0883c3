from __future__ import annotations

from scanner.records import unclaimed
from scanner.records.report import Unread
from scanner.records.unclaimed import NO_READER, NO_READER_OF_LANGUAGE, OTHER, THE_LOCKFILE, gather_unread


def test_files_are_gathered_by_language_ending_and_the_lockfile() -> None:
    found = (
        ("b/two.PNG", None),
        ("a/one.png", None),
        ("main.go", "Go"),
        ("lading.lock", None),
        ("poetry.lock", None),
        (".gitignore", None),
        ("HISTORY", None),
        ("odd.a b", None),
    )
    assert gather_unread(found, "lading.lock") == (
        Unread(".png", NO_READER, 2, ("a/one.png", "b/two.PNG")),
        Unread(OTHER, NO_READER, 2, ("HISTORY", "odd.a b")),
        Unread(".gitignore", NO_READER, 1, (".gitignore",)),
        Unread(".lock", NO_READER, 1, ("poetry.lock",)),
        Unread("Go", NO_READER_OF_LANGUAGE, 1, ("main.go",)),
        Unread("lading.lock", THE_LOCKFILE, 1, ("lading.lock",)),
    )


def test_of_many_files_of_one_kind_the_first_are_named(monkeypatch) -> None:
    monkeypatch.setattr(unclaimed, "MAX_NAMED", 2)
    (gathered,) = gather_unread(tuple((f"{n}.png", None) for n in range(5)), "")
    assert (gathered.files, gathered.names) == (5, ("0.png", "1.png"))
