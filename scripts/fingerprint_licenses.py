"""Computes the fingerprints of license texts from a folder of texts.

    python scripts/fingerprint_licenses.py FOLDER [FOLDER...] [--out FILE]

A folder holds one file per license, `KEY.txt`, or the `.LICENSE` files of the package licensedcode-data
(front matter and text; its folder `licensedcode/data/licenses`). A text is taken when a license record
names its SHA-256. The result holds hashes of words in order, numbers and words of titles in clear, and no
text. A use policy is fingerprinted where its text is in a folder, and not missed. Parts that copies often
leave out or change are marked by their first and last words
in OPTIONAL and FREE.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scanner.knowledge.license_fingerprints import FINGERPRINTS, Source, pack  # noqa: E402
from scanner.knowledge.license_tokens import Words, read_words  # noqa: E402
from scanner.knowledge.licenses import look_up  # noqa: E402
from scanner.knowledge.store import open_knowledge  # noqa: E402
from scanner.records.license import DocumentKind, LicenseRecord  # noqa: E402
from scanner.records.unknown import Unknown  # noqa: E402

OPTIONAL: dict[str, tuple[tuple[str, str], ...]] = {
    "llama-3": (("meta llama 3 acceptable use policy", ""),),
}
"""By key: parts that are there as a whole or not at all, from the first words to the last; an empty last
goes to the end of the text."""
FREE: dict[str, tuple[tuple[str, str], ...]] = {
    "apache-2.0": (("end of terms and conditions", ""),),
    "lfm-open-1.0": (("end of terms and conditions", ""), ("appendix how to apply", "")),
    "ecl-2.0": (("appendix how to apply", ""),),
    "gpl-2.0": (
        ("how to apply these terms to your new programs", ""),
        ("free software foundation inc 51", "usa"),
        ("software foundation inc 51", "usa"),
    ),
    "gpl-3.0": (("how to apply these terms to your new programs", ""),),
    "agpl-3.0": (("how to apply these terms to your new programs", ""),),
    "lgpl-2.1": (
        ("how to apply these terms to your new libraries", ""),
        ("free software foundation inc 51", "usa"),
    ),
    "mpl-2.0": (("exhibit source code form", ""),),
    "wtfpl": (("sam hocevar", "france"),),
    "cc0-1.0": (("creative commons corporation is not", "hereunder statement of purpose"),),
    "ofl-1.1": (("copyright", "font name"),),
}
"""By key: parts that read as each copy likes: how to apply the license, addresses, holders."""
CREATIVE_COMMONS = re.compile(r"cc-by[a-z-]*-\d\.\d")
_TITLE_STOPWORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "or",
        "license",
        "licenses",
        "agreement",
        "terms",
        "use",
        "model",
        "models",
        "public",
        "general",
        "version",
        "v",
        "international",
        "to",
        "in",
        "on",
        "with",
    ]
)


def texts_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Go through (SHA-256, text) of a folder."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".txt":
            content = path.read_bytes()
            yield hashlib.sha256(content).hexdigest(), content.decode("utf-8", errors="replace")
        elif path.suffix == ".LICENSE":
            text = path.read_text("utf-8").split("---\n", 2)[-1].lstrip("\n")
            yield hashlib.sha256(text.encode()).hexdigest(), text


def optional_parts(key: str, words: Words) -> tuple[tuple[int, int, bool], ...]:
    """Ranges of words that copies leave out, and whether they may read otherwise."""
    found = [(start, end, False) for start, end in _parts(OPTIONAL.get(key, ()), words)]
    found += [(start, end, True) for start, end in _parts(FREE.get(key, ()), words)]
    if CREATIVE_COMMONS.fullmatch(key):
        found += [(start, end, True) for start, end in _around(words)]
    return tuple(sorted(found))


def _around(words: Words) -> Iterator[tuple[int, int]]:
    """The preamble and the closing words that Creative Commons puts around its licenses."""
    start = -1
    for beginning in (
        ("by", "exercising", "the", "licensed", "rights"),
        ("the", "work", "as", "defined", "below"),
    ):
        start = _find(words.words, beginning, 0)
        if start > 0:
            yield 0, start
            break
    for ending in (
        ("creative", "commons", "is", "not", "party"),
        ("creative", "commons", "may", "be", "contacted"),
    ):
        end = _find(words.words, ending, max(0, start))
        if end > 0:
            yield end, len(words.words)
            return


def _parts(marks: tuple[tuple[str, str], ...], words: Words) -> Iterator[tuple[int, int]]:
    for first, last in marks:
        start = _find(words.words, tuple(first.split()), 0)
        if start < 0:
            continue
        end = len(words.words)
        if last:
            ending = tuple(last.split())
            end = _find(words.words, ending, start) + len(ending)
        yield start, end


def _find(words: tuple[str, ...], wanted: tuple[str, ...], start: int) -> int:
    for at in range(start, len(words) - len(wanted) + 1):
        if words[at : at + len(wanted)] == wanted:
            return at
    return -1


def title_words(record: LicenseRecord) -> frozenset[str]:
    """Words of the title, the key and the version that tell it from others."""
    said = " ".join([record.title, record.key, record.version, record.spdx, *record.hub_ids])
    return frozenset(read_words(said.replace("/", " ")).words) - _TITLE_STOPWORDS


def wanted_by_hash() -> dict[str, LicenseRecord]:
    """License records by the SHA-256 of the text they speak of."""
    knowledge = open_knowledge()
    wanted = {}
    for key in knowledge.keys("licenses"):
        record = look_up(knowledge, key)
        if record and not isinstance(record.text, Unknown) and isinstance(record.text.sha256, str):
            wanted[record.text.sha256] = record
    return wanted


def titles() -> dict[str, str]:
    """Titles of the licenses by key."""
    return {record.key: record.title for record in wanted_by_hash().values()}


def main() -> int:
    """Compute and write the fingerprints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=FINGERPRINTS)
    options = parser.parse_args()
    wanted = wanted_by_hash()
    taken = {}
    for folder in options.folders:
        for sha256, text in texts_in(folder):
            if record := wanted.get(sha256):
                words = read_words(text)
                taken[record.key] = Source(
                    words,
                    optional_parts(record.key, words),
                    title_words(record),
                    record.licensor == "any",
                )
    others = {record.key for record in wanted.values() if record.kind is not DocumentKind.LICENSE}
    missing = sorted({record.key for record in wanted.values()} - set(taken) - others)
    options.out.write_bytes(pack(taken))
    print(f"{options.out.name}: {len(taken)} texts, {options.out.stat().st_size} bytes")
    for key in missing:
        print(f"no text for {key}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
