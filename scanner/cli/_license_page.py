"""A license as a page a lawyer and an engineer can both read."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator
from typing import Any

from scanner.knowledge.license_text import nearest
from scanner.knowledge.license_tokens import fingerprint, read_words
from scanner.knowledge.licenses import look_up, record_of
from scanner.knowledge.store import open_knowledge
from scanner.patterns import regex
from scanner.records.asset import Category
from scanner.records.encoding import encode
from scanner.records.license import LicenseRecord
from scanner.records.unknown import Unknown

WIDTH = 80
"""Columns of a page; a terminal has no fewer."""
_COMMIT = regex(r"(@[0-9a-f]{12})[0-9a-f]{28}\b")
"""A commit, of which the page shows the beginning; JSON has all of it."""
_HEAD = 10
_LABEL = 25
_LABELS = {
    "commercial_use": "commercial use",
    "registration": "registration",
    "territory_excluded": "territory excluded",
    "attribution": "attribution",
    "naming": "naming",
    "aup": "use policy",
    "outputs_for_training": "outputs for training",
    "outputs_owner": "owner of outputs",
    "patent": "patent",
    "trademark": "trademark",
    "governing_law": "governing law",
    "termination": "termination",
    "update": "changes by the licensor",
    "export": "export",
    "reverse_engineering": "reverse engineering",
    "content_filter": "content filter",
    "grant_back": "grant back",
    "language": "language",
}


def show_record(record: LicenseRecord) -> dict[str, Any]:
    """The record as JSON values."""
    written: Any = encode(record)
    return dict(written)


def rows() -> list[dict[str, str]]:
    """Key, category, SPDX id and title of every license, by key."""
    knowledge = open_knowledge()
    found = []
    for key, body in knowledge.all("licenses"):
        record = record_of(key, body)
        category = record.category.value if isinstance(record.category, Category) else "unknown"
        found.append({"key": key, "spdx": record.spdx, "category": category, "title": record.title})
    return found


def listed(found: list[dict[str, str]], width: int) -> Iterator[str]:
    """Lines of a list: columns where the window holds them, else each title below its key."""
    names, kinds, titles = (
        max((len(row[name]) for row in found), default=0) for name in ("key", "category", "title")
    )
    names = names if names + kinds + 2 <= width else 0
    for row in found:
        start = f"{row['key']:{names}}  {row['category']}"
        if names and names + kinds + titles + 4 <= width:
            yield f"{start:{names + kinds + 2}}  {row['title']}"
            continue
        yield start
        pad = "  "
        yield from textwrap.wrap(
            row["title"], width, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False
        )


def page(record: LicenseRecord) -> str:
    """Write the page."""
    category = record.category.value if isinstance(record.category, Category) else record.category.reason
    lines = [
        *textwrap.wrap(record.title, WIDTH),
        "=" * min(WIDTH, len(record.title)),
    ]
    for label, said in (
        ("key", record.key),
        ("SPDX", record.spdx),
        ("version", record.version),
        ("licensor", record.licensor),
        ("category", category),
        ("text", _source(record)),
    ):
        lines += _filled(label, said, _HEAD)
    if record.note:
        lines += _wrapped("note", record.note, "")
    for document in record.documents:
        where = document.url if isinstance(document.url, str) else document.url.reason
        shown = f"; lading license show {document.key}" if isinstance(document.key, str) else ""
        lines += _wrapped("binds too", f"{document.name} ({where}{shown})", "")
    for sibling in record.siblings:
        said = (
            ", newer" * sibling.is_newer + ", older" * sibling.is_older + ", stricter" * sibling.is_stricter
        )
        lines += _wrapped("see also", f"{sibling.key}{said}: {sibling.difference}", "")
    lines.append("")
    if record.members:
        lines += _wrapped("it may mean", ", ".join(record.members), "")
    if isinstance(record.terms, Unknown):
        lines += _filled("Terms:", f"unknown ({record.terms.reason})", len("Terms: "))
    else:
        terms: Any = encode(record.terms)
        lines += list(_terms(terms))
    return "\n".join(lines)


def _source(record: LicenseRecord) -> str:
    if isinstance(record.text, Unknown):
        return f"unknown ({record.text.reason})"
    hashed = record.text.sha256 if isinstance(record.text.sha256, str) else record.text.sha256.reason
    where = _COMMIT.sub(r"\1", record.text.where)
    return f"{where}, read {record.text.as_of}, sha256 {hashed[:16]}…"


def _terms(terms: dict[str, Any]) -> Iterator[str]:
    for name, label in _LABELS.items():
        if name == "patent" and isinstance(terms.get("patent"), dict) and "grant" in terms["patent"]:
            patent = terms["patent"]
            said = f"grant {_said(patent['grant'])}, retaliation {_said(patent['retaliation'])}"
            yield from _wrapped(label, f"{said} ({patent['retaliation_scope']})", patent["clause"])
        elif name in terms:
            yield from _one(label, terms[name])
        if name == "registration" or (name == "territory_excluded" and "registration" not in terms):
            continue
        if name == "commercial_use":
            for threshold in _list(terms["thresholds"]):
                limit = f"{threshold['metric']} {threshold['op']} {_said(threshold['value'])}"
                yield from _wrapped("threshold", f"{limit}: {threshold['effect']}", threshold["clause"])
    for ban in _list(terms["field_bans"]):
        yield from _wrapped("excluded use", ban["field"], ban["clause"])
    if isinstance(terms["distribution"], dict) and "copy_of_license" in terms["distribution"]:
        yield "Passing it on"
        for name, term in terms["distribution"].items():
            if isinstance(term, dict):
                yield from _one(f"  {name.replace('_', ' ')}", term)
    if isinstance(terms.get("travels"), dict):
        travels = terms["travels"]
        yield from _wrapped("travels on", travels["carries"].replace("-", " "), travels["clause"])


def _one(label: str, term: Any) -> Iterator[str]:
    if not isinstance(term, dict) or "value" not in term:
        yield from _wrapped(label, _said(term), "")
        return
    yield from _wrapped(label, _said(term["value"]), term.get("clause", ""))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _said(value: Any) -> str:
    match value:
        case {"unknown": reason}:
            return f"unknown ({reason})"
        case {"law": law, "venue": venue}:
            return f"{law}; {venue}" if venue != "none" else str(law)
        case True | False:
            return "yes" if value else "no"
        case "none" | []:
            return "nothing said"
        case list():
            return ", ".join(str(each) for each in value)
        case int() | float():
            return f"{value:,}"
        case _:
            return str(value)


def _wrapped(label: str, text: str, clause: Any) -> list[str]:
    quoted = f"  [{clause}]" if isinstance(clause, str) and clause not in ("none", "") else ""
    return _filled(label, f"{text}{quoted}", _LABEL)


def _filled(label: str, text: str, indent: int) -> list[str]:
    """Label and text in columns; a word too long for its column (an address) begins further left."""
    width = indent - 1
    lines = textwrap.wrap(
        f"{label:{width}} {text}",
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [fitting for line in lines for fitting in ([line] if len(line) <= WIDTH else _broken(line))]


def _broken(line: str) -> Iterator[str]:
    """A line of one long word moved left; where that is not enough, broken after `/` or `:`."""
    word = line.lstrip()
    while len(word) > WIDTH:
        end = max(word.rfind(sign, 0, WIDTH) for sign in "/:") + 1 or WIDTH
        yield word[:end]
        word = word[end:]
    yield " " * min(len(line) - len(line.lstrip()), WIDTH - len(word)) + word


def begin_record(key: str, name: str, text: str, content: bytes) -> str:
    """YAML of a new record: hash, fingerprint, nearest relatives with differences, every term unread."""
    title = next((line.strip(" #*") for line in text.splitlines() if line.strip(" #*")), key)[:120]
    lines = [
        f"key: {key}",
        "kind: license",
        f"spdx: LicenseRef-lading-{key}",
        f"title: {_quoted(title)}",
        "version: none",
        "licensor: unread",
        "licensor_country: {unknown: not read}",
        "category: {unknown: not read}",
        "confidence: unverified",
        f"line: {key}",
        "hub_ids: []",
        "aliases: []",
    ]
    relatives = nearest(text)
    if relatives:
        lines.append("siblings:")
        for match in relatives:
            other = f"{match.score:.0%} of the words are the same; how the others differ is to be read"
            said = "; ".join(match.differences) or ("the same text" if match.score == 1 else other)
            lines += [f"- key: {match.key}", f"  difference: {_quoted(said)}"]
    lines += [
        "text:",
        f"  sha256: {hashlib.sha256(content).hexdigest()}",
        f"  fingerprint: {fingerprint(read_words(text))}",
        f"  where: {_quoted(name)}",
        '  as_of: "YYYY-MM-DD"',
        "terms: {unknown: text not read for its terms yet}",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    import json

    return json.dumps(" ".join(text.split()), ensure_ascii=False)


__all__ = ["begin_record", "look_up", "page", "rows", "show_record"]
