"""Published lists, and which entries of them name a party."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.knowledge.fields import Fields
from scanner.knowledge.store import Knowledge
from scanner.patterns import regex
from scanner.records.asset import ListEntry, Party
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass, replace
from scanner.records.unknown import Unknown

KIND = "lists"
STATUSES = ("listed", "withdrawn", "under litigation", "delisted")
_FORMS = regex(
    r"\b(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|sa|sas|nv|bv|ab|as|oy|kk|pjsc|jsc|ooo|pao)\b"
)
_SIGNS = regex(r"[^\w]+")


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
    that this is the parent.
    """
    own = {bare(name) for name in (party.entity, *names) if isinstance(name, str)}
    above = {bare(party.parent)} - own if isinstance(party.parent, str) else set()
    found: set[ListEntry] = set()
    through: set[ListEntry] = set()
    for one in _opened(knowledge):
        found.update(one.recorded(record))
        for name in own:
            found.update(one.named(name))
        for name in above:
            through.update(one.named(name))
    lowered = {_at_most(entry, parent_confidence) for entry in through - found}
    return replace(party, lists=tuple(sorted(found | lowered, key=_order)))


def _at_most(entry: ListEntry, confidence: Confidence) -> ListEntry:
    return replace(entry, confidence=min(entry.confidence, confidence, key=lambda sure: sure.rank))


def same_name(name: str, others: Iterable[str]) -> bool:
    """Whether a name is one of the others, letter case, signs and legal forms aside."""
    return bare(name) in {bare(other) for other in others}


def bare(name: str) -> str:
    """Write a name without letter case, signs and legal forms (`Ship Holdings Ltd.` is `ship holdings`)."""
    words = _SIGNS.sub(" ", name.casefold())
    return " ".join(_FORMS.sub(" ", words).split()) or words.strip()


class _Opened:
    """One list, its entries read when a name leads to them: an imported list holds tens of thousands."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._name = _name(fields)
        self._members = fields.members("entries")
        self._by_record: dict[str, list[int]] = {}
        ready = fields.value("by_name")
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

    def named(self, name: str) -> list[ListEntry]:
        """Entries a bare name leads to."""
        return [self._entry(number) for number in self._by_name.get(name, ())]

    def recorded(self, record: str) -> list[ListEntry]:
        """Entries recorded to mean a publisher or a provider."""
        return [self._entry(number) for number in self._by_record.get(record, ())]

    def _entry(self, number: int) -> ListEntry:
        if not isinstance(number, int) or not 0 <= number < len(self._members):
            raise self._fields.broken("by_name", "what `lading knowledge import-list` writes")
        return _entry(self._name, self._fields, self._members[number])


def _opened(knowledge: Knowledge) -> tuple[_Opened, ...]:
    if "lists" not in knowledge.memo:
        knowledge.memo["lists"] = tuple(
            _Opened(Fields(body, knowledge.source_of(KIND, key))) for key, body in knowledge.all(KIND)
        )
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
