"""Assets under real licenses, for tests of what their terms come to."""

from __future__ import annotations

from functools import cache
from typing import Any

from scanner.knowledge.licenses import look_up
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.asset import Ancestor, Asset, AssetLicense
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Judgement
from scanner.records.unknown import Unknown
from tests.policy.build import ancestor, asset, judge


@cache
def knowledge() -> Knowledge:
    return open_knowledge()


def licensed(name: str, key: str | None, **changes: Any) -> Asset:
    """An asset under a license of the real knowledge; None for a card that says `other`."""
    record = look_up(knowledge(), key) if key else None
    unknown = Unknown("the card says 'other' and names no license")
    sure = changes.pop("confidence", Confidence.VERIFIED)
    of = AssetLicense(
        record.spdx if record else unknown,
        record.key if record else unknown,
        record.category if record else unknown,
        (key or "other",),
        (),
        (Evidence("license.declared", key or unknown, "hub:test", "2026-11-01", sure),),
    )
    return asset(name, "MIT", **{"license": of, **changes})


def base(name: str, key: str | None, of: str, relation: str = "finetune", **changes: Any) -> Ancestor:
    """A base under a license of the real knowledge."""
    return ancestor(name, key, of=of, relation=relation, **changes)


def judged(policy: str, *assets: Asset, **changes: Any) -> Judgement:
    """Judge under a policy (rules alone, or a whole one) with the real knowledge."""
    return judge(policy, *assets, knowledge=knowledge(), **changes)


def under_use(asset_: Asset, use: str, rules: str = "use-outside-license: {}", **changes: Any) -> Judgement:
    """Judge one asset under a declared use, written in flow style."""
    return judged(f"version: 1\nuse: {{{use}}}\nrules:\n  {rules}\n", asset_, **changes)
