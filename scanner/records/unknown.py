"""An unknown is a value with a reason, never a gap."""

from __future__ import annotations

from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that is not known, and why. Written to JSON as `{"unknown": reason}`."""

    reason: str
