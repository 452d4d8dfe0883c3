from __future__ import annotations

from datetime import date

import pytest

from scanner.records.finding import ExceptionEntry, Grant, PolicyPlace
from scanner.records.sighting import HubSwitch, Kind, Location, Unresolved
from scanner.records.unknown import Unknown
from tests.policy.build import COMMIT, asset, judge, only, said

HEAD = """version: 1
rules:
  license-not-allowed: {allow: [MIT], level: error}
  license-unknown: off
exceptions:
"""
MODEL = asset("Qwen/Qwen2.5-3B", "Qwen-Research")


def policy(*entries: str) -> str:
    """A policy with exceptions; each entry fills in what it does not say."""
    lines = []
    for entry in entries:
        said_keys = {part.split(":")[0].strip() for part in entry.split(", ")}
        more = {
            "rule": "license-not-allowed", "reference": "Qwen/Qwen2.5-3B", "license": "qwen-research",
            "owner": "legal@example.com", "reason": "evaluation", "granted": "2026-10-01",
            "expires": "2027-03-31",
        }  # fmt: skip
        rest = [f"{key}: {value}" for key, value in more.items() if key not in said_keys]
        lines.append("  - {" + ", ".join([*([entry] if entry else []), *rest]) + "}\n")
    return HEAD + "".join(lines)


def test_a_granted_exception_covers_the_finding_and_is_shown_with_it() -> None:
    found = judge(policy(""), MODEL)
    finding = only(found, "license-not-allowed")
    assert finding.exception == Grant(
        "legal@example.com", "evaluation", "2027-03-31", PolicyPlace("lading.yaml", 6)
    )
    assert found.exceptions == (
        ExceptionEntry(
            "license-not-allowed", "Qwen/Qwen2.5-3B", "qwen-research", "legal@example.com", "evaluation",
            "2027-03-31", "granted", 1, PolicyPlace("lading.yaml", 6),
        ),
    )  # fmt: skip
    assert said(found) == [("license-not-allowed", "error", "Qwen/Qwen2.5-3B")]


def test_it_covers_until_its_last_day_and_not_after() -> None:
    assert only(judge(policy(""), MODEL, today=date(2027, 3, 31)), "license-not-allowed").exception
    late = judge(policy(""), MODEL, today=date(2027, 4, 1))
    assert only(late, "license-not-allowed").exception is None
    assert only(late, "exception-expired").message == (
        "the exception for Qwen/Qwen2.5-3B from license-not-allowed ended on 2027-03-31; "
        "it would cover 1 finding(s)"
    )
    assert late.exceptions[0].status == "expired"


def test_it_warns_before_its_end() -> None:
    assert said(judge(policy(""), MODEL, today=date(2027, 2, 28)), "exception-expiring") == []
    soon = judge(policy(""), MODEL, today=date(2027, 3, 1))
    assert only(soon, "exception-expiring").message == (
        "the exception for Qwen/Qwen2.5-3B from license-not-allowed ends in 30 day(s), on 2027-03-31; "
        "it covers 1 finding(s)"
    )
    last = judge(policy(""), MODEL, today=date(2027, 3, 31))
    assert "ends today;" in only(last, "exception-expiring").message


def test_it_lapses_when_the_license_changes() -> None:
    relicensed = asset("Qwen/Qwen2.5-3B", "GPL-3.0-only")
    found = judge(policy(""), relicensed)
    assert only(found, "license-not-allowed").exception is None
    assert only(found, "exception-lapsed").message == (
        "the exception for Qwen/Qwen2.5-3B from license-not-allowed no longer applies: "
        "granted for qwen-research, now gpl-3.0-only"
    )
    assert (found.exceptions[0].status, said(found, "exception-unused")) == ("lapsed", [])


def test_it_lapses_when_the_license_is_no_longer_known() -> None:
    unknown = asset("Qwen/Qwen2.5-3B", None)
    held = policy("rule: license-unknown").replace("license-unknown: off", "license-unknown: error")
    found = judge(held, unknown)
    assert only(found, "license-unknown").exception is None
    assert "granted for qwen-research, now unknown" in only(found, "exception-lapsed").message


@pytest.mark.parametrize("name", ["qwen-research", "Qwen-Research", "category:non-commercial"])
def test_the_license_of_a_grant_is_named_as_everywhere(name: str) -> None:
    found = judge(policy(f'license: "{name}"'), MODEL)
    assert only(found, "license-not-allowed").exception is not None


def test_it_may_be_bound_to_a_commit() -> None:
    assert only(judge(policy(f"commit: {COMMIT}"), MODEL), "license-not-allowed").exception
    assert only(judge(policy(f"commit: '{COMMIT[:12]}'"), MODEL), "license-not-allowed").exception
    moved = asset("Qwen/Qwen2.5-3B", "Qwen-Research", commit="f" * 40)
    found = judge(policy(f"commit: {COMMIT}"), moved)
    assert only(found, "license-not-allowed").exception is None
    assert "now ffffffffffff" in only(found, "exception-lapsed").message
    floating = asset("Qwen/Qwen2.5-3B", "Qwen-Research", commit=Unknown("offline"))
    found = judge(policy(f"commit: {COMMIT}"), floating)
    assert "the commit in use is not known" in only(found, "exception-lapsed").message


def test_one_bound_to_paths_leaves_other_places_alone() -> None:
    from tests.policy.build import reference

    held = policy("paths: ['research/']")
    inside = judge(held, MODEL, reference(MODEL, "research/a.py"))
    assert only(inside, "license-not-allowed").exception is not None
    outside = judge(held, MODEL, reference(MODEL, "shop/a.py"))
    assert only(outside, "license-not-allowed").exception is None


def test_an_unused_one_is_a_finding_on_whole_projects_only() -> None:
    other = asset("acme/free", "MIT")
    found = judge(policy(""), other)
    assert said(found) == [("exception-unused", "warning", "none")]
    assert found.findings[0].file == "lading.yaml"
    assert found.findings[0].line == 6
    assert found.exceptions[0].status == "unused"
    part = judge(policy(""), other, scope="files")
    assert (said(part), part.exceptions[0].status) == ([], "granted")


def test_a_list_of_many_projects_can_mute_unused() -> None:
    assert said(judge(policy("mute_unused: true"), asset("acme/free", "MIT"))) == []


def test_two_exceptions_for_one_reference_both_apply_and_neither_is_unused() -> None:
    found = judge(policy("", "reason: second"), MODEL)
    assert [entry.covers for entry in found.exceptions] == [1, 1]
    assert said(found, "exception-unused") == []


def test_one_entry_may_except_from_several_rules() -> None:
    held = policy("rule: [license-not-allowed, revision-not-pinned]")
    from tests.policy.build import reference

    found = judge(held, MODEL, reference(MODEL, revision="none"))
    assert {each.rule: each.exception is not None for each in found.findings} == {
        "license-not-allowed": True,
        "revision-not-pinned": True,
    }


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("reference: '**'", "the reference '**' fits every model"),
        ("reference: '*/*'", "the reference '*/*' fits every model"),
        ("expires: 2028-01-01", "it runs 457 days, more than the 365 allowed"),
    ],
)
def test_one_that_is_too_broad_is_a_finding(entry: str, reason: str) -> None:
    message = only(judge(policy(entry), MODEL), "exception-too-broad").message
    assert message.endswith(f"is too broad: {reason}")


def test_one_without_its_license_is_too_broad_where_licenses_are_judged() -> None:
    held = HEAD + (
        "  - {rule: license-not-allowed, reference: Qwen/Qwen2.5-3B, owner: a, reason: b, "
        "granted: 2026-10-01, expires: 2027-03-31}\n"
    )
    message = only(judge(held, MODEL), "exception-too-broad").message
    assert message.endswith(
        "an exception from license-not-allowed that names no license outlives a change of license"
    )


def test_the_longest_term_is_the_policys_to_say() -> None:
    held = "max_exception_days: 90\n" + policy("")
    assert "more than the 90 allowed" in only(judge(held, MODEL), "exception-too-broad").message


def test_a_requested_one_passes_the_hook_and_not_the_gate_and_names_who_decides() -> None:
    held = policy("status: requested")
    gate = judge(held, MODEL)
    finding = only(gate, "license-not-allowed")
    assert (finding.exception, gate.exceptions[0].status) == (None, "requested")
    assert finding.remedy.startswith("an exception is requested from legal@example.com; ")
    hook = judge(held, MODEL, is_hook=True, scope="files")
    assert only(hook, "license-not-allowed").exception is not None


def test_an_exception_of_the_wrong_rule_or_name_covers_nothing() -> None:
    for entry in ("rule: license-unknown", "reference: Qwen/Qwen2.5-7B"):
        assert only(judge(policy(entry), MODEL), "license-not-allowed").exception is None


SWITCH = HubSwitch("HF_ENDPOINT", "https://hub.example", Location("app.env", 4, 1, 4, 9))
PLACE = Unresolved(Kind.HF_MODEL, "settings.model", "app.py", 7, 3, "set at run time")


OWN_NAMES = """version: 1
rules: {hub-redirected: error, name-unresolved: error}
exceptions:
  - rule: hub-redirected
    reference: HF_ENDPOINT
    owner: o
    reason: our mirror
    granted: 2026-10-01
    expires: 2027-03-31
  - rule: name-unresolved
    reference: settings.model
    owner: o
    reason: known
    granted: 2026-10-01
    expires: 2027-03-31
"""


def test_what_is_no_model_is_excepted_by_its_own_name() -> None:
    found = judge(OWN_NAMES, switches=(SWITCH,), unresolved=(PLACE,))
    assert [(each.rule, each.exception and each.exception.reason) for each in found.findings] == [
        ("hub-redirected", "our mirror"),
        ("name-unresolved", "known"),
    ]
    assert [entry.covers for entry in found.exceptions] == [1, 1]
    other = OWN_NAMES.replace("HF_ENDPOINT", "VLLM_USE_MODELSCOPE")
    assert only(judge(other, switches=(SWITCH,)), "hub-redirected").exception is None


def test_one_bound_to_a_license_speaks_of_models_only() -> None:
    held = OWN_NAMES.replace("    owner: o\n", "    owner: o\n    license: MIT\n", 1)
    assert only(judge(held, switches=(SWITCH,)), "hub-redirected").exception is None
