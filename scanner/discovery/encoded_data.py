"""Bytes written out as letters (base64), whose pieces may look like names."""

from __future__ import annotations

from itertools import pairwise

from scanner.patterns import regex

FEWEST = 40
"""Letters; shorter data without blanks is hardly told from a name."""
_LONGEST_NAMES = 250
"""Letters, digits, slashes and pluses beyond which nobody lists names without a hyphen, dot or comma."""
_LOOKED_AT = 400
_MANY_TURNS = 0.4
"""Share of neighbouring signs of another sort: two thirds in data, less than a third in words."""
_LETTERS = regex(r"(?:data:[\w.+/;=-]{0,100},|base64:)?([A-Za-z0-9+/\s]+)={0,2}\s*")
_LETTERS_FOR_ADDRESSES = regex(r"([A-Za-z0-9_-]+)={0,2}")


def is_encoded(text: str) -> bool:
    """Whether a text is base64: long, of its letters alone, which turn from one sort to another."""
    if len(text) < FEWEST:
        return False
    if found := _LETTERS.fullmatch(text):
        letters = found[1].translate(_WITHOUT_BLANKS)
        is_long = len(letters) > _LONGEST_NAMES and letters == found[1]
        return is_long or (len(letters) >= FEWEST and _turns(letters))
    found = _LETTERS_FOR_ADDRESSES.fullmatch(text)
    return found is not None and len(found[1]) > _LONGEST_NAMES and _turns(found[1])


_WITHOUT_BLANKS = str.maketrans("", "", " \t\r\n")


def _turns(letters: str) -> bool:
    sorts = [_sort(letter) for letter in letters[:_LOOKED_AT]]
    return sum(one != other for one, other in pairwise(sorts)) > _MANY_TURNS * len(sorts)


def _sort(letter: str) -> str:
    if letter.isdigit():
        return "0"
    if not letter.isalpha():
        return "+"
    return "A" if letter.isupper() else "a"
