"""Tells sentences that ask or forbid something from those that inform."""

from __future__ import annotations

import re

from scanner.patterns import regex

MIN_SENTENCE_WORDS = 4

_ADDRESS = regex(r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+")
_SENTENCE = regex(r"(?<=[.!?;])\s+|\s[-*•]\s+")
_LIMIT = regex(
    r"(?<!commercial and )(?<!commercial or )\bnon[- ]?commercial(?:ly)?\b(?! (?:and|or) commercial)"
    r"|\b(?:research|academic|evaluation|educational|education|personal|testing|internal|private|study)\s+"
    r"(?:(?:and|or)\s+\w+\s+)?(?:use|usage|purposes?)\s+only\b"
    r"|\bonly\s+(?:be\s+used\s+)?(?:for|in)\s+(?:\w+\s+){0,2}(?:research|academic|evaluation|educational|"
    r"personal|internal)\b"
    r"|\b(?:not|never|no)\s+(?:be\s+used\s+)?(?:for\s+)?(?:any\s+)?commercial\b"
    r"|非商业|仅供.{0,6}(?:研究|学习|学术)|不得用于|禁止商",
    re.IGNORECASE,
)
"""A limit of use, which needs no verb."""
_DEMAND = regex(
    r"\b(?:shall|must|may\s+not|can\s?not|prohibit\w*|forbid\w*|forbidden|"
    r"not\s+(?:\w+\s+)?(?:be\s+)?(?:permitted|allowed|licensed|granted|authori[sz]ed|designed|intended|include|"
    r"grant|apply)|no\s+(?:rights?|licen[sc]es?|permissions?)\b|restrictions?|restrict(?:ed)?|"
    r"excluded?|excludes|except\s+(?:for|that|the)|requires?|required|needs?\s+to|need\s+a|"
    r"only\s+(?:be|if|with|by|to|under|used)|solely\s+(?:for|by|with|to\s+be)|be\s+(?:used\s+)?solely|"
    r"agrees?\s+to|also\s+accept|(?:following|additional|further)\s+(?:\w+\s+)?(?:conditions?|terms)|"
    r"on\s+(?:the\s+)?condition\s+that|provided\s+that|in\s+addition|"
    r"governed\s+(?:\w+\s+){0,4}by|jurisdiction)\b",
    re.IGNORECASE,
)
_ABOUT = regex(
    r"\b(?:software|models?|weights|materials?|works?|licen[sc]e[sd]?|licensor|derivatives?|outputs?|products?|"
    r"commercial\w*|use|used|uses|using|redistribut\w*|distribut\w*|copyright\s+holders?|hosting|train\w*|"
    r"laws?)\b",
    re.IGNORECASE,
)
_INFORMS = regex(
    r"^\W*(?:copyright\b|©|\(c\)\s)|spdx-license-identifier|all rights reserved|"
    r"in compliance with the license|required by applicable law|obtain a copy of the license|"
    r"for the specific language governing|\bbe liable\b|\bprovided\W+(?:\w+\W+){0,3}as.is\b|\bdisclaim|"
    r"without (?:even )?(?:any |the implied )?warranty|"
    r"end of terms|third.party|\bplease\b.{0,40}\bcit(?:e|ing)\b|no attribution|"
    r"not impose any additional|this (?:file|project|repository|software|program|package|work) (?:is|was) "
    r"(?:\w+ )?(?:licensed|released|distributed|made available) under",
    re.IGNORECASE,
)
"""Sentences that ask for nothing although they hold such words."""


def sets_conditions(text: str) -> bool:
    """Whether a run of words asks or forbids something about the work or its use."""
    return any(_asks(each) for each in _SENTENCE.split(_ADDRESS.sub(" ", text)))


def _asks(sentence: str) -> bool:
    if _LIMIT.search(sentence):
        return True
    if len(sentence.split()) < MIN_SENTENCE_WORDS or _INFORMS.search(sentence):
        return False
    return bool(_DEMAND.search(sentence) and _ABOUT.search(sentence))
