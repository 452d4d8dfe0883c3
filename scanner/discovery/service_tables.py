"""Tables of which model is asked of which service: `DEFAULTS = {"openai": "…", "groq": "…"}`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.classify import hub_of_provider
from scanner.discovery.names import is_hub_id, is_ollama_tag
from scanner.discovery.plugin import Context
from scanner.discovery.service_names import service_called
from scanner.discovery.views import Bundle, Text, Value
from scanner.discovery.vocabulary import any_of
from scanner.records.sighting import Location

_SPEAKING = ("model", "llm", "embed")
LEAST = 2
"""Keys that must name services, and more than half of them all: one may be anything."""


def services_of(target: str, value: Value, context: Context) -> dict[Location, str]:
    """The service each name in such a table is asked of, by where the name stands; empty for any other table.

    What stands there must be written like a model (with a digit, or known to be that service's): the same
    tables hold classes, keys and addresses.
    """
    if not any_of(_SPEAKING, target.lower()):
        return {}
    found: dict[Location, str] = {}
    for member in value:
        if not isinstance(member, Bundle) or len(member.entries) < LEAST:
            continue
        named = [(key.value, held) for key, held in member.entries if key is not None]
        told = [(word, held) for word, held in named if _is_service(word, context)]
        if len(told) < LEAST or len(told) * 2 <= len(named):
            continue
        texts = [(word, text) for word, held in told for text in _texts(held)]
        if any(_is_known(text.value, word, context) for word, text in texts):
            found.update((text.location, word) for word, text in texts if _fits(text.value, word, context))
    return found


def _is_service(word: str, context: Context) -> bool:
    return bool(hub_of_provider(word) or service_called(word, context))


def _texts(held: Value) -> Iterator[Text]:
    """What stands under one key: a name, or a list of them."""
    for member in held:
        if isinstance(member, Text):
            yield member
        elif isinstance(member, Bundle) and all(key is None for key, _ in member.entries):
            yield from (each for _, inner in member.entries for each in inner if isinstance(each, Text))


def _is_known(name: str, word: str, context: Context) -> bool:
    return service_called(word, context) in context.providers_of_model(name.rpartition("/")[2])


def _fits(name: str, word: str, context: Context) -> bool:
    hub = hub_of_provider(word)
    if hub == "ollama":
        return is_ollama_tag(name) and any(sign.isdigit() for sign in name)
    if hub:
        return is_hub_id(name)
    return _is_known(name, word, context) or (
        any(sign.isdigit() for sign in name) and any(sign in "-/:." for sign in name) and "://" not in name
    )
