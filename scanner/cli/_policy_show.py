"""The policy in force as text and as JSON: each value and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from scanner.records.quick import fields_of
from scanner.reporting.phrases import policy_line, whose

if TYPE_CHECKING:
    from scanner.policy.policy import Judge, Policy, RuleSettings, ScopePart
    from scanner.records.finding import PolicyPlace

NAME_COLUMNS = 28
SCHEMA = "lading.policy-show/1"


def as_text(policy: Policy, rules: tuple[str, ...]) -> Iterator[str]:
    """The lines of `lading policy show`."""
    from scanner.records.unknown import Unknown

    if not rules:
        of_whom = "; a place must pass what each of the two says" if len(policy.judges) > 1 else ""
        yield f"Files, the last one strongest{of_whom}"
        for source in policy.stamp.sources:
            yield f"  {source.path:<{NAME_COLUMNS}} {source.digest[:19]}  {whose(source)}".rstrip()
        yield ""
        yield "use: what is not declared is unknown, not no"
        for each in fields_of(policy.use):
            value = getattr(policy.use, each.name)
            place = policy.use_places.get(each.name)
            shown = "not declared" if isinstance(value, Unknown) else _written(value)
            yield _line(each.name, shown, policy_line(place) if place else "")
        yield ""
        yield "settings"
        for name, shown in _top(policy):
            yield _line(name, shown, policy_line(_set_at(policy, name)))
    for judge in policy.judges:
        yield ""
        yield f"rules of the {judge.name}" if len(policy.judges) > 1 else "rules"
        for settings in _settings(policy, judge):
            if not rules or settings.rule.id in rules:
                yield from _rule_lines(settings)
        for scope in judge.scopes:
            yield from _scope_lines(scope, rules)
    if policy.exceptions and not rules:
        yield ""
        yield "exceptions"
        for entry in policy.exceptions:
            shown = f"{', '.join(entry.rules)}, until {entry.expires} ({entry.owner})"
            yield _line(entry.reference.text, shown, f"{entry.place.file}:{entry.place.line}")


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


def _rule_lines(settings: RuleSettings) -> Iterator[str]:
    yield _line(settings.rule.id, _level(settings), policy_line(settings.place_of("level", None)))
    if settings.is_off:
        return
    for name, value in _options(settings):
        setting = settings.settings.get(name)
        where = policy_line(setting.place) if setting else "default"
        yield "  " + _line(name, value, where)


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
