"""Checks license records against the texts they speak of.

    python scripts/check_license_records.py --texts FOLDER [KEY...]

FOLDER holds one file per license, `KEY.txt`. Of every record it says, with file and field: a field that
is missing, a quotation that does not stand in the text or is longer than 15 words, a text whose SHA-256
is another one, words of a duty that the text does not have. Exit code 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

RECORDS = Path(__file__).resolve().parents[1] / "scanner" / "knowledge" / "data" / "licenses"
MAX_QUOTED_WORDS = 15
SINGLE = (
    *("commercial_use", "territory_excluded", "attribution", "naming", "aup", "outputs_for_training"),
    *("trademark", "governing_law", "termination", "update", "export"),
)
EXPECTED = (*SINGLE, "thresholds", "distribution", "patent", "field_bans", "travels")
SECTION_ONLY = re.compile(r"[^\"“]+")
_MARKS = str.maketrans("“”’‘", "\"\"''")


def squeeze(text: str) -> str:
    """Take white space, kinds of quotation mark, and markup aside."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).translate(_MARKS)


def quotations(clause: str) -> Iterator[str]:
    """The quotation of a clause: all between the first `: "` and the last quotation mark."""
    found = re.search(r':\s"(.*)"$', clause.translate(_MARKS).strip())
    if found:
        yield found[1]


def clauses(node: Any, place: str = "terms") -> Iterator[tuple[str, str]]:
    """Every clause below a record, with its dotted place."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("clause", "keeps_components") and isinstance(value, str):
                yield f"{place}.{name}", value
            else:
                yield from clauses(value, f"{place}.{name}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from clauses(value, f"{place}[{at}]")


def words_of(node: Any, place: str = "terms") -> Iterator[tuple[str, str]]:
    """Every word a duty wants to see, with its dotted place."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "words" and isinstance(value, list):
                yield from ((f"{place}.words", str(each)) for each in value)
            else:
                yield from words_of(value, f"{place}.{name}")


def check(record: dict[str, Any], folder: Path) -> Iterator[str]:
    """Mistakes of one record."""
    terms = record.get("terms")
    if not isinstance(terms, dict) or "unknown" in terms:
        yield "terms: not read"
        return
    for name in EXPECTED:
        if name not in terms:
            yield f"terms.{name}: missing"
    path = folder / f"{record['key']}.txt"
    if not path.is_file():
        yield f"text: {path.name} is not in the folder"
        return
    if hashlib.sha256(path.read_bytes()).hexdigest() != record["text"].get("sha256"):
        yield "text.sha256: the file in the folder is another text"
    bound = [folder / f"{document.get('key')}.txt" for document in record.get("documents", [])]
    read = [path, *(each for each in bound if each.is_file())]
    yield from check_words(terms, " ".join(each.read_text("utf-8", errors="replace") for each in read))


def check_words(terms: dict[str, Any], text: str) -> Iterator[str]:
    """Quotations and words of duties that do not stand in the text (and in those bound with it)."""
    text = squeeze(text)
    for place, clause in clauses(terms):
        for quotation in quotations(clause):
            if squeeze(quotation) not in text:
                yield f"{place}: not in the text: {quotation}"
            if len(quotation.split()) > MAX_QUOTED_WORDS:
                yield f"{place}: longer than {MAX_QUOTED_WORDS} words: {quotation}"
    for place, words in words_of(terms):
        if squeeze(words).lower() not in text.lower():
            yield f"{place}: not in the text: {words}"


def main() -> int:
    """Check the records of the keys given, or all that have a text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", required=True, type=Path)
    parser.add_argument("--unread", action="store_true", help="only list the keys whose terms are incomplete")
    parser.add_argument("keys", nargs="*")
    options = parser.parse_args()
    wrong = 0
    for path in sorted(RECORDS.glob("*.yaml")):
        record = yaml.safe_load(path.read_text("utf-8"))
        if "key" not in record or (options.keys and record["key"] not in options.keys):
            continue
        if not (options.texts / f"{record['key']}.txt").is_file() and not options.keys:
            continue
        mistakes = list(check(record, options.texts))
        wrong += len(mistakes)
        if options.unread:
            if any(": not read" in each or ": missing" in each for each in mistakes):
                print(record["key"])
            continue
        for mistake in mistakes:
            print(f"{path.name}: {mistake}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
