"""Runs the cases of a policy and finds the settings no case needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from scanner.policy.cases import Case
from scanner.policy.circumstances import Circumstances
from scanner.policy.evaluate import evaluate
from scanner.policy.policy import Judge, Policy, RulePart
from scanner.records.finding import Finding, Judgement, Level, PolicyPlace
from scanner.records.quick import dataclass, replace

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge


UNUSED = frozenset({"exception-unused", "ignore-unused"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went."""

    case: Case
    missing: tuple[tuple[str, Level], ...]
    """Expected, and not found."""
    surplus: tuple[Finding, ...]
    """Found, and not expected."""

    @property
    def is_right(self) -> bool:
        """Whether the findings are exactly the expected ones."""
        return not self.missing and not self.surplus


@dataclass(frozen=True, slots=True)
class Unexercised:
    """A setting that could be taken out without any case noticing."""

    setting: str
    """`license-not-allowed.review`, or an entry `origin-not-allowed.deny_countries: XX`."""
    place: PolicyPlace


def run_case(case: Case, policy: Policy, knowledge: Knowledge) -> Outcome:
    """Judge one case; notes, and what is unused, count only where they are expected.

    A case tries one thing, so that most exceptions and ignores of the policy find nothing to do in it.
    """
    judged = _judge(case, policy, knowledge)
    expected = Counter(case.expected)
    surplus = []
    for finding in judged.findings:
        pair = (finding.rule, finding.level)
        if expected[pair] > 0:
            expected[pair] -= 1
        elif _counts(finding) and pair not in case.expected:
            surplus.append(finding)
    return Outcome(case, tuple(pair for pair, count in expected.items() if count > 0), tuple(surplus))


def _counts(finding: Finding) -> bool:
    return finding.level is not Level.NOTE and finding.exception is None and finding.rule not in UNUSED


def unexercised(cases: tuple[Case, ...], policy: Policy, knowledge: Knowledge) -> tuple[Unexercised, ...]:
    """Take each setting of the policy's own file out in turn; name those whose absence changes nothing.

    A setting that repeats a built-in default, or what the policy extends says, is left alone: it is
    there for the reader.
    """
    whole = [_summary(_judge(case, policy, knowledge)) for case in cases]
    found = []
    for setting, place, without in _mutations(policy):
        changed = (_summary(_judge(case, without, knowledge)) for case in cases)
        if all(now == before for now, before in zip(changed, whole, strict=True)):
            found.append(Unexercised(setting, place))
    return tuple(found)


def _judge(case: Case, policy: Policy, knowledge: Knowledge) -> Judgement:
    run = Circumstances(case.today, knowledge, scope="whole", is_offline=False)
    return evaluate(replace(policy, use=case.use), case.resolution, run)


def _summary(judgement: Judgement) -> list[tuple[str, Level, str]]:
    return sorted(
        ((each.rule, each.level, each.reference) for each in judgement.findings),
        key=lambda entry: (entry[0], entry[1].rank, entry[2]),
    )


def _mutations(policy: Policy) -> Iterator[tuple[str, PolicyPlace, Policy]]:
    """(name, line, the policy without it) for each setting and each list entry of the strongest file."""
    judge, own = policy.judges[0], policy.layers[-1]
    kept = {rule.id: rule for rule in policy.rules}
    for part in own.rules:
        merged = judge.rules[part.rule]
        defaults = kept[part.rule].options()
        for name, setting in part.settings.items():
            if merged.settings[name].place != setting.place or name == "owner":
                continue
            if name != "level" and getattr(defaults, name, None) == setting.value:
                continue
            if name == "level" and defaults.level == setting.value:
                continue
            if isinstance(setting.value, tuple) and len(setting.entries) > 1:
                for at, (entry, place) in enumerate(setting.entries):
                    value = tuple(each for index, each in enumerate(setting.value) if index != at)
                    changed = replace(setting, value=value)
                    yield f"{part.rule}.{name}: {entry}", place, _with(policy, judge, merged, name, changed)
            else:
                yield f"{part.rule}.{name}", setting.place, _with(policy, judge, merged, name, None)


def _with(policy: Policy, judge: Judge, part: RulePart, name: str, setting: object) -> Policy:
    settings = dict(part.settings)
    if setting is None:
        del settings[name]
    else:
        settings[name] = setting  # type: ignore[assignment]  # a Setting, or the branch above
    changed = replace(part, settings=MappingProxyType(settings))
    rules = MappingProxyType({**judge.rules, part.rule: changed})
    return replace(policy, judges=(replace(judge, rules=rules), *policy.judges[1:]))
