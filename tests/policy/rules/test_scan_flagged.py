from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, only, said

RULE = "scan-flagged"
GRAVE = ("unsafe", "dangerous", "critical", "high")


def model(*levels: str | Unknown) -> Asset:
    made = asset("acme/model")
    facts = tuple(
        Evidence(
            fact(level), level, "picklescan", Unknown("no day"), Confidence.CORROBORATED, f"part-{n}.bin: x"
        )
        for n, level in enumerate(levels)
    )
    return replace(made, license=replace(made.license, evidence=facts))


def fact(level: str | Unknown) -> str:
    """As resolution calls it."""
    if isinstance(level, Unknown):
        return "scan.unfinished"
    return "scan.low" if level in ("safe", "queued") else "scan.high" if level in GRAVE else "scan.other"


def test_files_nobody_reported_on_and_safe_ones_pass() -> None:
    assert said(judge("{}", model(), model("safe", "queued")), RULE) == []


@pytest.mark.parametrize("level", GRAVE)
def test_what_a_scanner_calls_unsafe_is_a_warning_with_its_word(level: str) -> None:
    finding = only(judge("{}", model(level)), RULE)
    assert (finding.level.value, finding.message) == (
        "warning",
        f"picklescan calls a file of acme/model {level}: part-0.bin: x",
    )


@pytest.mark.parametrize("level", ["suspicious", "caution", "medium", "never heard of"])
def test_anything_else_is_a_question(level: str) -> None:
    assert only(judge("{}", model(level)), RULE).level.value == "question"
    assert said(judge(f"{RULE}: {{other: off}}", model(level)), RULE) == []


def test_unfinished_scans_are_told_where_the_policy_asks() -> None:
    waiting = model(Unknown("the Hub has not finished its scans"))
    assert said(judge("{}", waiting), RULE) == []
    assert only(judge(f"{RULE}: {{unfinished: note}}", waiting), RULE).message == (
        "acme/model: the Hub has not finished its scans"
    )


def test_many_reports_are_bounded_and_counted() -> None:
    found = said(judge("{}", model(*["unsafe"] * 25)), RULE)
    assert len(found) == 21


def test_an_exception_covers_it() -> None:
    held = (
        f"version: 1\nexceptions:\n  - {{rule: {RULE}, reference: acme/model, owner: o, reason: r, "
        "granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    assert only(judge(held, model("unsafe")), RULE).exception is not None
