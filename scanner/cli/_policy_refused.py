"""Which rules refuse a model now, for an exception that names no rule."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.finding import Finding

PASSED_ON = ("root", "license", "expires", "commit")
"""Options that a finished command repeats where they were given."""


def refusing_rule(root: Path, reference: str, said: Mapping[str, Any]) -> tuple[str, str | None]:
    """The one rule that refuses a name in the project, and the license it stands under there.

    The project is scanned offline, by its own policy. The license is None where it is not known.

    Raises:
        UsageError: several rules refuse it, or none.
    """
    from scanner.policy.match import Glob
    from scanner.records.unknown import Unknown
    from scanner.scan import Request, scan
    from scanner.settings import read_settings

    report = scan(Request(root=root), read_settings(is_offline=True, today=said["today"]))
    wanted = Glob(reference)
    names = {asset.id: asset.name for asset in report.assets}
    told = [
        finding
        for finding in report.findings
        if finding.exception is None
        and (wanted.matches(finding.reference) or wanted.matches(names.get(finding.asset, "")))
    ]
    rules = sorted({finding.rule for finding in told if finding.level.value == "error"})
    if len(rules) != 1:
        given = {**said, "license": said["license_name"], "root": "" if root == Path() else str(root)}
        raise UsageError(_which(reference, rules, told, given))
    licenses = {
        asset.license.key if isinstance(asset.license.key, str) else asset.license.expression
        for asset in report.assets
        if asset.id in {finding.asset for finding in told if finding.rule == rules[0]}
    }
    known = licenses.pop() if len(licenses) == 1 else Unknown("no license, or several")
    return rules[0], known if isinstance(known, str) else None


def _which(reference: str, rules: list[str], told: list[Finding], said: Mapping[str, Any]) -> str:
    """Say that several rules refuse a name, or none, with the commands that name one."""
    if rules:
        first = (
            f"{len(rules)} rules refuse {reference}\n  say which it is excepted from (--rule, repeatable):"
        )
    elif lower := sorted({finding.rule for finding in told}):
        first = f"no rule refuses {reference}: nothing at the level error is about it\n  of lower levels are:"
        rules = lower
    else:
        return (
            f"no rule refuses {reference}: no finding of the project is about it\n"
            "  to except it before it is used, name the rule: --rule RULE (lading explain lists them)"
        )
    return "\n  ".join([first, *(_command(reference, rule, said) for rule in rules)])


def _command(reference: str, rule: str, said: Mapping[str, Any]) -> str:
    """The command as it was given, with the rule named."""
    from shlex import join

    words = ["lading", "policy", "exception", "add", reference, "--rule", rule]
    words += [word for name in ("owner", "reason") for word in (f"--{name}", said[name])]
    words += [word for name in PASSED_ON if said[name] for word in (f"--{name}", said[name])]
    return join([*words, *(["--requested"] if said["requested"] else [])])
