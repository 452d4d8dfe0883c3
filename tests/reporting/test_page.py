from __future__ import annotations

import shlex

from scanner.reporting.page import Page, columns_of, hang, wrap


def test_a_word_longer_than_the_line_stays_whole() -> None:
    assert wrap("see https://example.example/a-long-address now", 10) == [
        "see",
        "https://example.example/a-long-address",
        "now",
    ]


def test_wide_letters_take_two_columns_and_marks_none() -> None:
    assert (columns_of("漢字"), columns_of("e\u0301"), columns_of("abc")) == (4, 1, 3)


def test_a_command_in_a_remedy_is_broken_as_a_shell_takes_it() -> None:
    page = Page(50)
    command = "lading policy exception add 'a b/c' --rule some-rule --license 'MIT OR Zlib' --owner OWNER"
    page.remedy(f"use another, or ask for an exception: {command}")
    words, told = page.text(color=False).split("exception:\n")
    assert words == "       fix  use another, or ask for an "
    assert all(len(line) <= 50 for line in told.splitlines())
    assert shlex.split(told.replace("\\\n", " ")) == shlex.split(command)


def test_a_line_too_long_hangs_below_its_own_indent() -> None:
    assert hang("  one two three", 9) == ["  one", "    two", "    three"]
    assert hang("  12. one two three", 17) == ["  12. one two", "     three"]
    assert hang("  spaced   out", 20) == ["  spaced   out"]


def test_free_lines_do_not_pile_up() -> None:
    page = Page(80)
    page.blank()
    page.paragraph("a")
    page.blank()
    page.blank()
    page.labeled("where", "b")
    page.entry("c")
    assert page.text(color=False) == "a\n\n     where  b\n  - c\n"
