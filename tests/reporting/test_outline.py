from __future__ import annotations

from dataclasses import replace

from scanner.records.finding import Level
from scanner.reporting.outline import among_accepted, by_level, gather_widespread, not_told, outline
from scanner.reporting.write import render
from tests.reporting.sample_assets import ASSETS, CHAT, EMBED, GGUF, GONE, NOTES
from tests.reporting.sample_report import FINDINGS, REPORT


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


def test_what_was_not_judged_or_stands_in_the_baseline_is_not_called_without_a_finding() -> None:
    notes, embed = (asset.id for asset in outline(REPORT).quiet)
    coverage = replace(REPORT.coverage, baselined_assets=(notes,), assets_not_judged=(embed,))
    changed = replace(REPORT, coverage=coverage, project=replace(REPORT.project, scope="diff"))
    grouped = outline(changed)
    assert [
        [asset.name for asset in each] for each in (grouped.quiet, grouped.accepted, grouped.not_judged)
    ] == [
        [],
        [NOTES],
        [EMBED],
    ]
    said = (
        f"1 name with all its findings in the baseline: {NOTES}",
        "1 name not judged: not part of this change",
    )
    assert (not_told(changed), not_told(REPORT)) == (said, ())
    for name in ("terminal", "markdown"):
        written = " ".join(render(changed, name, width=120).split())
        assert ("Without a finding" in written, said[1] in written) == (False, True)
    page = render(changed, "html")
    assert [f">{word}</span>" in page for word in ("in baseline", "not judged")] == [True, True]
    assert '<skipped message="not judged"/>' in render(changed, "junit")


def test_duties_below_a_baseline_are_more_than_those_told() -> None:
    hidden = replace(REPORT, summary=replace(REPORT.summary, baselined=3))
    assert (among_accepted(hidden), among_accepted(REPORT)) == (", with those the baseline holds", "")


def test_findings_by_level_leave_the_excepted_out() -> None:
    levels = [finding.level for finding in by_level(REPORT)]
    assert levels == [Level.ERROR, Level.ERROR, Level.ERROR, Level.WARNING, Level.QUESTION, Level.NOTE]


def test_what_many_assets_share_is_gathered_but_errors_and_evidence_stay() -> None:
    assets = tuple(replace(ASSETS[5], id=f"id{n}", name=f"org/{n}") for n in range(4))
    plain = [replace(FINDINGS[3], id=f"p{n}", asset=f"id{n}") for n in range(4)]
    errors = [replace(FINDINGS[0], id=f"e{n}", asset=f"id{n}") for n in range(4)]
    groups = outline(replace(REPORT, assets=assets, findings=tuple(plain + errors))).groups
    left, widespread = gather_widespread(groups)
    assert [[case.finding.rule for case in group.cases] for group in left] == [["license-not-allowed"]] * 4
    assert [[name for name, _ in each.cases] for each in widespread] == [["org/0", "org/1", "org/2", "org/3"]]


def test_what_few_assets_share_stays_with_them() -> None:
    groups = outline(REPORT).groups
    assert gather_widespread(groups) == (groups, ())


def test_a_remedy_that_names_the_model_is_the_same_for_all() -> None:
    assets = tuple(replace(ASSETS[5], id=f"id{n}", name=f"org/{n}") for n in range(4))
    found = tuple(
        replace(FINDINGS[3], id=f"p{n}", asset=f"id{n}", remedy=f"lading show org/{n}") for n in range(4)
    )
    left, widespread = gather_widespread(outline(replace(REPORT, assets=assets, findings=found)).groups)
    assert (left, [len(each.cases) for each in widespread]) == ((), [4])
    other = (replace(found[0], remedy="lading lock"), *found[1:])
    assert gather_widespread(outline(replace(REPORT, assets=assets, findings=other)).groups)[1] == ()
