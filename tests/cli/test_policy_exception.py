"""The command a refusal prints lets the model pass once what only a person knows is filled in."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.kit import DAY, LOADS_RESEARCH, STRICT, Lading, make_repository, write

COMMAND = (
    "lading policy exception add Qwen/Qwen2.5-3B-Instruct --rule license-not-allowed "
    '--license qwen-research-2024-09-19 --owner OWNER --reason "REASON"'
)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "shop"
    make_repository(root, {"lading.yaml": STRICT, "bad.py": LOADS_RESEARCH})
    monkeypatch.chdir(root)
    return root


def in_the_terminal(lading: Lading) -> str:
    told = lading("scan", ".", "--offline", "--date", DAY).out
    told = told[told.index("lading policy exception") :]
    return told[: told.index("\n    policy")]


def in_the_hook(lading: Lading) -> str:
    told = lading("hook", "bad.py", "--date", DAY).out
    return told[told.index("lading policy exception") : told.index("\n  policy")]


def in_an_explanation(lading: Lading) -> str:
    told = lading("explain", "bad.py:3", "--offline", "--date", DAY).out
    assert told.count("lading policy exception") == 1
    told = told[told.index("lading policy exception") :]
    return told[: told.index("\n  2. ")]


@pytest.mark.parametrize("told", [in_the_terminal, in_the_hook, in_an_explanation])
def test_the_printed_command_works_once_it_is_filled_in(
    lading: Lading, shop: Path, told: Callable[[Lading], str]
) -> None:
    # A shell takes a backslash at the end of a line as going on.
    words = shlex.split(told(lading).replace("\\\n", " "))
    assert words == shlex.split(COMMAND)
    raw = lading(*words[1:], "--date", DAY)
    assert (raw.code, raw.err.splitlines()[0]) == (2, "lading: an exception needs --owner and --reason")
    filled = [{"OWNER": "legal@example.com", "REASON": "for evaluation"}.get(word, word) for word in words]
    assert lading(*filled[1:], "--date", DAY).code == 0
    assert lading("hook", "bad.py", "--date", DAY).code == 0
    assert lading.scan(shop).findings() == []


@pytest.mark.parametrize(
    ("may", "advised"), [("use", "house.yaml"), ("exceptions", "lading policy exception")]
)
def test_what_is_advised_has_an_effect_under_an_organization(
    lading: Lading, shop: Path, may: str, advised: str
) -> None:
    write(shop, {"house.yaml": f"{STRICT}project_may: [{may}]\n", "lading.yaml": "version: 1\n"})
    given = ("--policy", "house.yaml", "--offline", "--date", DAY)
    (finding,) = json.loads(lading("scan", ".", *given, "-f", "json=r.json", "-f", "json").out)["findings"]
    assert finding["remedy"].split("ask for an exception")[1].split(" --")[0].startswith((": ", " in "))
    said = [finding["remedy"], lading("hook", "bad.py", "--policy", "house.yaml", "--date", DAY).out]
    said += [lading("explain", finding["id"], *given).out]
    said += [lading("explain", finding["id"], "--report", "r.json").out]
    other = {"house.yaml": "lading policy exception", "lading policy exception": "exception in house.yaml"}
    assert [(advised in text, other[advised] in text) for text in said] == [(True, False)] * 4


def test_a_policy_in_pyproject_is_not_written_to(lading: Lading, shop: Path) -> None:
    (shop / "lading.yaml").unlink()
    write(shop, {"pyproject.toml": "[tool.lading]\nversion = 1\n"})
    answer = lading("policy", "exception", "add", "a/b", "--owner", "o@example.com", "--reason", "why")
    assert (answer.code, answer.err.splitlines()[0]) == (
        2,
        "lading: the policy stands in [tool.lading] of pyproject.toml, which is not written by lading",
    )


ADD = ("policy", "exception", "add")
SAID = ("--owner", "o@example.com", "--reason", "to try it", "--date", DAY)
LOADS_HERMES = LOADS_RESEARCH.replace("Qwen/Qwen2.5-3B-Instruct", "NousResearch/Hermes-3-Llama-3.1-8B")


def test_without_a_rule_the_one_that_refuses_the_model_now_is_excepted(lading: Lading, shop: Path) -> None:
    write(shop, {"lading.yaml": "version: 1\n", "bad.py": LOADS_HERMES})
    answer = lading(*ADD, "NousResearch/Hermes-3-Llama-3.1-8B", *SAID)
    assert (answer.code, answer.out) == (
        0,
        "lading.yaml: NousResearch/Hermes-3-Llama-3.1-8B is excepted from license-conflicts-with-base "
        "until 2027-11-22, bound to llama-3\n",
    )
    after = lading.scan(shop)
    told = [(rule, level) for rule, level, _ in after.findings()]
    assert (after.code, ("exception-unused", "warning") in told) == (0, False)


def test_where_several_rules_refuse_it_each_stands_with_its_command(lading: Lading, shop: Path) -> None:
    policy = STRICT.replace('revision-not-pinned: {level: "off"}', "revision-not-pinned: {level: error}")
    write(shop, {"lading.yaml": policy})
    name = "Qwen/Qwen2.5-3B-Instruct"
    answer = lading(*ADD, name, *SAID, "--expires", "2027-01-31")
    command = f"  lading policy exception add {name} --rule {{}} --owner o@example.com --reason 'to try it'"
    assert (answer.code, answer.err.splitlines()) == (
        2,
        [
            f"lading: 2 rules refuse {name}",
            "  say which it is excepted from (--rule, repeatable):",
            f"{command.format('license-not-allowed')} --expires 2027-01-31",
            f"{command.format('revision-not-pinned')} --expires 2027-01-31",
        ],
    )
    assert (shop / "lading.yaml").read_text(encoding="utf-8") == policy
    assert lading(*shlex.split(answer.err.splitlines()[2])[1:], "--date", DAY).code == 0


def test_what_no_rule_refuses_is_not_excepted_unasked(lading: Lading, shop: Path) -> None:
    nowhere = lading(*ADD, "acme/not-here", *SAID)
    assert (nowhere.code, nowhere.err.splitlines()[0]) == (
        2,
        "lading: no rule refuses acme/not-here: no finding of the project is about it",
    )
    write(shop, {"lading.yaml": "version: 1\n"})
    lower = lading(*ADD, "Qwen/Qwen2.5-3B-Instruct", *SAID)
    assert (lower.code, lower.err.splitlines()[0]) == (
        2,
        "lading: no rule refuses Qwen/Qwen2.5-3B-Instruct: nothing at the level error is about it",
    )
    assert "--rule revision-not-pinned" in lower.err
    assert "exceptions" not in (shop / "lading.yaml").read_text(encoding="utf-8")
    assert lading(*ADD, "acme/not-here", "--rule", "remote-code", *SAID).code == 0
