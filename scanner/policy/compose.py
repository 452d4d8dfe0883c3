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
from scanner.policy.rule import Place, Rule
from scanner.records.sighting import Kind


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

    def is_off(self, rule: Rule) -> bool:
        """Whether a rule is off, scopes aside; its file is not asked."""
        part = self.judge.rules.get(rule.id)
        if part is None or "level" not in part.settings:
            return rule.is_off_by_default
        return part.settings["level"].value is None

    def may_speak(self, rule: Rule) -> bool:
        """Whether a rule is on somewhere and has been given what it is silent without."""
        patches = [patch for scope in self.judge.scopes for patch in scope.rules if patch.rule == rule.id]
        if self.is_off(rule) and not any("level" in patch.settings for patch in patches):
            return False
        base = self.judge.rules.get(rule.id)
        given = [name for part in (base, *patches) if part is not None for name in part.settings]
        return not rule.silent_without or not set(rule.silent_without).isdisjoint(given)

    def uniform(self, rule: Rule) -> RuleSettings | None:
        """The settings of a rule where they are the same for every place; None where they may differ."""
        settings = self._settings(rule, ())
        common = settings.common
        is_narrowed = any(each is not None for each in (common.kinds, common.paths, common.references))
        return None if self.judge.scopes or is_narrowed else settings

    def at(self, rule: Rule, place: Place) -> RuleSettings | None:
        """The settings of a rule for one place; None where it is off there or does not judge it."""
        settings = self._settings(rule, self._matching(place) if self.judge.scopes else ())
        common, sighting = settings.common, place.reference.sighting
        if settings.is_off or (common.kinds is not None and sighting.kind not in common.kinds):
            return None
        if common.paths is not None and not any(fits(g, sighting.location.file) for g in common.paths):
            return None
        is_named = common.references is None or names(common.references, place)
        return settings if is_named else None

    def at_file(self, rule: Rule, file: str, kind: Kind | None = None) -> RuleSettings | None:
        """The settings of a rule for a line that names nothing: only paths and the kind can narrow it."""
        matching = tuple(
            at
            for at, part in enumerate(self.judge.scopes)
            if part.parts is None
            and part.references is None
            and (part.paths is None or any(fits(glob, file) for glob in part.paths))
            and (part.kinds is None or kind in part.kinds)
        )
        settings = self._settings(rule, matching)
        common = settings.common
        if settings.is_off or (common.kinds is not None and kind is not None and kind not in common.kinds):
            return None
        fitting = common.paths is None or any(fits(glob, file) for glob in common.paths)
        return settings if fitting else None

    def _matching(self, place: Place) -> tuple[int, ...]:
        sighting = place.reference.sighting
        return tuple(
            at
            for at, part in enumerate(self.judge.scopes)
            if (part.paths is None or any(fits(glob, sighting.location.file) for glob in part.paths))
            and (part.parts is None or sighting.scope in part.parts)
            and (part.kinds is None or sighting.kind in part.kinds)
            and (part.references is None or names(part.references, place))
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


def names(globs: tuple[Glob, ...], place: Place) -> bool:
    """Whether a place is named by one of the patterns, as the project writes it or as it turned out."""
    held = {place.reference.sighting.name, place.asset.name}
    return any(glob.matches(name) for glob in globs for name in held)


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
