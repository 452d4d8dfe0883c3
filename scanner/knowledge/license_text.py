"""Recognizes license texts: picks by likeness, then holds the words against each other."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.knowledge.license_align import Alignment, align
from scanner.knowledge.license_diff import weigh
from scanner.knowledge.license_fingerprints import (
    Fingerprint,
    Fingerprints,
    fingerprinted,
    gram_keys,
    load_fingerprints,
)
from scanner.knowledge.license_tokens import Words, fingerprint, read_words
from scanner.patterns import regex
from scanner.records.quick import dataclass, field, replace

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

PRESENT = 0.85
"""Share of a text's words that must stand in a file for the file to be taken for a copy of it."""
PRESENT_IF_SHORT = 0.92
"""The same for texts of fewer than SHORT_TEXT words, in which every word tells."""
SHORT_TEXT = 150
NEAREST = 3
"""Relatives that are named of a new text."""
ALIKE = 0.35
"""Share from which a text is named as the nearest one."""
CLOSE = 0.5
"""Share from which a file is a changed text rather than none."""
CANDIDATES = 7
"""Texts held against a file word by word, at most."""
WHOLE = 0.9
"""Share of shingles from which a text is taken to stand in the file as a whole."""
SURE = 0.98
"""Share of a copy from which no further text is tried."""
MAX_TEXTS_IN_A_FILE = 6
MAX_LINES_TO_A_TITLE = 20
MIN_LICENSE_WORDS = 90
"""Shorter files that match nothing are references or headings, not licenses."""
MIN_LEGAL_WORDS = 7
MIN_LEGAL_WORDS_UNDER_A_TITLE = 4
MIN_SHARE_OF_LEGAL_WORDS = 0.005
"""A manual with a chapter on its license is none."""
MIN_LEGAL_WORDS_AROUND = 12
"""The same for what stands around a copy: a manual also speaks of damages."""

_LEGAL = regex(
    r"\b(warrant(?:y|ies)|liab(?:le|ility)|indemnif\w+|hereby|licensee|licensor|sublicens\w+|royalty|"
    r"irrevocable|terminat(?:e|ion)|governing law|jurisdiction|derivative works?|merchantability|"
    r"non-?exclusive|worldwide|herein|damages|redistribut\w+|permission is)\b|"
    r"\b(?:lizenz\w*|haftung\w*|gewährleist\w*|urheber\w*|vervielfältig\w*|unentgeltlich\w*|gerichtsstand|"
    r"concédant|licencié|concède|garanties?|responsabilité|dommages?|préjudices?|résili\w+|"
    r"licenciante|licenciado|garantías?|responsabilidad\w*|daños|distribuir|obras? derivadas?)\b|"
    r"許諾|著作権|損害|保証|利用者|再配布|免責|許可|"
    r"许可|授予|协议|终止|管辖|被许可|衍生|不可转让|非排他|免责|赔偿|争议|法律|知识产权|违反|第三方|商标|损失",
    re.IGNORECASE,
)
_TITLE = regex(
    r"(?=\S+(?:\s+\S+){1,12}$)(?!.*\b(?:licensed|under|see|spdx)\b)"
    r".*(?:\blicen[sc]e\b(?!\s*:)|\bagreement\b|\beula\b|许可协议|许可证|lizenz)",
    re.IGNORECASE,
)
"""A line of a few words that is the title of a license."""


@dataclass(frozen=True, slots=True)
class Match:
    """One license text found in a file, or the nearest one."""

    key: str
    score: float
    """Share of the text's words that stand in the file, in order."""
    differences: tuple[str, ...]
    """What makes the file another text; empty where it is a copy."""
    start_line: int
    end_line: int
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Identified:
    """What a file holds."""

    answer: str
    """Key of the license, `"none"` where the file is no license, `"unknown"` where it is one that differs
    from all that are known."""
    exact: bool
    """Whether every word agrees."""
    matches: tuple[Match, ...]


@dataclass(slots=True)
class _Page:
    """A file taken apart once: its words, what they are in the index, and its lines."""

    words: Words
    numbers: list[int]
    keys: list[int]
    lines: list[str]
    aligned: dict[str, Alignment | None] = field(default_factory=dict)
    """How a text lies along the whole file, by its key."""

    def align(self, candidate: Fingerprint, taken: list[bool]) -> Alignment | None:
        """Lay a text along what is not taken; along the whole file each is laid once."""
        if True in taken:
            return align(candidate, self.numbers, self.keys, taken)
        if candidate.key not in self.aligned:
            self.aligned[candidate.key] = align(candidate, self.numbers, self.keys, taken)
        return self.aligned[candidate.key]


def _page(text: str, words: Words, numbers: list[int]) -> _Page:
    return _Page(words, numbers, gram_keys(numbers), _lines(text))


def identify(text: str, knowledge: Knowledge | None = None) -> Identified:
    """Say which license texts stand in a file.

    The largest copy is the answer; others follow among the matches. A text that is close to a known one
    and differs in a number, a date, a name, a limit or a paragraph is "unknown", with the nearest text and
    the differences. Names of licenses and links to them are no texts.
    """
    prints = load_fingerprints()
    words = read_words(text)
    numbers = prints.numbers_of(words)
    whole = prints.digests.get(zlib.crc32(array("H", numbers).tobytes()))
    if whole is not None:
        return _whole(prints.texts[whole].key, words)
    own = _own_texts(knowledge)
    if own and (key := own.get(fingerprint(words))):
        return _whole(key, words)
    taken = [False] * len(numbers)
    page = _page(text, words, numbers)
    lines = page.lines
    copies: list[Match] = []
    close: list[Match] = []
    for _ in range(MAX_TEXTS_IN_A_FILE):
        found = _best(page, taken)
        if found is None:
            break
        match, alignment = found
        if not match.is_copy:
            close.append(match)
            break
        copies.append(match)
        taken[alignment.file_from : alignment.file_to] = [True] * (alignment.file_to - alignment.file_from)
    kept, amended = _without_amended(copies, words, taken, lines)
    others = [*amended, *close]
    if others and not kept:
        # The file as a whole may be nearer to a longer text that holds the one found.
        nearer = _nearest(page, 1)
        others = [*(each for each in nearer if each.key != others[0].key and each.score >= PRESENT), *others]
    return _answer(kept, others, words, text, taken)


def _lines(text: str) -> list[str]:
    """The lines as read_words counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")


def _without_amended(
    copies: list[Match], words: Words, taken: list[bool], lines: list[str]
) -> tuple[list[Match], list[Match]]:
    """Part copies from those that a paragraph around them, in no other copy, makes another text."""
    from scanner.knowledge.license_surroundings import added_around, rest_of

    rest = rest_of(lines, words, taken)
    policies = {text.key for text in load_fingerprints().texts if "policy" in text.title}
    kept: list[Match] = []
    amended: list[Match] = []
    for match in copies:
        is_policy = match.key in policies
        added = tuple(added_around(rest, lines, match.start_line, match.end_line, is_policy=is_policy))
        if added:
            amended.append(replace(match, differences=(*match.differences, *added), is_copy=False))
        else:
            kept.append(match)
    return kept, amended


def own_key(text: str, knowledge: Knowledge | None) -> str:
    """Key of the record a user lays over the shipped ones whose text a file is; `""` for none."""
    own = _own_texts(knowledge)
    return own.get(fingerprint(read_words(text)), "") if own else ""


def is_recognizable(key: str, knowledge: Knowledge) -> bool:
    """Whether a copy of the license would be found in a file."""
    return key in fingerprinted() or key in _own_texts(knowledge).values()


def nearest(text: str, count: int = NEAREST) -> tuple[Match, ...]:
    """The known texts a text is most like, the nearest first, each with the differences."""
    words = read_words(text)
    return _nearest(_page(text, words, load_fingerprints().numbers_of(words)), count)


def _nearest(page: _Page, count: int) -> tuple[Match, ...]:
    from scanner.knowledge.license_surroundings import added_around, rest_of

    words, lines = page.words, page.lines
    size = len(words.words)
    found = list(_likenesses(page, [False] * size, size))
    found.sort(key=lambda each: (-each[0].score, len(each[0].differences), each[0].key))
    told = []
    for match, alignment in found[:count]:
        taken = [alignment.file_from <= at < alignment.file_to for at in range(size)]
        added = added_around(rest_of(lines, words, taken), lines, match.start_line, match.end_line)
        told.append(replace(match, differences=(*match.differences, *added), is_copy=False))
    return tuple(told)


def _own_texts(knowledge: Knowledge | None) -> dict[str, str]:
    """Keys of the records a user lays over the shipped ones, by the fingerprint of their text."""
    if knowledge is None:
        return {}
    known: dict[str, str] | None = knowledge.memo.get("license_fingerprints")
    if known is None:
        sources = ((key, body.get("text")) for key, body in knowledge.laid_over("licenses"))
        known = {
            str(text["fingerprint"]): key
            for key, text in sources
            if isinstance(text, dict) and "fingerprint" in text
        }
        knowledge.memo["license_fingerprints"] = known
    return known


def _whole(key: str, words: Words) -> Identified:
    first, last = (words.lines[0], words.lines[-1]) if words.lines else (1, 1)
    return Identified(key, True, (Match(key, 1.0, (), first, last, True),))


def _answer(
    copies: list[Match], nearest: list[Match], words: Words, text: str, taken: list[bool]
) -> Identified:
    if not copies:
        is_license = (nearest and nearest[0].score >= CLOSE) or _is_license(words, text)
        return Identified("unknown", False, tuple(nearest)) if is_license else Identified("none", False, ())
    ordered = sorted(copies, key=lambda match: match.start_line)
    if _is_part_of_another(words, taken) or _has_a_title_of_its_own(copies, words, text, taken):
        return Identified("unknown", False, tuple(ordered))
    main = max(copies, key=lambda match: (match.end_line - match.start_line, match.score))
    length = main.end_line - main.start_line
    modified = [match for match in nearest if match.score >= PRESENT]
    is_larger = any(match.end_line - match.start_line > length for match in modified)
    answer = "unknown" if is_larger else main.key
    return Identified(answer, False, (*ordered, *(nearest if modified else ())))


def _is_part_of_another(words: Words, taken: list[bool]) -> bool:
    """Whether the copies are a smaller part of what reads like another license."""
    others = [word for word, is_taken in zip(words.words, taken, strict=True) if not is_taken]
    if 2 * len(others) <= len(taken):
        return False
    return len({match[0] for match in _LEGAL.finditer(" ".join(others))}) >= MIN_LEGAL_WORDS_AROUND


def _has_a_title_of_its_own(copies: list[Match], words: Words, text: str, taken: list[bool]) -> bool:
    """Whether the file opens with the title of another license, and most of its words are in no copy."""
    from scanner.knowledge.license_surroundings import other_title

    if 2 * sum(taken) >= len(taken):
        return False
    prints = load_fingerprints()
    keys = {match.key for match in copies}
    lines = [line for line in text.split("\n", MAX_LINES_TO_A_TITLE) if line.strip()][:1]
    held = [each for each in prints.texts if each.key in keys]
    return all(any(other_title(each, [*lines, ""], 3, prints)) for each in held)


def _is_license(words: Words, text: str) -> bool:
    """Whether a text that matches nothing reads like a license all the same."""
    if len(words.words) < MIN_LICENSE_WORDS:
        return False
    legal = [match[0].lower() for match in _LEGAL.finditer(text)]
    first = next((line for line in text.split("\n", MAX_LINES_TO_A_TITLE) if line.strip()), "")
    needed = MIN_LEGAL_WORDS_UNDER_A_TITLE if _TITLE.match(first.strip(" #*=")) else MIN_LEGAL_WORDS
    return len(set(legal)) >= needed and len(legal) >= MIN_SHARE_OF_LEGAL_WORDS * len(words.words)


def _best(page: _Page, taken: list[bool]) -> tuple[Match, Alignment] | None:
    """The best text for what is not yet taken: a copy before a likeness, a longer before a shorter one."""
    found: list[tuple[Match, Alignment]] = []
    for match, alignment in _likenesses(page, taken):
        found.append((match, alignment))
        if match.is_copy and match.score >= SURE:
            break  # longer texts come first, so nothing that holds this one as a part is missed
    return max(found, key=lambda each: _rank(*each), default=None)


def _rank(match: Match, alignment: Alignment) -> tuple[bool, int, float]:
    return match.is_copy, alignment.matched if match.is_copy else -len(match.differences), match.score


def _likenesses(page: _Page, taken: list[bool], least: int = 1) -> Iterator[tuple[Match, Alignment]]:
    """Hold the likeliest texts, the best first, against what is not yet taken.

    The score is the share of the text's words, or of `least` words where it has fewer.
    """
    from scanner.knowledge.license_surroundings import other_title

    prints = load_fingerprints()
    for candidate in _candidates(prints, page.keys, taken):
        alignment = page.align(candidate, taken)
        if alignment is None:
            continue
        share = alignment.matched / max(least, _size(candidate, alignment))
        if share < ALIKE:
            continue
        start = page.words.line_of(alignment.file_from)
        differences = (
            *weigh(candidate, alignment, page.words, prints),
            *other_title(candidate, page.lines, start, prints),
        )
        needed = PRESENT_IF_SHORT if len(candidate.words) < SHORT_TEXT else PRESENT
        end = page.words.line_of(alignment.file_to - 1)
        is_copy = share >= needed and not differences
        yield Match(candidate.key, round(share, 4), differences, start, end, is_copy), alignment


def _size(text: Fingerprint, alignment: Alignment) -> int:
    """Words the file would have to hold: parts that copies leave out do not count when they are left out."""
    left_out = sum(
        change.text_to - change.text_from
        for change in alignment.changes
        if any(first <= change.text_from and change.text_to <= last for first, last, _ in text.optional)
    )
    return max(1, len(text.words) - left_out)


def _candidates(prints: Fingerprints, keys: list[int], taken: list[bool]) -> list[Fingerprint]:
    """Texts most of whose shingles stand in the file, best first."""
    hits: dict[int, int] = {}
    grams = prints.grams
    seen: set[int] = set()
    for at, key in enumerate(keys):
        if key in grams and key not in seen and not taken[at]:
            seen.add(key)
            for text in grams[key]:
                hits[text] = hits.get(text, 0) + 1
    shares = {text: hits[text] / prints.counts[text] for text in hits}
    best = sorted((text for text in shares if shares[text] >= ALIKE / 2), key=lambda text: -shares[text])
    if not best:
        return []
    floor = shares[best[0]] * 0.5
    chosen = [text for text in best[:CANDIDATES] if shares[text] >= floor]
    # Of texts that are all there the longest comes first: one may hold another as a part.
    chosen.sort(key=lambda text: -len(prints.texts[text].words) if shares[text] >= WHOLE else 0)
    chosen.sort(key=lambda text: shares[text] < WHOLE)
    return [prints.texts[text] for text in chosen]
