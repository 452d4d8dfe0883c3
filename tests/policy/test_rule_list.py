"""The list of rules says what their files say, and a rule that is not loaded has nothing to say."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import pytest

from scanner.errors import PluginBroken
from scanner.knowledge.store import open_knowledge
from scanner.policy.compose import all_rules
from scanner.policy.evaluate import evaluate
from scanner.policy.load import check, gather
from scanner.policy.options import option_types
from scanner.policy.rule import Facts, Rule
from scanner.policy.rule_list import FILE_NAME, rules_when_used
from scanner.policy.sources import pack_names
from scanner.policy.use import Use
from scanner.records.asset import Asset
from scanner.records.choices import Enum
from scanner.records.finding import Level
from tests.policy.build import TODAY, resolution, run
from tests.policy.locks import lock
from tests.reporting.sample_assets import ASSETS

SILENT = [rule for rule in all_rules() if rule.silent_without]
RESTING = [rule for rule in all_rules() if rule.rests_on]
LATE = """
import sys
from pathlib import Path
from scanner.knowledge.store import open_knowledge
from scanner.policy.load import check, gather
from scanner.policy.rule_list import rules_when_used
check(gather(Path("/nowhere"), ("baseline",), {}.get), open_knowledge(), rules_when_used(Path(sys.argv[1])))
print(*sorted(name for name in sys.modules if name.startswith("scanner.policy.rules.")))
"""


def told_by(rule: Rule) -> tuple[object, ...]:
    return (
        *(rule.id, rule.subjects, rule.needs, rule.silent_without, rule.rests_on),
        *(rule.is_off_by_default, rule.never_baselined),
    )


def test_the_list_says_what_the_files_say(tmp_path: Path) -> None:
    assert rules_when_used(tmp_path) is all_rules()
    listed = rules_when_used(tmp_path)
    assert [type(rule).__name__ for rule in listed] == ["_LateRule"] * len(all_rules())
    assert list(map(told_by, listed)) == list(map(told_by, all_rules()))
    for late, rule in zip(listed, all_rules(), strict=True):
        assert (late.judges, late.options, late.check, late.also, late.blind_spots) == (
            *(rule.judges, rule.options, rule.check, rule.also, rule.blind_spots),
        )


def test_to_check_a_policy_of_levels_no_rule_is_imported(tmp_path: Path) -> None:
    rules_when_used(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", LATE, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_rule_that_breaks_later_stops_the_run_that_needs_it(tmp_path: Path) -> None:
    rules_when_used(tmp_path)
    written = json.loads((tmp_path / FILE_NAME).read_text())
    written["plugins"][0][0] = "gone-since"
    (tmp_path / FILE_NAME).write_text(json.dumps(written))
    with pytest.raises(PluginBroken, match=r"rules\.gone_since cannot be used"):
        _ = rules_when_used(tmp_path)[0].check


@pytest.mark.parametrize("pack", pack_names())
@pytest.mark.parametrize("scope", ["files", "whole"])
def test_rules_that_are_loaded_when_they_may_speak_judge_the_same(
    tmp_path: Path, pack: str, scope: str
) -> None:
    knowledge = open_knowledge()
    gathered = gather(Path("/nowhere"), (pack,), {}.get)
    rules_when_used(tmp_path)
    circumstances = run(knowledge=knowledge, scope=scope, is_offline=True, is_hook=scope == "files")
    by_all = evaluate(check(gathered, knowledge), resolution(*ASSETS), circumstances)
    by_few = evaluate(
        check(gathered, knowledge, rules_when_used(tmp_path)), resolution(*ASSETS), circumstances
    )
    assert by_few == by_all
    assert by_all.findings


def variants(rule: Rule) -> Iterator[Any]:
    """Its options at their loudest, without those it says it is silent without; each choice once."""
    names, values = [], []
    for name, kind in option_types(rule.options).items():
        if name in rule.silent_without:
            continue
        kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
        names.append(name)
        if Level in kinds:
            values.append([Level.ERROR])
        elif bool in kinds:
            values.append([True, False])
        elif int in kinds:
            values.append([1])
        elif isinstance(kinds[0], type) and issubclass(kinds[0], Enum):
            values.append(list(kinds[0]))
        else:
            assert get_origin(kinds[0]) is tuple, f"a new sort of option: {name}"
            values.append([None])
    for chosen in itertools.product(*values):
        yield rule.options(**dict(zip(names, chosen, strict=True)))


@pytest.mark.parametrize("rule", SILENT, ids=lambda rule: rule.id)
def test_a_rule_says_nothing_without_what_it_is_silent_without(rule: Rule) -> None:
    facts = Facts(Use(), TODAY, "whole", False, open_knowledge(), (), ASSETS)
    assert set(rule.subjects) == {Asset}
    assert set(rule.silent_without) <= set(option_types(rule.options))
    found = [list(rule.check(each, facts, options)) for options in variants(rule) for each in ASSETS]
    assert found == [[]] * len(found)
    assert len(found) >= len(ASSETS) > 5


@pytest.mark.parametrize("rule", RESTING, ids=lambda rule: rule.id)
def test_a_rule_says_nothing_without_the_facts_it_rests_on(rule: Rule) -> None:
    assets = [without(rule.rests_on, each) for each in ASSETS]
    facts = Facts(Use(), TODAY, "whole", False, open_knowledge(), (), tuple(assets), lock=lock())
    assert set(rule.subjects) == {Asset}
    found = [list(rule.check(each, facts, options)) for options in variants(rule) for each in assets]
    assert found == [[]] * len(found)
    assert len(found) >= len(ASSETS) > 5


def without(facts: tuple[str, ...], asset: Asset) -> Asset:
    left = tuple(evidence for evidence in asset.license.evidence if evidence.fact not in facts)
    return replace(asset, license=replace(asset.license, evidence=left))
