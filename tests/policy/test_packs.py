from __future__ import annotations

from pathlib import Path

import pytest

from scanner.marked_yaml import Mapping, read_yaml
from scanner.policy.compose import RuleBook, all_rules
from scanner.policy.sources import pack_names, packs_folder
from scanner.records.finding import Level
from tests.policy.build import asset, judge, load, reference, said

ERRORS = {"license-conflicts-with-base", "use-outside-license", "remote-code", "entity-on-list"}
NEEDS_MORE = {
    "license-not-allowed", "hosted-api-not-allowed", "repository-identity-changed", "lock-contradicts-source",
    "policy-loosened",
}  # fmt: skip


def test_the_errors_of_the_baseline_are_the_promised_ones() -> None:
    policy = load("version: 1\nextends: [baseline]\n")
    assert set(policy.judges[0].rules) == {rule.id for rule in all_rules()}, "baseline names every rule"
    book = RuleBook(policy.judges[0], policy.rules)
    loud = {rule.id for rule in all_rules() if not book.everywhere(rule).is_off}
    errors = {rule.id for rule in all_rules() if book.everywhere(rule).options.level is Level.ERROR}
    assert errors & loud == ERRORS | NEEDS_MORE


def test_it_is_green_on_the_first_day_of_an_ordinary_project() -> None:
    models = [
        asset("openai-community/gpt2", "MIT"),
        asset("acme/unsaid", None),
        asset("acme/copyleft", "GPL-3.0-only"),
    ]
    places = [reference(each, line=line, revision="none") for line, each in enumerate(models, 1)]
    levels = {level for _, level, _ in said(judge("version: 1\nextends: [baseline]\n", *models, *places))}
    assert levels == {"warning", "question"}


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_opens_with_what_it_is_and_has_its_cases(name: str) -> None:
    file = packs_folder() / f"{name}.yaml"
    top = read_yaml(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(top, Mapping)
    about = top.get("about")
    assert isinstance(about, Mapping)
    assert {str(key) for key, _, _ in about.items()} >= {"name", "for", "whose"}
    assert file.read_text(encoding="utf-8").startswith("# For ")
    assert file.with_name(f"{name}.test.yaml").is_file()


def test_packs_are_found_beside_the_package_in_a_checkout() -> None:
    assert packs_folder() == Path(__file__).parents[2] / "policies"
    assert {"baseline", "permissive-only"} <= set(pack_names())
