"""What is missing or wrong in a license record, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.errors import KnowledgeBroken, Mistake, PolicyBroken
from scanner.knowledge.licenses import record_of
from scanner.marked_yaml import Mapping, Node, Scalar, Sequence, plain, read_yaml
from scanner.patterns import regex
from scanner.records.license import LicenseRecord
from scanner.records.quick import fields_of
from scanner.records.terms import Terms

MAX_QUOTED_WORDS = 15
_QUOTED = regex(r':\s["“](.*)["”]$')
_OPTIONAL_TERMS = frozenset(
    ("registration", "aup_url", "aup_read", "outputs_owner", "reverse_engineering", "content_filter")
) | {"grant_back", "language"}
_OPTIONAL_FIELDS = frozenset(
    ("siblings", "same_terms_as", "documents", "hub_ids", "members", "reason", "confidence", "note")
)


def check_license(text: str, file: str) -> tuple[Mistake, ...]:
    """Go through a file of one license record, or of many under `records`.

    Named are: fields that are missing or unknown, terms nobody read, values of another shape, and
    quotations of more than MAX_QUOTED_WORDS words.
    """
    try:
        root = read_yaml(text, file)
    except PolicyBroken as error:
        return error.mistakes
    if not isinstance(root, Mapping):
        return (Mistake(file, 1, 0, "a record is a mapping of field names to values"),)
    many = root.get("records")
    if not isinstance(many, Mapping):
        key = root.get("key")
        return tuple(_check(root, str(key.value) if isinstance(key, Scalar) else "", file))
    found: list[Mistake] = []
    for name, _, node in many.items():
        if isinstance(node, Mapping):
            found += _check(node, name, file)
    return tuple(found)


def _check(record: Mapping, key: str, file: str) -> Iterator[Mistake]:
    if not key:
        yield Mistake(file, 1, 0, "the field 'key' is missing")
    yield from _fields(record, LicenseRecord, _OPTIONAL_FIELDS | {"aliases", "key"}, "", file)
    terms = record.get("terms")
    if isinstance(terms, Mapping):
        if terms.get("unknown") is not None:
            yield Mistake(file, terms.line, 0, "terms were not read", ("read the text, field by field",))
        else:
            yield from _fields(terms, Terms, _OPTIONAL_TERMS, "terms.", file)
    yield from _quotations(record, "", file)
    try:
        body: Any = plain(record)
        record_of(key or "?", {name: value for name, value in body.items() if name != "key"})
    except KnowledgeBroken as error:
        yield Mistake(file, record.line, 0, str(error).splitlines()[0])


def _fields(
    node: Mapping, record: type, optional: frozenset[str], where: str, file: str
) -> Iterator[Mistake]:
    known = {field.name for field in fields_of(record)}
    given = {name: place for name, place, _ in node.items()}
    for name in sorted(known - optional - set(given)):
        yield Mistake(file, node.line, 0, f"the field {where + name!r} is missing")
    for name, place in given.items():
        if name not in known | optional:
            advice = "the fields of a license record stand in docs/license-records.md"
            yield Mistake(file, place.line, place.column, f"no field is called {where + name!r}", (advice,))


def _quotations(node: Node, where: str, file: str) -> Iterator[Mistake]:
    if isinstance(node, Mapping):
        for name, _, value in node.items():
            is_clause = name in ("clause", "keeps_components") and isinstance(value, Scalar)
            quoted = _QUOTED.search(str(value.value)) if is_clause and isinstance(value, Scalar) else None
            if quoted and len(quoted[1].split()) > MAX_QUOTED_WORDS:
                what = f"the quotation of {where}{name} is longer than {MAX_QUOTED_WORDS} words"
                yield Mistake(file, value.line, value.column, what)
            yield from _quotations(value, f"{where}{name}.", file)
    elif isinstance(node, Sequence):
        for at, value in enumerate(node):
            yield from _quotations(value, f"{where}{at}.", file)
