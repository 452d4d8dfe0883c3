"""One policy file: YAML nodes to checked settings, every mistake noted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from scanner.marked_yaml import Mapping, Node, Scalar, Sequence
from scanner.policy.entries import read_all, read_exception, read_ignore, read_source
from scanner.policy.match import Glob
from scanner.policy.mistakes import is_nothing, nearest, shown
from scanner.policy.options import (
    COMMON_TYPES,
    Reading,
    Refused,
    as_meant,
    option_types,
    read_known,
    read_mapping,
    read_settings,
    read_value,
    unknown_key,
    without,
)
from scanner.policy.policy import (
    Layer,
    ProjectMay,
    RulePart,
    ScopePart,
    Setting,
)
from scanner.policy.rule import Rule
from scanner.policy.use import Use
from scanner.records.fact import Confidence
from scanner.records.finding import Level
from scanner.records.sighting import Kind, Scope

VERSION = 1
MAX_NAME = 100
"""Letters of a misspelled rule that are compared."""
SURE = 0.8
"""Share of letters from which a misspelled rule is taken for the nearest."""

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


class LayerReader:
    """Reads policy files of one run; the rules that exist are known to it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = {rule.id: rule for rule in rules}

    def read(self, top: Mapping, reading: Reading, digest: str, *, is_projects: bool) -> Layer:
        """Check one file. What is wrong is noted in `reading` and left out of the layer."""
        top = as_meant(top, (*TOP_TYPES, *SECTIONS), "the key", reading, self._advice_on_option)
        self._check_version(top, reading)
        self._check_about(top.get("about"), reading)
        settings = read_known(top, TOP_TYPES, "", reading)
        for name, setting in read_settings(
            _section(top, "hook", reading), HOOK_TYPES, "hook.", reading
        ).items():
            settings[f"hook.{name}"] = setting
        self._check_rule_ids(settings.get("never_baselined"), top.get("never_baselined"), reading)
        return Layer(
            reading.file,
            digest,
            is_projects,
            rules=self._read_rules(_section(top, "rules", reading), reading),
            scopes=tuple(read_all(top, "scopes", self._read_scope, reading)),
            use=MappingProxyType(
                read_settings(_section(top, "use", reading), option_types(Use), "use.", reading)
            ),
            exceptions=tuple(
                read_all(
                    top, "exceptions", read_exception, reading, rules=self.rules, is_projects=is_projects
                )
            ),
            ignores=tuple(read_all(top, "ignores", read_ignore, reading, rules=self.rules)),
            sources=tuple(read_all(top, "sources", read_source, reading)),
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
        above: Rule | None = None
        for name, key, node in section.items():
            if name in self.rules:
                parts.append(self._read_rule(self.rules[name], key, node, reading))
                above = self.rules[name] if is_nothing(node) else None
                continue
            # The policy is refused; what stands below is read for its own mistakes.
            if rules := self._with_option(name):
                owner = above if above in rules else None
                where = owner.id if owner else "the rule it belongs to"
                reading.refuse(
                    key, f"{name!r} is an option, not a rule", f"indent it, so that it stands below {where}"
                )
                if owner:
                    self._read_rule(owner, key, Mapping(((key, node),), key.line, key.column), reading)
                continue
            advice = "`lading explain` lists the rules"
            meant = unknown_key("the rule", key, list(self.rules), reading, advice)
            if meant and self._is_sure(name, self.rules[meant], node):
                self._read_rule(self.rules[meant], key, node, reading)
            else:
                self._check_options(key, node, reading)
        return tuple(parts)

    def _with_option(self, name: str) -> list[Rule]:
        """The rules that have an option of this name; `level` all of them have."""
        return [rule for rule in self.rules.values() if name in option_types(rule.options)]

    def _advice_on_option(self, name: str) -> tuple[str, ...]:
        """What is said of an option that stands outside of every rule."""
        rules = self._with_option(name)
        if not rules:
            return ()
        named = f"of {rules[0].id}" if len(rules) == 1 else f"of {len(rules)} rules"
        return (f"it is an option {named}: write it below rules: and the rule",)

    @staticmethod
    def _is_sure(written: str, rule: Rule, node: Node) -> bool:
        """Whether a misspelled rule is surely this one: by its name, or because it has every option given."""
        from difflib import SequenceMatcher

        if SequenceMatcher(None, written[:MAX_NAME], rule.id).ratio() >= SURE:
            return True
        known = {*option_types(rule.options), *COMMON_TYPES, "level"}
        return not isinstance(node, Mapping) or all(nearest(name, known) for name, _, _ in node.items())

    def _check_options(self, key: Scalar, node: Node, reading: Reading) -> None:
        """Check below a rule nobody knows what all rules understand, and options that are of one type."""
        level = {"level": Level | None}
        if not isinstance(node, Mapping):
            if not is_nothing(node):
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
        advice = ("`lading explain RULE` lists the options of a rule",)
        body = as_meant(node, {**kinds, **known}, f"in {name}, the key", reading, lambda _: advice)
        entries = tuple(entry for entry in body.entries if entry[0].value in known)
        read_settings(Mapping(entries, body.line, body.column), known, f"{name}.", reading)

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
                settings = read_settings(read_mapping(node, rule.id, reading), kinds, f"{rule.id}.", reading)
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
        found = read_settings(without(body, "rules"), kinds, "", reading)
        if not found and not any(body.get(name) for name in kinds):
            raise reading.refuse(
                body, "a scope says neither paths, parts, kinds nor references", 'write paths: ["folder/**"]'
            )
        if not found:
            raise Refused
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


def _section(top: Mapping, name: str, reading: Reading) -> Mapping:
    node = top.get(name)
    if isinstance(node, Sequence):
        reading.refuse(node, f"{name} wants keys and values, not a list", "write the keys without a dash")
        entries = [entry for member in node if isinstance(member, Mapping) for entry in member.entries]
        return Mapping(tuple(entries), node.line, node.column)
    if node is not None:
        with contextlib.suppress(Refused):
            return read_mapping(node, name, reading)
    return Mapping((), top.line, top.column)
