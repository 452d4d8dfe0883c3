"""A rule explained from its own file, and as it is set here."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import LadingError

if TYPE_CHECKING:
    from scanner.policy.reference import Description, Option
    from scanner.policy.rule import Rule

WIDTH = 80
NEEDS = {
    "network": "facts only the network has; not judged offline",
    "whole-project": "the whole project; not judged on single files",
    "lock": "a lockfile",
}


def list_rules(rules: tuple[Rule, ...], format_name: str) -> str:
    """Every rule with its first sentence and default level."""
    from scanner.policy.reference import describe_rule

    described = [(rule, describe_rule(rule)) for rule in rules]
    if format_name == "json":
        listed = [
            {"id": each.id, "sentence": each.sentence, "level": _level(rule)} for rule, each in described
        ]
        return json.dumps({"schema": "lading.rules/1", "rules": listed}, indent=2)
    return "\n".join(
        f"{each.id:<29} {_level(rule)}\n{_wrapped(each.sentence, 4)}" for rule, each in described
    )


def _level(rule: Rule) -> str:
    level = rule.options().level
    return "off" if level is None else str(level.value)


def explain_rule(rule: Rule, root: Path, policies: tuple[str, ...], format_name: str) -> str:
    """Everything a rule's file says, and how the policy in force sets it."""
    from scanner.policy.reference import common_options, describe_rule

    described = describe_rule(rule)
    if format_name == "json":
        body = {
            "schema": "lading.rule/1",
            **asdict(described),
            "common": [asdict(o) for o in common_options()],
        }
        return json.dumps(body, indent=2)
    return "\n".join(
        [*_text(described), *_options("every rule understands besides", common_options()),
         *_here(rule, root, policies)]
    )  # fmt: skip


def _text(described: Description) -> Iterator[str]:
    yield described.id
    yield _wrapped(described.sentence, 2)
    if described.text:
        yield ""
        yield _wrapped(described.text, 2)
    yield ""
    yield f"judges {described.judges}"
    for need in described.needs:
        yield f"needs {NEEDS.get(need, need)}"
    yield from _options("options", described.options)
    if described.blind_spots:
        yield ""
        yield "does not see"
        for sentence in described.blind_spots:
            yield _wrapped(sentence, 2)


def _options(title: str, options: tuple[Option, ...]) -> Iterator[str]:
    yield ""
    yield title
    for option in options:
        yield f"  {option.name}: {option.default}"
        yield _wrapped(f"{option.text} Wants {option.wants}.", 6)


def _here(rule: Rule, root: Path, policies: tuple[str, ...]) -> Iterator[str]:
    """How the policy in force sets the rule; silent where there is none that can be read."""
    from scanner.cli._policy_open import open_policy
    from scanner.cli._policy_show import as_text

    yield ""
    try:
        policy, _ = open_policy(root, policies)
    except LadingError as error:
        yield f"how it is set here cannot be told: {str(error).splitlines()[0]}"
        return
    yield "set here"
    for line in as_text(policy, (rule.id,)):
        if line.startswith("  "):
            yield line


def _wrapped(text: str, indent: int) -> str:
    pad = " " * indent
    return textwrap.fill(text, WIDTH, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False)
