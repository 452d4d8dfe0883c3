"""Who developed a hosted model, read from its name."""

from __future__ import annotations

from scanner.knowledge import providers, publishers
from scanner.knowledge.families import developer_of_family
from scanner.knowledge.fields import Fields
from scanner.knowledge.store import Knowledge
from scanner.patterns import regex
from scanner.records.asset import Party
from scanner.records.unknown import Unknown

_VENDOR = regex(r"(?:(?:us|eu|apac|global|jp|au|ca|us-gov)\.)?([a-z0-9]+)\.[a-z]")
"""The vendor label of a cloud's model name, behind the scope of a cross-region profile."""


def developer_of(knowledge: Knowledge, provider: str, model: str) -> Party | Unknown:
    """Find who developed a hosted model, which need not be who serves it.

    Read from the name alone: a namespace (`deepseek-ai/DeepSeek-R1`), the vendor label of a cloud
    (`deepseek.r1-v1:0`, `us.anthropic.…`), or the naming patterns of the developers' own services.
    """
    parts = model.split("/")
    for owner in parts[-2:-1]:
        if party := _vendor(knowledge, owner):
            return party
    name = parts[-1]
    label = _VENDOR.match(name)
    if label and (party := _vendor(knowledge, label.group(1))):
        return party
    makers = [maker for maker in providers.by_model(knowledge, name) if maker.party.role == "first-party"]
    if own := [maker for maker in makers if maker.id == provider]:
        makers = own
    if len(makers) == 1:
        return _maker(knowledge, makers[0])
    if party := developer_of_family(knowledge, name) or _behind_first_word(knowledge, provider, name):
        return party
    return Unknown(f"the name {model} does not say who developed it")


def _behind_first_word(knowledge: Knowledge, provider: str, name: str) -> Party | None:
    """The developer a name tells behind the service's own (`databricks-claude-…`) or the developer's."""
    first, hyphen, rest = name.partition("-")
    if not hyphen or not rest:
        return None
    found = developer_of(knowledge, provider, rest)
    if isinstance(found, Unknown) or first.casefold() == provider:
        return found if isinstance(found, Party) else None
    vendor = _vendor(knowledge, first)
    return found if vendor and vendor.entity == found.entity else None


def _vendor(knowledge: Knowledge, label: str) -> Party | None:
    """Whoever a namespace or a vendor label names: a publisher, else the maker of a first-party service."""
    party = publishers.find(knowledge, label)
    if isinstance(party, Party):
        return party
    provider = providers.by_id(knowledge, label)
    return _maker(knowledge, provider) if provider and provider.party.role == "first-party" else None


def _maker(knowledge: Knowledge, provider: providers.Provider) -> Party:
    """The developer behind a first-party service: its publisher record where there is one."""
    body = knowledge.get(providers.KIND, provider.id) or {}
    namespace = Fields(body, providers.KIND).text("publisher")
    party = publishers.look_up(knowledge, namespace) if isinstance(namespace, str) else namespace
    return party if isinstance(party, Party) else provider.party
