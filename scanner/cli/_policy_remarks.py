"""What is right in a policy and still worth a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.reporting.phrases import policy_line

if TYPE_CHECKING:
    from scanner.policy.policy import Policy, RuleSettings


def remarks(policy: Policy) -> list[str]:
    """Say what has no effect, what was never verified, and how much is in force."""
    from scanner.policy.compose import RuleBook
    from scanner.records.finding import Level
    from scanner.reporting.phrases import counted

    book = RuleBook(policy.judges[0], policy.rules)
    settings = [book.everywhere(rule) for rule in book.rules]
    on = [each for each in settings if not each.is_off]
    errors = [each for each in on if each.options.level is Level.ERROR]
    lines = [f"{len(on)} rules are judged, {len(errors)} of them at level error"]
    sources = [note for layer in policy.layers for note in layer.sources]
    if sources:
        unverified = [note for note in sources if not note.is_verified]
        lines.append(f"{counted(len(sources), 'value')} with a source, {len(unverified)} of them unverified")
        lines += [f"  {policy_line(note.place)}: {note.setting} ({note.source})" for note in unverified]
    if policy.exceptions:
        ignores = counted(len(policy.ignores), "ignore")
        lines.append(f"{counted(len(policy.exceptions), 'exception')}, {ignores}")
    return [*lines, *_idle(settings), *_contradictions(settings), *_unheard(policy), *_without_effect(policy)]


def _idle(settings: list[RuleSettings]) -> list[str]:
    """Rules that are off while a policy sets their options."""
    lines = []
    for each in settings:
        options = sorted(set(each.settings) - {"level", "owner"})
        if each.is_off and options:
            place = policy_line(each.place)
            lines.append(
                f"{place}: {each.rule.id} is off, so {', '.join(options)} has no effect: give it a level"
            )
    return lines


def _contradictions(settings: list[RuleSettings]) -> list[str]:
    """Entries that stand both where they let pass and where they do not."""
    lines = []
    for each in settings:
        allowed = {name: setting for name, setting in each.settings.items() if name.startswith("allow")}
        for name, setting in allowed.items():
            other = each.settings.get(name.replace("allow", "deny", 1))
            denied = {text for text, _ in other.entries} if other else set()
            place = policy_line(setting.place)
            both = sorted(denied & {text for text, _ in setting.entries})
            lines += [f"{place}: {entry} stands under {name} and under deny, which wins" for entry in both]
    return lines


def _unheard(policy: Policy) -> list[str]:
    """`project_may` of a project: what it may say is the organization's to decide."""
    is_governed = policy.stamp.project_may is not None
    places = [
        layer.settings["project_may"].place
        for layer in policy.layers
        if "project_may" in layer.settings and layer.is_projects == is_governed
    ]
    return [
        f"{policy_line(place)}: project_may has no effect in a project's own policy, "
        "only in one given with --policy"
        for place in places
    ]


NOT_LET = "the organization's policy does not let a project say it (project_may)"


def _without_effect(policy: Policy) -> list[str]:
    """What a project's file says and the organization's does not let it say."""
    if len(policy.judges) < 2:
        return []
    held = {entry.place for entry in policy.exceptions} | {entry.place for entry in policy.ignores}
    lines = []
    for layer in policy.layers:
        if not layer.is_projects:
            continue
        entries = [
            (each.place, f"the exception of {each.reference.text} from {', '.join(each.rules)}")
            for each in layer.exceptions
        ]
        entries += [
            (each.place, f"the ignore of {', '.join(each.rules)} in {each.path.text}")
            for each in layer.ignores
        ]
        lines += [
            f"{policy_line(place)}: {what} has no effect, {NOT_LET}"
            for place, what in entries
            if place not in held
        ]
        for name, setting in layer.use.items():
            said_at = policy.use_places.get(name)
            if said_at != setting.place:
                why = f"{policy_line(said_at)} says it" if said_at else NOT_LET
                lines.append(f"{policy_line(setting.place)}: use.{name} has no effect, {why}")
    return lines
