"""What a policy wants to know that a run does not ask for by itself."""

from __future__ import annotations

from typing import Any

from scanner.policy.compose import RuleBook
from scanner.policy.policy import Policy
from scanner.records.quick import replace
from scanner.settings import Settings

SCANS, HASHES = "scan-flagged", "hash-mismatch"


def with_wishes(settings: Settings, policy: Policy) -> Settings:
    """Ask for the Hub's scan results and hashes where a judge wants them.

    Scan results change from day to day: caches are passed over then. Offline nobody can be asked.
    """
    if settings.is_offline:
        return settings
    judges = range(len(policy.judges))
    if any(_wants(policy, at, SCANS) for at in judges):
        settings = replace(settings, wants_scans=True, refresh=True)
    if any(_wants(policy, at, HASHES) for at in judges):
        settings = replace(settings, wants_hashes=True)
    return settings


def _wants(policy: Policy, at: int, name: str) -> bool:
    for rule in policy.rules:
        book = RuleBook(policy.judges[at], policy.rules) if rule.id == name else None
        if book is not None and rule in book.rules:
            settings = book.everywhere(rule)
            options: Any = settings.options
            return not settings.is_off and bool(options.hub)
    return False
