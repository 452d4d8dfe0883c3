from __future__ import annotations

from pathlib import Path

from scanner.records.fact import Confidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.cache import FILE_NAME, AnswerCache
from scanner.resolution.files import describe, read_text
from scanner.resolution.source import Absent, Base, Card, Place, Question, Repository

PLACE = Place("hub", "https://hub.example", is_anonymous=True)
QUESTION = Question(Kind.HF_MODEL, "ext-test/one")
PINNED = Question(Kind.HF_MODEL, "ext-test/one", "a" * 40)
ABSENT = Absent("missing", "no such repository", "hub:hub.example", "hub", "2026-11-22")


def repository() -> Repository:
    return Repository(
        kind=Kind.HF_MODEL,
        name="ext-test/one",
        source="hub:ext-test/one",
        answered_by="hub",
        as_of="2026-11-22",
        confidence=Confidence.VERIFIED,
        commit=Unknown("the answer names no commit"),
        repository_id="0" * 24,
        card=Card(("other",), "house", None, (), (), (read_text("LICENSE", b"words\xff"),)),
        bases=(Base("ext-test/base", "finetune", source="hub:ext-test/one"),),
        is_root=None,
        files=describe([("a.bin", 3), ("b.safetensors", Unknown("not said"))]),
        gated="manual",
    )


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_an_answer_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.write(PLACE, QUESTION, repository())
    cache.write(PLACE, PINNED, ABSENT)
    cache.close()
    again = AnswerCache(tmp_path)
    assert again.read(PLACE, QUESTION) == repository()
    assert again.read(PLACE, PINNED) == ABSENT
    assert again.read(PLACE, Question(Kind.HF_DATASET, "ext-test/one")) is None
    again.close()


def test_a_branch_counts_for_a_day_a_commit_for_ever(tmp_path: Path) -> None:
    clock = Clock()
    cache = AnswerCache(tmp_path, clock)
    cache.write(PLACE, QUESTION, repository())
    cache.write(PLACE, PINNED, repository())
    clock.now += 24 * 3600
    assert cache.read(PLACE, QUESTION) == repository()
    clock.now += 1
    assert cache.read(PLACE, QUESTION) is None
    assert cache.read(PLACE, QUESTION, any_age=True) == repository()
    clock.now += 1e9
    assert cache.read(PLACE, PINNED) == repository()
    cache.close()


def test_missing_is_asked_again_after_an_hour_also_of_a_commit(tmp_path: Path) -> None:
    clock = Clock()
    cache = AnswerCache(tmp_path, clock)
    cache.write(PLACE, PINNED, ABSENT)
    clock.now += 3601
    assert cache.read(PLACE, PINNED) is None
    cache.close()


def test_an_answer_from_the_future_does_not_count(tmp_path: Path) -> None:
    clock = Clock()
    cache = AnswerCache(tmp_path, clock)
    cache.write(PLACE, QUESTION, repository())
    clock.now -= 10
    assert cache.read(PLACE, QUESTION) is None
    cache.close()


def test_another_endpoint_and_another_reader_have_answers_of_their_own(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.write(PLACE, QUESTION, repository())
    assert cache.read(Place("hub", "https://mirror.example", is_anonymous=True), QUESTION) is None
    assert cache.read(Place("hub", "https://hub.example", is_anonymous=False), QUESTION) is None
    cache.close()


def test_a_cache_that_cannot_be_used_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, " * 100)
    cache = AnswerCache(tmp_path)
    cache.write(PLACE, QUESTION, repository())
    assert cache.read(PLACE, QUESTION) is None
    cache.close()
    file = tmp_path / "file"
    file.write_text("")
    AnswerCache(file / "below").close()


def test_an_entry_somebody_damaged_is_passed_over(tmp_path: Path) -> None:
    import sqlite3

    cache = AnswerCache(tmp_path)
    cache.write(PLACE, QUESTION, repository())
    cache.close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("UPDATE answers SET body = '{\"kind\": 3}'")
    connection.commit()
    connection.close()
    again = AnswerCache(tmp_path)
    assert again.read(PLACE, QUESTION) is None
    again.close()
