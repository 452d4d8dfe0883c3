from __future__ import annotations

import shlex

import pytest

from scanner.policy.ways_out import ask_for_exception, exception_command
from tests.policy.build import asset, judge, only

POLICY = "license-not-allowed: {allow: [MIT]}"


def test_the_command_names_rule_license_and_what_is_to_be_filled_in() -> None:
    assert exception_command(asset("acme/gpl", "GPL-3.0-only"), "license-not-allowed") == (
        "lading policy exception add acme/gpl --rule license-not-allowed --license gpl-3.0-only "
        '--owner OWNER --reason "REASON"'
    )
    assert "--license" not in exception_command(asset("acme/x", None), "license-unknown")


@pytest.mark.parametrize(
    "name", ["a/b; rm -rf x", "$(reboot)", "`id`", 'a"b', "a'b", "https://x.example/?a=1&b"]
)
def test_a_name_stays_one_word_of_the_command(name: str) -> None:
    words = shlex.split(exception_command(asset(name, None), "license-unknown"))
    assert words[:6] == ["lading", "policy", "exception", "add", name, "--rule"]


def test_where_an_exception_of_the_project_has_no_effect_the_organization_is_named() -> None:
    gpl = asset("acme/gpl", "GPL-3.0-only")
    assert [ask_for_exception(gpl, "license-not-allowed", file) for file in ("org.yaml", "pack:house")] == [
        "ask for an exception in org.yaml, the organization's policy (one in the project has no effect)",
        "ask for an exception in the organization's own policy, beside pack:house "
        "(one in the project has no effect)",
    ]


@pytest.mark.parametrize(
    ("may", "advised"),
    [("use", "ask for an exception in org.yaml"), ("exceptions", "lading policy exception add acme/gpl")],
)
def test_a_remedy_advises_what_the_organization_allows(may: str, advised: str) -> None:
    organization = f"version: 1\nproject_may: [{may}]\nrules: {{license-not-allowed: {{allow: [MIT]}}}}\n"
    files = {"org.yaml": organization, "lading.yaml": "version: 1\n"}
    found = judge(files, asset("acme/gpl", "GPL-3.0-only"), given=("org.yaml",))
    assert advised in only(found, "license-not-allowed").remedy
