"""Licenses: from a card's words or a key to a record, a category and terms."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from scanner.errors import KnowledgeBroken, ReportBroken
from scanner.knowledge.license_names import Found, keys_of_expression, record_for_name
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Category
from scanner.records.encoding import decode, encode
from scanner.records.license import DocumentKind, LicenseRecord
from scanner.records.quick import dataclass, replace
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown

SILENT_IDS = frozenset({"other", "unknown", ""})
"""Values of the card field `license` that send the reader to `license_name`."""

_STRICTNESS = (
    Category.PUBLIC_DOMAIN,
    Category.PERMISSIVE,
    Category.PERMISSIVE_WITH_CONDITIONS,
    Category.COPYLEFT,
    Category.USE_RESTRICTED,
    Category.COMMERCIAL_LIMITED,
    Category.NON_COMMERCIAL,
    Category.PROPRIETARY_API,
)


@dataclass(frozen=True, slots=True)
class LicenseAnswer:
    """What the words of a card come to."""

    expression: str | Unknown
    """SPDX expression, `LicenseRef-…` outside SPDX."""
    key: str | Unknown
    """Key of the one record that is meant."""
    category: Category | Unknown
    note: str | None = None
    """What a reader of the report should know (`the card lists two licenses …`)."""


@lru_cache(maxsize=1024)
def look_up(knowledge: Knowledge, key: str) -> LicenseRecord | None:
    """Find a license by its exact key.

    Raises:
        KnowledgeBroken: the record does not have the shape of a license.
    """
    body = knowledge.get("licenses", key)
    return None if body is None else record_of(key, body)


def record_of(key: str, body: dict[str, Any]) -> LicenseRecord:
    """Build the record from a stored body.

    Raises:
        KnowledgeBroken: the body does not have the shape of a license.
    """
    try:
        return decode(LicenseRecord, {"key": key, **body}, f"licenses/{key}")
    except ReportBroken as error:
        raise KnowledgeBroken(
            f"{error}\n  the fields of a license record stand in docs/license-records.md"
        ) from error


def find(knowledge: Knowledge, name: str, repository: str = "") -> LicenseRecord | Unknown:
    """Find the one license a name means: a key, an SPDX id, a Hub id, a `license_name`.

    Unknown, quoting the name, where it means none or several.
    """
    found = record_for_name(knowledge, name, repository)
    if isinstance(found, Unknown):
        return found
    return look_up(knowledge, found.key) or Unknown(f"no license record {found.key!r}")


def terms_of(knowledge: Knowledge, key: str) -> Terms | Unknown:
    """The terms of a license by its key; Unknown where no record has them."""
    record = look_up(knowledge, key)
    if record is None:
        return Unknown(f"no license record {key!r}")
    return record.terms


def complete_terms(knowledge: Knowledge, key: str | Unknown, terms: Terms | Unknown) -> Terms | Unknown:
    """Fill from the license's record what a stored report leaves out; what it says stays.

    A report is judged by its own terms. Where it has none, or lacks a field, the record speaks.
    """
    if isinstance(key, Unknown):
        return terms
    known = terms_of(knowledge, key)
    if isinstance(terms, Unknown) or isinstance(known, Unknown):
        return known if isinstance(terms, Unknown) else terms
    if terms == known:
        return terms
    ours: Any = encode(known)
    theirs: Any = encode(terms)
    said = {name: value for name, value in theirs.items() if not _is_unread(value)}
    if isinstance(said.get("distribution"), dict) and isinstance(ours["distribution"], dict):
        said["distribution"] = {**ours["distribution"], **said["distribution"]}
    return decode(Terms, {**ours, **said})


def _is_unread(value: Any) -> bool:
    if isinstance(value, dict):
        return "unknown" in value or (isinstance(value.get("value"), dict) and "unknown" in value["value"])
    return False


def of_declaration(
    knowledge: Knowledge,
    license_ids: tuple[str, ...],
    license_name: str | None = None,
    license_link: str | None = None,
    repository: str = "",
) -> LicenseAnswer:
    """Read what a card declares.

    `license_name` and `license_link` count where `license` is absent, `other` or `unknown`. A list of
    ids does not say whether all hold or one may be chosen: the expression joins them with AND, and the
    note says so. What cannot be read is Unknown and quoted, never dropped.
    """
    ids = tuple(dict.fromkeys(each.strip() for each in license_ids))
    spoken = tuple(each for each in ids if each.casefold() not in SILENT_IDS)
    if len(spoken) > 1 or (spoken and len(spoken) < len(ids)):
        return _of_list(knowledge, ids, license_name, repository)
    if spoken:
        return of_name(knowledge, spoken[0], repository)
    return _of_other(knowledge, ids, license_name, license_link, repository)


def of_name(knowledge: Knowledge, name: str, repository: str = "") -> LicenseAnswer:
    """Read one name or SPDX expression."""
    found = record_for_name(knowledge, name, repository)
    if isinstance(found, Found):
        return _of_found(knowledge, found)
    expression = keys_of_expression(knowledge, name)
    if expression is None:
        return LicenseAnswer(found, found, found)
    members = [look_up(knowledge, key) for key in expression.keys]
    known = [member for member in members if member is not None]
    if len(known) < len(expression.symbols):
        reason = Unknown(f"no license record for {', '.join(expression.without_record)}")
        return LicenseAnswer(expression.text, reason, reason)
    if len(expression.symbols) == 1 and not expression.is_compound:
        return LicenseAnswer(expression.text, known[0].key, known[0].category)
    several = Unknown(f"{expression.text} names several licenses")
    return LicenseAnswer(expression.text, several, _strictest(known, expression.has_choice))


def _of_found(knowledge: Knowledge, found: Found) -> LicenseAnswer:
    record = look_up(knowledge, found.key)
    if record is None or record.kind is DocumentKind.NO_SINGLE_LICENSE:
        reason = Unknown(record.reason or record.title if record else f"no license record {found.key!r}")
        return LicenseAnswer(reason, reason, reason)
    return LicenseAnswer(found.spdx or record.spdx, record.key, record.category, record.note)


def _of_other(
    knowledge: Knowledge,
    ids: tuple[str, ...],
    license_name: str | None,
    license_link: str | None,
    repository: str,
) -> LicenseAnswer:
    for words in (license_name, license_link):
        if not words or not words.strip():
            continue
        answer = of_name(knowledge, words.strip(), repository)
        if not isinstance(answer.expression, Unknown):
            return answer
    if license_name and license_name.strip():
        return of_name(knowledge, license_name.strip(), repository)
    if ids and ids[0]:
        reason = Unknown(f"the card says {ids[0]!r} and names no license")
    else:
        reason = Unknown("the card declares no license")
    return LicenseAnswer(reason, reason, reason)


def _of_list(
    knowledge: Knowledge, ids: tuple[str, ...], license_name: str | None, repository: str
) -> LicenseAnswer:
    names = [license_name if each.casefold() in SILENT_IDS and license_name else each for each in ids]
    answers = [of_name(knowledge, name, repository) for name in names]
    quoted = ", ".join(repr(each) for each in ids)
    note = f"the card lists {quoted} and does not say whether all hold or one may be chosen"
    unread = [answer.expression for answer in answers if isinstance(answer.expression, Unknown)]
    if unread:
        reason = Unknown(f"the card lists {quoted}: {unread[0].reason}")
        return LicenseAnswer(reason, reason, reason, note)
    texts = dict.fromkeys(str(answer.expression) for answer in answers)
    if len(texts) == 1:
        return replace(answers[0], note=note)
    joined = " AND ".join(f"({text})" if " " in text else text for text in texts)
    categories = [answer.category for answer in answers if isinstance(answer.category, Category)]
    category: Category | Unknown = Unknown(note)
    if len(categories) == len(answers):
        category = max(categories, key=_STRICTNESS.index)
    return LicenseAnswer(joined, Unknown(note), category, note)


def _strictest(records: list[LicenseRecord], has_choice: bool) -> Category | Unknown:
    """The category that binds: the strictest of all that hold, the mildest where one may be chosen."""
    categories = [record.category for record in records]
    unread = [category for category in categories if isinstance(category, Unknown)]
    if unread:
        return unread[0]
    order = min if has_choice else max
    return order((c for c in categories if isinstance(c, Category)), key=_STRICTNESS.index)
