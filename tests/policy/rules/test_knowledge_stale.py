from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scanner.knowledge.index_file import Index, Record, build_database
from scanner.knowledge.store import Knowledge
from tests.policy.build import asset, judge, only, said

RULE = "knowledge-stale"
MODEL = asset("ship/Model")


def knowledge(*imported: tuple[str, str], as_of: str = "2026-01-01") -> Knowledge:
    records = [
        Record("lists", name, {"name": name, "imported": day, "entries": []}, ()) for name, day in imported
    ]
    return Knowledge(Index(build_database(records, "0", as_of), "0", as_of, ""))


@pytest.mark.parametrize(
    ("today", "expected"), [("2026-04-01", []), ("2026-04-02", ["warning"]), ("2027-01-01", ["warning"])]
)
def test_shipped_knowledge_grows_old(today: str, expected: list[str]) -> None:
    found = judge(
        f"{RULE}: {{max_age_days: 90}}", MODEL, knowledge=knowledge(), today=date.fromisoformat(today)
    )
    assert [level for _, level, _ in said(found, RULE)] == expected


def test_the_newest_import_counts_and_the_command_that_mends_it_is_named() -> None:
    lists = knowledge(("Harbor", "2026-03-01"), ("Pier", "2026-08-01"))
    found = only(judge(f"{RULE}: {{max_age_days: 90}}", MODEL, knowledge=lists), RULE)
    assert (found.message, found.remedy) == (
        "the newest imported list is 'Pier', of 2026-08-01: 113 days old, the limit is 90",
        "lading knowledge import-list FILE",
    )
    assert said(judge(f"{RULE}: {{max_age_days: 113}}", MODEL, knowledge=lists), RULE) == []


def test_it_is_said_without_any_match_and_without_any_list(tmp_path: Path) -> None:
    found = only(judge(f"{RULE}: {{level: error}}", MODEL, knowledge=knowledge()), RULE)
    assert found.message == (
        "the knowledge is that of this version of lading, no list was imported, of 2026-01-01: "
        "325 days old, the limit is 180"
    )


def test_knowledge_without_a_day_is_not_judged() -> None:
    assert said(judge(f"{RULE}: {{max_age_days: 1}}", MODEL, knowledge=knowledge(as_of="")), RULE) == []
