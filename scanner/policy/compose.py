"""Many policy files to one judge: later files win, lists may take over `...`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from scanner.plugins import load_plugins
from scanner.policy.match import Glob
from scanner.policy.options import COMMON_TYPES
from scanner.policy.policy import BUILT_IN, Common, Judge, Layer, RulePart, RuleSettings, ScopePart, Setting
from scanner.policy.rule import Rule
from scanner.records.sighting import Kind, Scope


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by id.

    Raises:
        PluginBroken: a rule's file does not load, or two rules share an id.
    """
    from scanner.policy import rules

    return tuple(sorted(load_plugins(rules, "RULE", Rule), key=lambda rule: rule.id))


def compose(name: str, layers: Iterable[Layer], *, judges_defaults: bool) -> Judge:
    """Lay files over each other, the strongest last."""
    parts: dict[str, RulePart] = {}
    scopes: list[ScopePart] = []
    for layer in layers:
        for part in layer.rules:
            parts[part.rule] = overlay(parts.get(part.rule), part)
        scopes.extend(layer.scopes)
    return Judge(name, MappingProxyType(parts), tuple(scopes), judges_defaults)


def overlay(below: RulePart | None, above: RulePart) -> RulePart:
    """Lay one part over another, option by option."""
    if below is None:
        return above
    settings = dict(below.settings)
    for name, setting in above.settings.items():
        settings[name] = join(settings.get(name), setting)
    return RulePart(above.rule, MappingProxyType(settings), above.place if above.settings else below.place)


def join(below: Setting | None, above: Setting) -> Setting:
    """Put what is inherited where a list says `...`; else the upper value stands alone."""
    if not above.inherits or below is None or not isinstance(below.value, tuple):
        return above
    return Setting(
        tuple(dict.fromkeys((*below.value, *above.value))),
        above.place,
        (*below.entries, *above.entries),
        True,
    )


def settle(rule: Rule, part: RulePart | None) -> RuleSettings:
    """Build a rule's options from its defaults and what the policy says."""
    settings = part.settings if part else MappingProxyType({})
    options: dict[str, Any] = {}
    common: dict[str, Any] = {}
    for name, setting in settings.items():
        (common if name in COMMON_TYPES else options)[name] = setting.value
    if common.get("kinds") is not None:
        common["kinds"] = frozenset(common["kinds"])
    is_off = "level" in options and options["level"] is None
    if is_off:
        del options["level"]
    built = rule.options(**options)
    return RuleSettings(
        rule,
        is_off or built.level is None,
        built,
        Common(**common),
        part.place if part else BUILT_IN,
        settings,
    )


class RuleBook:
    """The settings of one judge for any part of the project, each combination built once."""

    def __init__(self, judge: Judge, rules: Iterable[Rule]) -> None:
        self.judge = judge
        self.rules = tuple(rule for rule in rules if judge.judges_defaults or rule.id in judge.rules)
        self._built: dict[tuple[str, tuple[int, ...]], RuleSettings] = {}

    def everywhere(self, rule: Rule) -> RuleSettings:
        """The settings of a rule, scopes aside."""
        return self._settings(rule, ())

    def uniform(self, rule: Rule) -> RuleSettings | None:
        """The settings of a rule where they are the same for every place; None where they may differ."""
        settings = self._settings(rule, ())
        is_narrowed = settings.common.kinds is not None or settings.common.paths is not None
        return None if self.judge.scopes or is_narrowed else settings

    def at(self, rule: Rule, file: str, scope: Scope, kind: Kind) -> RuleSettings:
        """The settings of a rule for one place."""
        if not self.judge.scopes:
            return self._settings(rule, ())
        return self._settings(rule, self._matching(file, scope, kind))

    def _matching(self, file: str, scope: Scope, kind: Kind) -> tuple[int, ...]:
        return tuple(
            at
            for at, part in enumerate(self.judge.scopes)
            if (part.paths is None or any(fits(glob, file) for glob in part.paths))
            and (part.parts is None or scope in part.parts)
            and (part.kinds is None or kind in part.kinds)
        )

    def _settings(self, rule: Rule, scopes: tuple[int, ...]) -> RuleSettings:
        key = (rule.id, scopes)
        if key not in self._built:
            part = self.judge.rules.get(rule.id)
            for at in scopes:
                for patch in self.judge.scopes[at].rules:
                    if patch.rule == rule.id:
                        part = overlay(part, patch)
            self._built[key] = settle(rule, part)
        return self._built[key]


def fits(glob: Glob, file: str) -> bool:
    """Whether a path pattern means a file: without a slash its name at any depth, with one its path.

    A pattern that names a folder means everything below it.
    """
    if "/" not in glob.text:
        if any(glob.matches(part) for part in PurePosixPath(file).parts):
            return True
        return glob.text == "**"
    pattern = glob.text.removeprefix("./").rstrip("/")
    return Glob(pattern).matches(file) or Glob(pattern + "/**").matches(file)
