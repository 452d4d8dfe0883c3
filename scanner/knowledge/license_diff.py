"""Tells changes that make another license from wrapping, holders and small wordings."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from scanner.knowledge.license_align import Alignment, Change
from scanner.knowledge.license_conditions import sets_conditions
from scanner.knowledge.license_fingerprints import (
    NUMBERS,
    WEIGHTY,
    Fingerprint,
    Fingerprints,
    hash_word,
    is_weighty,
)
from scanner.knowledge.license_tokens import Words
from scanner.patterns import regex

PARAGRAPH_WORDS = 12
"""A run of so many words more or fewer is a clause, not a wording."""
SENTENCE_WORDS = 8
"""A run of so many words in the place of as many others is another sentence."""
SAME_WORDS = 0.35
"""Share of words in common from which it is another wording of the same."""
SHOWN_WORDS = 10
MOST = 0.7
"""Share of a part that copies leave out which must be gone for it to count as left out."""
MAX_TITLE_WORDS = 40
MIN_TITLE_WORDS = 6
FEW_WORDS = 6
NEAR = 6
"""Changes with so few words between them are read together."""
MAX_IN_FREE_PART = 40
"""Words of its own a copy may have in a part that reads as each copy likes."""
DENIALS = ("not", "no", "never", "neither", "nor")
LIMITS = frozenset(("only", "solely", "except", "unless"))
FIELDS = frozenset(("research", "academic", "military"))
"""Words that in the disclaimer of a text anyone may use name holders, not fields of use."""
_SECTION = regex(r"\d{1,2}(?:\.\d{1,2}){0,3}")


def weigh(text: Fingerprint, alignment: Alignment, words: Words, prints: Fingerprints) -> tuple[str, ...]:
    """Tell changes that make another license, in words; wrapping, holders and small wordings are none."""
    changes = [each for each in alignment.changes if not _is_usual_one(text, each, words, prints)]
    found = [_by_size(text, change, words) for change in changes]
    found += [
        _by_weight(text, change, words, prints) or _as_a_sentence(text, change, words, prints)
        for change in _together(changes)
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _together(changes: Iterable[Change]) -> Iterator[Change]:
    """Join changes of one sentence: "neither … nor" for "not" is one change, not three."""
    held: Change | None = None
    for change in changes:
        if held is None:
            held = change
            continue
        gap = change.text_from - held.text_to
        if 0 <= gap <= NEAR and gap == change.file_from - held.file_to:
            held = Change(held.text_from, change.text_to, held.file_from, change.file_to)
        else:
            yield held
            held = change
    if held is not None:
        yield held


def _is_usual_one(text: Fingerprint, change: Change, words: Words, prints: Fingerprints) -> bool:
    new = list(words.words[change.file_from : change.file_to])
    if sets_conditions(" ".join(new)):
        return False
    return _is_optional(text, change) or _is_usual(text, change, _gone(text, change, prints), new)


def _by_size(text: Fingerprint, change: Change, words: Words) -> str:
    """A clause more or fewer; `""` for less than that."""
    new = list(words.words[change.file_from : change.file_to])
    size_gone = change.text_to - change.text_from
    if abs(size_gone - len(new)) >= PARAGRAPH_WORDS or max(size_gone, len(new)) >= 3 * PARAGRAPH_WORDS:
        return _paragraph(size_gone, new, text, change)
    return ""


def _as_a_sentence(text: Fingerprint, change: Change, words: Words, prints: Fingerprints) -> str:
    """A sentence more or fewer, or in the place of another, though a word between agrees."""
    new = list(words.words[change.file_from : change.file_to])
    size_gone = change.text_to - change.text_from
    if abs(size_gone - len(new)) >= PARAGRAPH_WORDS:
        return _paragraph(size_gone, new, text, change)
    if min(size_gone, len(new)) >= SENTENCE_WORDS and not _in_common(text, change, new, prints):
        return f"{len(new)} other words: “{_shown(new)}” ({_place(text, change)})"
    return ""


def _in_common(text: Fingerprint, change: Change, new: list[str], prints: Fingerprints) -> bool:
    """Whether what stands there instead is a wording of the same: much of it the same words."""
    gone = Counter(text.words[change.text_from : change.text_to].tolist())
    here = Counter(prints.vocabulary.get(hash_word(word), -1) for word in new)
    return sum((gone & here).values()) >= SAME_WORDS * min(gone.total(), here.total())


def _by_weight(text: Fingerprint, change: Change, words: Words, prints: Fingerprints) -> str:
    """A number, name, grant or limit that is another one; `""` for a small wording."""
    gone = _gone(text, change, prints)
    new = list(words.words[change.file_from : change.file_to])
    size_gone = change.text_to - change.text_from
    before, after = _weights(gone, text, prints), _weights(new, text, prints)
    if before == after or _is_own_name(before, after, size_gone, new, text):
        return ""
    return _in_words(before - after, after - before, size_gone, new, text, change)


def _is_usual(text: Fingerprint, change: Change, gone: list[str], new: list[str]) -> bool:
    """A title left out, a list number, a translation beside the text."""
    size_gone = change.text_to - change.text_from
    in_title = change.text_to <= min(_end_of_paragraph(text, MIN_TITLE_WORDS), MAX_TITLE_WORDS)
    return (not new and in_title) or _is_marker(gone, new, size_gone) or _other_script(size_gone, new)


def _is_own_name(
    before: Counter[str], after: Counter[str], size_gone: int, new: list[str], text: Fingerprint
) -> bool:
    """A few words more or fewer that only repeat the license's own name."""
    differing = {*(before - after), *(after - before)}
    few = size_gone <= FEW_WORDS and len(new) <= FEW_WORDS
    return (
        few
        and (not size_gone or not new)
        and all(word in text.title and not is_weighty(word) for word in differing)
    )


def _gone(text: Fingerprint, change: Change, prints: Fingerprints) -> list[str]:
    """Words of the text that are missing and may be shown."""
    return [
        prints.clear[number]
        for number in text.words[change.text_from : change.text_to]
        if number in prints.clear
    ]


def _weights(words: list[str], text: Fingerprint, prints: Fingerprints) -> Counter[str]:
    """Numbers, names and words that decide, however often each; that something is denied, once."""
    names = text.title & prints.names if text.is_template else prints.names
    found = Counter(word for word in words if _counts(word, text) or word in names)
    denials = [word for word in DENIALS if word in found]
    for word in denials:
        found.pop(word, None)
    if denials:
        found["not"] = 1
    for word in LIMITS & set(found):
        found[word] = 1
    return found


def _counts(word: str, text: Fingerprint) -> bool:
    return is_weighty(word) and not (text.is_template and word in FIELDS)


def _is_optional(text: Fingerprint, change: Change) -> bool:
    """Whether what is missing lies in a part that copies leave out, or that reads as each copy likes."""
    size, added = change.text_to - change.text_from, change.file_to - change.file_from
    covered = 0
    for first, last, is_free in text.optional:
        inside = min(change.text_to, last) - max(change.text_from, first)
        if is_free and inside >= 0:
            # How to apply the license, an address, a holder: whatever stands in its place.
            if first <= change.text_from and change.text_to <= last and added <= max(size, MAX_IN_FREE_PART):
                return True
            covered += max(0, inside)
        elif inside >= MOST * (last - first):
            covered += inside
    return covered > 0 and size - covered <= PARAGRAPH_WORDS


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
