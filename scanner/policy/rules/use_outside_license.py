"""The declared use goes beyond what the license, or that of an ancestor, grants."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.judged import Judged, State
from scanner.policy.lineage import forebears, license_confidence
from scanner.policy.rule import Facts, Fault, Rule
from scanner.policy.siblings import with_siblings
from scanner.policy.travels import hold, travels_of
from scanner.policy.use_terms import POLICY_TEXT, Circumstance, judge_use
from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass, fields_of
from scanner.records.sighting import Kind
from scanner.records.terms import Carries, Student, Terms
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Options:
    """What a policy may say of this rule."""

    level: Level = Level.ERROR
    inherited: bool = True
    """Judge the terms of ancestors too, where the text makes them travel."""


_OF_A_POLICY = ("field_bans", "territory_excluded")


@dataclass(frozen=True, slots=True)
class _Source:
    """Terms that bind, and through whom."""

    key: str
    terms: Terms
    through: str
    """`""` for the asset's own license, else the ancestor it comes from."""
    confidence: Confidence
    is_policy: bool = False
    """Whether it is a use policy bound with a license: only its bans and places are judged."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Judge each term of each license that binds; nothing is asked of a project that declares no use."""
    if all(isinstance(getattr(facts.use, each.name), Unknown) for each in fields_of(facts.use)):
        return
    told: set[tuple[str, str, str]] = set()
    for source in _sources(asset, facts, options):
        around = Circumstance(facts.use, facts.knowledge, asset.modality, _licensor(source.key, facts))
        for judged in judge_use(source.terms, around):
            if source.is_policy and judged.term not in _OF_A_POLICY:
                continue
            if asset.kind is Kind.API_MODEL and (judged.missing or "").startswith(POLICY_TEXT):
                continue  # of most services nothing was read; one of which some was is not asked for the rest
            seen = (judged.term, judged.detail, judged.state.value)
            if judged.state in (State.VIOLATED, State.QUESTION) and seen not in told:
                told.add(seen)
                fault = _fault(asset, source, judged, options)
                if judged.state is State.VIOLATED:
                    fault = with_siblings(fault, asset, facts, lambda name: _is_within(name, facts))
                yield fault


def _is_within(expression: str, facts: Facts) -> bool:
    """Whether the declared use stays within a license, as far as its terms were read."""
    from scanner.knowledge.licenses import find

    record = find(facts.knowledge, expression)
    if isinstance(record, Unknown) or isinstance(record.terms, Unknown):
        return False
    around = Circumstance(facts.use, facts.knowledge, Unknown("not asked"), record.licensor)
    return all(each.state is not State.VIOLATED for each in judge_use(record.terms, around))


def _sources(asset: Asset, facts: Facts, options: Options) -> Iterator[_Source]:
    """The asset's own terms, then those of ancestors, each license once."""
    own = hold(facts.knowledge, asset.license.key, asset.terms)
    seen = set()
    if not isinstance(own.terms, Unknown):
        key = own.key if isinstance(own.key, str) else "the license"
        seen.add(key)
        source = _Source(key, own.terms, "", license_confidence(asset))
        yield source
        yield from _bound_with(source, facts)
    if not options.inherited:
        return
    for below in forebears(asset, facts.knowledge):
        terms, license_key = below.holding.terms, below.holding.key
        if isinstance(terms, Unknown) or not isinstance(license_key, str) or license_key in seen:
            continue
        if below.relation == "trained-on":
            continue
        if below.relation == "distill" and terms.outputs_for_training.student is not Student.DERIVATIVE:
            continue
        if travels_of(terms, below.holding.category).carries is Carries.NOTICES:
            continue
        seen.add(license_key)
        source = _Source(license_key, terms, below.ancestor.name, below.confidence)
        yield source
        yield from _bound_with(source, facts)


def _bound_with(source: _Source, facts: Facts) -> Iterator[_Source]:
    """The use policies a license binds to, as far as their texts were read."""
    from scanner.knowledge.licenses import look_up
    from scanner.records.license import DocumentKind

    record = look_up(facts.knowledge, source.key)
    for document in record.documents if record else ():
        policy = look_up(facts.knowledge, document.key) if isinstance(document.key, str) else None
        if policy and policy.kind is DocumentKind.USE_POLICY and not isinstance(policy.terms, Unknown):
            yield _Source(policy.key, policy.terms, source.through, source.confidence, is_policy=True)


def _licensor(key: str, facts: Facts) -> str:
    from scanner.knowledge.licenses import look_up

    record = look_up(facts.knowledge, key)
    return record.licensor if record else "the licensor"


def _fault(asset: Asset, source: _Source, judged: Judged, options: Options) -> Fault:
    through = f", inherited from {source.through}" if source.through else ""
    clause = judged.clause if isinstance(judged.clause, str) and judged.clause != "none" else ""
    quoted = f" ({clause} of {source.key})" if clause else ""
    is_question = judged.state is State.QUESTION
    if is_question and judged.missing:
        remedy = (
            f"declare {judged.missing}"
            if judged.missing.startswith("use.")
            else f"find out: {judged.missing}"
        )
    else:
        remedy = f"change the use or the model; the terms: lading license show {source.key}"
    sure = min((source.confidence, judged.confidence), key=lambda each: each.rank)
    return Fault(
        message=f"{asset.name} ({source.key}{through}): {judged.why}{quoted}",
        remedy=remedy,
        evidence=(
            Evidence(
                f"terms.{judged.term}",
                judged.why,
                f"knowledge:licenses/{source.key}",
                asset.as_of,
                sure,
                quote=clause or None,
            ),
        ),
        level=Level.QUESTION if is_question else options.level,
        missing=judged.missing if is_question else None,
        term=judged.term,
        about=(source.key, judged.term, judged.detail),
    )


RULE = Rule(
    id="use-outside-license",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=(
        "Only what stands under use: is judged; whether it is true is not known.",
        "A use policy on a web page may change; the text that was read is named in the record.",
    ),
)
