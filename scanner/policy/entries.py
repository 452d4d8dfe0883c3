"""Entries of the lists of a policy: exceptions, ignores, sources."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from scanner.marked_yaml import Mapping, Node, Scalar, Sequence
from scanner.policy.hints import NO_END, meant_day
from scanner.policy.match import Glob, LicenseName
from scanner.policy.mistakes import is_nothing, shown
from scanner.policy.options import (
    Reading,
    Refused,
    as_meant,
    read_mapping,
    read_settings,
    unknown_key,
    without,
)
from scanner.policy.policy import ExceptionStatus, PolicyException, PolicyIgnore, SourceNote

EXCEPTION_KEYS = (
    "rule", "reference", "license", "commit", "paths", "owner", "reason", "granted", "expires", "status",
    "mute_unused",
)  # fmt: skip


def read_all(top: Mapping, name: str, read: Any, reading: Reading, **more: Any) -> list[Any]:
    """Read each entry of a list of mappings; an entry with mistakes is left out."""
    node = top.get(name)
    if node is None or is_nothing(node):
        return []
    if not isinstance(node, Sequence):
        stuck = isinstance(node, Mapping) and any(key.startswith("-") for key, _, _ in node.items())
        advice = "put a space behind the dash" if stuck else "begin each entry with a dash and a space"
        if isinstance(node, Scalar):
            advice = f"leave {name} out where there are none"
        reading.refuse(node, f"{name} wants a list, not {shown(node)}", advice)
    found = []
    for member in _as_members(node):
        try:
            found.append(read(read_mapping(member, f"an entry of {name}", reading), reading, **more))
        except Refused:
            continue
    return found


def _as_members(node: Node) -> tuple[Node, ...]:
    """What was meant as the entries of a list: its members, or of keys and values the values or the whole."""
    if isinstance(node, Sequence):
        return node.members
    if isinstance(node, Mapping) and all(isinstance(value, Mapping) for _, _, value in node.items()):
        return tuple(value for _, _, value in node.items())
    is_entry = isinstance(node, Mapping) and not any(key.startswith("-") for key, _, _ in node.items())
    return (node,) if is_entry else ()


def read_exception(
    body: Mapping, reading: Reading, *, rules: Collection[str], is_projects: bool
) -> PolicyException:
    """Read one entry of `exceptions:`.

    Raises:
        Refused: it has mistakes; every one has been noted.
    """
    kinds: dict[str, Any] = {
        "reference": Glob, "license": LicenseName, "commit": str, "paths": tuple[Glob, ...], "owner": str,
        "reason": str, "status": ExceptionStatus, "mute_unused": bool,
    }  # fmt: skip
    body = as_meant(body, EXCEPTION_KEYS, "the key", reading)
    named = _read_rule_names(body, rules, reading)
    dates = {name: _read_date(body, name, reading) for name in ("granted", "expires")}
    found = read_settings(without(body, "rule", "granted", "expires"), kinds, "", reading)
    missing = [name for name in ("rule", "reference", "owner", "reason", "expires") if body.get(name) is None]
    if missing:
        reading.refuse(
            body,
            f"an exception without {' and '.join(missing)}",
            "it needs rule, reference, owner, reason and expires",
            "`lading policy exception add` writes one",
        )
    if missing or not named or dates["expires"] is None or not {"reference", "owner", "reason"} <= set(found):
        raise Refused
    value = {name: setting.value for name, setting in found.items()}
    return PolicyException(
        named, value["reference"], value.get("license"), value.get("commit"), value.get("paths"),
        value["owner"], value["reason"], dates["granted"], dates["expires"],
        value.get("status", ExceptionStatus.GRANTED), value.get("mute_unused", False),
        is_projects, reading.place(body),
    )  # fmt: skip


def read_ignore(body: Mapping, reading: Reading, *, rules: Collection[str]) -> PolicyIgnore:
    """Read one entry of `ignores:`.

    Raises:
        Refused: it has mistakes; every one has been noted.
    """
    body = as_meant(body, ("path", "rule", "reason"), "the key", reading)
    named = _read_rule_names(body, rules, reading)
    found = read_settings(without(body, "rule"), {"path": Glob, "reason": str}, "", reading)
    missing = [name for name in ("path", "rule", "reason") if body.get(name) is None]
    if missing:
        reading.refuse(body, f"an ignore without {' and '.join(missing)}", "it needs path, rule and reason")
    if missing or not named or set(found) != {"path", "reason"}:
        raise Refused
    return PolicyIgnore(found["path"].value, named, found["reason"].value, reading.place(body))


def read_source(body: Mapping, reading: Reading) -> SourceNote:
    """Read one entry of `sources:`.

    Raises:
        Refused: it has mistakes; every one has been noted.
    """
    kinds = {"setting": str, "source": str, "as_of": str, "status": str}
    body = as_meant(body, kinds, "the key", reading)
    found = read_settings(body, kinds, "", reading)
    value = {name: setting.value for name, setting in found.items()}
    status = value.get("status", "unverified")
    is_wrong = status not in ("verified", "unverified")
    if is_wrong:
        at = body.get("status") or body
        reading.refuse(at, f"the status of a source cannot be {status!r}", "one of verified, unverified")
    if body.get("setting") is None or body.get("source") is None:
        reading.refuse(body, "a source needs setting and source", "write {setting: …, source: …, as_of: …}")
    if is_wrong or not {"setting", "source"} <= set(found):
        raise Refused
    return SourceNote(
        value["setting"], value["source"], value.get("as_of", "not stated"), status == "verified",
        reading.place(body),
    )  # fmt: skip


def _read_rule_names(body: Mapping, rules: Collection[str], reading: Reading) -> tuple[str, ...]:
    """The rule or rules an exception or ignore names; `()` where one is wrong."""
    node = body.get("rule")
    members = node.members if isinstance(node, Sequence) else (node,) if node else ()
    names = []
    for member in members:
        if isinstance(member, Scalar) and member.value in rules:
            names.append(str(member.value))
        elif isinstance(member, Scalar):
            unknown_key("the rule", member, list(rules), reading)
        else:
            reading.refuse(member, f"rule wants a rule id, not {shown(member)}")
    return tuple(names) if len(names) == len(members) else ()


def _read_date(body: Mapping, name: str, reading: Reading) -> date | None:
    node = body.get(name)
    if node is None:
        return None
    try:
        if isinstance(node, Scalar) and isinstance(node.value, str) and len(node.value) == 10:
            return date.fromisoformat(node.value)
    except ValueError:
        pass
    meant = meant_day(str(node.value)) if isinstance(node, Scalar) else None
    advice = (f"did you mean {meant}?",) if meant else ()
    if shown(node).strip("'").casefold() in NO_END:
        advice = ("every exception ends, and can be granted again",)
    reading.refuse(node, f"{name} is not a day: {shown(node)}", "write YYYY-MM-DD", *advice)
    return None
