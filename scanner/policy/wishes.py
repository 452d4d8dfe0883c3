"""What a policy wants to know that a run does not ask for by itself."""

from __future__ import annotations

from typing import Any

from scanner.policy.compose import RuleBook
from scanner.policy.policy import Policy
from scanner.records.quick import replace
from scanner.settings import Settings

SCANS = "scan-flagged"


def with_wishes(settings: Settings, policy: Policy) -> Settings:
    """Ask for the Hub's scan results where a judge wants them.

    They change from day to day: caches are passed over then. Offline nobody can be asked.
    """
    if settings.is_offline or not any(_wants_scans(policy, at) for at in range(len(policy.judges))):
        return settings
    return replace(settings, wants_scans=True, refresh=True)


def _wants_scans(policy: Policy, at: int) -> bool:
    for rule in policy.rules:
        book = RuleBook(policy.judges[at], policy.rules) if rule.id == SCANS else None
        if book is not None and rule in book.rules:
            settings = book.everywhere(rule)
            options: Any = settings.options
            return not settings.is_off and bool(options.hub)
    return False
