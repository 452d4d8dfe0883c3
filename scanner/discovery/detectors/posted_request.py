"""A request a script or code sends: `curl URL -d '{"model": "…"}'`, `fetch(URL, {body: …})`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.classify import (
    Named,
    Surroundings,
    classify,
    hub_of_provider,
    is_ollama_address,
)
from scanner.discovery.config_keys import snake
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.positions import cut
from scanner.discovery.source import Source
from scanner.discovery.views import Command, Opaque, Request, Text, View
from scanner.patterns import regex
from scanner.records.sighting import Certainty, HubSwitch, Kind, Role, Scope, Sighting, Unresolved

ID = "posted-request"
_EARLY = 10
"""Words of a command among which the program stands, behind what runs it (`docker run IMAGE curl …`)."""
_HOST = regex(r"[\w.-]+(?::\d+/|/api/|/v1/)")
"""An address without a scheme."""
_NAMED = regex(r'"model"\s*:\s*"([^"\\\s]{2,200})"')
_PULLED = regex(r'"(?:model|name|from)"\s*:\s*"([^"\\\s]{2,200})"')
_ASKS = regex(
    r"/(?:chat/completions|completions|responses|embeddings|rerank|v\d/messages|images/generations)(?:[/?]|$)"
)
"""Paths at which a model is asked, whoever answers."""
_PULLS = regex(r"/api/pull/?$|/models/create/?$")
"""What fetches a model to be served, and calls it by another key (Ollama, Docker's model runner)."""


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find the model a request names; the address it goes to decides whose model it is."""
    if isinstance(view, Command):
        yield from _posted(view, source, context)
    elif isinstance(view, Request) and source.scope is not Scope.TEST:
        yield from _sent(view, source, context)


def _posted(view: Command, source: Source, context: Context) -> Iterator[Sighting]:
    """A request sent from a script: `curl URL -d '{"model": "…"}'`."""
    if not any(_text(word).rsplit("/", 1)[-1].partition(":")[0] == "curl" for word in view.words[:_EARLY]):
        return
    texts = [word for word in view.words[1:] if isinstance(word, Text)]
    url = next((word.value for word in texts if word.value.startswith(("http://", "https://"))), "")
    url = url or next((word.value for word in texts if _HOST.match(word.value)), "")
    named_by = _PULLED if _PULLS.search(url) else _NAMED
    for word in texts:
        found = named_by.search(word.value)
        start, end = found.span(1) if found else (0, 0)
        if not found and word.value.startswith("model=") and len(word.value) < 200:
            start, end = 6, len(word.value)
        if end <= start or not url:
            continue
        named = classify(word.value[start:end], Surroundings(base_url=url), context)
        if named is None:
            continue
        is_api = named.kind is Kind.API_MODEL
        yield Sighting(
            kind=named.kind,
            name=named.name,
            revision="none",
            role=Role.DEPENDENCY,
            scope=source.scope,
            certainty=Certainty.GUESSED if not is_api else word.certainty,
            detector=ID,
            location=cut(word, start, end).location,
            provider=named.provider,
            base_url=named.base_url,
            call="curl",
        )


def _sent(view: Request, source: Source, context: Context) -> Iterator[Sighting]:
    """A request of code; one that goes nowhere models are known to be asked says nothing."""
    for key, text in view.named:
        named = _of_addresses(text.value, key, view, context)
        if named is None:
            continue
        is_certain = named.kind in (Kind.API_MODEL, Kind.OLLAMA)
        yield Sighting(
            named.kind, named.name, named.revision, Role.DEPENDENCY, source.scope,
            text.certainty if is_certain else Certainty.GUESSED, ID, text.location,
            provider=named.provider, base_url=named.base_url,
        )  # fmt: skip


def _of_addresses(name: str, key: str, view: Request, context: Context) -> Named | None:
    """What a name is at the one address a request goes to, or at the one of several that has such models."""
    offered: dict[Named, None] = {}
    for address in view.addresses:
        around = _at(address, key, context)
        named = classify(name, around, context) if around is not None else None
        if named is not None:
            offered[named] = None
    if len({(one.kind, one.name) for one in offered}) > 1:
        alike = context.providers_of_model(name)
        offered = {one: None for one in offered if one.provider in alike}
    return next(iter(offered)) if len({one.name for one in offered}) == 1 else None


def _at(address: Text | Opaque, key: str, context: Context) -> Surroundings | None:
    """What an address says of a name under a key of the body; None where nobody is known to be asked."""
    if isinstance(address, Opaque):
        called = snake(address.expression).split("_")
        is_own = key == "model" and any(hub_of_provider(word) == "ollama" for word in called)
        return Surroundings(hub="ollama") if is_own else None
    url = address.value
    if key != "model" and not _PULLS.search(url):
        return None
    if context.provider_of_host(url) is None and not is_ollama_address(url) and not _ASKS.search(url):
        return None
    return Surroundings(base_url=url)


def _text(word: Text | Opaque) -> str:
    return word.value if isinstance(word, Text) else ""


DETECTOR = Detector(
    id=ID,
    views=(Command, Request),
    detect=detect,
    blind_spots=(
        "A body kept in a file (`-d @body.json`) is read as that file, without its address.",
        "Of requests in code those of JavaScript are seen, where address and body reach one call.",
    ),
)
