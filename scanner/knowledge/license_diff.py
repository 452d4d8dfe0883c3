"""Holds a file's words against one license text and says what differs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from scanner.knowledge.license_fingerprints import (
    GRAM,
    NUMBERS,
    WEIGHTY,
    Fingerprint,
    Fingerprints,
    gram_keys,
    is_weighty,
)
from scanner.knowledge.license_tokens import Words

MAX_GAP = 400
"""Longer gaps between matching runs are taken as a whole, not searched for smaller runs."""
PARAGRAPH_WORDS = 12
"""A run of so many words more or fewer is a clause, not a wording."""
SHOWN_WORDS = 10
MOST = 0.7
"""Share of a part that copies leave out which must be gone for it to count as left out."""
SLACK = 8
"""Words more that are looked at above and below a text for its first and last words."""
MAX_TITLE_WORDS = 40
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the file and the text differ."""

    text_from: int
    text_to: int
    file_from: int
    file_to: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a text was found in a file, and every change inside it."""

    matched: int
    """Words of the text found in the file, in order."""
    file_from: int
    file_to: int
    changes: tuple[Change, ...]


def align(text: Fingerprint, numbers: list[int], keys: list[int], taken: list[bool]) -> Alignment | None:
    """Find the text in the file: matching runs in the same order, and what lies between them.

    `keys` are the shingles of the file, one for each place. Words already taken by another text are passed
    over. None where no run matches.
    """
    blocks = _blocks(text, numbers, keys, taken)
    if not blocks:
        return None
    changes: list[Change] = []
    matched = 0
    end_text, end_file = 0, 0
    for at, (start, other, size) in enumerate(blocks):
        gap = _head(start, other, taken) if at == 0 else Change(end_text, start, end_file, other)
        if gap.text_from < gap.text_to or gap.file_from < gap.file_to:
            found = list(_fine(text, numbers, gap))
            if at == 0:
                found = _from_first_agreement(found, gap)
            matched += (gap.text_to - gap.text_from) - sum(c.text_to - c.text_from for c in found)
            changes += found
        matched += size
        end_text, end_file = start + size, other + size
    tail = Change(end_text, len(text.words), end_file, _tail_end(len(text.words) - end_text, end_file, taken))
    if tail.text_from < tail.text_to:
        found = _to_last_agreement(list(_fine(text, numbers, tail)), tail)
        matched += (tail.text_to - tail.text_from) - sum(c.text_to - c.text_from for c in found)
        changes += found
        end_file = max([end_file, *(c.file_to for c in found)])
    return Alignment(matched, blocks[0][1], end_file, tuple(changes))


def _head(start: int, other: int, taken: list[bool]) -> Change:
    """The text's first words against as many of the file's that stand before the first run."""
    first = max(0, other - start - SLACK) if start else other
    while first < other and taken[first]:
        first += 1
    return Change(0, start, first, other)


def _tail_end(size: int, end: int, taken: list[bool]) -> int:
    last = min(len(taken), end + size + SLACK) if size else end
    stop = end
    while stop < last and not taken[stop]:
        stop += 1
    return stop


def _from_first_agreement(found: list[Change], gap: Change) -> list[Change]:
    """Words of the file before anything agrees stand above the text, and are no part of it."""
    if len(found) == 1 and found[0] == gap:
        return [Change(gap.text_from, gap.text_to, gap.file_to, gap.file_to)] if gap.text_to else []
    if found and found[0].file_from == gap.file_from and found[0].text_from == gap.text_from:
        first = found[0]
        rest = found[1:]
        if first.text_to > first.text_from:
            rest = [Change(first.text_from, first.text_to, first.file_to, first.file_to), *rest]
        return rest
    return found


def _to_last_agreement(found: list[Change], gap: Change) -> list[Change]:
    """Words of the file after everything agrees stand below the text, and are no part of it."""
    if len(found) == 1 and found[0] == gap:
        return [Change(gap.text_from, gap.text_to, gap.file_from, gap.file_from)]
    if found and found[-1].file_to == gap.file_to and found[-1].text_to == gap.text_to:
        last = found[-1]
        rest = found[:-1]
        if last.text_to > last.text_from:
            rest = [*rest, Change(last.text_from, last.text_to, last.file_from, last.file_from)]
        return rest
    return found


def _blocks(
    text: Fingerprint, numbers: list[int], keys: list[int], taken: list[bool]
) -> list[tuple[int, int, int]]:
    """Runs of at least GRAM words that stand in both in the same order: (in text, in file, length)."""
    places = _places(text)
    words = text.words
    runs: list[list[int]] = []
    end = len(keys)
    at = 0
    while at < end:
        place = places.get(keys[at], -1)
        if place < 0 or taken[at] or words[place] != numbers[at]:
            at += 1
            continue
        size = GRAM
        while (
            at + size < len(numbers)
            and place + size < len(words)
            and numbers[at + size] == words[place + size]
            and not taken[at + size]
        ):
            size += 1
        start, other = place, at
        while start and other and words[start - 1] == numbers[other - 1] and not taken[other - 1]:
            if runs and runs[-1][1] + runs[-1][2] >= other:
                break
            start, other, size = start - 1, other - 1, size + 1
        runs.append([start, other, size])
        at = other + size
    return _increasing(runs)


_PLACES: dict[str, tuple[Fingerprint, dict[int, int]]] = {}
MAX_PLACES = 24
"""Texts whose shingles are kept for the next file."""


def _places(text: Fingerprint) -> dict[int, int]:
    """Place of each shingle that stands in the text once; -1 for one that repeats."""
    known = _PLACES.get(text.key)
    if known is not None and known[0] is text:
        return known[1]
    places: dict[int, int] = {}
    for at, key in enumerate(gram_keys(text.words)):
        places[key] = -1 if key in places else at
    while len(_PLACES) >= MAX_PLACES:
        _PLACES.pop(next(iter(_PLACES)), None)
    _PLACES[text.key] = (text, places)
    return places


def _increasing(runs: list[list[int]]) -> list[tuple[int, int, int]]:
    """The heaviest chain of runs whose places grow in the text as in the file."""
    if not runs:
        return []
    best: list[int] = []
    previous: list[int] = []
    # Weighted chain; runs are few (one per change), so looking back over a window is enough.
    for at, (start, _, size) in enumerate(runs):
        best.append(size)
        previous.append(-1)
        for back in range(at - 1, max(-1, at - 200), -1):
            before = runs[back]
            if before[0] + before[2] <= start and best[back] + size > best[at]:
                best[at], previous[at] = best[back] + size, back
    at = max(range(len(runs)), key=best.__getitem__)
    chain = []
    while at >= 0:
        chain.append((runs[at][0], runs[at][1], runs[at][2]))
        at = previous[at]
    return chain[::-1]


def _fine(text: Fingerprint, numbers: list[int], gap: Change) -> Iterator[Change]:
    """Break a gap into the changes inside it."""
    ours = text.words[gap.text_from : gap.text_to].tolist()
    theirs = numbers[gap.file_from : gap.file_to]
    if not ours or not theirs or len(ours) > MAX_GAP or len(theirs) > MAX_GAP:
        yield gap
        return
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield Change(gap.text_from + i1, gap.text_from + i2, gap.file_from + j1, gap.file_from + j2)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the changes come to."""

    differences: tuple[str, ...]
    """Changes that make it another text, in words."""
    wordings: int
    """Small changes of wording that do not."""


def weigh(text: Fingerprint, alignment: Alignment, words: Words, prints: Fingerprints) -> Verdict:
    """Tell changes that make another license from wrapping, holders and small wordings."""
    differences: list[str] = []
    wordings = 0
    for change in alignment.changes:
        found = _weigh_one(text, change, words, prints)
        if found:
            differences.append(found)
        elif found is None:
            wordings += 1
    return Verdict(tuple(dict.fromkeys(differences)), wordings)


def _weigh_one(text: Fingerprint, change: Change, words: Words, prints: Fingerprints) -> str | None:
    """A difference in words; `""` for one the text's copies usually have, None for a small wording."""
    if _is_optional(text, change):
        return ""
    gone = _gone(text, change, prints)
    new = list(words.words[change.file_from : change.file_to])
    size_gone, size_new = change.text_to - change.text_from, len(new)
    if (
        size_new == 0
        and change.text_from == 0
        and change.text_to <= min(_end_of_paragraph(text, 0), MAX_TITLE_WORDS)
    ):
        return ""
    if _is_marker(gone, new, size_gone):
        return ""
    if _other_script(size_gone, new):
        return ""
    before, after = _weights(gone, text, prints), _weights(new, text, prints)
    if before != after:
        return _in_words(before - after, after - before, size_gone, new, text, change)
    if abs(size_gone - size_new) >= PARAGRAPH_WORDS or max(size_gone, size_new) >= 3 * PARAGRAPH_WORDS:
        return _paragraph(size_gone, new, text, change)
    return None


def _gone(text: Fingerprint, change: Change, prints: Fingerprints) -> list[str]:
    """Words of the text that are missing and may be shown."""
    return [
        prints.clear[number]
        for number in text.words[change.text_from : change.text_to]
        if number in prints.clear
    ]


def _weights(words: list[str], text: Fingerprint, prints: Fingerprints) -> Counter[str]:
    """Numbers, names and words that decide, however often each."""
    names = text.title & prints.names if text.is_template else prints.names
    return Counter(word for word in words if is_weighty(word) or word in names)


def _is_optional(text: Fingerprint, change: Change) -> bool:
    """Whether what is missing lies in a part that copies leave out."""
    if change.file_to - change.file_from > 0 and change.text_to == change.text_from:
        return False
    return any(
        first <= change.text_from + SLACK
        and change.text_to <= last + SLACK
        and change.text_to - change.text_from >= MOST * (last - first)
        for first, last in text.optional
    )


def _is_marker(gone: list[str], new: list[str], size_gone: int) -> bool:
    """A list number that stands in one copy and not in the other."""
    if size_gone + len(new) > 2 or (gone and new):
        return False
    shown = gone or new
    return bool(shown) and all(_SECTION.fullmatch(word) for word in shown)


def _other_script(size_gone: int, new: list[str]) -> bool:
    """An addition that is a translation: nearly all of it in another script."""
    if size_gone > PARAGRAPH_WORDS or len(new) < 4 * PARAGRAPH_WORDS:
        return False
    foreign = sum(word[0] > "\u2e7f" for word in new)
    return foreign > 0.7 * len(new)


def _end_of_paragraph(text: Fingerprint, at: int) -> int:
    place = bisect_left(text.paragraphs, at + 1)
    return text.paragraphs[place] if place < len(text.paragraphs) else len(text.words)


def _in_words(
    before: Counter[str],
    after: Counter[str],
    size_gone: int,
    new: list[str],
    text: Fingerprint,
    change: Change,
) -> str:
    place = _place(text, change)
    ours, theirs = " ".join(sorted(before)), " ".join(sorted(after))
    kind = _kind({*before, *after})
    if ours and theirs:
        return f"{kind}: “{theirs}” instead of “{ours}” ({place})"
    if theirs:
        return f"{kind}: “{_shown(new)}” added ({place})"
    return f"{kind}: “{ours}” missing, with {size_gone} words ({place})"


def _kind(words: set[str]) -> str:
    if any(word[0].isdigit() or word in NUMBERS for word in words):
        return "number or date"
    return "grant or limit" if words & WEIGHTY else "name"


def _paragraph(size_gone: int, new: list[str], text: Fingerprint, change: Change) -> str:
    place = _place(text, change)
    if len(new) >= size_gone:
        return f"{len(new) - size_gone} words added: “{_shown(new)}” ({place})"
    return f"{size_gone - len(new)} words missing ({place})"


def _shown(words: list[str]) -> str:
    return " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")


def _place(text: Fingerprint, change: Change) -> str:
    at = bisect_left(text.paragraphs, change.text_from + 1)
    return f"paragraph {max(1, at)} of {len(text.paragraphs)}"
