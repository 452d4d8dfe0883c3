"""What a change makes more permissive than the revision that is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from scanner.knowledge.places import members
from scanner.knowledge.store import Knowledge
from scanner.policy.baseline import Baseline
from scanner.policy.compose import RuleBook
from scanner.policy.match import Entity, Glob, LicenseName
from scanner.policy.options import defaults
from scanner.policy.policy import BUILT_IN, PACKAGED, Judge, Policy, PolicyException, RuleSettings, ScopePart
from scanner.policy.rule import Loosening, Rule
from scanner.records.choices import Enum
from scanner.records.fact import Confidence
from scanner.records.finding import Level, PolicyPlace
from scanner.records.quick import fields_of, replace
from scanner.records.sighting import IgnoreComment
from scanner.records.unknown import Unknown

GROWS = ("allow", "accept")
"""Beginnings of option names whose lists or switches let more pass the more they hold."""
NOT_OURS = (*PACKAGED, BUILT_IN.file)
"""Beginnings of places that are no files of the project."""
SHRINKS = ("deny", "review")
"""Beginnings of option names whose lists let more pass the less they hold."""


def loosened(trusted: Policy, changed: Policy, knowledge: Knowledge) -> tuple[Loosening, ...]:
    """Compare the policy of the trusted revision with the one the change brings.

    What is stricter is nothing to speak of. What is merely other, and cannot be told to be stricter (an
    option of no known direction, a `use:` figure, other overlays), counts as looser: someone must look.
    """
    found = [
        *_rules(trusted, changed, knowledge),
        *_exceptions(trusted, changed),
        *_ignores(trusted, changed),
        *_use(trusted, changed),
        *_settings(trusted, changed),
    ]
    return tuple(dict.fromkeys(_in_project(changed, each) for each in found))


def _in_project(changed: Policy, found: Loosening) -> Loosening:
    """Point at the project's own policy where a default or a pack now decides: no change touches those."""
    if not found.file.startswith(NOT_OURS):
        return found
    first = _first(changed)
    return replace(found, file=first.file, line=first.line)


def loosened_ignores(
    trusted: tuple[IgnoreComment, ...], changed: tuple[IgnoreComment, ...]
) -> tuple[Loosening, ...]:
    """Find the inline ignores a change adds; one that only moved within its file is not new."""
    before: dict[tuple[str, str], int] = {}
    for comment in trusted:
        for rule in comment.rules:
            before[comment.file, rule] = before.get((comment.file, rule), 0) + 1
    found = []
    for comment in sorted(changed, key=lambda each: (each.file, each.line)):
        for rule in comment.rules:
            if comment.reason.strip() and before.get((comment.file, rule), 0) <= 0:
                what = f"an ignore of {rule} is added"
                found.append(Loosening(what, comment.file, comment.line, 1))
            before[comment.file, rule] = before.get((comment.file, rule), 0) - 1
    return tuple(found)


def loosened_baseline(trusted: Baseline | None, changed: Baseline | None, file: str) -> tuple[Loosening, ...]:
    """Say how many findings a change accepts that the trusted baseline does not."""
    added = (changed.ids if changed else frozenset()) - (trusted.ids if trusted else frozenset())
    if not added:
        return ()
    return (Loosening(f"the baseline accepts {len(added)} more finding(s)", file, 1, 1),)


def loosened_overlays(names: tuple[str, ...], differs: bool) -> tuple[Loosening, ...]:
    """Say that facts laid over the knowledge are other than the trusted ones (`differs`: their digests)."""
    if not differs:
        return ()
    where = names[0] if names else "lading.yaml"
    return (Loosening("the facts of the project's own knowledge folders are changed", where, 1, 1),)


def _rules(trusted: Policy, changed: Policy, knowledge: Knowledge) -> Iterator[Loosening]:
    # The organization's word does not change with the project: judges are compared by their name.
    after = {judge.name: judge for judge in changed.judges}
    for judge in trusted.judges:
        new = after.get(judge.name)
        if new is None:
            yield _at(changed, f"the rules of the {judge.name} are gone")
            continue
        old_book, new_book = RuleBook(judge, trusted.rules), RuleBook(new, changed.rules)
        for rule in old_book.rules:
            if rule in new_book.rules:
                yield from _compare(rule, old_book.everywhere(rule), new_book.everywhere(rule), knowledge)
            elif not old_book.everywhere(rule).is_off:
                yield _at(changed, f"{rule.id} is no longer judged")
        yield from _scopes(judge, new, changed)


def _compare(rule: Rule, old: RuleSettings, new: RuleSettings, knowledge: Knowledge) -> Iterator[Loosening]:
    """Compare one rule's settings, option by option."""
    if old.is_off:
        return
    if new.is_off:
        yield _loose(f"{rule.id} is off", new.place_of("level", None))
        return
    for option in defaults(rule.options):
        before, now = getattr(old.options, option), getattr(new.options, option)
        if before != now and (how := _how(option, before, now, knowledge)):
            yield _loose(f"{rule.id}.{option} {how}", new.place_of(option, None))
    for each in fields_of(old.common):
        before, now = getattr(old.common, each.name), getattr(new.common, each.name)
        if before != now and each.name != "owner" and not _judges_as_much(each.name, before, now):
            yield _loose(f"{rule.id}.{each.name} {_change(before, now)}", new.place_of(each.name, None))


def _how(option: str, before: Any, now: Any, knowledge: Knowledge) -> str:
    """How a changed option lets more pass; `""` where it cannot."""
    if isinstance(before, Level) or isinstance(now, Level):
        old, new = (value.rank if isinstance(value, Level) else -1 for value in (before, now))
        return "" if new > old else f"falls from {_shown(before)} to {_shown(now)}"
    grows = any(option == name or option.startswith(name + "_") for name in GROWS)
    shrinks = any(option == name or option.startswith(name + "_") for name in SHRINKS)
    if isinstance(before, bool) and grows:
        return "" if before else "is switched on"
    if grows and _is_list(before, now):
        if now is None:
            return "is gone"
        gained = _beyond(now, before, knowledge) if before is not None else ()
        return f"gains {_join(gained)}" if gained else ""
    if shrinks and _is_list(before, now):
        lost = _beyond(before, now, knowledge)
        return f"loses {_join(lost)}" if lost else ""
    return _change(before, now)


def _judges_as_much(name: str, before: Any, now: Any) -> bool:
    """Whether a common setting judges at least as much as before."""
    if name == "min_confidence":
        # Where a rule says nothing the policy's own holds, which is compared by itself.
        return now is None or now.rank <= (before or Confidence.CORROBORATED).rank
    return now is None or (before is not None and set(before) <= set(now))


def _scopes(old: Judge, new: Judge, changed: Policy) -> Iterator[Loosening]:
    known = {_scope_key(scope) for scope in old.scopes}
    for scope in new.scopes:
        if _scope_key(scope) not in known:
            yield _loose("settings for a part of the project are added or changed", scope.place)
    kept = {_scope_key(scope) for scope in new.scopes}
    if any(_scope_key(scope) not in kept for scope in old.scopes):
        yield _at(changed, "settings for a part of the project are taken out or changed")


def _scope_key(scope: ScopePart) -> tuple[Any, ...]:
    rules = tuple(
        (part.rule, name, setting.value) for part in scope.rules for name, setting in part.settings.items()
    )
    return scope.paths, scope.parts, scope.kinds, scope.references, rules


def _exceptions(trusted: Policy, changed: Policy) -> Iterator[Loosening]:
    known = {_grant_key(entry): entry for entry in trusted.exceptions}
    for entry in changed.exceptions:
        before = known.get(_grant_key(entry))
        what = f"for {entry.reference.text} from {', '.join(entry.rules)}"
        if before is None:
            yield _loose(f"an exception {what} is added", entry.place)
        elif entry.expires > before.expires:
            yield _loose(f"the exception {what} is extended to {entry.expires}", entry.place)


def _grant_key(entry: PolicyException) -> tuple[Any, ...]:
    return entry.rules, entry.reference, entry.license, entry.commit, entry.paths, entry.status


def _ignores(trusted: Policy, changed: Policy) -> Iterator[Loosening]:
    known = {(entry.path, entry.rules) for entry in trusted.ignores}
    for entry in changed.ignores:
        if (entry.path, entry.rules) not in known:
            yield _loose(f"an ignore of {', '.join(entry.rules)} for {entry.path.text} is added", entry.place)


def _use(trusted: Policy, changed: Policy) -> Iterator[Loosening]:
    for each in fields_of(trusted.use):
        before, now = getattr(trusted.use, each.name), getattr(changed.use, each.name)
        if before == now or (isinstance(before, Unknown) and isinstance(now, Unknown)):
            continue
        place = changed.use_places.get(each.name) or _first(changed)
        yield _loose(f"use.{each.name} {_change(before, now)}", place)


def _settings(trusted: Policy, changed: Policy) -> Iterator[Loosening]:
    """Compare what stands at the top of the file."""
    if lost := trusted.include - changed.include:
        yield _at(changed, f"include loses {_join(part.value for part in lost)}", "include")
    if changed.min_confidence.rank > trusted.min_confidence.rank:
        yield _at(changed, f"min_confidence rises to {changed.min_confidence.value}", "min_confidence")
    if changed.max_exception_days > trusted.max_exception_days:
        yield _at(changed, f"max_exception_days rises to {changed.max_exception_days}", "max_exception_days")
    if lost_rules := trusted.never_baselined - changed.never_baselined:
        yield _at(changed, f"never_baselined loses {_join(lost_rules)}", "never_baselined")
    if set(changed.knowledge) != set(trusted.knowledge):
        yield _at(changed, "knowledge names other folders of facts", "knowledge")


def _at(policy: Policy, what: str, setting: str = "") -> Loosening:
    """A loosening at the line of a top-level key, else at the first line of the policy."""
    for layer in reversed(policy.layers):
        if setting in layer.settings:
            return _loose(what, layer.settings[setting].place)
    return _loose(what, _first(policy))


def _first(policy: Policy) -> PolicyPlace:
    return PolicyPlace(policy.own_files[-1] if policy.own_files else "lading.yaml", 1)


def _loose(what: str, place: PolicyPlace) -> Loosening:
    return Loosening(what, place.file, place.line, 1)


def _is_list(*values: Any) -> bool:
    return all(value is None or isinstance(value, tuple) for value in values)


def _beyond(
    entries: tuple[Any, ...] | None, others: tuple[Any, ...] | None, knowledge: Knowledge
) -> tuple[Any, ...]:
    """The entries that others do not hold, by themselves or in a group of countries (`DE` in `EU`)."""
    held = frozenset().union(*(_whole(other, knowledge) for other in others or ()))
    return tuple(entry for entry in entries or () if not _whole(entry, knowledge) <= held)


def _whole(entry: Any, knowledge: Knowledge) -> frozenset[Any]:
    return members(knowledge, entry) if isinstance(entry, str) else frozenset([entry])


def _change(before: Any, now: Any) -> str:
    return f"changes from {_shown(before)} to {_shown(now)}"


def _join(values: Any) -> str:
    return ", ".join(sorted(_shown(value) for value in values))


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case Unknown():
            return "not declared"
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case LicenseName() | Glob() | Entity():
            return value.text
        case tuple() | frozenset():
            return f"[{', '.join(sorted(_shown(each) for each in value))}]"
        case date():
            return value.isoformat()
    return str(value)
