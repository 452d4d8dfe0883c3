"""Finds a license text in a file, word by word, and every place where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from scanner.knowledge.license_fingerprints import GRAM, Fingerprint, gram_keys
from scanner.records.quick import dataclass

MAX_GAP = 400
"""Longer gaps between matching runs are taken as a whole, not searched for smaller runs."""
SLACK = 8
"""Words more that are looked at above and below a text for its first and last words."""
MOST_OF_THE_END = 0.5
"""Share of a last part that copies leave out from which it is there."""
MAX_LOOK_BACK = 200
"""Runs that are looked back over for the heaviest chain."""


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
    blocks, is_cut = _without_loose_end(text, _blocks(text, numbers, keys, taken))
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
    if is_cut:
        changes.append(Change(end_text, len(text.words), end_file, end_file))
    elif tail.text_from < tail.text_to:
        found = _to_last_agreement(list(_fine(text, numbers, tail)), tail)
        matched += (tail.text_to - tail.text_from) - sum(c.text_to - c.text_from for c in found)
        changes += found
        end_file = max([end_file, *(c.file_to for c in found)])
    return Alignment(matched, blocks[0][1], end_file, tuple(changes))


def _without_loose_end(
    text: Fingerprint, blocks: list[tuple[int, int, int]]
) -> tuple[list[tuple[int, int, int]], bool]:
    """Runs of a last part that copies leave out count only where most of that part is there.

    Otherwise the words of it that stand in what follows the copy would tie other writing to it.
    """
    ends = [first for first, last, _ in text.optional if last >= len(text.words)]
    if not ends or not blocks:
        return blocks, False
    first = min(ends)
    held = sum(size - max(0, first - start) for start, _, size in blocks if start + size > first)
    if held >= MOST_OF_THE_END * (len(text.words) - first):
        return blocks, False
    kept = [(start, other, min(size, first - start)) for start, other, size in blocks if start < first]
    return kept, bool(kept)


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
        for back in range(at - 1, max(-1, at - MAX_LOOK_BACK), -1):
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
