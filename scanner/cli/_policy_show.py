"""The policy in force as text and as JSON: each value and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from scanner.records.quick import fields_of
from scanner.reporting.phrases import policy_line, whose

if TYPE_CHECKING:
    from scanner.policy.policy import Judge, Policy, RuleSettings, ScopePart
    from scanner.records.finding import PolicyPlace

NAME_COLUMNS = 28
SCHEMA = "lading.policy-show/1"
Row = tuple[str, str, str]
"""Name, value and place."""


def as_text(policy: Policy, rules: tuple[str, ...], sections: tuple[str, ...] = ()) -> Iterator[str]:
    """The lines of `lading policy show`: all, or the rules and sections that are named."""
    for name, write in SECTIONS.items():
        is_named = name in sections
        if (rules or sections) and not is_named:
            continue
        lines = "\n".join(write(policy)).rstrip("\n")
        if lines or is_named:
            yield lines or f"{name}: none"
            yield ""
    if rules:
        yield from _rules(policy, rules)
        yield from _scopes(policy, rules)


def _files(policy: Policy) -> Iterator[str]:
    of_whom = "; a place must pass what each of the two says" if len(policy.judges) > 1 else ""
    yield f"Files, the last one strongest{of_whom}"
    for source in policy.stamp.sources:
        yield f"  {source.path:<{NAME_COLUMNS}} {source.digest[:19]}  {whose(source)}".rstrip()


def _use(policy: Policy) -> Iterator[str]:
    from scanner.records.unknown import Unknown

    yield "use: what is not declared is unknown, not no"
    for each in fields_of(policy.use):
        value = getattr(policy.use, each.name)
        place = policy.use_places.get(each.name)
        shown = "not declared" if isinstance(value, Unknown) else _written(value)
        yield _line(each.name, shown, policy_line(place) if place else "")


def _own_settings(policy: Policy) -> Iterator[str]:
    yield "settings"
    for name, shown in _top(policy):
        yield _line(name, shown, policy_line(_set_at(policy, name)))


def _rules(policy: Policy, rules: tuple[str, ...] = ()) -> Iterator[str]:
    """The rules of each judge; of two that say the same of a rule, the first, for both."""
    told: list[dict[str, list[Row]]] = [
        {
            settings.rule.id: list(_rule_rows(settings))
            for settings in _settings(policy, judge)
            if not rules or settings.rule.id in rules
        }
        for judge in policy.judges
    ]
    heads = [f"rules of the {judge.name}" if len(told) > 1 else "rules" for judge in policy.judges]
    if len(told) > 1:
        first, second = told
        same = {rule: rows for rule, rows in first.items() if _values(rows) == _values(second.get(rule, []))}
        told = [same, *({rule: each[rule] for rule in each if rule not in same} for each in told)]
        heads = ["rules of organization and project alike", *heads]
    for head, each in zip(heads, told, strict=True):
        if each:
            yield head
            yield from (_line(*row) for rows in each.values() for row in rows)
            yield ""


def _values(rows: list[Row]) -> list[tuple[str, str]]:
    """What rows say, wherever it was written."""
    return [(name, value) for name, value, _ in rows]


def _scopes(policy: Policy, rules: tuple[str, ...] = ()) -> Iterator[str]:
    lines = list(
        dict.fromkeys(
            "\n".join(_scope_lines(scope, rules)) for judge in policy.judges for scope in judge.scopes
        )
    )
    if told := [line for line in lines if line]:
        yield "scopes: other settings for a part of the project"
        yield from told


def _exceptions(policy: Policy) -> Iterator[str]:
    if policy.exceptions:
        yield "exceptions"
    for entry in policy.exceptions:
        shown = f"{', '.join(entry.rules)}, until {entry.expires} ({entry.owner})"
        yield _line(entry.reference.text, shown, policy_line(entry.place))


def _ignores(policy: Policy) -> Iterator[str]:
    if policy.ignores:
        yield "ignores"
    for entry in policy.ignores:
        yield _line(entry.path.text, f"{', '.join(entry.rules)}: {entry.reason}", policy_line(entry.place))


def _sources(policy: Policy) -> Iterator[str]:
    notes = [note for layer in policy.layers for note in layer.sources]
    if notes:
        yield "sources: where values of the policy come from"
    for note in notes:
        yield _line(note.setting, f"{note.source}, {note.as_of}", policy_line(note.place))


SECTIONS: dict[str, Callable[[Policy], Iterator[str]]] = {
    "files": _files,
    "use": _use,
    "settings": _own_settings,
    "rules": _rules,
    "scopes": _scopes,
    "exceptions": _exceptions,
    "ignores": _ignores,
    "sources": _sources,
}
"""What `lading policy show NAME` prints besides one rule, in the order of the whole."""


def as_json(policy: Policy, rules: tuple[str, ...]) -> dict[str, Any]:
    """The answer of `lading policy show --format json`."""
    from scanner.records.encoding import encode

    return {
        "schema": SCHEMA,
        "sources": [encode(source) for source in policy.stamp.sources],
        "use": {each.name: encode(getattr(policy.use, each.name)) for each in fields_of(policy.use)},
        "use_places": {name: encode(place) for name, place in sorted(policy.use_places.items())},
        "settings": {
            name: {"value": value, "place": encode(_set_at(policy, name))} for name, value in _top(policy)
        },
        "judges": [
            {
                "name": judge.name,
                "rules": [
                    {
                        "id": settings.rule.id,
                        "level": _level(settings),
                        "place": encode(settings.place),
                        "options": {
                            name: {"value": value, "place": encode(settings.place_of(name, None))}
                            for name, value in _options(settings)
                        },
                    }
                    for settings in _settings(policy, judge)
                    if not rules or settings.rule.id in rules
                ],
            }
            for judge in policy.judges
        ],
        "exceptions": [
            {
                "rules": list(entry.rules),
                "reference": entry.reference.text,
                "owner": entry.owner,
                "expires": entry.expires.isoformat(),
                "place": encode(entry.place),
            }
            for entry in policy.exceptions
        ],
    }


def _settings(policy: Policy, judge: Judge) -> Iterator[RuleSettings]:
    from scanner.policy.compose import RuleBook

    book = RuleBook(judge, policy.rules)
    return (book.everywhere(rule) for rule in book.rules)


def _rule_rows(settings: RuleSettings) -> Iterator[Row]:
    """Name, value and place of a rule and of each of its options."""
    yield settings.rule.id, _level(settings), policy_line(settings.place_of("level", None))
    if settings.is_off:
        return
    for name, value in _options(settings):
        setting = settings.settings.get(name)
        yield f"  {name}", value, policy_line(setting.place) if setting else "default"


def _scope_lines(scope: ScopePart, rules: tuple[str, ...]) -> Iterator[str]:
    """What a scope changes, and where."""
    parts = [part for part in scope.rules if not rules or part.rule in rules]
    if not parts:
        return
    where = ((name, getattr(scope, name)) for name in ("paths", "parts", "kinds", "references"))
    told = ", ".join(f"{name} {_written(value)}" for name, value in where if value is not None)
    yield f"  where {told}  ({scope.place.file}:{scope.place.line})"
    for part in parts:
        for name, setting in part.settings.items():
            value = "off" if name == "level" and setting.value is None else _written(setting.value)
            label = part.rule if name == "level" else f"{part.rule}.{name}"
            yield "  " + _line(label, value, f"{setting.place.file}:{setting.place.line}")


def _options(settings: RuleSettings) -> Iterator[tuple[str, str]]:
    from scanner.policy.options import option_types
    from scanner.policy.reference import written

    kinds = option_types(settings.rule.options)
    for each in fields_of(settings.options):
        if each.name != "level":
            yield each.name, written(getattr(settings.options, each.name), kinds[each.name])
    for each in fields_of(settings.common):
        value = getattr(settings.common, each.name)
        if value is not None:
            yield each.name, written(value)


def _level(settings: RuleSettings) -> str:
    return "off" if settings.is_off else str(settings.options.level.value)


def _top(policy: Policy) -> list[tuple[str, str]]:
    from scanner.policy.reference import written

    return [
        ("include", written(policy.include)),
        ("min_confidence", policy.min_confidence.value),
        ("max_exception_days", str(policy.max_exception_days)),
        ("warn_before_days", str(policy.warn_before_days)),
        ("never_baselined", written(policy.never_baselined)),
        ("hook.unlocked", policy.unlocked.value if policy.unlocked else "off"),
        ("knowledge", written(policy.knowledge)),
    ]


def _set_at(policy: Policy, name: str) -> PolicyPlace:
    """Where a setting of the whole policy was written last."""
    from scanner.policy.policy import BUILT_IN

    found = [layer.settings[name].place for layer in policy.layers if name in layer.settings]
    return found[-1] if found else BUILT_IN


def _line(name: str, value: str, place: str) -> str:
    return f"  {name:<{NAME_COLUMNS}} {value:<24}  {place}".rstrip()


def _written(value: Any) -> str:
    from scanner.policy.reference import written

    return written(value)
