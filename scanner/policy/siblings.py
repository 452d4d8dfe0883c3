"""Models of the same family that the policy would let pass, for remedies."""

from __future__ import annotations

import re
from collections.abc import Callable

from scanner.patterns import regex
from scanner.policy.rule import Facts, Fault, Verdict
from scanner.records.asset import Asset
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown

MAX_SIBLINGS = 8
MAX_LOOKED_AT = 60
"""Rows of one family that are looked at."""
_SIZE = regex(
    r"[-_](?:\d+x)?\d+(?:\.\d+)?[bm](?![a-z])|[-_](?:mini|small|medium|large|base|xl|tiny)(?![a-z])",
    re.IGNORECASE,
)


def with_siblings(
    fault: Fault, asset: Asset, facts: Facts, fits: Callable[[str], bool] = lambda _: True
) -> Fault:
    """Put the nearest allowed sibling first in a remedy, where there is one whose license fits."""
    for name, expression in [each for each in allowed_siblings(asset, facts) if fits(each[1])][:1]:
        return replace(fault, remedy=f"use {name} ({expression}), or {fault.remedy}")
    return fault


def allowed_siblings(asset: Asset, facts: Facts) -> tuple[tuple[str, str], ...]:
    """Names and licenses of models of the same owner and family, of another size, for the same task.

    Only such whose license the policy's lists allow; `()` where it has no lists, or the catalog knows
    none. A name is of the same family when it is the same but for its size.
    """
    if asset.kind is not Kind.HF_MODEL or "/" not in asset.name:
        return ()
    family = _family(asset.name)
    if family is None:
        return ()
    owner = asset.name.split("/")[0].casefold() + "/"
    found: list[tuple[str, str]] = []
    alike = facts.knowledge.keys_beginning("catalog", owner)
    for key in [key for key in alike if _family(key) == family and key != asset.name][:MAX_LOOKED_AT]:
        expression = _license(key, asset, facts)
        if expression and facts.license_verdict(expression) is Verdict.ALLOWED:
            found.append((key, expression))
    return tuple(sorted(found, key=lambda each: _distance(asset.name, each[0]))[:MAX_SIBLINGS])


def _license(name: str, asset: Asset, facts: Facts) -> str:
    """License of a row that is for the same task, `""` where it is not or nobody says."""
    from scanner.knowledge import catalog, licenses

    row = catalog.look_up(facts.knowledge, "hf-model", name)
    if row is None or row.license_ids is None or isinstance(row.license_ids, Unknown):
        return ""
    tasks = {tag for tag in (asset.modality, row.pipeline_tag) if isinstance(tag, str)}
    if len(tasks) > 1:
        return ""
    named = row.license_name if isinstance(row.license_name, str) else None
    answer = licenses.of_declaration(facts.knowledge, row.license_ids, named, None, name)
    return answer.expression if isinstance(answer.expression, str) else ""


def _family(name: str) -> str | None:
    """The name without its size; None where it states none."""
    short = _SIZE.sub("", name, count=1).casefold()
    return short if short != name.casefold() else None


def _distance(name: str, other: str) -> tuple[float, str]:
    """How far apart two sizes are, as a ratio."""
    ours, theirs = _billions(name), _billions(other)
    if not ours or not theirs:
        return (9.9, other)
    return (max(ours, theirs) / min(ours, theirs), other)


def _billions(name: str) -> float:
    found = re.search(r"[-_](?:(\d+)x)?(\d+(?:\.\d+)?)([bm])(?![a-z])", name, re.IGNORECASE)
    if not found:
        return 0.0
    number = float(found[2]) * float(found[1] or 1)
    return number / 1000 if found[3].lower() == "m" else number
