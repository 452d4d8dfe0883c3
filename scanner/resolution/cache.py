"""Answers kept between runs, in the user's cache folder, never in the project."""

from __future__ import annotations

import json
import sqlite3
import time
from _thread import allocate_lock
from collections.abc import Callable
from pathlib import Path

from scanner.errors import ReportBroken
from scanner.records.encoding import decode, encode
from scanner.resolution.source import Absent, Outcome, Place, Question, Repository

FILE_NAME = "answers.sqlite"
FORMAT = 1
"""Raised when the records below change their meaning; older entries are then asked again."""
FRESH_SECONDS = 24 * 3600
"""How long an answer about a branch, a tag or no revision counts."""
ABSENT_SECONDS = 3600
"""How long "missing" or "private" counts; it may be published any minute."""
MAX_ENTRIES = 50_000


class AnswerCache:
    """A table of answers; one connection, shared by the threads of a run.

    A cache that cannot be opened or read is no cache: it answers nothing and keeps nothing, and the run
    goes on. Entries about a whole commit count for ever, others for a time; offline, age does not matter,
    because an old answer with its date says more than none.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._guard = allocate_lock()
        self._connection: sqlite3.Connection | None = None
        self._has_grown = False
        try:
            # Names and licenses of private repositories stand in it: for nobody else on the machine.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = _open(folder / FILE_NAME)
        except (OSError, sqlite3.Error):
            self._connection = None

    def read(self, place: Place, question: Question, *, any_age: bool = False) -> Outcome | None:
        """Look an answer up, None where there is none that still counts."""
        row = self._ask(
            "SELECT stored, absent, body FROM answers WHERE format = ? AND key = ?",
            (FORMAT, _key(place, question)),
        )
        if row is None:
            return None
        stored, is_absent, body = row
        allowed = ABSENT_SECONDS if is_absent else FRESH_SECONDS
        lasts = question.is_pinned and not is_absent
        if not any_age and not lasts and not 0 <= self._clock() - stored <= allowed:
            return None
        try:
            return decode(Absent, json.loads(body)) if is_absent else decode(Repository, json.loads(body))
        except (ReportBroken, ValueError, TypeError):
            return None

    def write(self, place: Place, question: Question, outcome: Outcome) -> None:
        """Keep an answer; committed at once, so that an interrupted run resumes from here."""
        self._has_grown = True
        body = json.dumps(encode(outcome), ensure_ascii=False, separators=(",", ":"))
        self._ask(
            "INSERT OR REPLACE INTO answers (format, key, stored, absent, body) VALUES (?, ?, ?, ?, ?)",
            (FORMAT, _key(place, question), self._clock(), isinstance(outcome, Absent), body),
        )

    def close(self) -> None:
        """Drop the oldest entries beyond MAX_ENTRIES, if any were added, and close the file."""
        if self._has_grown:
            self._ask(
                "DELETE FROM answers WHERE key IN"
                " (SELECT key FROM answers ORDER BY stored DESC LIMIT -1 OFFSET ?)",
                (MAX_ENTRIES,),
            )
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _ask(self, statement: str, values: tuple[object, ...]) -> tuple[float, int, str] | None:
        with self._guard:
            if self._connection is None:
                return None
            try:
                row: tuple[float, int, str] | None = self._connection.execute(statement, values).fetchone()
            except sqlite3.Error:
                return None
            return row


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS answers"
            " (key TEXT PRIMARY KEY, format INTEGER, stored REAL, absent INTEGER, body TEXT)"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _key(place: Place, question: Question) -> str:
    who = "anonymous" if place.is_anonymous else "token"
    return "\n".join((place.source, place.endpoint, who, *question.order))
