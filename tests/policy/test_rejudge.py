from __future__ import annotations

from dataclasses import replace
from datetime import date

from scanner.policy.rejudge import complete, rejudge
from scanner.records.asset import Asset, AssetLicense, Category
from scanner.records.finding import Obligation
from scanner.records.report import (
    SCHEMA,
    Coverage,
    KnowledgeStamp,
    PolicyStamp,
    Project,
    Report,
    Summary,
    Tool,
)
from scanner.records.sighting import Scope
from scanner.records.unknown import Unknown
from tests.policy.build import COMMIT, KNOWLEDGE, NOBODY, asset, load, reference, resolution

NOTHING = Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
DENY = "version: 1\nrules:\n  license-not-allowed: {allow: [MIT]}\n"


def stored(*found: object) -> Report:
    """A report as a scan under no particular policy wrote it."""
    held = resolution(*found)  # type: ignore[arg-type]
    return Report(
        SCHEMA, Tool("lading", "0"), Project("shop", COMMIT, False, "whole"), "2026-11-22",
        PolicyStamp(()), KnowledgeStamp("2026-01-01", "sha256:0"), "none", Coverage(1, 1, (), ()),
        held.references, held.assets, (), (), (), (), NOTHING,
    )  # fmt: skip


def test_stored_facts_are_judged_under_another_policy() -> None:
    report = rejudge(stored(asset("acme/gpl", "GPL-3.0-only")), load(DENY), KNOWLEDGE)
    assert [(each.rule, each.reference) for each in report.findings] == [("license-not-allowed", "acme/gpl")]
    assert (report.summary.error, report.summary.references) == (1, 1)
    assert [source.path for source in report.policy.sources] == ["lading.yaml"]
    assert report.knowledge == KNOWLEDGE.stamp


def test_the_day_is_the_reports_unless_another_is_given() -> None:
    report = stored(asset("acme/mit", "MIT"))
    assert rejudge(report, load(DENY), KNOWLEDGE).date == "2026-11-22"
    assert rejudge(report, load(DENY), KNOWLEDGE, today=date(2027, 1, 1)).date == "2027-01-01"


def test_judging_twice_changes_nothing() -> None:
    once = rejudge(stored(asset("acme/gpl", "GPL-3.0-only")), load(DENY), KNOWLEDGE)
    assert rejudge(once, load(DENY), KNOWLEDGE) == once


def test_what_is_judged_besides_the_shipped_part_can_be_asked() -> None:
    model = asset("acme/gpl", "GPL-3.0-only")
    report = stored(model, reference(model, "tests/t.py", scope=Scope.TEST))
    assert rejudge(report, load(DENY), KNOWLEDGE).findings == ()
    asked = rejudge(report, load(DENY), KNOWLEDGE, include=frozenset({Scope.TEST}))
    assert [each.rule for each in asked.findings] == ["license-not-allowed"]


def bare(key: str) -> Asset:
    """An asset of which a report says the key of its license and nothing more."""
    why = Unknown("not in this report")
    return replace(asset("acme/x", None), license=AssetLicense(why, key, why, (), (), ()))


def test_what_a_report_leaves_unknown_comes_from_the_knowledge_by_key() -> None:
    filled = complete(bare("gpl-3.0-only"), KNOWLEDGE).license
    assert (filled.expression, filled.category) == ("GPL-3.0-only", Category.COPYLEFT)
    report = rejudge(stored(bare("gpl-3.0-only")), load(DENY), KNOWLEDGE)
    assert [each.rule for each in report.findings] == ["license-not-allowed"]


def test_what_a_report_says_stays() -> None:
    own = replace(
        asset("acme/x", "MIT"), license=replace(asset("acme/x").license, category=Category.COPYLEFT)
    )
    assert complete(own, KNOWLEDGE).license.category is Category.COPYLEFT


def test_a_key_no_record_has_leaves_things_unknown() -> None:
    assert complete(bare("nobodys"), KNOWLEDGE).license == bare("nobodys").license


def test_an_obligation_keeps_the_state_the_scan_saw() -> None:
    from scanner.policy.rejudge import _remember

    seen = Obligation("a", "notice_text", "words", "§1", "met", "NOTICE:3")
    now = Obligation("a", "notice_text", "words", "§1", "open", "none")
    assert _remember(now, (seen,)) == seen
    other = replace(now, text="other words")
    assert _remember(other, (seen,)) == replace(other, state="unknown")


def test_an_ignore_of_the_scan_still_holds() -> None:
    model = asset("acme/gpl", "GPL-3.0-only")
    report = stored(model, reference(model, ignored=("license-not-allowed",)))
    assert rejudge(report, load(DENY), KNOWLEDGE).findings == ()
    governed = load({"org.yaml": DENY}, ("org.yaml",))
    assert [each.rule for each in rejudge(report, governed, KNOWLEDGE).findings] == ["license-not-allowed"]


def test_nothing_of_this_is_lost_where_nobody_answered() -> None:
    unanswered = asset("acme/x", None, answered_by=NOBODY)
    assert rejudge(stored(unanswered), load("version: 1"), KNOWLEDGE).assets == (unanswered,)
