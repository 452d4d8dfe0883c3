"""What the brackets around a place in code belong to: `models = { choices = { "…" } }`."""

from __future__ import annotations

import re

from scanner.discovery.vocabulary import any_of
from scanner.discovery.written_for import BARRED
from scanner.patterns import regex

MOST_AROUND = 3
"""Brackets around a name that are asked what they belong to."""
_BEFORE = 120
"""Signs in front of a bracket that are searched for its owner."""
_BRACKET = regex(r"[\[\](){}]")
_OWNER = regex(
    r"(?:\[?[\"']([^\"'\n]{1,60})[\"']\]?|([A-Za-z_$][\w$]{0,60}))\s{0,9}"
    r"(?::\s?[\w<>\[\],.& ]{0,60}=|=>|:=|=|:)\s{0,9}(?:[\w.<>\[\]*&:!]{1,60}\s{0,3}(?:\(\s{0,9})?)?\Z"
)
_MAY_HOLD = regex(
    r"(?:odels?|ODELS?|[lL][lL][mM]s?|LLMS)(?:_?[A-Za-z]{2,5})?[\"'\]]{0,2}\s{0,9}"
    r"(?::\s?[\w<>\[\],.& ]{0,60}=|=>|:=|=|:)[^={}\"'\n]{0,70}[\[{(]"
)
_WORDS = ("odel", "ODEL", "lm", "LM")
"""One of these stands in the name of what holds models."""
_OF_MODELS = regex(
    r"(?:^|[_a-z$])(?:models?|MODELS?|Models?|llms?|LLMS?|Llms?)"
    r"(?:_?(?:names?|NAMES?|Names?|ids?|IDS?|I[dD]s?|list|LIST|List))?$"
)
_SLOT = regex(
    r"(?:id|value|key|slug|default|fallback|primary|current|selected|choices|options)s?", re.IGNORECASE
)


def may_hold_models(text: str) -> bool:
    """Whether a bracket in a text could be that of something that holds models."""
    return _MAY_HOLD.search(text) is not None


class Brackets:
    """The brackets that are open while a text is gone through."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[int] = []
        self._answers: dict[int, bool] = {}
        self._is_worth_it = may_hold_models(text)

    def go_on(self, start: int, end: int) -> None:
        """Take in what stands up to a place, and leave out what stands from there to the end of a text."""
        if not self._is_worth_it:
            return
        for found in _BRACKET.finditer(self._text, self._at, max(start, self._at)):
            if found[0] in "([{":
                self._open.append(found.start())
            elif self._open:
                self._open.pop()
        self._at = max(end, self._at)

    def are_of_models(self, given: str) -> bool:
        """Whether a member, or the field of one, is that of something that holds models."""
        if not self._open or (given and _SLOT.fullmatch(given.rpartition(".")[2]) is None):
            return False
        return any(map(self._is_of_models, self._open[-MOST_AROUND:]))

    def _is_of_models(self, place: int) -> bool:
        if place not in self._answers:
            before = self._text[max(0, place - _BEFORE) : place]
            found = _OWNER.search(before) if any_of(_WORDS, before) else None
            owner = (found[1] or found[2]) if found is not None else ""
            is_one = _OF_MODELS.search(owner) is not None and BARRED.search(owner) is None
            self._answers[place] = is_one
        return self._answers[place]
