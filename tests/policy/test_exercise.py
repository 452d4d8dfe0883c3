from __future__ import annotations

import pytest

from scanner.errors import PolicyBroken
from scanner.knowledge.store import open_knowledge
from scanner.marked_yaml import Mapping, read_yaml
from scanner.policy.cases import CaseFile, default_policy, read_cases
from scanner.policy.exercise import run_case, unexercised
from scanner.policy.license_names import names_of
from scanner.policy.mistakes import Mistakes
from scanner.policy.options import Reading
from scanner.policy.policy import Policy
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.sighting import Certainty, Kind, Role, Scope
from tests.policy.build import load

KNOWLEDGE = open_knowledge()
POLICY = """version: 1
rules:
  license-not-allowed: {allow: [MIT, Apache-2.0], scope: lineage, kinds: [weights], level: error}
  revision-not-pinned: off
"""


def read(text: str, policy: str = POLICY) -> tuple[CaseFile, Policy, Mistakes]:
    top, mistakes = read_yaml(text, "a.test.yaml"), Mistakes()
    assert isinstance(top, Mapping)
    held = load(policy, knowledge=KNOWLEDGE)
    reading = Reading("a.test.yaml", mistakes, names_of(KNOWLEDGE))
    return read_cases(top, reading, lambda _: held, KNOWLEDGE), held, mistakes


def case(given: str, expect: str = "[]", more: str = "") -> str:
    return f"cases:\n  - name: x\n    given: {{reference: acme/model, {given}}}\n    expect: {expect}\n{more}"


def asset_of(given: str) -> Asset:
    file, _, mistakes = read(case(given))
    mistakes.raise_if_any()
    return file.cases[0].resolution.assets[0]


def test_the_policy_is_the_file_it_is_called_after_unless_it_says_so() -> None:
    assert default_policy("policies/house.test.yaml") == "house.yaml"
    assert read("policy: permissive-only\ncases: []\n")[0].policy == "permissive-only"


def test_facts_are_built_from_what_a_case_says_and_unknown_where_it_does_not() -> None:
    asset = asset_of("license: MIT, publisher: {entity: X, country: XA}, formats: [pickle, safetensors]")
    assert (asset.license.expression, asset.license.key) == ("MIT", "mit")
    publisher = asset.publisher
    assert (getattr(publisher, "entity", None), getattr(publisher, "country", None)) == ("X", "XA")
    assert [(each.format, each.runs_code) for each in asset.files] == [  # type: ignore[union-attr]
        ("pickle", True),
        ("safetensors", False),
    ]
    assert type(asset.developer).__name__ == "Unknown"


def test_a_place_is_built_from_what_a_case_says() -> None:
    file, _, mistakes = read(
        case("kind: ollama, role: mention, scope: test, certainty: guessed, file: t/x.py, remote_code: true")
    )
    mistakes.raise_if_any()
    sighting = file.cases[0].resolution.references[0].sighting
    assert (sighting.kind, sighting.role, sighting.scope) == (Kind.OLLAMA, Role.MENTION, Scope.TEST)
    assert (sighting.certainty, sighting.location.file) == (Certainty.GUESSED, "t/x.py")
    assert sighting.remote_code is True


def test_a_lineage_brings_the_terms_of_its_licenses() -> None:
    asset = asset_of(
        "license: MIT, lineage: [{name: m/base, license: llama-3.1}, {name: m/root, of: m/base}]"
    )
    assert [(each.name, each.of) for each in asset.lineage] == [  # type: ignore[union-attr]
        ("m/base", "acme/model"),
        ("m/root", "m/base"),
    ]
    assert [type(each.terms).__name__ for each in asset.inherited] == ["Terms", "Unknown"]


def test_a_right_case_is_right_and_a_wrong_one_says_how() -> None:
    file, policy, _ = read(case("license: GPL-3.0-only", "[license-not-allowed: error]"))
    assert run_case(file.cases[0], policy, KNOWLEDGE).is_right
    file, policy, _ = read(case("license: GPL-3.0-only", "[license-not-allowed: warning]"))
    outcome = run_case(file.cases[0], policy, KNOWLEDGE)
    assert outcome.missing == (("license-not-allowed", Level.WARNING),)
    assert [each.rule for each in outcome.surplus] == ["license-not-allowed"]


def test_notes_count_only_where_they_are_named() -> None:
    file, policy, _ = read(case("license: MIT", "[publisher-unknown: note]"))
    assert run_case(file.cases[0], policy, KNOWLEDGE).is_right
    file, policy, _ = read(case("license: MIT"))
    assert run_case(file.cases[0], policy, KNOWLEDGE).is_right


def test_a_case_may_declare_its_own_use() -> None:
    text = case("license: MIT", more="    use: {territories: [FR]}\n")
    file, _, mistakes = read(text, POLICY + "use: {territories: [DE], commercial: true}\n")
    mistakes.raise_if_any()
    assert (file.cases[0].use.territories, file.cases[0].use.commercial) == (("FR",), True)


def test_settings_no_case_needs_are_named_at_their_line() -> None:
    cases = (
        case("license: MIT")
        + case("license: GPL-3.0-only", "[license-not-allowed: error]").split("cases:\n")[1]
    )
    file, policy, mistakes = read(cases)
    mistakes.raise_if_any()
    found = [(each.setting, each.place.line) for each in unexercised(file.cases, policy, KNOWLEDGE)]
    assert found == [
        ("license-not-allowed.allow: Apache-2.0", 3),
        ("license-not-allowed.scope", 3),
        ("license-not-allowed.kinds", 3),
    ]


def test_mistakes_of_a_test_file_are_told_with_their_lines() -> None:
    first = "  - name: a\n    given: {reference: a/b, licence: MIT}\n    expect: [license-unkown: error]\n"
    second = "  - name: b\n    given: {license: MIT}\n    expect: []\n"
    third = "  - given: {reference: a/b}\n    expect: []\n"
    _, _, mistakes = read(f"polcy: x\ncases:\n{first}{second}{third}")
    with pytest.raises(PolicyBroken) as raised:
        mistakes.raise_if_any()
    text = str(raised.value)
    assert "a.test.yaml:1:1: the key 'polcy' is not known" in text
    assert "did you mean 'license'?" in text
    assert "did you mean 'license-unknown'?" in text
    assert "given names no reference" in text
    assert "a case has no name" in text


GRANTED = (
    POLICY
    + """exceptions:
  - rule: license-not-allowed
    reference: acme/other
    license: GPL-3.0-only
    owner: o
    reason: r
    granted: 2026-10-01
    expires: 2027-03-31
"""
)


@pytest.mark.parametrize(("expect", "is_right"), [("[]", True), ("[exception-unused: warning]", True)])
def test_an_exception_no_case_speaks_of_is_no_surplus_and_may_be_expected(
    expect: str, is_right: bool
) -> None:
    file, held, _ = read(case("license: MIT", expect), GRANTED)
    outcome = run_case(file.cases[0], held, KNOWLEDGE)
    assert (outcome.is_right, outcome.surplus) == (is_right, ())


def test_an_unused_exception_that_is_expected_must_come() -> None:
    file, held, _ = read(case("license: MIT", "[exception-unused: warning]"))
    assert run_case(file.cases[0], held, KNOWLEDGE).missing == (("exception-unused", Level.WARNING),)
