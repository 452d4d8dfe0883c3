"""The attack tests of --trust: each way a change could make its own judge milder."""

from __future__ import annotations

import pytest

from scanner.policy.baseline import Baseline
from scanner.policy.loosened import loosened, loosened_baseline, loosened_ignores, loosened_overlays
from scanner.policy.policy import Policy
from scanner.policy.rule import Loosening
from scanner.records.sighting import IgnoreComment
from tests.policy.build import asset, judge, load, only, said
from tests.policy.licensed import knowledge

BASE = """version: 1
include: [test]
min_confidence: corroborated
use:
  territories: [DE]
  monthly_active_users: 40000
rules:
  license-not-allowed: {allow: [MIT, Apache-2.0], deny: [GPL-3.0-only], review: [qwen-research], level: error}
  license-unknown: warning
  revision-not-pinned: {accept_tags: false}
"""
GRANT = (
    "{rule: license-unknown, reference: a/b, owner: o, reason: r, granted: 2026-10-01, expires: 2026-12-01}"
)


def compared(trusted: Policy, changed: Policy) -> tuple[Loosening, ...]:
    return loosened(trusted, changed, knowledge())


def what(changed: str, trusted: str = BASE, given: tuple[str, ...] = ()) -> list[str]:
    return [each.what for each in compared(load(trusted, given), load(changed, given))]


@pytest.mark.parametrize(
    ("before", "after", "said_"),
    [
        (
            "allow: [MIT, Apache-2.0]",
            "allow: [MIT, Apache-2.0, qwen]",
            "license-not-allowed.allow gains qwen",
        ),
        ("deny: [GPL-3.0-only]", "deny: []", "license-not-allowed.deny loses GPL-3.0-only"),
        ("review: [qwen-research], ", "", "license-not-allowed.review loses qwen-research"),
        ("allow: [MIT, Apache-2.0], ", "", "license-not-allowed.allow is gone"),
        ("level: error", "level: warning", "license-not-allowed.level falls from error to warning"),
        ("license-unknown: warning", "license-unknown: off", "license-unknown is off"),
        (
            "license-unknown: warning",
            "license-unknown: question",
            "license-unknown.level falls from warning to question",
        ),
        ("accept_tags: false", "accept_tags: true", "revision-not-pinned.accept_tags is switched on"),
        (
            "level: error",
            "level: error, kinds: [datasets]",
            "license-not-allowed.kinds changes from nothing to [hf-dataset]",
        ),
        (
            "level: error",
            "level: error, paths: [x/]",
            "license-not-allowed.paths changes from nothing to [x/]",
        ),
        (
            "level: error",
            "level: error, min_confidence: verified",
            "license-not-allowed.min_confidence changes from nothing to verified",
        ),
        ("territories: [DE]", "territories: [US]", "use.territories changes from [DE] to [US]"),
        (
            "  monthly_active_users: 40000\n",
            "",
            "use.monthly_active_users changes from 40000 to not declared",
        ),
        ("include: [test]\n", "", "include loses test"),
        ("min_confidence: corroborated", "min_confidence: verified", "min_confidence rises to verified"),
        ("include: [test]", "include: [test]\nmax_exception_days: 999", "max_exception_days rises to 999"),
        (
            "include: [test]",
            "include: [test]\nknowledge: [./facts]",
            "knowledge names other folders of facts",
        ),
    ],
)
def test_what_is_milder_is_named(before: str, after: str, said_: str) -> None:
    assert before in BASE
    assert what(BASE.replace(before, after)) == [said_]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("allow: [MIT, Apache-2.0]", "allow: [MIT]"),
        ("deny: [GPL-3.0-only]", "deny: [GPL-3.0-only, qwen]"),
        ("license-unknown: warning", "license-unknown: error"),
        ("include: [test]", "include: [test, docs]"),
        ("min_confidence: corroborated", "min_confidence: unverified"),
        ("include: [test]", "include: [test]\nmax_exception_days: 30"),
        ("version: 1", "# a comment\nversion: 1"),
    ],
)
def test_what_is_stricter_is_not(before: str, after: str) -> None:
    assert what(BASE.replace(before, after, 1)) == []


@pytest.mark.parametrize(
    ("option", "before", "after", "said_"),
    [
        ("allow_countries", "[EU]", "[DE, FR]", []),
        ("allow_countries", "[DE]", "[EU]", ["origin-not-allowed.allow_countries gains EU"]),
        ("allow_countries", "[EU]", "[DE, CH]", ["origin-not-allowed.allow_countries gains CH"]),
        ("deny_countries", "[DE]", "[EU]", []),
        ("deny_countries", "[EU]", "[DE]", ["origin-not-allowed.deny_countries loses EU"]),
    ],
)
def test_a_group_of_countries_holds_its_members(
    option: str, before: str, after: str, said_: list[str]
) -> None:
    policy = "version: 1\nrules:\n  origin-not-allowed: {%s: %s}\n"
    assert what(policy % (option, after), policy % (option, before)) == said_


def test_nothing_is_loosened_where_nothing_changed() -> None:
    assert what(BASE) == []


def test_an_added_exception_is_named_at_its_line() -> None:
    changed = load(BASE + f"exceptions:\n  - {GRANT}\n")
    (found,) = compared(load(BASE), changed)
    assert found.what == "an exception for a/b from license-unknown is added"
    assert (found.file, found.line) == ("lading.yaml", 12)


def test_an_extended_exception_is_named_and_a_shortened_one_is_not() -> None:
    held = BASE + f"exceptions:\n  - {GRANT}\n"
    longer, shorter = held.replace("2026-12-01", "2027-06-01"), held.replace("2026-12-01", "2026-11-30")
    assert what(longer, held) == ["the exception for a/b from license-unknown is extended to 2027-06-01"]
    assert what(shorter, held) == []


def test_a_request_that_grants_itself_is_named() -> None:
    asked = BASE + f"exceptions:\n  - {GRANT}\n".replace("owner: o", "owner: o, status: requested")
    assert what(asked.replace(", status: requested", ""), asked) == [
        "an exception for a/b from license-unknown is added"
    ]


def test_an_added_ignore_of_the_policy_is_named() -> None:
    ignore = "ignores:\n  - {path: 'app/**', rule: license-unknown, reason: no}\n"
    assert what(BASE + ignore) == ["an ignore of license-unknown for app/** is added"]


def test_an_added_inline_ignore_is_named_and_a_moved_one_is_not() -> None:
    old = IgnoreComment("app.py", 3, ("license-unknown",), "because")
    moved = IgnoreComment("app.py", 30, ("license-unknown",), "because")
    new = IgnoreComment("app.py", 31, ("license-unknown",), "because")
    assert loosened_ignores((old,), (moved,)) == ()
    (found,) = loosened_ignores((old,), (moved, new))
    assert (found.what, found.line) == ("an ignore of license-unknown is added", 31)


def test_a_widened_baseline_is_named_and_a_shrunk_one_is_not() -> None:
    one, two = (Baseline("c", frozenset(ids), {}) for ids in (("a",), ("a", "b")))
    assert loosened_baseline(two, one, "b.json") == ()
    (found,) = loosened_baseline(one, two, "b.json")
    assert found.what == "the baseline accepts 1 more finding(s)"
    assert loosened_baseline(None, one, "b.json")[0].what == "the baseline accepts 1 more finding(s)"


def test_changed_facts_of_an_overlay_are_named() -> None:
    (found,) = loosened_overlays(("our-facts",), differs=True)
    assert found.file == "our-facts"
    assert loosened_overlays(("our-facts",), differs=False) == ()


def test_a_swapped_extends_is_seen_by_what_it_does() -> None:
    trusted = {"lading.yaml": "version: 1\nextends: [permissive-only]\n"}
    changed = {"lading.yaml": "version: 1\nextends: [baseline]\n"}
    found = [each.what for each in compared(load(trusted), load(changed))]
    assert "license-not-allowed.allow is gone" in found
    assert "license-unknown.level falls from error to question" in found
    places = {(each.file, each.line) for each in compared(load(trusted), load(changed))}
    assert places == {("lading.yaml", 1)}, "a pack is no file of the project"


def test_settings_added_for_a_part_of_the_project_are_named() -> None:
    scope = "scopes:\n  - {paths: [app/], rules: {license-unknown: off}}\n"
    assert what(BASE + scope) == ["settings for a part of the project are added or changed"]
    assert what(BASE, BASE + scope) == ["settings for a part of the project are taken out or changed"]


def test_a_deleted_policy_is_named_rule_by_rule() -> None:
    found = [each.what for each in compared(load(BASE), load({}))]
    assert {each.file for each in compared(load(BASE), load({}))} == {"lading.yaml"}
    assert "license-not-allowed.allow is gone" in found
    assert "use.territories changes from [DE] to not declared" in found


def test_a_projects_own_rules_cannot_vanish_under_an_organizations_policy() -> None:
    both = {"org.yaml": "version: 1\n", "lading.yaml": BASE}
    found = [
        each.what
        for each in compared(load(both, ("org.yaml",)), load({"org.yaml": "version: 1\n"}, ("org.yaml",)))
    ]
    assert "the rules of the project are gone" in found


def test_what_is_loosened_becomes_a_finding_and_the_trusted_policy_still_judges() -> None:
    model = asset("acme/copyleft", "GPL-3.0-only")
    changed = BASE.replace("deny: [GPL-3.0-only]", "deny: []")
    judged = judge(BASE, model, loosened=compared(load(BASE), load(changed)))
    assert said(judged, "license-not-allowed", "policy-loosened") == [
        ("license-not-allowed", "error", "acme/copyleft"),
        ("policy-loosened", "error", "none"),
    ]
    finding = only(judged, "policy-loosened")
    assert finding.message == (
        "license-not-allowed.deny loses GPL-3.0-only; judged by the trusted revision all the same"
    )
    assert (finding.file, finding.line) == ("lading.yaml", 8)
