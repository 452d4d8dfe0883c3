"""A hosted model named in the path of an address that is asked."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.asked_addresses import asked_model
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Asked, Command, Entry, Opaque, Text, View
from scanner.records.sighting import Kind, Role, Scope, Sighting

ID = "asked-address"


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Read the model out of an address in code, or of one that a setting holds."""
    if isinstance(view, Asked):
        yield from _asked(view.address, source, context)
    elif isinstance(view, Entry) and isinstance(view.value, Text):
        yield from _asked(view.value, source, context)
    elif isinstance(view, Command):
        for word in view.words[1:]:
            if isinstance(word, Text):
                yield from _asked(word, source, context)
            elif isinstance(word, Opaque) and "://" in word.expression:
                # A variable stands behind the name as a rule: `…:generateContent?key=$KEY`.
                yield from _asked(Text(word.expression.strip("\"'"), word.location), source, context)


def _asked(address: Text, source: Source, context: Context) -> Iterator[Sighting]:
    scheme, _, rest = address.value.partition("://")
    found = asked_model(address.value, context) if rest else None
    if found is None:
        return
    provider, name = found
    yield Sighting(
        Kind.API_MODEL,
        f"{provider}:{name}",
        "none",
        Role.MENTION if source.scope is Scope.TEST else Role.DEPENDENCY,
        source.scope,
        address.certainty,
        ID,
        address.location,
        provider=provider,
        base_url=f"{scheme}://{rest.partition('/')[0]}",
    )


DETECTOR = Detector(
    ID,
    (Asked, Entry, Command),
    detect,
    (
        "A service is read so only where its record says how its addresses name a model (`model_paths`).",
        "A name put into the path at run time is not seen.",
    ),
)
