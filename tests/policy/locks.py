"""Lockfiles with drifts made by hand, for the rules about them."""

from __future__ import annotations

from typing import Any

from scanner.records.asset import Asset
from scanner.records.fact import Confidence
from scanner.records.lock import Change, Drift, Lock, lock_key
from tests.policy.build import COMMIT


def drift(change: Change, of: Asset, was: str, now: str, what: str, **more: Any) -> Drift:
    """One difference of the block of an asset, at line 12 of the lockfile."""
    fields: dict[str, Any] = {
        "change": change,
        "key": lock_key(of.kind, of.name, COMMIT),
        "asset": of.id,
        "was": was,
        "now": now,
        "what": what,
        "line": 12,
        "source": f"hub:{of.name}",
        "as_of": "2026-11-22",
        "confidence": Confidence.VERIFIED,
    }
    return Drift(**{**fields, **more})


def lock(*drifts: Drift, edited: tuple[Drift, ...] = ()) -> Lock:
    """A lockfile in which resolution found these differences."""
    return Lock("lading.lock", "sha256:0", (), drifts, edited)
