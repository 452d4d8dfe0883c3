"""What was made of files of the project, kept for the next file that asks for it."""

from functools import partial

import pytest

from scanner.discovery import kept_files
from scanner.discovery.kept_files import KeptFiles


def made_of(asked: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The files something had to be made of, of two characters each, with room for three of them."""
    monkeypatch.setattr(kept_files, "MOST_CHARACTERS", 6)
    kept, made = KeptFiles(), []

    def make(path: str) -> str:
        made.append(path)
        return path.upper()

    for path in asked:
        assert kept.keep(path, partial(make, path), 2) == path.upper()
    return "".join(made)


def test_what_is_there_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_of("abcabcabc", monkeypatch) == "abc"


def test_what_is_asked_for_often_outlives_what_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_of("aabcdefa", monkeypatch) == "abcdef"


def test_what_all_ask_stays_beside_what_each_asks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_of("abab" + "".join(f"a{one}b{other}" for one, other in ("cd", "ef", "gh")), monkeypatch) == (
        "abcdefgh"
    )


def test_what_nobody_asks_for_any_more_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_of("a" * 9 + "bc" * 300 + "bd" * 300 + "a", monkeypatch)[-1] == "a"


def test_what_is_larger_than_all_room_is_made_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "MOST_CHARACTERS", 6)
    kept = KeptFiles()
    numbers = iter((1, 2))
    assert [kept.keep("a", lambda: next(numbers), 7) for _ in range(2)] == [1, 2]


def test_no_more_than_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "MOST", 1)
    assert made_of("aba", monkeypatch) == "aba"
