"""A request a script sends: `curl URL -d '{"model": "…"}'`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.classify import Surroundings, classify
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.positions import cut
from scanner.discovery.source import Source
from scanner.discovery.views import Command, Opaque, Text, View
from scanner.patterns import regex
from scanner.records.sighting import Certainty, HubSwitch, Kind, Role, Sighting, Unresolved

ID = "posted-request"
_EARLY = 10
"""Words of a command among which the program stands, behind what runs it (`docker run IMAGE curl …`)."""
_HOST = regex(r"[\w.-]+(?::\d+/|/api/|/v1/)")
"""An address without a scheme."""
_NAMED = regex(r'"model"\s*:\s*"([^"\\\s]{2,200})"')
_PULLED = regex(r'"(?:model|name|from)"\s*:\s*"([^"\\\s]{2,200})"')
_PULLS = regex(r"/api/pull/?$|/models/create/?$")
"""What fetches a model to be served, and calls it by another key (Ollama, Docker's model runner)."""


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find the model a request names; the address it goes to decides whose model it is."""
    if isinstance(view, Command):
        yield from _posted(view, source, context)


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


def _text(word: Text | Opaque) -> str:
    return word.value if isinstance(word, Text) else ""


DETECTOR = Detector(
    id=ID,
    views=(Command,),
    detect=detect,
    blind_spots=("A body kept in a file (`-d @body.json`) is read as that file, without its address.",),
)
