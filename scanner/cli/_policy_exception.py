"""Writes an exception into the policy of a project, bound to its license."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge


def write_exception(root: Path, reference: str, said: Mapping[str, Any]) -> str:
    """Add the entry to lading.yaml and say what was written.

    Raises:
        UsageError: there is no lading.yaml, a rule or day is wrong, the term is longer than allowed, or no
            rule is named and not exactly one refuses the model now.
        PolicyBroken: the policy is broken, before or after.
    """
    from scanner.cli._policy_open import open_policy, require_rules
    from scanner.cli._policy_refused import refusing_rule
    from scanner.cli._results import write_whole
    from scanner.errors import PolicyBroken
    from scanner.policy.edit import NewException, add_exception
    from scanner.settings import read_settings

    target = root / "lading.yaml"
    if not target.is_file():
        raise UsageError(_no_file(root))
    policy, knowledge = open_policy(root, ())
    rules = tuple(said["rules"])
    require_rules(rules, policy)
    granted = read_settings(today=said["today"]).today
    expires = _end(said["expires"], granted, policy.max_exception_days)
    found = None
    if not rules:
        rule, found = refusing_rule(root, reference, said)
        rules = (rule,)
    license_name = said["license_name"] or found or known_license(reference, knowledge)
    entry = NewException(
        rules, reference, license_name, said["commit"], said["owner"], said["reason"], granted, expires,
        said["requested"],
    )  # fmt: skip
    before = target.read_text(encoding="utf-8")
    after = add_exception(before, entry, "lading.yaml")
    write_whole(target, after)
    try:
        open_policy(root, ())
    except PolicyBroken:
        write_whole(target, before)
        raise
    bound = f"bound to {license_name}" if license_name else "bound to no license: name one with --license"
    return f"lading.yaml: {reference} is excepted from {', '.join(rules)} until {expires}, {bound}"


def _end(said: str | None, granted: date, most_days: int) -> date:
    expires = _day(said) if said else granted + timedelta(days=most_days)
    days = (expires - granted).days
    if days < 0 or days > most_days:
        wrong = "lies in the past" if days < 0 else f"is {days} days away"
        raise UsageError(
            f"--expires {expires} {wrong}\n  the policy allows {most_days} days (max_exception_days)"
        )
    return expires


def _no_file(root: Path) -> str:
    from scanner.policy.sources import PYPROJECT, own_policy, read_from

    if own_policy(read_from(root)) is None:
        return "there is no lading.yaml here\n  write one with lading policy init"
    return (
        f"the policy stands in [tool.lading] of {PYPROJECT}, which is not written by lading\n"
        "  write it there: [[tool.lading.exceptions]], and below it rule, reference, license, owner, reason, "
        "expires"
    )


def known_license(reference: str, knowledge: Knowledge) -> str | None:
    """The license the catalog knows for a name, as a policy writes it; None where it knows none."""
    from scanner.knowledge.catalog import look_up
    from scanner.knowledge.licenses import of_declaration
    from scanner.records.unknown import Unknown

    row = look_up(knowledge, "hf-model", reference)
    if row is None or isinstance(row.license_ids, Unknown):
        return None
    name, link = (value if isinstance(value, str) else None for value in (row.license_name, row.license_link))
    answer = of_declaration(knowledge, row.license_ids, name, link, reference)
    known = answer.expression if isinstance(answer.key, Unknown) else answer.key
    return None if isinstance(known, Unknown) else known


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"not a day: {text!r}\n  write YYYY-MM-DD") from error
