"""Published lists, and which entries of them name a party."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanner.errors import KnowledgeBroken
from scanner.knowledge.fields import Fields
from scanner.knowledge.store import Knowledge
from scanner.records.asset import ListEntry, Party
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown

KIND = "lists"
STATUSES = ("listed", "withdrawn", "under litigation", "delisted")
_FORMS = re.compile(
    r"\b(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|sa|sas|nv|bv|ab|as|oy|kk|pjsc|jsc|ooo|pao)\b"
)
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A list as lading holds it."""

    key: str
    name: str
    issuer: str | Unknown
    as_of: str | Unknown
    """The day its content speaks of."""
    imported: str | Unknown
    """The day a user imported it; Unknown for the shipped starter."""
    entries: int
    is_starter: bool
    """Whether it is the shipped excerpt, which names a few parties only."""


@dataclass(frozen=True, slots=True)
class _Entry:
    entry: ListEntry
    names: tuple[str, ...]
    keys: frozenset[str]
    """`publishers:KEY` and `providers:KEY` the entry is recorded to mean."""


def all_lists(knowledge: Knowledge) -> tuple[PublishedList, ...]:
    """Every list there is, by key."""
    found = []
    for key, body in knowledge.all(KIND):
        fields = Fields(body, knowledge.source_of(KIND, key))
        found.append(
            PublishedList(
                key,
                _name(fields),
                fields.text("issuer"),
                fields.text("as_of"),
                fields.text("imported"),
                len(body.get("entries", ())),
                body.get("is_starter") is True,
            )
        )
    return tuple(found)


def with_entries(knowledge: Knowledge, party: Party, key: str, names: Iterable[str], kind: str) -> Party:
    """Add to a party the entries that name it: by record, by its own names, or by its parent's."""
    own = {bare(name) for name in (party.entity, *names) if isinstance(name, str)}
    parents = {bare(party.parent)} if isinstance(party.parent, str) else set()
    by_record, by_name = _index(knowledge)
    found = dict.fromkeys(by_record.get(f"{kind}:{key}", ()))
    for name in (*sorted(own), *sorted(parents)):
        found.update(dict.fromkeys(by_name.get(name, ())))
    entries = sorted({entry.entry for entry in found}, key=_order)
    return replace(party, lists=tuple(entries))


def same_name(name: str, others: Iterable[str]) -> bool:
    """Whether a name is one of the others, letter case, signs and legal forms aside."""
    return bare(name) in {bare(other) for other in others}


def bare(name: str) -> str:
    """Write a name without letter case, signs and legal forms (`Ship Holdings Ltd.` is `ship holdings`)."""
    words = _SIGNS.sub(" ", name.casefold())
    return " ".join(_FORMS.sub(" ", words).split()) or words.strip()


def _index(knowledge: Knowledge) -> tuple[dict[str, list[_Entry]], dict[str, list[_Entry]]]:
    if "lists" not in knowledge.memo:
        by_record: dict[str, list[_Entry]] = {}
        by_name: dict[str, list[_Entry]] = {}
        for key, body in knowledge.all(KIND):
            fields = Fields(body, knowledge.source_of(KIND, key))
            for member in fields.members("entries"):
                entry = _entry(_name(fields), fields, member)
                for record in entry.keys:
                    by_record.setdefault(record, []).append(entry)
                for name in {bare(name) for name in entry.names}:
                    by_name.setdefault(name, []).append(entry)
        knowledge.memo["lists"] = (by_record, by_name)
    found: tuple[dict[str, list[_Entry]], dict[str, list[_Entry]]] = knowledge.memo["lists"]
    return found


def _entry(list_name: str, fields: Fields, member: Fields) -> _Entry:
    name = member.text("name")
    if not isinstance(name, str):
        raise member.broken("name", "the name on the list")
    status = member.text("status")
    if status not in STATUSES:
        raise member.broken("status", "one of: " + ", ".join(STATUSES))
    as_of = member.text("as_of")
    source = member.text("source")
    entry = ListEntry(
        list_name,
        str(status),
        as_of if isinstance(as_of, str) or not member.is_unknown("as_of") else _unknown(member, fields),
        source if isinstance(source, str) else fields.text("source"),
        name,
        member.confidence() if member.value("confidence") else Confidence(fields.confidence()),
    )
    keys = {
        *(f"publishers:{key}" for key in member.texts("publishers")),
        *(f"providers:{key}" for key in member.texts("providers")),
    }
    return _Entry(entry, (name, *member.texts("names")), frozenset(keys))


def _unknown(member: Fields, fields: Fields) -> str | Unknown:
    return member.text("as_of") if member.value("as_of") is not None else fields.text("as_of")


def _name(fields: Fields) -> str:
    name = fields.text("name")
    if isinstance(name, str):
        return name
    raise KnowledgeBroken(str(fields.broken("name", "the name of the list")))


def _order(entry: ListEntry) -> tuple[str, str, str]:
    return (entry.list, str(entry.as_of), entry.matched)
