"""Rules: all loaded, or by a list of what each declares loaded when it may speak."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from scanner.plugins import code_stamp, load_plugin, remembered
from scanner.policy import rule as promises
from scanner.policy import rules as folder
from scanner.policy.compose import all_rules
from scanner.policy.rule import Need, Rule
from scanner.records.asset import Asset
from scanner.records.sighting import CodeLoad, HubSwitch, Unresolved

FILE_NAME = "rules.json"
_SUBJECTS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(Asset, CodeLoad, HubSwitch, Unresolved),
        *(promises.Place, promises.ProjectFacts, promises.PolicyFacts),
    )
}


def rules_when_used(cache_folder: Path) -> tuple[Rule, ...]:
    """Every rule by id, its file imported when its options or its check are asked for.

    What each declares is remembered in the user's cache folder; where a file of the folder is another than
    then, or nothing is remembered, all are loaded and the list is written anew.

    Raises:
        PluginBroken: one of them does not load.
    """
    stamp = code_stamp(folder.__path__, (str(promises.__file__),))
    return remembered(cache_folder / FILE_NAME, stamp, _recall, all_rules, _rows)


def _recall(rows: list[list[Any]]) -> tuple[Rule, ...]:
    return tuple(cast("Rule", _LateRule(*row)) for row in rows)


class _LateRule:
    """Stands for a rule whose file is imported when more is asked of it than its file declares at once."""

    __slots__ = (
        *("_rule", "id", "is_off_by_default", "needs", "never_baselined", "rests_on"),
        *("silent_without", "subjects"),
    )

    def __init__(
        self,
        id: str,
        subjects: list[str],
        needs: list[str],
        silent: list[str],
        rests_on: list[str],
        is_off: bool,
        is_kept: bool,
    ) -> None:
        self.id = id
        self.subjects = tuple(_SUBJECTS[name] for name in subjects)
        self.needs = tuple(map(Need, needs))
        self.silent_without = tuple(silent)
        self.rests_on = tuple(rests_on)
        self.is_off_by_default = is_off
        self.never_baselined = is_kept
        self._rule: Rule | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self._rule is None:
            self._rule = load_plugin(folder.__name__, self.id.replace("-", "_"), "RULE", Rule)
        return getattr(self._rule, name)


def _rows(rules: tuple[Rule, ...]) -> list[list[Any]]:
    """What each rule declares, in the order `_LateRule` takes it."""
    return [
        [
            rule.id,
            [kind.__name__ for kind in rule.subjects],
            [need.value for need in rule.needs],
            list(rule.silent_without),
            list(rule.rests_on),
            rule.is_off_by_default,
            rule.never_baselined,
        ]
        for rule in rules
    ]
