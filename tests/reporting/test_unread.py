"""What no reader claims is told by name where that is short, else by number."""

from __future__ import annotations

from scanner.records.quick import replace
from scanner.records.report import LanguageGap, Unread
from scanner.records.unclaimed import NO_READER, NO_READER_OF_LANGUAGE, THE_LOCKFILE
from scanner.reporting.unread import unclaimed_lines
from tests.reporting.sample_report import EMPTY


def lines(gaps: tuple[LanguageGap, ...], unread: tuple[Unread, ...] | None) -> list[str]:
    coverage = replace(EMPTY.coverage, languages_without_reader=gaps, unread=unread)
    return list(unclaimed_lines(replace(EMPTY, coverage=coverage)))


def test_few_files_are_named_and_many_are_counted() -> None:
    unread = (
        Unread(".png", NO_READER, 1_200, tuple(f"{n}.png" for n in range(1_000))),
        Unread("Go", NO_READER_OF_LANGUAGE, 2, ("a.go", "b.go")),
        Unread(".ico", NO_READER, 1, ("web/favicon.ico",)),
        Unread("lading.lock", THE_LOCKFILE, 1, ("lading.lock",)),
    )
    assert lines((LanguageGap("Go", 2), LanguageGap("Rust", 9)), unread) == [
        "2 files of Go (a.go, b.go): lading has no reader for this language",
        "9 files of Rust: lading has no reader for this language",
        "1,201 files of kinds lading has no reader for: 1,200 .png, web/favicon.ico",
        "lading.lock: the lockfile itself: read for what it holds, not searched for names",
    ]


def test_a_report_written_before_names_were_kept_is_told_by_its_counts() -> None:
    assert lines((LanguageGap("Go", 2),), None) == ["2 files of Go: lading has no reader for this language"]
    assert lines((), None) == []


def test_of_many_kinds_the_largest_are_named() -> None:
    unread = tuple(Unread(f".k{n:02}", NO_READER, 1, (f"f.k{n:02}",)) for n in range(14))
    (line,) = lines((), unread)
    assert line.startswith("14 files of kinds lading has no reader for: f.k00, f.k01, ")
    assert line.endswith(", f.k11 and 2 more kinds")
