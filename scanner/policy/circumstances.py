"""What `evaluate` is told about a run besides policy and assets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from scanner.policy.rule import Loosening
from scanner.records.asset import Reference
from scanner.records.quick import dataclass
from scanner.records.sighting import CodeLoad, HubSwitch, IgnoreComment, Notice, Scope, Unresolved

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge
    from scanner.policy.baseline import Baseline


@dataclass(frozen=True, slots=True)
class Circumstances:
    """One run, as far as judging it needs to know."""

    today: date
    knowledge: Knowledge
    scope: str = "whole"
    """whole, files or diff."""
    is_offline: bool = False
    is_hook: bool = False
    """Whether this is the commit hook: requested exceptions pass, unlocked unknown names are one line."""
    include: frozenset[Scope] = frozenset()
    """Parts judged besides the shipped one (`--include`), on top of the policy's."""
    unresolved: tuple[Unresolved, ...] = ()
    """Names decided elsewhere; of a diff those the change adds."""
    notices: tuple[Notice, ...] = ()
    switches: tuple[HubSwitch, ...] = ()
    """Settings that send downloads elsewhere; of a diff those the change adds."""
    loads: tuple[CodeLoad, ...] = ()
    """Calls that open files in a way that can run code; of a diff those the change adds."""
    ignores: tuple[IgnoreComment, ...] = ()
    lock: Any = None
    """The lock record, None where there is no lockfile."""
    loosened: tuple[Loosening, ...] = ()
    """What the change makes more permissive than the trusted revision (`loosened.py`)."""
    baseline: Baseline | None = None
    """Findings accepted earlier."""
    only: frozenset[Reference] | None = None
    """The references this change adds or alters (`--diff`); None judges all."""
