"""One policy file: YAML nodes to checked settings, every mistake noted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import Any

from scanner.marked_yaml import Mapping, Node, Scalar, Sequence
from scanner.policy.match import Glob, LicenseName
from scanner.policy.mistakes import shown
from scanner.policy.options import (
    COMMON_TYPES,
    Reading,
    Refused,
    as_meant,
    option_types,
    read_mapping,
    read_setting,
    read_value,
    unknown_key,
)
from scanner.policy.policy import (
    ExceptionStatus,
    Layer,
    PolicyException,
    PolicyIgnore,
    ProjectMay,
    RulePart,
    ScopePart,
    Setting,
    SourceNote,
)
from scanner.policy.rule import Rule
from scanner.policy.use import Use
from scanner.records.fact import Confidence
from scanner.records.finding import Level
from scanner.records.sighting import Kind, Scope

VERSION = 1

TOP_TYPES: MappingProxyType[str, Any] = MappingProxyType(
    {
        "extends": tuple[str, ...],
        "include": tuple[Scope, ...],
        "min_confidence": Confidence,
        "max_exception_days": int,
        "warn_before_days": int,
        "never_baselined": tuple[str, ...],
        "project_may": tuple[ProjectMay, ...],
        "knowledge": tuple[str, ...],
        "owner": str,
    }
)
"""Top-level keys that hold one value or list."""
SECTIONS = ("version", "about", "use", "rules", "scopes", "hook", "exceptions", "ignores", "sources")
HOOK_TYPES: MappingProxyType[str, Any] = MappingProxyType({"unlocked": Level | None})
ABOUT = ("name", "for", "whose", "as_of", "text", "counsel")
EXCEPTION_KEYS = (
    "rule", "reference", "license", "commit", "paths", "owner", "reason", "granted", "expires", "status",
    "mute_unused",
)  # fmt: skip


class LayerReader:
    """Reads policy files of one run; the rules that exist are known to it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = {rule.id: rule for rule in rules}

    def read(self, top: Mapping, reading: Reading, digest: str, *, is_projects: bool) -> Layer:
        """Check one file. What is wrong is noted in `reading` and left out of the layer."""
        top = as_meant(top, (*TOP_TYPES, *SECTIONS), "the key", reading)
        self._check_version(top, reading)
        self._check_about(top.get("about"), reading)
        settings = _read_settings(top, TOP_TYPES, "", reading)
        for name, setting in _read_settings(
            _section(top, "hook", reading), HOOK_TYPES, "hook.", reading
        ).items():
            settings[f"hook.{name}"] = setting
        self._check_rule_ids(settings.get("never_baselined"), top.get("never_baselined"), reading)
        return Layer(
            reading.file,
            digest,
            is_projects,
            rules=self._read_rules(_section(top, "rules", reading), reading),
            scopes=tuple(self._read_all(top, "scopes", self._read_scope, reading)),
            use=MappingProxyType(
                _read_settings(_section(top, "use", reading), option_types(Use), "use.", reading)
            ),
            exceptions=tuple(
                self._read_all(top, "exceptions", self._read_exception, reading, is_projects=is_projects)
            ),
            ignores=tuple(self._read_all(top, "ignores", self._read_ignore, reading)),
            sources=tuple(self._read_all(top, "sources", _read_source, reading)),
            settings=MappingProxyType(settings),
        )

    def _check_version(self, top: Mapping, reading: Reading) -> None:
        node = top.get("version")
        if node is None:
            reading.mistakes.add(
                reading.file, top, "the version of the policy format is missing", "write version: 1"
            )
        elif not isinstance(node, Scalar) or node.value != VERSION or isinstance(node.value, bool):
            reading.mistakes.add(
                reading.file, node, f"no policy format {shown(node)} is known", "write version: 1"
            )

    @staticmethod
    def _check_about(node: Node | None, reading: Reading) -> None:
        if node is None:
            return
        try:
            about = as_meant(read_mapping(node, "about", reading), ABOUT, "the key", reading)
            for name, _, value in about.items():
                if not isinstance(value, Scalar):
                    reading.refuse(value, f"about.{name} wants a text, not {shown(value)}")
        except Refused:
            return

    def _check_rule_ids(self, setting: Setting | None, node: Node | None, reading: Reading) -> None:
        for member in node if setting and isinstance(node, Sequence) else ():
            if isinstance(member, Scalar) and member.value not in self.rules:
                unknown_key("the rule", member, list(self.rules), reading)

    def _read_rules(self, section: Mapping, reading: Reading) -> tuple[RulePart, ...]:
        parts = []
        for name, key, node in section.items():
            if name in self.rules:
                parts.append(self._read_rule(self.rules[name], key, node, reading))
            elif meant := unknown_key("the rule", key, list(self.rules), reading):
                # The policy is refused; what stands below is read for its own mistakes.
                self._read_rule(self.rules[meant], key, node, reading)
            else:
                self._check_options(key, node, reading)
        return tuple(parts)

    def _check_options(self, key: Scalar, node: Node, reading: Reading) -> None:
        """Check below a rule nobody knows what all rules understand, and options that are of one type."""
        level = {"level": Level | None}
        if not isinstance(node, Mapping):
            if node != Scalar(None, node.line, node.column):
                with contextlib.suppress(Refused):
                    read_value(Level | None, node, str(key.value), reading)
            return
        kinds: dict[str, set[Any]] = {}
        for rule in self.rules.values():
            for name, kind in option_types(rule.options).items():
                kinds.setdefault(name, set()).add(kind)
        agreed = {name: found.pop() for name, found in kinds.items() if len(found) == 1}
        known = {**agreed, **COMMON_TYPES, **level}
        name = str(key.value)[:60]
        body = as_meant(node, {**kinds, **known}, f"in {name}, the key", reading)
        entries = tuple(entry for entry in body.entries if entry[0].value in known)
        _read_settings(Mapping(entries, body.line, body.column), known, f"{name}.", reading)

    @staticmethod
    def _read_rule(rule: Rule, key: Scalar, node: Node, reading: Reading) -> RulePart:
        place = reading.place(key)
        settings: dict[str, Setting] = {}
        if isinstance(node, Scalar) and node.value is not None:
            with contextlib.suppress(Refused):
                settings["level"] = Setting(read_value(Level | None, node, rule.id, reading), place)
        else:
            # Only here is the rule's file needed; most rules of a policy are set to a level.
            kinds: dict[str, Any] = {**option_types(rule.options), **COMMON_TYPES, "level": Level | None}
            with contextlib.suppress(Refused):
                settings = _read_settings(read_mapping(node, rule.id, reading), kinds, f"{rule.id}.", reading)
        return RulePart(rule.id, MappingProxyType(settings), place)

    def _read_scope(self, body: Mapping, reading: Reading) -> ScopePart:
        kinds: dict[str, Any] = {
            "paths": tuple[Glob, ...],
            "parts": tuple[Scope, ...],
            "kinds": tuple[Kind, ...],
            "references": tuple[Glob, ...],
        }
        body = as_meant(body, (*kinds, "rules"), "the key", reading)
        rules = self._read_rules(_section(body, "rules", reading), reading)
        found = _read_settings(_without(body, "rules"), kinds, "", reading)
        if not found:
            raise reading.refuse(
                body, "a scope says neither paths, parts, kinds nor references", 'write paths: ["folder/**"]'
            )
        parts = found.get("parts")
        named = found.get("kinds")
        return ScopePart(
            found["paths"].value if "paths" in found else None,
            frozenset(parts.value) if parts else None,
            frozenset(named.value) if named else None,
            found["references"].value if "references" in found else None,
            rules,
            reading.place(body),
        )

    def _read_exception(self, body: Mapping, reading: Reading, *, is_projects: bool) -> PolicyException:
        kinds: dict[str, Any] = {
            "reference": Glob, "license": LicenseName, "commit": str, "paths": tuple[Glob, ...], "owner": str,
            "reason": str, "status": ExceptionStatus, "mute_unused": bool,
        }  # fmt: skip
        body = as_meant(body, EXCEPTION_KEYS, "the key", reading)
        rules = self._read_rule_names(body, reading)
        dates = {name: _read_date(body, name, reading) for name in ("granted", "expires")}
        found = _read_settings(_without(body, "rule", "granted", "expires"), kinds, "", reading)
        missing = [
            name for name in ("rule", "reference", "owner", "reason", "expires") if body.get(name) is None
        ]
        if missing:
            reading.refuse(
                body,
                f"an exception without {' and '.join(missing)}",
                "it needs rule, reference, owner, reason and expires",
                "`lading policy exception add` writes one",
            )
        if (
            missing
            or not rules
            or dates["expires"] is None
            or not {"reference", "owner", "reason"} <= set(found)
        ):
            raise Refused
        value = {name: setting.value for name, setting in found.items()}
        return PolicyException(
            rules, value["reference"], value.get("license"), value.get("commit"), value.get("paths"),
            value["owner"], value["reason"], dates["granted"], dates["expires"],
            value.get("status", ExceptionStatus.GRANTED), value.get("mute_unused", False),
            is_projects, reading.place(body),
        )  # fmt: skip

    def _read_ignore(self, body: Mapping, reading: Reading) -> PolicyIgnore:
        body = as_meant(body, ("path", "rule", "reason"), "the key", reading)
        rules = self._read_rule_names(body, reading)
        found = _read_settings(_without(body, "rule"), {"path": Glob, "reason": str}, "", reading)
        missing = [name for name in ("path", "rule", "reason") if body.get(name) is None]
        if missing:
            reading.refuse(
                body, f"an ignore without {' and '.join(missing)}", "it needs path, rule and reason"
            )
        if missing or not rules or set(found) != {"path", "reason"}:
            raise Refused
        return PolicyIgnore(found["path"].value, rules, found["reason"].value, reading.place(body))

    def _read_rule_names(self, body: Mapping, reading: Reading) -> tuple[str, ...]:
        """The rule or rules an exception or ignore names; `()` where one is wrong."""
        node = body.get("rule")
        members = node.members if isinstance(node, Sequence) else (node,) if node else ()
        names = []
        for member in members:
            if isinstance(member, Scalar) and member.value in self.rules:
                names.append(str(member.value))
            elif isinstance(member, Scalar):
                unknown_key("the rule", member, list(self.rules), reading)
            else:
                reading.refuse(member, f"rule wants a rule id, not {shown(member)}")
        return tuple(names) if len(names) == len(members) else ()

    @staticmethod
    def _read_all(top: Mapping, name: str, read: Any, reading: Reading, **more: Any) -> list[Any]:
        """Read each entry of a list of mappings; an entry with mistakes is left out."""
        node = top.get(name)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return []
        if not isinstance(node, Sequence):
            reading.refuse(
                node, f"{name} wants a list, not {shown(node)}", f"write {name}: and below it - {{…}}"
            )
            return []
        found = []
        for member in node:
            try:
                found.append(read(read_mapping(member, f"an entry of {name}", reading), reading, **more))
            except Refused:
                continue
        return found


def _read_settings(body: Mapping, kinds: Any, prefix: str, reading: Reading) -> dict[str, Setting]:
    """Read the keys of a mapping by their types; keys of the top level that are sections are left alone."""
    found: dict[str, Setting] = {}
    if prefix or kinds is not TOP_TYPES:
        body = as_meant(body, kinds, f"in {prefix.rstrip('.')}, the key" if prefix else "the key", reading)
    for name, _, node in body.items():
        if name in kinds:
            try:
                found[name] = read_setting(kinds[name], node, f"{prefix}{name}", reading)
            except Refused:
                continue
    return found


def _section(top: Mapping, name: str, reading: Reading) -> Mapping:
    node = top.get(name)
    if node is not None:
        try:
            return read_mapping(node, name, reading)
        except Refused:
            pass
    return Mapping((), top.line, top.column)


def _without(body: Mapping, *names: str) -> Mapping:
    entries = tuple(entry for entry in body.entries if entry[0].value not in names)
    return Mapping(entries, body.line, body.column)


def _read_date(body: Mapping, name: str, reading: Reading) -> date | None:
    node = body.get(name)
    if node is None:
        return None
    try:
        if isinstance(node, Scalar) and isinstance(node.value, str) and len(node.value) == 10:
            return date.fromisoformat(node.value)
    except ValueError:
        pass
    reading.refuse(node, f"{name} is not a day: {shown(node)}", "write YYYY-MM-DD")
    return None


def _read_source(body: Mapping, reading: Reading) -> SourceNote:
    kinds = {"setting": str, "source": str, "as_of": str, "status": str}
    body = as_meant(body, kinds, "the key", reading)
    found = _read_settings(body, kinds, "", reading)
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
