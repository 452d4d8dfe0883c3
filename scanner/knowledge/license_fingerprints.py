"""Fingerprints of license texts: hashed words in order, read from one small file."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from scanner.errors import KnowledgeBroken
from scanner.knowledge.license_tokens import Words, read_words
from scanner.patterns import regex
from scanner.records.quick import dataclass, field

FINGERPRINTS = Path(__file__).parent / "license_texts.bin"
"""Written by scripts/fingerprint_licenses.py from a folder of texts; holds no text."""
MAGIC = b"lading-license-texts/1\n"
MAX_BYTES = 50_000_000
GRAM = 5
"""Words to a shingle."""
SAMPLED_FROM = 600
"""Texts longer than this are found by every eighth shingle, shorter ones by all."""
UNKNOWN_WORD = 0
MAX_TEXTS_OF_A_NAME = 14
"""A word of a title that stands in more texts than this is an ordinary word."""

NUMBERS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twenty",
        "thirty",
        "fifty",
        "hundred",
        "thousand",
        "million",
        "billion",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monthly",
        "annual",
        "annually",
        "daily",
    ]
) - {"may"}
WEIGHTY = frozenset(
    [
        "not",
        "no",
        "never",
        "neither",
        "nor",
        "non",
        "commercial",
        "commercially",
        "noncommercial",
        "except",
        "unless",
        "only",
        "solely",
        "prohibited",
        "forbidden",
        "research",
        "academic",
        "military",
        "sublicensable",
        "revocable",
        "irrevocable",
        "modified",
    ]
)
"""Words that change what a text grants."""
_NUMERIC = regex(r"\d")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One text, as numbers of words in a shared vocabulary."""

    key: str
    words: array[int]
    paragraphs: array[int]
    optional: tuple[tuple[int, int, bool], ...]
    """Ranges of words that copies often leave out (preambles, a policy that is appended), and whether they
    read as each copy likes (how to apply the license, addresses)."""
    title: frozenset[str]
    """Words its title and names are made of."""
    is_template: bool
    """Whether anyone may offer it: another holder's name in it changes nothing."""
    digest: int
    """Hash of all its words."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """All texts, the vocabulary, and the index from shingles to texts."""

    vocabulary: dict[int, int]
    """Number of a word by its hash."""
    clear: dict[int, str]
    """Words that may be shown: numbers, weighty words, names in titles."""
    texts: tuple[Fingerprint, ...]
    names: frozenset[str]
    """Words that tell titles apart."""
    grams: dict[int, tuple[int, ...]] = field(repr=False)
    """Texts by shingle."""
    counts: tuple[int, ...] = ()
    """Number of indexed shingles of each text."""
    digests: dict[int, int] = field(default_factory=dict, repr=False)
    """Texts by the hash of all their words."""

    def numbers_of(self, words: Words) -> list[int]:
        """Look up the words of a file; UNKNOWN_WORD where no text has the word."""
        known: dict[str, int] = {}
        numbers = []
        for word in words.words:
            number = known.get(word)
            if number is None:
                number = known[word] = self.vocabulary.get(hash_word(word), UNKNOWN_WORD)
            numbers.append(number)
        return numbers


def hash_word(word: str) -> int:
    """32 bits of a word."""
    return zlib.crc32(word.encode())


def is_weighty(word: str) -> bool:
    """Whether a changed word changes the license: a number, a date, a grant or its limits."""
    return word in WEIGHTY or word in NUMBERS or _NUMERIC.search(word) is not None


def gram_keys(numbers: list[int] | array[int]) -> list[int]:
    """Every run of GRAM words, as one number of 32 bits each."""
    ahead = [numbers[at:] for at in range(GRAM)]
    return [
        (a * 0x9E3779B1 + b * 0x85EBCA6B + c * 0xC2B2AE35 + d * 0x27D4EB2F + e * 0x165667B1) & 0xFFFFFFFF
        for a, b, c, d, e in zip(*ahead, strict=False)
    ]


@cache
def load_fingerprints() -> Fingerprints:
    """Read the fingerprints, once per process.

    Raises:
        KnowledgeBroken: the file is missing or damaged.
    """
    try:
        packed = FINGERPRINTS.read_bytes()
    except OSError as error:
        raise _broken(str(error.strerror)) from error
    return unpack(packed)


@cache
def fingerprinted() -> frozenset[str]:
    """Keys of the licenses whose text can be recognized; the texts themselves are not unpacked.

    Raises:
        KnowledgeBroken: the file is missing or damaged.
    """
    try:
        packed = FINGERPRINTS.read_bytes()
        reader = zlib.decompressobj()
        size = int.from_bytes(reader.decompress(packed[len(MAGIC) :], 4), "little")
        head = json.loads(reader.decompress(reader.unconsumed_tail, min(size, MAX_BYTES)))
        return frozenset(entry[0] for entry in head["texts"])
    except OSError as error:
        raise _broken(str(error.strerror)) from error
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise _broken(str(error)) from error


def unpack(packed: bytes) -> Fingerprints:
    """Read packed fingerprints.

    Raises:
        KnowledgeBroken: they are damaged.
    """
    if not packed.startswith(MAGIC):
        raise _broken("it is not a file of fingerprints")
    try:
        reader = zlib.decompressobj()
        data = reader.decompress(packed[len(MAGIC) :], MAX_BYTES)
        head_size = int.from_bytes(data[:4], "little")
        head: dict[str, Any] = json.loads(data[4 : 4 + head_size])
        size = 2 * sum(entry[1] for entry in head["texts"])
        numbers, grams = array("H"), array("I")
        numbers.frombytes(data[4 + head_size : 4 + head_size + size])
        grams.frombytes(data[4 + head_size + size :])
        return _build(head, numbers, grams)
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise _broken(str(error)) from error


@dataclass(frozen=True, slots=True)
class Source:
    """What the fingerprint of one text is made from."""

    words: Words
    optional: tuple[tuple[int, int, bool], ...]
    title: frozenset[str]
    is_template: bool


def pack(texts: dict[str, Source]) -> bytes:
    """Write fingerprints of texts by key."""
    often = Counter(word for text in texts.values() for word in set(text.words.words))
    names = {
        word
        for text in texts.values()
        for word in text.title
        if often[word] <= MAX_TEXTS_OF_A_NAME and len(word) > 1 and not is_weighty(word)
    }
    vocabulary: dict[str, int] = {}
    numbers, grams = array("H"), array("I")
    entries = []
    for key in sorted(texts):
        text = texts[key]
        for word in text.words.words:
            vocabulary.setdefault(word, len(vocabulary) + 1)
        numbers.extend(vocabulary[word] for word in text.words.words)
        sampled = _sample(text, numbers[len(numbers) - len(text.words.words) :])
        grams.extend(sampled)
        entries.append(
            [
                key,
                len(text.words.words),
                list(text.words.paragraphs),
                text.optional,
                sorted(text.title),
                text.is_template,
                len(sampled),
            ]
        )
    shown = [word for word in vocabulary if is_weighty(word) or word in names]
    head = {
        "hashes": [hash_word(word) for word in vocabulary],
        "clear": {str(vocabulary[word]): word for word in shown},
        "names": sorted(names),
        "texts": entries,
    }
    written = json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()
    data = len(written).to_bytes(4, "little") + written + numbers.tobytes() + grams.tobytes()
    return MAGIC + zlib.compress(data, 9)


def _sample(text: Source, numbers: array[int]) -> list[int]:
    """Shingles a text is found by: all of a short one, an eighth of a long one."""
    kept, start = array("H"), 0
    for first, last, _ in text.optional:
        kept += numbers[start:first]
        start = max(start, last)
    keys = set(gram_keys(kept + numbers[start:]))
    if len(numbers) > SAMPLED_FROM:
        keys = {key for key in keys if key % 1021 % 8 == 0}
    return sorted(keys)


def _build(head: dict[str, Any], numbers: array[int], sampled: array[int]) -> Fingerprints:
    texts, start, first_gram = [], 0, 0
    grams: dict[int, tuple[int, ...]] = {}
    counts = []
    for at, (key, size, paragraphs, optional, title, is_template, many) in enumerate(head["texts"]):
        words = numbers[start : start + size]
        start += size
        ranges = tuple((int(first), int(last), bool(is_free)) for first, last, is_free in optional)
        digest = zlib.crc32(words.tobytes())
        texts.append(
            Fingerprint(key, words, array("I", paragraphs), ranges, frozenset(title), is_template, digest)
        )
        for gram in sampled[first_gram : first_gram + many]:
            grams[gram] = (*grams[gram], at) if gram in grams else (at,)
        first_gram += many
        counts.append(max(1, many))
    return Fingerprints(
        dict(zip(head["hashes"], range(1, len(head["hashes"]) + 1), strict=True)),
        {int(number): word for number, word in head["clear"].items()},
        tuple(texts),
        frozenset(head["names"]),
        grams,
        tuple(counts),
        {text.digest: at for at, text in enumerate(texts)},
    )


def _broken(what: str) -> KnowledgeBroken:
    return KnowledgeBroken(
        f"{FINGERPRINTS.name}: the fingerprints of license texts cannot be used: {what}\n  reinstall lading,"
        " or in a checkout run: python scripts/fingerprint_licenses.py FOLDER"
    )


def fingerprint_words(text: str) -> Words:
    """The words of a text as fingerprints hold them."""
    return read_words(text)
