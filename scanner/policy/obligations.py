"""What the project owes for each asset, and whether its own files show it done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.policy.duties import Due, duties_of
from scanner.policy.lineage import forebears
from scanner.policy.rule import Facts
from scanner.policy.travels import hold
from scanner.records.asset import Asset
from scanner.records.finding import Obligation
from scanner.records.sighting import Notice
from scanner.records.terms import Student, Terms
from scanner.records.unknown import Unknown

SEEN_IN_FILES = frozenset({"copy_of_license", "notice_text", "attribution"})
"""Duties whose fulfilment stands in files a scan reads; of the others the state is unknown."""


def obligations(facts: Facts) -> Iterator[Obligation]:
    """List the duties of every judged asset, its own license's first, then those of its ancestors."""
    for asset in facts.assets:
        yield from obligations_of(asset, facts)


def obligations_of(asset: Asset, facts: Facts) -> Iterator[Obligation]:
    """List the duties that come with one asset."""
    for key, terms in _binding(asset, facts):
        for due in duties_of(terms, facts.use, _licensor(key, facts)):
            yield _obligation(asset, key, due, facts)


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
    for notice in facts.notices:
        for words in due.words:
            if line := _line_of(words, notice.text):
                return f"{notice.file}:{line}"
    return ""


def _holds_license(notice: Notice, key: str, facts: Facts) -> bool:
    """Whether the file carries the text of the license; a reference to it is not a copy."""
    return key in _keys_in(notice.text, facts)


def _keys_in(text: str, facts: Facts) -> frozenset[str]:
    from scanner.knowledge.license_text import keys_in

    return keys_in(text, facts.knowledge)


def _line_of(words: str, text: str) -> int:
    """The line on which the words begin, white space and kinds of quotation mark aside; 0 for none."""
    plain = words.translate(_MARKS)
    pattern = r"\s+".join(re.escape(word) for word in plain.split())
    found = re.search(pattern, text.translate(_MARKS), re.IGNORECASE)
    return text.count("\n", 0, found.start()) + 1 if found else 0


_MARKS = str.maketrans("“”’‘", "\"\"''")
