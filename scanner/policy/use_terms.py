"""Terms of a license against the declared use, one function per term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scanner.knowledge.places import members
from scanner.policy.judged import Judged, State
from scanner.policy.thresholds import judge_thresholds
from scanner.policy.use import Channel, Field, Use
from scanner.records.quick import dataclass
from scanner.records.terms import Extent, Term, Terms
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

SENSITIVE = (
    Field.MILITARY,
    Field.LAW_ENFORCEMENT,
    Field.MEDICAL,
    Field.SURVEILLANCE,
    Field.BIOMETRICS,
)
"""Fields that use policies commonly speak of: where a policy was not read, these are questions."""

_PASSED_ON = (Channel.EMBEDDED, Channel.REDISTRIBUTED_WEIGHTS)
_TEXT_ONLY = ("text-generation", "text2text-generation", "feature-extraction", "sentence-similarity")
_MULTIMODAL = ("image", "video", "audio", "visual", "any-to-any", "document", "speech", "multimodal")


POLICY_TEXT = "text of the acceptable use policy"
"""What a question waits for where a use policy binds and was not read."""


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What besides the terms a judgement turns on."""

    use: Use
    knowledge: Knowledge
    modality: str | Unknown
    licensor: str


def judge_use(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    """Judge every term that a use can violate."""
    for judge in _JUDGES:
        yield from judge(terms, around)


def _territory(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    said = terms.territory_excluded
    if isinstance(said.value, Unknown):
        return
    if not isinstance(said.value, tuple) or not said.value:
        state, why, missing = State.MET, "the text excludes no territory", None
    elif said.modality == "multimodal" and _is_multimodal(around.modality) is None:
        state, why, missing = State.QUESTION, "the clause is about multimodal models", "modality"
    elif said.modality == "multimodal" and not _is_multimodal(around.modality):
        why, missing = "the clause is about multimodal models, and this one is not", None
        state = State.NOT_APPLICABLE
    else:
        excluded = _members(said.value, around.knowledge)
        judge = _by_seat if said.test == "domicile" else _by_use
        state, why, missing = judge(excluded, ", ".join(said.value), around)
    yield Judged("territory_excluded", state, why, said.clause, said.confidence, missing)


def _by_seat(excluded: frozenset[str], shown: str, around: Circumstance) -> tuple[State, str, str | None]:
    """The clause asks where the licensee sits, not where the users are."""
    seat = around.use.organization_country
    if isinstance(seat, Unknown):
        return State.QUESTION, f"the clause asks for the seat ({shown})", "use.organization_country"
    if seat in excluded:
        return State.VIOLATED, f"the organization has its seat in {seat}, and {shown} is excluded", None
    return State.MET, f"the organization's seat, {seat}, is not excluded", None


def _by_use(excluded: frozenset[str], shown: str, around: Circumstance) -> tuple[State, str, str | None]:
    """The clause asks where the model and its outputs are used."""
    use = around.use
    seat = use.organization_country
    if isinstance(use.territories, Unknown):
        why = f"where it is used is not declared, and {shown} is excluded"
        return State.QUESTION, why, "use.territories"
    hit = [place for place in use.territories if members(around.knowledge, place) & excluded]
    if hit:
        return State.VIOLATED, f"used in {', '.join(hit)}, and {shown} is excluded", None
    if not isinstance(seat, Unknown) and seat in excluded:
        why = f"the organization sits in {seat}, which is excluded: testing and operating there would be use"
        return State.QUESTION, why, "whether it is used at the organization's seat"
    return State.MET, f"no declared territory is excluded ({shown})", None


def _thresholds(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    yield from judge_thresholds(terms.thresholds, around.use, around.licensor)


def _commercial(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    said, use = terms.commercial_use, around.use

    def answer(state: State, why: str, missing: str | None = None, source: Term = said) -> Judged:
        return Judged("commercial_use", state, why, source.clause, source.confidence, missing)

    match said.head:
        case "no" if use.commercial is True:
            yield answer(State.VIOLATED, "the use is commercial, and the text grants none")
        case "no" if isinstance(use.commercial, Unknown):
            yield answer(State.QUESTION, "the text grants no commercial use", "use.commercial")
        case "no" | "yes":
            yield answer(State.MET, "the use is within the grant")
        case "conditional" if _is_judged_elsewhere(terms):
            yield from _registration(terms, around)
        case "conditional":
            condition = str(said.value)
            yield answer(State.QUESTION, f"the grant is {condition}", "whether the use keeps to it")
        case _:
            yield answer(State.NOT_APPLICABLE, "the text does not speak of it")


def _is_judged_elsewhere(terms: Terms) -> bool:
    """Whether the condition of the grant is a registration, a number or a place, judged as such."""
    said = str(terms.commercial_use.value).lower()
    places = terms.territory_excluded.value
    return bool(terms.registration or "regist" in said or terms.thresholds or places)


def _registration(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    """Commercial use is granted to the registered."""
    use, said = around.use, terms.registration or terms.commercial_use
    asks = terms.registration.head == "yes" if terms.registration else "regist" in str(said.value).lower()
    clause, sure = said.clause, said.confidence
    if not asks or use.commercial is False:
        yield Judged("commercial_use", State.MET, "no registration is asked for this use", clause, sure)
        return
    if not isinstance(use.registered_with, Unknown):
        if any(_names(around.licensor, each) for each in use.registered_with):
            yield Judged("commercial_use", State.MET, "the registration is declared", clause, sure)
        else:
            why = f"commercial use needs a registration with {around.licensor}, and none is declared"
            yield Judged("commercial_use", State.VIOLATED, why, clause, sure)
        return
    why = f"commercial use needs a registration with {around.licensor}"
    yield Judged("commercial_use", State.QUESTION, why, clause, sure, "use.registered_with")


def _fields(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    bans, declared = terms.field_bans, around.use.fields
    if isinstance(bans, Unknown):
        return
    named = {name for ban in bans for name in ban.fields}
    if isinstance(declared, Unknown):
        if named:
            fields = ", ".join(sorted(named))
            first = next(ban for ban in bans if ban.fields)
            why = f"the text speaks of {fields}"
            yield Judged("field_bans", State.QUESTION, why, first.clause, first.confidence, "use.fields")
        return
    for field in declared:
        yield from _field(terms, field)


def _field(terms: Terms, field: Field) -> Iterator[Judged]:
    bans = () if isinstance(terms.field_bans, Unknown) else terms.field_bans
    hits = [ban for ban in bans if field.value in ban.fields]
    for ban in sorted(hits, key=lambda each: each.extent is not Extent.WHOLE)[:1]:
        if ban.extent is Extent.WHOLE:
            why = f"the declared field {field.value} is excluded: {ban.field}"
            yield Judged("field_bans", State.VIOLATED, why, ban.clause, ban.confidence, None, field.value)
        else:
            why = f"some uses in the field {field.value} are excluded: {ban.field}"
            missing = f"whether the use is: {ban.field}"
            yield Judged("field_bans", State.QUESTION, why, ban.clause, ban.confidence, missing, field.value)
    if hits:
        return
    unread = terms.aup_read is False or (terms.aup_read is None and not any(ban.fields for ban in bans))
    if terms.aup.head == "yes" and unread and field in SENSITIVE:
        why = f"a use policy binds that was not read, and the field is {field.value}"
        missing = POLICY_TEXT + (f" ({terms.aup_url})" if terms.aup_url else "")
        yield Judged(
            "field_bans", State.QUESTION, why, terms.aup.clause, terms.aup.confidence, missing, field.value
        )
    elif bans or terms.aup.head == "yes":
        yield Judged("field_bans", State.MET, f"{field.value} is not on the list", terms.aup.clause)
    else:
        yield Judged("field_bans", State.NOT_APPLICABLE, "the text excludes no field of use")


def _outputs(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    said, trains = terms.outputs_for_training, around.use.trains_on_outputs
    commercial = around.use.commercial

    def answer(state: State, why: str, missing: str | None = None) -> Judged:
        return Judged("outputs_for_training", state, why, said.clause, said.confidence, missing)

    restricted = said.head in ("forbidden", "non-commercial")
    if said.head == "unknown":
        return
    if not restricted:
        state = State.NOT_APPLICABLE if said.head in ("not", "none") else State.MET
        yield answer(state, "the text does not forbid it")
    elif trains is False:
        yield answer(State.MET, "outputs are not used to train")
    elif isinstance(trains, Unknown):
        yield answer(State.QUESTION, "outputs may not train other models", "use.trains_on_outputs")
    elif said.scope == "commercial-models" or said.head == "non-commercial":
        if commercial is False:
            yield answer(State.MET, "outputs train nothing commercial")
        elif commercial is True:
            yield answer(State.VIOLATED, "outputs train models for commercial use, which is excluded")
        else:
            yield answer(State.QUESTION, "outputs may not train commercial models", "use.commercial")
    elif said.scope in ("competing-models", "foundation-models"):
        kind = said.scope.removesuffix("-models")
        why = f"outputs may not train {kind} models"
        yield answer(State.QUESTION, why, f"whether a {kind} model is trained")
    else:
        yield answer(State.VIOLATED, "outputs train other models, which the text excludes")


def _distribution(terms: Terms, around: Circumstance) -> Iterator[Judged]:
    said = terms.distribution
    if isinstance(said, Unknown):
        return
    for name, term, channels in (
        ("hosted_service", said.hosted_service, (Channel.HOSTED_SERVICE,)),
        ("redistribution", said.redistribution, _PASSED_ON),
    ):
        if term is not None and term.head == "forbidden":
            yield _passing_on(f"distribution.{name}", term, channels, around.use)
    if said.derivatives is not None and said.derivatives.head in ("not", "forbidden"):
        yield _derivatives(said.derivatives, around.use)


def _passing_on(name: str, term: Term, channels: tuple[Channel, ...], use: Use) -> Judged:
    declared, verb = use.distribution, name.split(".")[-1].replace("_", " ")
    if isinstance(declared, Unknown):
        why = f"the text forbids {verb}"
        return Judged(name, State.QUESTION, why, term.clause, term.confidence, "use.distribution")
    hit = [channel.value for channel in declared if channel in channels]
    if hit:
        why = f"declared: {', '.join(hit)}, and the text forbids it"
        return Judged(name, State.VIOLATED, why, term.clause, term.confidence)
    return Judged(name, State.NOT_APPLICABLE, f"no {verb} is declared", term.clause, term.confidence)


def _derivatives(term: Term, use: Use) -> Judged:
    """A work made from the model may not be made (`forbidden`), or not be passed on (`not shared`)."""
    name = "distribution.derivatives"

    def answer(state: State, why: str, missing: str | None = None) -> Judged:
        return Judged(name, state, why, term.clause, term.confidence, missing)

    if use.finetunes is False:
        return answer(State.NOT_APPLICABLE, "nothing is made from the model")
    if isinstance(use.finetunes, Unknown):
        return answer(State.QUESTION, "works made from the model are excluded", "use.finetunes")
    if term.head == "forbidden":
        return answer(State.VIOLATED, "a work is made from the model, which the text forbids")
    if isinstance(use.distribution, Unknown):
        return answer(State.QUESTION, "such a work may not be passed on", "use.distribution")
    if any(channel in _PASSED_ON for channel in use.distribution):
        return answer(State.VIOLATED, "a work made from the model is passed on, which the text excludes")
    if Channel.HOSTED_SERVICE in use.distribution:
        return answer(State.QUESTION, "whether offering it as a service is sharing it", "what the text means")
    return answer(State.MET, "what is made from the model is kept")


_JUDGES: tuple[Callable[[Terms, Circumstance], Iterator[Judged]], ...] = (
    _territory,
    _thresholds,
    _commercial,
    _fields,
    _outputs,
    _distribution,
)


def _is_multimodal(modality: str | Unknown) -> bool | None:
    if isinstance(modality, Unknown):
        return None
    words = modality.lower()
    if words in _TEXT_ONLY or words == "text":
        return False
    return True if any(word in words for word in _MULTIMODAL) else False if "text" in words else None


def _members(places: tuple[str, ...], knowledge: Knowledge) -> frozenset[str]:
    """Countries behind the codes; a group (`EU`) is resolved through the territories of the knowledge."""
    found: set[str] = set()
    for place in places:
        code = place.split()[0].strip("(),") if place.split() else ""
        found |= members(knowledge, code)
    return frozenset(found)


def _names(licensor: str, declared: str) -> bool:
    ours, theirs = licensor.lower(), declared.lower().strip()
    return bool(theirs) and (theirs in ours or ours in theirs)
