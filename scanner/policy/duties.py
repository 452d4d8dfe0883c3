"""Which duties of a license follow from the declared use."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.judged import State
from scanner.policy.thresholds import judge_threshold
from scanner.policy.use import Channel, Field, Use
from scanner.records.quick import dataclass
from scanner.records.terms import Duty, Term, Terms, Way
from scanner.records.unknown import Unknown

_PASSED_ON = (Way.EMBEDDED, Way.REDISTRIBUTED_WEIGHTS)
_ALL_OUT = (Way.HOSTED_SERVICE, *_PASSED_ON)

_TEXTS = {
    "copy_of_license": "hand over a copy of the license",
    "notice_text": "put the notice into a NOTICE file",
    "modified_files_notice": "say which files were changed",
    "retain_notices": "keep the copyright and license notices that are there",
    "use_restrictions_flow_down": "bind those who receive or use it to the use restrictions",
    "share_alike": "offer what is made from it under the same license",
    "attribution": "show the attribution",
    "naming": "name what is made from it as the license asks",
}
_OF_DERIVATIVES = ("modified_files_notice", "share_alike", "naming")
"""Duties that arise only for a work made from the model, unless the record says otherwise."""
_OF_SERVICES_TOO = ("use_restrictions_flow_down", "attribution")
"""Duties that reach those who use a hosted service, unless the record says otherwise."""


@dataclass(frozen=True, slots=True)
class Due:
    """One duty that follows, or may follow, from the use."""

    duty: str
    text: str
    clause: str
    words: tuple[str, ...]
    """Words that must appear, of several any one."""
    is_certain: bool
    """False where a fact is missing that decides whether it follows."""


def duties_of(terms: Terms, use: Use, licensor: str = "") -> Iterator[Due]:
    """Go through the duties in the order a project would carry them out."""
    for name, duty in _listed(terms):
        if duty is None or not duty.is_asked:
            continue
        follows = _all(_by_way(name, duty, terms, use), _by_occasion(name, duty, terms, use, licensor))
        if follows is False:
            continue
        clause = duty.clause if isinstance(duty.clause, str) and duty.clause != "none" else ""
        yield Due(name, _text(name, duty), clause, duty.words or (), follows is True)


def _listed(terms: Terms) -> Iterator[tuple[str, Duty | None]]:
    said = terms.distribution
    if not isinstance(said, Unknown):
        yield "copy_of_license", said.copy_of_license
        yield "notice_text", said.notice_text
        yield "retain_notices", said.retain_notices
        yield "modified_files_notice", said.modified_files_notice
        yield "use_restrictions_flow_down", said.use_restrictions_flow_down
        yield "share_alike", said.share_alike
    yield "attribution", terms.attribution
    yield "naming", terms.naming


def _by_way(name: str, duty: Duty, terms: Terms, use: Use) -> bool | None:
    """Whether a declared way of passing on brings it about; None where none is declared."""
    if isinstance(use.distribution, Unknown):
        return None
    ways = duty.ways if duty.ways is not None else _usual_ways(name, terms)
    declared = {channel.value for channel in use.distribution}
    return any(way.value in declared for way in ways)


def _usual_ways(name: str, terms: Terms) -> tuple[Way, ...]:
    hosted: Term | None = None
    if not isinstance(terms.distribution, Unknown):
        hosted = terms.distribution.hosted_service
    if name in _OF_SERVICES_TOO:
        return _ALL_OUT
    if name == "copy_of_license" and hosted is not None and hosted.head == "counts":
        return _ALL_OUT
    return _PASSED_ON


def _by_occasion(name: str, duty: Duty, terms: Terms, use: Use, licensor: str) -> bool | None:
    """Whether its occasion is there: a derivative, training on outputs, a threshold, a publication."""
    occasions = duty.when or (("derivative",) if name in _OF_DERIVATIVES else ())
    if not occasions:
        return True
    return _any(*(_occasion(occasion, terms, use, licensor) for occasion in occasions))


def _occasion(occasion: str, terms: Terms, use: Use, licensor: str) -> bool | None:
    match occasion:
        case "derivative":
            return _known(use.finetunes)
        case "trains-on-outputs":
            # Training on outputs is rare enough that an undeclared one lists no duty.
            return _known(use.trains_on_outputs) or False
        case "threshold":
            return _crossed(terms, use, licensor)
        case "publication":
            if isinstance(use.fields, Unknown):
                return None
            return None if Field.RESEARCH in use.fields else False
        case _:
            return False


def _crossed(terms: Terms, use: Use, licensor: str) -> bool | None:
    """Whether a threshold that only brings a duty is crossed."""
    if isinstance(terms.thresholds, Unknown):
        return None
    answers: list[bool | None] = []
    for threshold in terms.thresholds:
        if threshold.triggers == "license":
            continue
        judged = judge_threshold(threshold, use, licensor)
        is_silent = judged.state is State.NOT_APPLICABLE and "not declared" in judged.why
        answers.append(None if is_silent or judged.state is State.QUESTION else judged.state is State.OWED)
    return _any(*answers)


def _text(name: str, duty: Duty) -> str:
    if duty.words:
        shown = " or ".join(f"“{words}”" for words in duty.words)
        return f"{_TEXTS[name]}: {shown}"
    if isinstance(duty.value, str):
        return f"{_TEXTS[name]}: {duty.value}"
    return _TEXTS[name]


def passes_on(use: Use) -> bool | None:
    """Whether anything leaves the house; None where it is not declared."""
    if isinstance(use.distribution, Unknown):
        return None
    return any(channel is not Channel.INTERNAL for channel in use.distribution)


def _known(fact: bool | Unknown) -> bool | None:
    return None if isinstance(fact, Unknown) else fact


def _any(*answers: bool | None) -> bool | None:
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def _all(*answers: bool | None) -> bool | None:
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True
