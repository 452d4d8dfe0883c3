from __future__ import annotations

from scanner.records.sighting import IgnoreComment
from tests.policy.build import asset, judge, only, said

RULE = "ignore-unused"
POLICY = "license-not-allowed: {allow: [MIT]}"
MODEL = asset("acme/model", "GPL-3.0-only")
COMMENT = IgnoreComment("app.py", 3, ("license-not-allowed",), "bought")


def test_one_that_silences_something_passes() -> None:
    assert said(judge(POLICY, MODEL, ignores=(COMMENT,)), RULE) == []


def test_one_that_silences_nothing_is_a_note_at_its_line() -> None:
    finding = only(judge(POLICY, asset("acme/model", "MIT"), ignores=(COMMENT,)), RULE)
    assert finding.message == "the ignore of license-not-allowed silences nothing here"
    assert (finding.level.value, finding.file, finding.line) == ("note", "app.py", 3)


def test_one_of_the_policy_counts_too() -> None:
    entry = "  - {path: old/, rule: license-not-allowed, reason: r}\n"
    held = f"version: 1\nrules:\n  {POLICY}\nignores:\n{entry}"
    assert only(judge(held, MODEL), RULE).line == 5


def test_a_part_of_the_project_says_nothing_about_absence() -> None:
    assert said(judge(POLICY, asset("acme/model", "MIT"), ignores=(COMMENT,), scope="files"), RULE) == []


def test_one_the_organization_does_not_allow_says_so() -> None:
    held = {"org.yaml": f"version: 1\nrules:\n  {POLICY}\n"}
    finding = only(judge(held, MODEL, given=("org.yaml",), ignores=(COMMENT,)), RULE)
    assert finding.message == (
        "the ignore of license-not-allowed has no effect: "
        "the organization's policy does not let a project ignore (project_may)"
    )
