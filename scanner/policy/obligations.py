"""What the project owes for each asset, and whether its own files show it done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from scanner.patterns import regex
from scanner.policy.duties import Due, duties_of
from scanner.policy.lineage import forebears
from scanner.policy.rule import Facts
from scanner.policy.travels import hold
from scanner.records.asset import Asset
from scanner.records.finding import Obligation
from scanner.records.sighting import Notice
from scanner.records.terms import Student, Terms
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.license_places import Held

_LICENSE_FILE = regex(r"(?i)(?:licen[cs]es?\b|copying|eula|terms)[^/]*\Z|(?:\A|/)licen[cs]es?/")
"""Files whose whole text is a license where it reads like one, also one that is not known."""
_FILES = "NOTICE, LICENSE, a third-party file or a folder LICENSES that is shipped"
SEEN_IN_FILES = frozenset({"copy_of_license", "notice_text", "attribution"})
"""Duties whose fulfilment stands in files a scan reads; of the others the state is unknown."""


def obligations(facts: Facts) -> Iterator[Obligation]:
    """List the duties of every judged asset, its own license's first, then those of its ancestors."""
    for asset in facts.assets:
        yield from obligations_of(asset, facts)


def obligations_of(asset: Asset, facts: Facts) -> Iterator[Obligation]:
    """List the duties that come with one asset."""
    for key, due in _owed(asset, facts):
        yield _obligation(asset, key, due, facts)


def open_duties(asset: Asset, facts: Facts) -> Iterator[tuple[Obligation, str]]:
    """List the open duties of one asset, each with what a scan would see it met by; `""` where nothing is."""
    for key, due in _owed(asset, facts):
        obligation = _obligation(asset, key, due, facts)
        if obligation.state == "open":
            yield obligation, _shown_by(due, key, facts)


def _shown_by(due: Due, key: str, facts: Facts) -> str:
    from scanner.knowledge.license_text import is_recognizable

    if due.duty == "copy_of_license":
        is_seen = is_recognizable(key, facts.knowledge)
        return f"put the whole text of the license into {_FILES}" if is_seen else ""
    return f"say it in those words in {_FILES}" if due.words else ""


def _owed(asset: Asset, facts: Facts) -> Iterator[tuple[str, Due]]:
    for key, terms in _binding(asset, facts):
        for due in duties_of(terms, facts.use, _licensor(key, facts)):
            yield key, due


def _binding(asset: Asset, facts: Facts) -> Iterator[tuple[str, Terms]]:
    """License keys and terms whose duties come with the asset, each once."""
    own = hold(facts.knowledge, asset.license.key, asset.terms)
    seen = {own.key} if isinstance(own.key, str) else set()
    if not isinstance(own.terms, Unknown):
        yield own.key if isinstance(own.key, str) else "its license", own.terms
    for below in forebears(asset, facts.knowledge):
        terms, key = below.holding.terms, below.holding.key
        if isinstance(terms, Unknown) or not isinstance(key, str) or key in seen:
            continue
        if below.relation == "trained-on":
            continue
        if below.relation == "distill" and terms.outputs_for_training.student is not Student.DERIVATIVE:
            continue
        seen.add(key)
        yield key, terms


def _licensor(key: str, facts: Facts) -> str:
    from scanner.knowledge.licenses import look_up

    record = look_up(facts.knowledge, key)
    return record.licensor if record else ""


def _obligation(asset: Asset, key: str, due: Due, facts: Facts) -> Obligation:
    seen_at = _seen_at(due, key, facts) if due.duty in SEEN_IN_FILES else ""
    if seen_at:
        state = "met"
    elif not due.is_certain or due.duty not in SEEN_IN_FILES or facts.scope != "whole":
        state = "unknown"
    else:
        state = "open"
    clause = f"{due.clause} of {key}" if due.clause else f"{key}"
    return Obligation(asset.id, due.duty, due.text, clause, state, seen_at or "none")


def _seen_at(due: Due, key: str, facts: Facts) -> str:
    """`FILE:LINE` of the notice that carries the duty out, `""` where none does."""
    if due.duty == "copy_of_license":
        return next((f"{each.file}:1" for each in facts.notices if _holds_license(each, key, facts)), "")
    from scanner.policy.statements import stands_in, stated_on

    for notice in facts.notices:
        for words in due.words:
            if stands_in(words, notice.text) and (line := stated_on(words, _own_words(notice, facts))):
                return f"{notice.file}:{line}"
    return ""


def _holds_license(notice: Notice, key: str, facts: Facts) -> bool:
    """Whether the file carries the text of the license; a reference to it is not a copy."""
    from scanner.knowledge.license_places import held_in

    return any(place.is_copy and place.key == key for place in held_in(notice.text, facts.knowledge).places)


def _own_words(notice: Notice, facts: Facts) -> str:
    """The text of a notice without the license texts in it: what they ask for, they do not show."""
    from scanner.knowledge.license_places import held_in

    held = held_in(notice.text, facts.knowledge)
    if held.is_unknown_license and _LICENSE_FILE.search(notice.file):
        return ""
    return _without(held, notice.text) if held.places else notice.text


@lru_cache(maxsize=64)
def _without(held: Held, text: str) -> str:
    from scanner.knowledge.license_places import text_lines

    lines = text_lines(text)
    for place in held.places:
        lines[place.first - 1 : place.last] = [""] * (place.last - place.first + 1)
    return "\n".join(lines)
