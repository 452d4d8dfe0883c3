"""Policy and assets in, findings out: the engine every rule runs in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias

from scanner.policy.circumstances import Circumstances
from scanner.policy.compose import RuleBook
from scanner.policy.draft import Draft, finish, is_weak, lowered, merge, number
from scanner.policy.exceptions import Exceptions
from scanner.policy.ignores import Ignores
from scanner.policy.license_names import names_of
from scanner.policy.licenses import LicenseLists, license_lists, worst_of
from scanner.policy.locked import facts_of
from scanner.policy.policy import Judge, Policy, RuleSettings
from scanner.policy.rule import Check, Facts, Fault, Need, Place, PolicyFacts, ProjectFacts, Rule
from scanner.records.asset import Asset, Resolution
from scanner.records.finding import Finding, Judgement, Level, NotJudged, Obligation
from scanner.records.quick import replace
from scanner.records.sighting import CodeLoad, HubSwitch, Kind, Role, Unresolved
from scanner.records.unknown import Unknown

LICENSE_NOT_ALLOWED = "license-not-allowed"
Line: TypeAlias = Unresolved | HubSwitch | CodeLoad
COULD_NOT_RESOLVE = "could-not-resolve"


def evaluate(policy: Policy, resolution: Resolution, run: Circumstances) -> Judgement:
    """Judge what was resolved.

    Findings are sorted by place. Excepted findings stay, with their exception; ignored and baselined ones
    do not, and the latter are counted. Rules whose needs this run cannot meet are listed with the reason,
    never passed over.
    """
    places = _judged_places(policy, resolution, run)
    facts = _facts(policy, places, run)
    names = names_of(run.knowledge)
    ignores = Ignores(policy, run.ignores, places, resolution.references)
    courts = [_Court(policy, judge, facts, run, ignores) for judge in policy.judges]
    drafts = [draft for court in courts for draft in court.judge()]
    numbered = number(merge(drafts))
    if run.is_hook:
        numbered = _for_the_hook(numbered, policy)
    exceptions = Exceptions(policy, names, run)
    numbered = [(identity, exceptions.apply(draft)) for identity, draft in numbered]
    hidden: list[Draft] = []
    if run.baseline is not None:
        hides, is_part = run.baseline.hides, run.scope != "whole"
        hidden = [draft for identity, draft in numbered if hides(identity, draft, policy, is_part=is_part)]
        silent = set(map(id, hidden))
        numbered = [each for each in numbered if id(each[1]) not in silent]
    last = PolicyFacts(
        exceptions.uses(), ignores.uses(), run.loosened, policy.max_exception_days, policy.warn_before_days
    )
    # The hook speaks of the files at hand; how the policy fares is the gate's to say.
    meta = () if run.is_hook else number(merge(courts[0].judge_policy(last)))
    not_judged = {each.rule: each for court in courts for each in court.not_judged}
    findings = [
        finish(identity, draft, policy.owner_of(draft.policy)) for identity, draft in (*numbered, *meta)
    ]
    return Judgement(
        tuple(sorted(findings, key=_order)),
        () if run.is_hook else _obligations(facts),
        exceptions.register(),
        tuple(not_judged[rule] for rule in sorted(not_judged)),
        len(hidden) if run.baseline is not None else None,
        _ids(draft.asset.id for draft in hidden if draft.asset is not None),
        _ids({asset.id for asset in resolution.assets} - {asset.id for asset in facts.assets}),
    )


def _ids(found: Iterable[str]) -> tuple[str, ...] | None:
    return tuple(sorted(set(found))) or None


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.file, finding.line, finding.column, finding.rule, finding.id


def _judged_places(policy: Policy, resolution: Resolution, run: Circumstances) -> tuple[Place, ...]:
    """The places that are judged: shipped ones, what `include` adds, and of a diff only what it touches."""
    assets = {asset.id: asset for asset in resolution.assets}
    parts = policy.include | run.include
    return tuple(
        Place(reference, assets[reference.asset])
        for reference in resolution.references
        if reference.sighting.scope in parts
        and reference.asset in assets
        and (run.only is None or reference in run.only)
    )


def _facts(policy: Policy, places: tuple[Place, ...], run: Circumstances) -> Facts:
    assets = {place.asset.id: place.asset for place in places}
    lists = _license_lists(policy, run)
    return Facts(
        use=policy.use,
        today=run.today,
        scope=run.scope,
        is_offline=run.is_offline,
        knowledge=run.knowledge,
        places=places,
        assets=tuple(assets[key] for key in sorted(assets)),
        notices=run.notices,
        switches=run.switches,
        ignores=run.ignores,
        lock=run.lock,
        license_verdict=lambda expression: worst_of(each.verdict(expression) for each in lists),
        license_named=lambda expression: any(each.names(expression) for each in lists),
        excepted_in=policy.stamp.excepted_in,
    )


def _facts_found(facts: Facts) -> frozenset[str]:
    """The facts a rule may rest on that resolution found of any asset."""
    told = (evidence.fact for asset in facts.assets for evidence in asset.license.evidence)
    return frozenset((*told, *facts_of(facts.lock)))


def _license_lists(policy: Policy, run: Circumstances) -> tuple[LicenseLists, ...]:
    """The license lists of every judge, as `license-not-allowed` has them."""
    lists = []
    for judge in policy.judges:
        part = judge.rules.get(LICENSE_NOT_ALLOWED)
        said = {name: setting.value for name, setting in part.settings.items()} if part else {}
        lists.append(license_lists(run.knowledge, said.get("allow"), said.get("deny"), said.get("review")))
    return tuple(lists)


def _obligations(facts: Facts) -> tuple[Obligation, ...]:
    from importlib import import_module
    from importlib.util import find_spec

    if find_spec("scanner.policy.obligations") is None:
        return ()
    return tuple(import_module("scanner.policy.obligations").obligations(facts))


def _for_the_hook(numbered: list[tuple[str, Draft]], policy: Policy) -> list[tuple[str, Draft]]:
    """Say one line about a name nobody could look up offline, and nothing that rests on not knowing it.

    What the place itself says (no revision, code of the repository) and what the name says stays.
    """
    kept = []
    for identity, draft in numbered:
        if draft.asset is None or not isinstance(draft.asset.answered_by, Unknown):
            kept.append((identity, draft))
        elif draft.rule == COULD_NOT_RESOLVE:
            if policy.unlocked is not None:
                said = f"{draft.reference}: not locked yet"
                fault = replace(draft.fault, message=said, remedy="run lading lock")
                kept.append((identity, replace(draft, fault=fault, level=policy.unlocked)))
        elif draft.settings.rule.judges is not Asset or _rests_on_facts(draft.fault):
            kept.append((identity, draft))
    return kept


def _rests_on_facts(fault: Fault) -> bool:
    values = [each.value for each in fault.evidence]
    return bool(values) and fault.missing is None and not any(isinstance(v, Unknown) for v in values)


def _of_line(subject: Line) -> tuple[str, Kind | None, tuple[str, int, int], int]:
    """What an exception may call it, its kind, where it begins, and its last line."""
    match subject:
        case Unresolved(kind, expression, file, line, column):
            return expression, kind, (file, line, column), line
        case HubSwitch(name=name, location=at) | CodeLoad(call=name, location=at):
            return name, None, (at.file, at.line, at.column), at.end_line


class _Court:
    """One judge's rules over one run."""

    def __init__(
        self, policy: Policy, judge: Judge, facts: Facts, run: Circumstances, ignores: Ignores
    ) -> None:
        self.policy = policy
        self.book = RuleBook(judge, policy.rules)
        self.facts = facts
        self.run = run
        self.ignores = ignores
        self.not_judged: list[NotJudged] = []
        self._facts_found = _facts_found(facts)
        self._by_asset: dict[str, list[Place]] = {}
        for place in facts.places:
            self._by_asset.setdefault(place.asset.id, []).append(place)
        for found in self._by_asset.values():
            found.sort(key=_strength)

    def judge(self) -> Iterator[Draft]:
        """Run every rule but those about the policy on what there is to judge.

        The file of a rule that has nothing to judge, or nothing to say under this policy, is not asked for.
        """
        run, facts = self.run, self.facts
        ways: dict[type, tuple[tuple[Any, ...], Callable[[Rule, Check], Iterator[Draft]]]] = {
            Place: (facts.places, self._places),
            Asset: (facts.assets, self._assets),
            Unresolved: (run.unresolved, partial(self._lines, run.unresolved)),
            HubSwitch: (run.switches, partial(self._lines, run.switches)),
            CodeLoad: (run.loads, partial(self._lines, run.loads)),
            ProjectFacts: ((facts,), self._project),
        }
        for rule in self.book.rules:
            if PolicyFacts in rule.subjects or not self._can_judge(rule):
                continue
            if rule.rests_on and self._facts_found.isdisjoint(rule.rests_on):
                continue
            if any(ways[kind][0] for kind in rule.subjects) and self.book.may_speak(rule):
                for kind, check in rule.checks:
                    yield from ways[kind][1](rule, check)

    def judge_policy(self, subject: PolicyFacts) -> Iterator[Draft]:
        """Run the rules about the policy itself, after all others."""
        for rule in self.book.rules:
            if PolicyFacts in rule.subjects and not self.book.is_off(rule) and self._can_judge(rule):
                settings = self.book.everywhere(rule)
                yield from self._drafts(rule.check(subject, self.facts, settings.options), settings, (), None)

    def _can_judge(self, rule: Rule) -> bool:
        """Whether this run has what the rule needs; if not, and it is on, say so."""
        reasons = {
            Need.NETWORK: "needs the network" if self.run.is_offline else "",
            Need.WHOLE_PROJECT: "needs the whole project" if self.run.scope != "whole" else "",
            Need.LOCK: "needs a lockfile" if self.run.lock is None else "",
        }
        missing = [reasons[need] for need in rule.needs if reasons[need]]
        if missing and not self.book.is_off(rule):
            self.not_judged.append(NotJudged(rule.id, " and ".join(missing)))
        return not missing

    def _places(self, rule: Rule, check: Check) -> Iterator[Draft]:
        for place in self.facts.places:
            settings = self.book.at(rule, place)
            if settings is None or place.reference.sighting.role is Role.MENTION:
                continue
            faults = tuple(check(place, self.facts, settings.options))
            if faults and not self.ignores.take(rule.id, place):
                yield from self._drafts(faults, settings, (place,), place.asset)

    def _assets(self, rule: Rule, check: Check) -> Iterator[Draft]:
        everywhere = self.book.uniform(rule)
        if everywhere is not None and everywhere.is_off:
            return
        for asset in self.facts.assets:
            places = self._by_asset[asset.id]
            groups = [(everywhere, places)] if everywhere else self._groups(rule, places)
            for settings, held in groups:
                faults = tuple(check(asset, self.facts, settings.options))
                if not faults:
                    continue
                open_places = tuple(place for place in held if not self.ignores.take(rule.id, place))
                if open_places:
                    yield from self._drafts(faults, settings, open_places, asset)

    def _groups(self, rule: Rule, places: list[Place]) -> list[tuple[RuleSettings, list[Place]]]:
        """The places of an asset by how the rule is set for them."""
        groups: dict[int, tuple[RuleSettings, list[Place]]] = {}
        for place in places:
            if settings := self.book.at(rule, place):
                groups.setdefault(id(settings), (settings, []))[1].append(place)
        return list(groups.values())

    def _lines(self, subjects: tuple[Line, ...], rule: Rule, check: Check) -> Iterator[Draft]:
        """Judge lines that name no model."""
        parts = self.policy.include | self.run.include
        for subject in subjects:
            if isinstance(subject, CodeLoad) and subject.scope not in parts:
                continue
            name, kind, spot, end_line = _of_line(subject)
            settings = self.book.at_file(rule, spot[0], kind)
            faults = tuple(check(subject, self.facts, settings.options)) if settings else ()
            if settings and faults and not self.ignores.take_line(rule.id, spot[0], spot[1], end_line):
                for draft in self._drafts(faults, settings, (), None, spot):
                    yield replace(draft, name=name)

    def _project(self, rule: Rule, check: Check) -> Iterator[Draft]:
        settings = self.book.everywhere(rule)
        if settings.is_off:
            return
        places = tuple(
            place
            for place in self.facts.places
            if self.book.at(rule, place) and not self.ignores.take(rule.id, place)
        )
        held = {place.asset.id for place in places}
        assets = tuple(asset for asset in self.facts.assets if asset.id in held)
        subject = ProjectFacts(places, assets, self.run.unresolved, self.run.switches)
        yield from self._drafts(check(subject, self.facts, settings.options), settings, (), None)

    def _drafts(
        self,
        faults: Iterable[Fault],
        settings: RuleSettings,
        places: tuple[Place, ...],
        asset: Asset | None,
        spot: tuple[str, int, int] | None = None,
    ) -> Iterator[Draft]:
        first = places[0] if places else None
        at_least = settings.common.min_confidence or self.policy.min_confidence
        for fault in faults:
            level: Level = fault.level or settings.options.level
            weak = first is not None and is_weak(first)
            level, capped = lowered(fault, level, weak=weak, at_least=at_least)
            file, line, column = self._where(fault, first, spot)
            yield Draft(
                settings, fault, asset, first, file, line, column, level,
                settings.place_of(fault.setting, fault.entry), places, capped=capped,
            )  # fmt: skip

    def _where(
        self, fault: Fault, first: Place | None, spot: tuple[str, int, int] | None
    ) -> tuple[str, int, int]:
        if fault.spot is not None:
            return fault.spot.file, fault.spot.line, fault.spot.column
        if first is not None:
            location = first.reference.sighting.location
            return location.file, location.line, location.column
        if spot is not None:
            return spot
        place = self.policy.place
        return place.file, place.line, 1


def _strength(place: Place) -> tuple[bool, str, int, int]:
    location = place.reference.sighting.location
    return is_weak(place), location.file, location.line, location.column
