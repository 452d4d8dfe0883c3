"""Published lists, and which entries of them name a party."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.knowledge.bare_names import bare
from scanner.knowledge.fields import Fields
from scanner.knowledge.store import Knowledge
from scanner.records.asset import ListEntry, Party
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass, replace
from scanner.records.unknown import Unknown

KIND = "lists"
STATUSES = ("listed", "withdrawn", "under litigation", "delisted")


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


def with_entries(
    knowledge: Knowledge,
    party: Party,
    record: str,
    names: Iterable[str],
    parent_confidence: Confidence,
) -> Party:
    """Add to a party the entries that name it: by record, by its own names, or by its parent's.

    `record` is `publishers:KEY` or `providers:KEY`. What is said of the parent is as sure, at most, as it is
    that this is the parent. A brand that meets a further name of an imported entry is unverified: short
    names belong to many.
    """
    entity = {bare(party.entity)} if isinstance(party.entity, str) else set()
    brands = {bare(name) for name in names if isinstance(name, str)} - entity
    above = _names_above(knowledge, party) - entity - brands
    shipped: list[ListEntry] = []
    imported: list[ListEntry] = []
    for one in _opened(knowledge):
        own = [*one.recorded(record), *(entry for name in entity for entry in one.named(name))]
        own += [entry for name in brands for entry in one.named(name, is_brand=True)]
        through = [entry for name in above for entry in one.named(name)]
        found = imported if one.is_imported else shipped
        found += own
        found += [_of_parent(entry, party, parent_confidence) for entry in through if entry not in own]
    # What a user imported is the list; the shipped excerpt of the same list has nothing to add to it.
    covered = {entry.list for entry in imported}
    kept = [*imported, *(entry for entry in shipped if entry.list not in covered)]
    return replace(party, lists=tuple(sorted(_surest(kept), key=_order)))


def _of_parent(entry: ListEntry, party: Party, confidence: Confidence) -> ListEntry:
    return replace(_at_most(entry, confidence), parent=str(party.parent))


def _names_above(knowledge: Knowledge, party: Party) -> set[str]:
    """What the parent is called: in full, and as its own record says."""
    if not isinstance(party.parent, str):
        return set()
    body = knowledge.get("entities", party.parent) or {}
    return {bare(name) for name in (party.parent, *Fields(body, "entities").texts("names"))}


def _told_apart(entry: ListEntry) -> tuple[str, str, str, str]:
    return (entry.list, entry.matched, entry.status, str(entry.as_of))


def _surest(entries: Iterable[ListEntry]) -> set[ListEntry]:
    """Each entry once, as the surest of the names that lead to it says."""
    best: dict[tuple[str, str, str, str], ListEntry] = {}
    for entry in sorted(entries, key=_order):
        known = best.get(_told_apart(entry))
        if known is None or entry.confidence.rank > known.confidence.rank:
            best[_told_apart(entry)] = entry
    return set(best.values())


def _at_most(entry: ListEntry, confidence: Confidence) -> ListEntry:
    return replace(entry, confidence=min(entry.confidence, confidence, key=lambda sure: sure.rank))


class _Opened:
    """One list, its entries read when a name leads to them: an imported list holds tens of thousands."""

    def __init__(self, fields: Fields, called: dict[str, str]) -> None:
        self._fields = fields
        self._name = called.get(_name(fields), _name(fields))
        self._members = fields.members("entries")
        self._by_record: dict[str, list[int]] = {}
        self._entries: dict[int, ListEntry] = {}
        ready = fields.value("by_name")
        self.is_imported = ready is not None
        self._by_name: dict[str, list[int]] = ready if isinstance(ready, dict) else {}
        if ready is None:
            self._index()

    def _index(self) -> None:
        for number, member in enumerate(self._members):
            self._entry(number)
            for name in {bare(name) for name in (str(member.value("name")), *member.texts("names"))}:
                self._by_name.setdefault(name, []).append(number)
            for kind in ("publishers", "providers"):
                for key in member.texts(kind):
                    self._by_record.setdefault(f"{kind}:{key}", []).append(number)

    def named(self, name: str, *, is_brand: bool = False) -> list[ListEntry]:
        """Entries a bare name leads to."""
        found = [self._entry(number) for number in self._by_name.get(name, ())]
        if is_brand and self.is_imported:
            return [
                entry if bare(entry.matched) == name else _at_most(entry, Confidence.UNVERIFIED)
                for entry in found
            ]
        return found

    def recorded(self, record: str) -> list[ListEntry]:
        """Entries recorded to mean a publisher or a provider."""
        return [self._entry(number) for number in self._by_record.get(record, ())]

    def _entry(self, number: int) -> ListEntry:
        if not isinstance(number, int) or not 0 <= number < len(self._members):
            raise self._fields.broken("by_name", "what `lading knowledge import-list` writes")
        if number not in self._entries:
            self._entries[number] = _entry(self._name, self._fields, self._members[number])
        return self._entries[number]


def _opened(knowledge: Knowledge) -> tuple[_Opened, ...]:
    if "lists" not in knowledge.memo:
        bodies = [Fields(body, knowledge.source_of(KIND, key)) for key, body in knowledge.all(KIND)]
        # An issuer's file calls its list otherwise than policies do.
        called = {title: _name(fields) for fields in bodies for title in fields.texts("called")}
        knowledge.memo["lists"] = tuple(_Opened(fields, called) for fields in bodies)
    found: tuple[_Opened, ...] = knowledge.memo["lists"]
    return found


def _entry(list_name: str, fields: Fields, member: Fields) -> ListEntry:
    name = member.text("name")
    if not isinstance(name, str):
        raise member.broken("name", "the name on the list")
    status = member.text("status")
    if status not in STATUSES:
        raise member.broken("status", "one of: " + ", ".join(STATUSES))
    source = member.text("source")
    return ListEntry(
        list_name,
        str(status),
        _unknown(member, fields),
        source if isinstance(source, str) else fields.text("source"),
        name,
        member.confidence() if member.value("confidence") else fields.confidence(),
    )


def _unknown(member: Fields, fields: Fields) -> str | Unknown:
    return member.text("as_of") if member.value("as_of") is not None else fields.text("as_of")


def _name(fields: Fields) -> str:
    name = fields.text("name")
    if isinstance(name, str):
        return name
    raise fields.broken("name", "the name of the list")


def _order(entry: ListEntry) -> tuple[str, str, str]:
    return (entry.list, str(entry.as_of), entry.matched)
