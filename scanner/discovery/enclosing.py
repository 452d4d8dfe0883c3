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


_DECLARATION = 260
"""Signs in front of a brace that are searched for what is declared there."""
_TYPE_OF_MODELS = regex(
    r"\b(?:enum|class|struct|object|interface|module|namespace)\s+(?:class\s+|struct\s+)?\w{0,60}?"
    r"(?:odels?|ODELS?|LLMs?)(?:_?[A-Za-z]{2,7})?\b[^{};=\"]{0,200}\{"
)
_TYPE_IMPLEMENTED = regex(r"\bimpl\b[^{};\"]{0,160}?(?:odels?|LLMs?)\s{0,9}\{")
_FUNCTION_FOR_MODEL = regex(r"odel\w{0,10}\s{0,3}\([^{};=\"]{0,150}\)[^{};=\"()]{0,60}\{")
_OWN_NAME = regex(r"\w{1,60}\Z")
_TYPE = regex(
    r"\b(enum|class|struct|object|interface|module|namespace)\s+(?:class\s+|struct\s+)?([A-Za-z_]\w{0,60})"
    r"(?:[^{};\"]{0,200})\Z"
)
_IMPLEMENTS = regex(r"\bimpl\b[^{};\"]{0,160}?\b([A-Za-z_]\w{0,60})(?:<[^{}]{0,60}>)?\s*\Z")
"""Rust: the type whose functions stand between the braces."""
_FUNCTION = regex(
    r"([A-Za-z_]\w{0,60})\s{0,3}(?:<[^<>{}]{0,40}>)?\([^{};]{0,150}?\)"
    r"(?:\s{0,9}(?:->|:)\s{0,9}[\w<>:?&'., \[\]]{1,60}|\s{1,9}[\w<>*.\[\], ]{1,60})?\s*\Z"
)
_ENUMERATES = regex(r"(?:[mM]odels?|MODELS?|LLMs?)(?:_?(?:[nN]ames?|[iI][dD]s?|Kind|Type|Variant))?$")
_GATHERS = regex(r"(?:[mM]odels|[mM]odel_?(?:[nN]ames?|[iI][dD]s?)|LLMs)$")
_ANSWERS = regex(
    r"^(?:(?:get|default|current|preferred|chosen|choose|select|pick|resolve|fallback|chat|embedding|llm)_?\w{0,30}"
    r"|\w{0,20}?)(?:[mM]odel)(?:_?(?:[nN]ame|[iI][dD])(?:For|Of|_for|_of)?|For|_for)?$"
)
_IN_ANSWER = regex(
    r"(?:\breturn|=>|->|\?|:|\{)\s*(?:(?:Some|Ok|String::from|std::string|\$)?\(?\s*){0,2}[rf@&]?\Z"
)
"""What stands in front of a text that a function answers with."""


def may_hold_models(text: str) -> bool:
    """Whether a bracket in a text could be that of something that holds models."""
    return _MAY_HOLD.search(text) is not None or may_declare_models(text)


def may_declare_models(text: str) -> bool:
    """Whether a type or function called after models could be declared in a text."""
    if _TYPE_OF_MODELS.search(text) is not None or _TYPE_IMPLEMENTED.search(text) is not None:
        return True
    for found in _FUNCTION_FOR_MODEL.finditer(text):
        head = _OWN_NAME.search(text, max(0, found.start() - 60), found.start())
        name = f"{head[0] if head is not None else ''}{found[0].partition('(')[0].rstrip()}"
        if _ANSWERS.match(name) is not None:
            return True
    return False


class Brackets:
    """The brackets that are open while a text is gone through."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[int] = []
        self._answers: dict[int, bool] = {}
        self._declared: dict[int, str] = {}
        self._is_worth_it = may_hold_models(text)
        self._may_declare = self._is_worth_it and may_declare_models(text)

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

    def are_declared(self, start: int) -> bool:
        """Whether a text is a member of an enumeration of models, or what a function for one answers."""
        if not self._may_declare:
            return False
        braces = [place for place in self._open if self._text[place] == "{"][-MOST_AROUND:]
        for depth, place in enumerate(reversed(braces)):
            kind = self._declares(place)
            if kind == "answers":
                return _IN_ANSWER.search(self._text, max(0, start - 40), start) is not None
            if kind:
                return kind == "holds" and depth == 0
        return False

    def _declares(self, place: int) -> str:
        """What the brace of a declaration belongs to: `holds`, `answers`, `other`; empty for none."""
        if place not in self._declared:
            before = self._text[max(0, place - _DECLARATION) : place].rstrip()
            found = ""
            if (declared := _TYPE.search(before)) is not None:
                names = _ENUMERATES if declared[1] == "enum" else _GATHERS
                is_one = names.search(declared[2]) is not None and BARRED.search(declared[2]) is None
                found = "holds" if is_one else "other"
            elif (type_ := _IMPLEMENTS.search(before)) is not None:
                found = "answers" if _ENUMERATES.search(type_[1]) is not None else "other"
            elif (function := _FUNCTION.search(before)) is not None and _ANSWERS.match(function[1]):
                found = "answers"
            self._declared[place] = found
        return self._declared[place]

    def _is_of_models(self, place: int) -> bool:
        if place not in self._answers:
            before = self._text[max(0, place - _BEFORE) : place]
            found = _OWNER.search(before) if any_of(_WORDS, before) else None
            owner = (found[1] or found[2]) if found is not None else ""
            is_one = _OF_MODELS.search(owner) is not None and BARRED.search(owner) is None
            self._answers[place] = is_one
        return self._answers[place]
