"""Publishers: who stands behind a namespace of the Hub."""

from __future__ import annotations

from scanner.knowledge import lists
from scanner.knowledge.bare_names import bare
from scanner.knowledge.fields import Fields
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Party
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown

KIND = "publishers"


def look_up(knowledge: Knowledge, namespace: str) -> Party | Unknown:
    """Find the publisher of a namespace, letter case aside, under its present name.

    Former and further namespaces lead to the record that claims them. A namespace nobody recorded is
    Unknown: it is never guessed from its likeness to another.
    """
    keys = knowledge.resolve_alias(KIND, namespace)
    claimed = {key for key in keys if key.casefold() == namespace.casefold()} or set(keys)
    if len(claimed) != 1:
        reason = f"{namespace} is claimed by {', '.join(sorted(claimed))}" if claimed else ""
        return Unknown(reason or f"no record says who {namespace} is")
    return _known_party(knowledge, claimed.pop())


def find(knowledge: Knowledge, name: str) -> Party | Unknown:
    """Find a publisher by namespace, or else by the name of the company, brand or person."""
    found = look_up(knowledge, name)
    if isinstance(found, Party):
        return found
    keys = knowledge.keys_called(KIND, bare(name))
    return _known_party(knowledge, keys[0]) if len(keys) == 1 else found


def names_of(knowledge: Knowledge, party: Party) -> tuple[str, ...]:
    """Every name a party goes by: its own, its entity, brands and further namespaces; not its parent's.

    A party that serves models goes by the names of its publisher record too.
    """
    known: dict[tuple[str | Unknown, str | Unknown], tuple[str, ...]] = knowledge.memo.setdefault("names", {})
    asked = (party.name, party.entity)
    if asked not in known:
        known[asked] = _read_names(knowledge, party)
    return known[asked]


def _read_names(knowledge: Knowledge, party: Party) -> tuple[str, ...]:
    names: list[str | Unknown] = [party.name, party.entity]
    if isinstance(party.name, str):
        served = knowledge.get("providers", party.name) or {}
        for key in (party.name, str(served.get("publisher", ""))):
            if (body := knowledge.get(KIND, key)) is not None:
                names += [key, *_names(body), *Fields(body, KIND).texts("aliases")]
    if isinstance(party.entity, str):
        names += names_of_entity(knowledge, party.entity)
    return _spellings(names)


def names_of_entity(knowledge: Knowledge, entity: str) -> tuple[str, ...]:
    """What an entity is called: in full, for short, and without its legal form."""
    body = knowledge.get("entities", entity) or {}
    return _spellings([entity, *Fields(body, "entities").texts("names")])


def parent_confidence(knowledge: Knowledge, party: Party) -> Confidence:
    """How sure it is that a party's parent is its parent."""
    body = knowledge.get(KIND, party.name) if isinstance(party.name, str) else None
    return _of_parent(Fields(body, KIND)) if body else party.confidence


def parent_share(knowledge: Knowledge, party: Party) -> float | Unknown:
    """Share of a party that its parent holds, in percent."""
    for kind in (KIND, "providers"):
        body = knowledge.get(kind, party.name) if isinstance(party.name, str) else None
        share = (body or {}).get("parent_share")
        if isinstance(share, (int, float)):
            return float(share)
    return Unknown("no record says what share the parent holds")


def _of_parent(fields: Fields) -> Confidence:
    named = fields.value("parent_confidence") is not None
    return fields.confidence("parent_confidence" if named else "confidence")


def _spellings(names: list[str | Unknown]) -> tuple[str, ...]:
    known = [name for name in names if isinstance(name, str)]
    return tuple(dict.fromkeys([*known, *map(bare, known)]))


def _known_party(knowledge: Knowledge, key: str) -> Party:
    """The party of a record, read once: a publisher stands behind many models."""
    parties: dict[str, Party] = knowledge.memo.setdefault("parties", {})
    if key not in parties:
        parties[key] = _party(knowledge, key)
    return parties[key]


def _party(knowledge: Knowledge, key: str) -> Party:
    body = knowledge.get(KIND, key) or {}
    fields = Fields(body, knowledge.source_of(KIND, key))
    renamed = fields.text("renamed_to")
    party = Party(
        name=renamed if isinstance(renamed, str) else key,
        entity=fields.text("entity"),
        parent=fields.text("parent"),
        country=fields.text("country"),
        parent_country=fields.text("parent_country"),
        kind=fields.text("kind"),
        role=fields.text("role"),
        lists=(),
        confidence=fields.confidence(),
        source=fields.text("source"),
        as_of=fields.text("as_of"),
    )
    names = (*_names(body), *fields.texts("aliases"))
    return lists.with_entries(knowledge, party, f"{KIND}:{key}", names, _of_parent(fields))


def _names(body: dict[str, object]) -> tuple[str, ...]:
    """Names of the entity and its brands; namespaces are not among them."""
    fields = Fields(body, KIND)
    entity = fields.text("entity")
    return (*((entity,) if isinstance(entity, str) else ()), *fields.texts("names"))
