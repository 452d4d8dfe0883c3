from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from scanner.marked_yaml import plain, read_yaml
from scanner.policy.compose import all_rules
from scanner.policy.reference import common_options, describe_rule
from scanner.policy.schema import policy_schema, schema_text
from scanner.policy.sources import pack_names, packs_folder

FILES = Path(__file__).parent / "files"
VALIDATOR = jsonschema.Draft202012Validator(policy_schema())
SEEN_ONLY_BY_LADING = {
    # Whether a name, day, file or pack exists is no matter of shape.
    "bare-vendor-license", "exception-with-a-day-that-is-none", "exception-with-a-license-nobody-knows",
    "extends-a-missing-file", "extends-a-package-that-is-not-there", "extends-an-address", "extends-itself",
    "extends-out-of-the-project", "extends-unknown-pack", "invalid-license-in-list", "license-text-as-name",
    "license-with-a-slash", "unknown-exception-of-spdx", "unlicensed", "scope-without-a-where",
    "licenses-joined-wrongly",
    # No document at all.
    "at-sign-without-quotes", "bracket-left-open", "colon-without-a-space", "key-twice", "key-twice-and-more",
    "lines-in-different-columns", "merge-key", "not-yaml", "quotation-mark-left-open", "reason-with-a-colon",
    "star-without-quotes", "tabs", "tag", "two-documents",
}  # fmt: skip


def test_the_schema_is_a_schema_and_the_written_one_is_current() -> None:
    jsonschema.Draft202012Validator.check_schema(policy_schema())
    written = Path(__file__).parents[2] / "docs" / "schema" / "policy-1.json"
    assert written.read_text(encoding="utf-8") == schema_text(), (
        "run: lading policy schema > docs/schema/policy-1.json"
    )


@pytest.mark.parametrize("name", pack_names())
def test_it_accepts_every_pack(name: str) -> None:
    text = (packs_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    VALIDATOR.validate(plain(read_yaml(text, name)))


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((FILES / "right").glob("*.yaml")) if not path.name.endswith(".test.yaml")],
    ids=lambda path: path.stem,
)
def test_it_accepts_what_lading_accepts(path: Path) -> None:
    VALIDATOR.validate(plain(read_yaml(path.read_text(encoding="utf-8"), path.name)))


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((FILES / "wrong").glob("*.yaml")) if path.stem not in SEEN_ONLY_BY_LADING],
    ids=lambda path: path.stem,
)
def test_it_refuses_what_an_editor_can_see(path: Path) -> None:
    assert not VALIDATOR.is_valid(plain(read_yaml(path.read_text(encoding="utf-8"), path.name)))


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_and_option_is_described_in_its_file(rule: object) -> None:
    described = describe_rule(rule)  # type: ignore[arg-type]
    assert described.sentence.endswith(".")
    assert described.options[0].name == "level"
    for option in described.options:
        assert option.text, f"{described.id}.{option.name} has no line of text under it"
        assert option.wants


def test_common_options_are_described() -> None:
    assert {option.name: bool(option.text) for option in common_options()} == {
        "kinds": True,
        "paths": True,
        "references": True,
        "min_confidence": True,
        "owner": True,
    }


def test_ids_are_file_names_and_unique() -> None:
    import scanner.policy.rules as folder

    files = {path.stem for path in Path(folder.__path__[0]).glob("*.py")} - {"__init__"}
    assert {rule.id.replace("-", "_") for rule in all_rules()} == files
    assert len(all_rules()) == len(files)
