"""What a license's text makes travel to a work made from the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.records.asset import Category
from scanner.records.choices import Enum
from scanner.records.quick import dataclass, replace
from scanner.records.terms import Carries, Student, Terms, Travels
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

_MODIFYING = frozenset({"finetune", "adapter", "merge", "unknown", "distill"})
"""Relations that make another work; a quantized copy may be the same work in another form."""


class Reading(Enum):
    """What the texts say of a license standing over another."""

    AGREES = "agrees"
    QUESTION = "question"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Holding:
    """A license that a model of the chain carries, with its terms."""

    key: str | Unknown
    terms: Terms | Unknown
    category: Category | Unknown
    same_terms_as: tuple[str, ...] = ()
    label: str = ""
    """As declared, for messages."""

    def is_same(self, other: Holding) -> bool:
        """Whether both are one license, or texts that differ in names and dates only."""
        if isinstance(self.key, Unknown) or isinstance(other.key, Unknown):
            return bool(self.label) and self.label == other.label
        return self.key == other.key or self.key in other.same_terms_as or other.key in self.same_terms_as


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a license over a base is read, with the clauses that decide."""

    reading: Reading
    why: str
    clauses: tuple[str, ...] = ()


def hold(knowledge: Knowledge, key: str | Unknown, terms: Terms | Unknown, label: str = "") -> Holding:
    """Join what a report says of a license with what its record adds."""
    from scanner.knowledge.licenses import complete_terms, look_up

    record = None if isinstance(key, Unknown) else look_up(knowledge, key)
    category: Category | Unknown = record.category if record else Unknown("no license record")
    same = record.same_terms_as if record else ()
    return Holding(key, complete_terms(knowledge, key, terms), category, same, label)


def travels_of(terms: Terms, category: Category | Unknown) -> Travels:
    """The record's own answer, or one read off the other terms."""
    if terms.travels is not None:
        return terms.travels
    distribution = terms.distribution
    confidence = terms.commercial_use.confidence
    if not isinstance(distribution, Unknown):
        if distribution.derivatives and distribution.derivatives.head in ("not", "forbidden"):
            return Travels(Carries.NOT_SHARED, distribution.derivatives.clause, confidence)
        if distribution.share_alike.is_asked:
            return Travels(Carries.SAME_LICENSE, distribution.share_alike.clause, confidence)
        flow_down = distribution.use_restrictions_flow_down
        if flow_down is not None and flow_down.is_asked:
            return Travels(Carries.USE_RESTRICTIONS, flow_down.clause, confidence)
    if category in (Category.PERMISSIVE, Category.PUBLIC_DOMAIN) or _asks_for_nothing(terms):
        return Travels(Carries.NOTICES, terms.commercial_use.clause, confidence)
    copy = None if isinstance(distribution, Unknown) else distribution.copy_of_license
    if copy is not None and copy.is_asked and terms.aup.head == "yes":
        return Travels(Carries.AGREEMENT, copy.clause, confidence)
    return Travels(Carries.LIMITS, terms.commercial_use.clause, confidence)


def compare(base: Holding, over: Holding, relation: str) -> Comparison:
    """Read one license over a base's, for one relation between the two models."""
    if isinstance(base.terms, Unknown):
        if base.is_same(over):
            return Comparison(Reading.AGREES, "the same label")
        return Comparison(Reading.QUESTION, f"the terms of {base.label or 'the base'} were not read")
    travels = travels_of(base.terms, base.category)
    if relation == "trained-on":
        return _compare_data(base, over, travels)
    if relation == "distill":
        return _compare_student(base, over, travels)
    return _compare_derivative(base, over, travels, relation)


def _compare_derivative(base: Holding, over: Holding, travels: Travels, relation: str) -> Comparison:
    clauses = _clauses(travels.clause)
    if travels.carries is Carries.NOT_SHARED and relation in _MODIFYING:
        return Comparison(Reading.CONFLICT, "such a work may be made, and not passed on", clauses)
    if base.is_same(over):
        return Comparison(Reading.AGREES, "the same license")
    if _is_named(over, travels.accepts):
        return Comparison(Reading.AGREES, "the text accepts that license in its place", clauses)
    if _is_named(over, travels.unsettled_under):
        return Comparison(Reading.QUESTION, travels.note or "the text supports both readings", clauses)
    if travels.carries is Carries.NOTICES:
        return Comparison(Reading.AGREES, "other terms may stand above, notices are kept", clauses)
    if isinstance(over.terms, Unknown):
        # Another license that is known by name stands in the place of one that wants itself carried.
        if travels.carries in (Carries.SAME_LICENSE, Carries.AGREEMENT) and isinstance(over.key, str):
            return Comparison(Reading.CONFLICT, "the license itself has to come along", clauses)
        return Comparison(Reading.QUESTION, "which terms stand above is not known", clauses)
    return _compare_known(base, over.terms, travels, clauses)


def _compare_known(base: Holding, over: Terms, travels: Travels, clauses: tuple[str, ...]) -> Comparison:
    """Two different texts, both read."""
    ours = over.travels
    if ours is not None and ours.keeps_components and travels.carries is not Carries.LIMITS:
        why = "the text above leaves components under their own licenses"
        return Comparison(Reading.QUESTION, why, (*clauses, ours.keeps_components))
    match travels.carries:
        case Carries.LIMITS:
            return _compare_limits(base, over, clauses)
        case Carries.UNSETTLED | Carries.NOT_SHARED:
            return Comparison(Reading.QUESTION, travels.note or "the text supports both readings", clauses)
        case Carries.SIMILAR_RESTRICTIONS | Carries.USE_RESTRICTIONS:
            return _compare_restrictions(over, travels, clauses)
        case Carries.SAME_LICENSE:
            return Comparison(Reading.CONFLICT, "only the same license may stand above", clauses)
        case _:
            return Comparison(Reading.CONFLICT, "the agreement itself has to come along", clauses)


def _compare_restrictions(over: Terms, travels: Travels, clauses: tuple[str, ...]) -> Comparison:
    """Use restrictions must be carried along: none above, the same list, or another one."""
    theirs = over.travels.restrictions if over.travels else None
    restricts = over.aup.head == "yes" or bool(theirs)
    if not restricts:
        return Comparison(Reading.CONFLICT, "the use restrictions are dropped", clauses)
    if theirs is not None and theirs == travels.restrictions:
        return Comparison(Reading.QUESTION, "the same restrictions under another license", clauses)
    if travels.carries is Carries.SIMILAR_RESTRICTIONS:
        return Comparison(Reading.QUESTION, "whether the restrictions above are similar enough", clauses)
    return Comparison(Reading.CONFLICT, "other use restrictions stand in their place", clauses)


def _compare_limits(base: Holding, over: Terms, clauses: tuple[str, ...]) -> Comparison:
    """Every limit of the base must stand above; stricter on one does not make up for another."""
    terms = base.terms
    if isinstance(terms, Unknown):
        return Comparison(Reading.QUESTION, "the base's terms were not read")
    if terms.commercial_use.head == "no" and over.commercial_use.head != "no":
        return Comparison(
            Reading.CONFLICT, "commercial use is not granted below", _clauses(terms.commercial_use.clause)
        )
    if isinstance(terms.thresholds, Unknown) or isinstance(over.thresholds, Unknown):
        return Comparison(Reading.QUESTION, "thresholds were not read", clauses)
    for threshold in terms.thresholds:
        if not any(
            each.metric == threshold.metric and each.value <= threshold.value for each in over.thresholds
        ):
            why = f"the limit of {threshold.value:,} {threshold.metric} is dropped"
            return Comparison(Reading.CONFLICT, why, (*_clauses(threshold.clause), *clauses))
    if _places(terms) - _places(over):
        return Comparison(
            Reading.CONFLICT, "the excluded territory is dropped", _clauses(terms.territory_excluded.clause)
        )
    shown = terms.attribution.words
    if shown and not terms.attribution.when and not set(shown) & set(over.attribution.words or ()):
        why = f"the duty to show “{shown[0]}” is dropped"
        return Comparison(Reading.CONFLICT, why, _clauses(terms.attribution.clause))
    return Comparison(Reading.AGREES, "the limits stand above too", clauses)


def _compare_student(base: Holding, over: Holding, travels: Travels) -> Comparison:
    """A model trained on the outputs of another."""
    terms = base.terms
    if isinstance(terms, Unknown):
        return Comparison(Reading.QUESTION, "the teacher's terms were not read")
    outputs = terms.outputs_for_training
    clauses = _clauses(outputs.clause)
    if outputs.student is Student.DERIVATIVE:
        found = _compare_derivative(base, over, travels, "distill")
        return replace(found, clauses=(*clauses, *found.clauses))
    if outputs.head == "forbidden":
        return _compare_forbidden(outputs.scope, over, clauses)
    if outputs.head == "non-commercial":
        is_commercial = not isinstance(over.terms, Unknown) and over.terms.commercial_use.head != "no"
        reading = Reading.CONFLICT if is_commercial else Reading.QUESTION
        return Comparison(reading, "outputs may train others for non-commercial research only", clauses)
    if travels.carries is Carries.NOTICES or base.is_same(over):
        return Comparison(Reading.AGREES, "outputs may train other models", clauses)
    if outputs.student is Student.FREE and (outputs.head == "allowed" or not _widens_use(base, over)):
        return Comparison(Reading.AGREES, "outputs may train other models", clauses)
    return Comparison(
        Reading.QUESTION, "whether the text travels to a model made from outputs is open", clauses
    )


def _compare_forbidden(scope: str | None, over: Holding, clauses: tuple[str, ...]) -> Comparison:
    if scope == "commercial-models":
        if not isinstance(over.terms, Unknown) and over.terms.commercial_use.head == "no":
            return Comparison(Reading.AGREES, "outputs may train non-commercial models", clauses)
        return Comparison(Reading.CONFLICT, "outputs may not train commercial models", clauses)
    if scope in ("competing-models", "foundation-models"):
        return Comparison(Reading.QUESTION, f"outputs may not train {scope.replace('-', ' ')}", clauses)
    return Comparison(Reading.CONFLICT, "outputs may not train other models", clauses)


def _compare_data(base: Holding, over: Holding, travels: Travels) -> Comparison:
    """Training data: whether weights are a work made from it is unsettled, so at most a question."""
    if travels.carries is Carries.NOTICES or base.category is Category.PERMISSIVE or base.is_same(over):
        return Comparison(Reading.AGREES, "the data asks for notices")
    if not isinstance(base.terms, Unknown):
        results = base.terms.outputs_for_training
        if results.student is Student.FREE and results.head == "allowed":
            return Comparison(Reading.AGREES, "the text leaves results free", _clauses(results.clause))
    found = _compare_derivative(base, over, travels, "finetune")
    if found.reading is Reading.AGREES:
        return found
    why = "whether weights are a work made from their training data is unsettled"
    clauses = found.clauses
    if not isinstance(base.terms, Unknown) and base.terms.commercial_use.head == "no":
        clauses = (*_clauses(base.terms.commercial_use.clause), *clauses)
    return Comparison(Reading.QUESTION, why, clauses)


def _widens_use(base: Holding, over: Holding) -> bool:
    """Whether what is not commercial below is commercial above."""
    if isinstance(base.terms, Unknown) or base.terms.commercial_use.head != "no":
        return False
    return isinstance(over.terms, Unknown) or over.terms.commercial_use.head != "no"


def _is_named(over: Holding, names: tuple[str, ...]) -> bool:
    named = {str(over.key)} if not isinstance(over.key, Unknown) else set()
    if isinstance(over.category, Category):
        named.add(f"category:{over.category.value}")
    return bool(named & set(names))


def _asks_for_nothing(terms: Terms) -> bool:
    return (
        terms.commercial_use.head == "yes"
        and terms.aup.head in ("no", "none")
        and terms.thresholds == ()
        and not _places(terms)
        and terms.field_bans == ()
    )


def _places(terms: Terms) -> set[str]:
    value = terms.territory_excluded.value
    return set(value) if isinstance(value, tuple) else set()


def _clauses(*clauses: str | Unknown) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for c in clauses if isinstance(c, str) and c != "none"))
