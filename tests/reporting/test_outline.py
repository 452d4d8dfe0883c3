from __future__ import annotations

from scanner.records.finding import Level
from scanner.reporting.outline import by_level, outline
from tests.reporting.sample_assets import CHAT, EMBED, GGUF, GONE, NOTES
from tests.reporting.sample_report import REPORT


def test_the_loudest_model_stands_first_and_the_project_last() -> None:
    assert [group.name for group in outline(REPORT).groups] == [
        CHAT,
        GGUF,
        GONE,
        "This project and its policy",
    ]


def test_findings_that_differ_only_in_place_are_one_case() -> None:
    chat = outline(REPORT).groups[0]
    assert [(case.finding.rule, case.places) for case in chat.cases] == [
        ("license-not-allowed", ("deploy/docker-compose.yml:12:9", "services/chat/model.py:14:9")),
        ("revision-not-pinned", ("services/chat/model.py:14:9",)),
    ]


def test_a_mention_stands_after_the_dependencies() -> None:
    files = [each.sighting.location.file for each in outline(REPORT).groups[0].references]
    assert files == ["deploy/docker-compose.yml", "services/chat/model.py", "docs/how-it-works.md"]


def test_an_excepted_finding_is_neither_open_nor_silent() -> None:
    grouped = outline(REPORT)
    assert [asset.name for asset in grouped.quiet] == [NOTES, EMBED]
    assert [finding.rule for finding in grouped.excepted] == ["hosted-api-not-allowed"]


def test_findings_by_level_leave_the_excepted_out() -> None:
    levels = [finding.level for finding in by_level(REPORT)]
    assert levels == [Level.ERROR, Level.ERROR, Level.ERROR, Level.WARNING, Level.QUESTION, Level.NOTE]
