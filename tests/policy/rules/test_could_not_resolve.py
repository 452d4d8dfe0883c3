from __future__ import annotations

import pytest

from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.policy.build import asset, judge, only, said

RULE = "could-not-resolve"
NOBODY = Unknown("the Hub did not answer within 10 s")


def test_what_was_looked_up_passes() -> None:
    assert said(judge("{}", asset("acme/model")), RULE) == []


def test_a_private_repository_that_answered_passes() -> None:
    assert said(judge("{}", asset("acme/model", availability="private")), RULE) == []


def test_a_name_nobody_answered_for_is_found_with_the_reason() -> None:
    finding = only(judge("{}", asset("acme/model", None, answered_by=NOBODY)), RULE)
    assert finding.level.value == "warning"
    assert finding.message == "acme/model could not be looked up: the Hub did not answer within 10 s"
    assert finding.remedy == "lading show acme/model"


def test_offline_the_remedy_is_to_lock() -> None:
    found = judge("{}", asset("acme/model", None, answered_by=NOBODY), is_offline=True)
    assert only(found, RULE).remedy == "run lading lock where the network is"


@pytest.mark.parametrize(
    ("availability", "words"),
    [
        ("missing", "does not exist"),
        ("missing-or-private", "does not exist, or is private"),
        ("disabled", "is disabled"),
        ("missing-revision", "has no such revision"),
    ],
)
def test_a_repository_that_is_gone_is_found(availability: str, words: str) -> None:
    finding = only(judge(f"{RULE}: error", asset("acme/model", availability=availability)), RULE)
    assert finding.level.value == "error"
    assert finding.message == f"acme/model {words} (says hub, 2026-11-20)"


def test_a_weight_file_of_the_project_has_no_name_to_look_up() -> None:
    local = asset("models/a.bin", None, kind=Kind.LOCAL_WEIGHTS, answered_by=NOBODY)
    assert said(judge("{}", local), RULE) == []


def test_the_remedy_names_other_kinds_as_lading_show_takes_them() -> None:
    dataset = asset("acme/texts", None, kind=Kind.HF_DATASET, answered_by=NOBODY)
    assert only(judge("{}", dataset), RULE).remedy == "lading show dataset:acme/texts"


def test_an_exception_covers_it() -> None:
    held = (
        "version: 1\nexceptions:\n  - {rule: could-not-resolve, reference: acme/model, owner: o, reason: r, "
        "granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    assert only(judge(held, asset("acme/model", availability="missing")), RULE).exception is not None
