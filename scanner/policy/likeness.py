"""Names that look alike: one letter off, a letter of another alphabet, a hyphen, l for 1."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.records.quick import dataclass

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

MAX_CHARACTERS = 200
"""A longer name is not compared; the Hub takes none of 100."""
MAX_NAMES = 200_000
"""Names of the catalog that are held; what lies beyond is not compared with."""
SHORTEST = 10
"""Characters a model's name needs to be taken for another by one letter, whatever the account."""
_INTACT = 5
_DATASET = "dataset:"
_ELSEWHERE = ("ollama:", "modelscope:")
_JOINTS = str.maketrans("_.\u2010\u2011\u2012\u2013\u2212", "-------")
"""What is drawn as a hyphen, or stands where one could."""
_DRAWN_ALIKE = str.maketrans(
    # Cyrillic, then Greek and other letters drawn like Latin ones; last the digits and letters drawn as l, o.
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u04cf\u043a\u043c\u0442\u043d\u0432"
    "\u03b1\u03bf\u03bd\u03c1\u03c4\u03c5\u03b9\u03ba\u0131"
    "01|i",
    "aeopcyxljsdhlkmthb" + "aovptulkl" + "olll",
)
_RUN_TOGETHER = (("rn", "m"), ("vv", "w"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """A known name that another one looks like."""

    original: str
    how: str
    """What tells the two apart, in words: `one letter`, `a hyphen`, `letters that look alike`."""


def find_original(knowledge: Knowledge, name: str, *, is_dataset: bool = False) -> Likeness | None:
    """The name of the catalog that this one may be taken for; None where there is none.

    Names under the very account of the original do not count: nobody else publishes there. A model's
    exact name under an account that does not look like the original's is a fork, and does not count either;
    a name one letter off does.
    """
    owner, _, model = name.partition("/")
    if not model or len(name) > MAX_CHARACTERS:
        return None
    index = _index_of(knowledge, is_dataset=is_dataset)
    drawn = skeleton(model)
    same = index.get(drawn, ())
    near = () if same else tuple(_near(index, drawn, _digits(model)))
    if any(original.partition("/")[0].lower() == owner.lower() for original in (*same, *near)):
        return None
    for original in same:
        account, _, other = original.partition("/")
        if how := _difference(owner, account, model, other):
            return Likeness(original, how)
    return Likeness(near[0], "one letter") if near else None


def skeleton(name: str) -> str:
    """What is left of a name when everything that looks alike is written alike."""
    folded = _joined(name).translate(_DRAWN_ALIKE)
    for run, letter in _RUN_TOGETHER:
        folded = folded.replace(run, letter)
    return folded


def _joined(name: str) -> str:
    """A name without letter case, accents and ways of writing a hyphen."""
    if name.isascii():  # nearly every name; the rest is worth a table of Unicode
        return name.lower().translate(_JOINTS)
    drawn = unicodedata.normalize("NFKD", name)
    return "".join(char for char in drawn if not unicodedata.combining(char)).casefold().translate(_JOINTS)


def _index_of(knowledge: Knowledge, *, is_dataset: bool) -> dict[str, tuple[str, ...]]:
    """Names of the catalog by the skeleton of the part behind the account."""
    memo = f"likeness:{is_dataset}"
    if memo not in knowledge.memo:
        knowledge.memo[memo] = _index(knowledge, is_dataset=is_dataset)
    index: dict[str, tuple[str, ...]] = knowledge.memo[memo]
    return index


def _near(index: dict[str, tuple[str, ...]], drawn: str, digits: int) -> Iterator[str]:
    """Names of the catalog that are one letter off; short names are too much alike to say so."""
    if len(drawn) < SHORTEST:
        return
    start, end = drawn[:_INTACT], drawn[-_INTACT:]
    for other, names in index.items():
        # One letter leaves either the beginning or the end as it is.
        if abs(len(other) - len(drawn)) > 1 or not (other.startswith(start) or other.endswith(end)):
            continue
        changed = "".join(_one_edit(drawn, other))
        if changed and changed.isalpha() and not _begins_a_word(drawn, other):
            yield from (name for name in names if _digits(name.partition("/")[2]) == digits)


def _index(knowledge: Knowledge, *, is_dataset: bool) -> dict[str, tuple[str, ...]]:
    beginnings = _ELSEWHERE if is_dataset else (*_ELSEWHERE, _DATASET)
    keys = [key for key in knowledge.keys("catalog")[:MAX_NAMES] if not key.startswith(beginnings)]
    names = [key.removeprefix(_DATASET) for key in keys if key.startswith(_DATASET) is is_dataset]
    index: dict[str, tuple[str, ...]] = {}
    # All in one text: a commit hook has no time to fold thousands of names one by one.
    folded_names = skeleton("\n".join(names)).split("\n") if names else []
    for name, folded in zip(names, folded_names, strict=True):
        held = folded.partition("/")[2]
        index[held] = (*index.get(held, ()), name)
    return index


def _begins_a_word(one: str, two: str) -> bool:
    """Whether one has a letter more where a word begins: variants are named that way (`mdeberta`)."""
    start = _shared(one, two)
    return len(one) != len(two) and (start == 0 or one[start - 1] == "-")


def _difference(owner: str, account: str, model: str, other: str) -> str:
    """In words how account and name differ from the original's; `""` where they are not alike."""
    if how := _between_accounts(owner, account):
        return how
    return "letters that look alike" if _joined(model) != _joined(other) else ""


def _between_accounts(owner: str, account: str) -> str:
    mine, its = skeleton(owner), skeleton(account)
    if mine == its:
        return "a hyphen or dot" if _joined(owner) == _joined(account) else "letters that look alike"
    if mine.replace("-", "") == its.replace("-", ""):
        return "a hyphen or dot"
    changed = "".join(_one_edit(mine, its))
    # Digits count: an account called after a version or a year is another one.
    is_number = any(char.isdigit() for char in changed) or _digits(owner) != _digits(account)
    return "one letter" if changed and not is_number else ""


def _digits(name: str) -> int:
    return sum(char.isdigit() for char in name)


def _one_edit(one: str, two: str) -> Iterator[str]:
    """The characters that one exchange, insertion or omission changes; nothing where it takes more."""
    if abs(len(one) - len(two)) > 1:
        return
    start = _shared(one, two)
    rest_one, rest_two = one[start:], two[start:]
    if len(one) == len(two) and rest_one[1:] == rest_two[1:]:
        yield rest_one[0] + rest_two[0]
    elif len(one) > len(two) and rest_one[1:] == rest_two:
        yield rest_one[0]
    elif len(one) < len(two) and rest_one == rest_two[1:]:
        yield rest_two[0]


def _shared(one: str, two: str) -> int:
    """How many characters two texts have in common at their beginning."""
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    return start
