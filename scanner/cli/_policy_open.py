"""The policy in force, opened for commands that look at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge
    from scanner.policy.policy import Policy


def open_policy(root: Path, given: tuple[str, ...], *, is_alone: bool = False) -> tuple[Policy, Knowledge]:
    """Load the policy in force and the knowledge it needs; alone, the project's own has no say.

    Raises:
        PolicyBroken: it has mistakes.
        UsageError: a policy that was named does not exist.
    """
    from scanner.knowledge.store import open_knowledge
    from scanner.policy.load import check as check_policy
    from scanner.policy.load import gather

    gathered = gather(root, given, is_alone=is_alone)
    knowledge = open_knowledge(tuple(root / folder for folder in gathered.overlays))
    return check_policy(gathered, knowledge), knowledge


def require_rules(rules: tuple[str, ...], policy: Policy, others: tuple[str, ...] = ()) -> None:
    """Refuse rule ids that do not exist; `others` may be meant as well.

    Raises:
        UsageError: one does not; the nearest is named.
    """
    from scanner.policy.mistakes import nearest
    from scanner.policy.sources import pack_names

    ids = [rule.id for rule in policy.rules]
    for rule in rules:
        if rule not in ids:
            near = nearest(rule, [*ids, *others])
            more = f"; sections are {', '.join(others)}" if others else ""
            advice = f"did you mean {near!r}?" if near else f"lading explain lists the rules{more}"
            if rule in pack_names():
                advice = f"it is a pack: lading policy show --policy {rule}"
            raise UsageError(f"no rule is called {rule!r}\n  {advice}")
