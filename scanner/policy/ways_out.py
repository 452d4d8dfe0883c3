"""How an exception is asked for: the command, or whose policy has to say it."""

from __future__ import annotations

from scanner.records.asset import Asset
from scanner.records.unknown import Unknown

OWNER = "OWNER"
REASON = "REASON"
"""What stands in a printed command for what only a person can say."""
PLACEHOLDERS = (OWNER, REASON)


def exception_command(asset: Asset, rule: str) -> str:
    """The command that excepts an asset from a rule, bound to its license as it is now.

    It works once OWNER and REASON are filled in. Names are quoted for the shell: they are of others.
    """
    from shlex import quote

    words = [quote(asset.name), "--rule", rule]
    known = asset.license.key if isinstance(asset.license.key, str) else asset.license.expression
    if not isinstance(known, Unknown):
        words += ["--license", quote(known)]
    return " ".join(["lading policy exception add", *words, f'--owner {OWNER} --reason "{REASON}"'])


def ask_for_exception(asset: Asset, rule: str, excepted_in: str) -> str:
    """Say how an exception is asked for; where one of the project has no effect, of whom."""
    if not excepted_in:
        return f"ask for an exception: {exception_command(asset, rule)}"
    return f"ask {of_organization(excepted_in)} (one in the project has no effect)"


def of_organization(excepted_in: str) -> str:
    """Say where the organization would write an exception; a pack itself cannot hold one."""
    if ":" in excepted_in:
        return f"for an exception in the organization's own policy, beside {excepted_in}"
    return f"for an exception in {excepted_in}, the organization's policy"
