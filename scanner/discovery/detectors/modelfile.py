"""The model an Ollama Modelfile builds on: `FROM`, `ADAPTER`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from scanner.discovery.classify import Named, Surroundings, classify
from scanner.discovery.names import is_placeholder, is_weight_file
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.readers.modelfile import MENTIONED
from scanner.discovery.source import Source
from scanner.discovery.views import Entry, Text, View
from scanner.patterns import regex
from scanner.records.sighting import HubSwitch, Kind, Role, Sighting, Unresolved

ID = "modelfile"
_BLOB = regex(r"[/\\]blobs[/\\]sha256[-:][0-9a-f]{64}$")
_UNNAMED = "a file in Ollama's store, which does not say which model it holds"


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find what a Modelfile is made from: an Ollama name, a Hub repository, or a file of weights."""
    if not isinstance(view, Entry) or view.format != "modelfile" or not isinstance(view.value, Text):
        return
    text = view.value
    if _BLOB.search(text.value):
        place = text.location
        yield Unresolved(Kind.OLLAMA, text.value, place.file, place.line, place.column, _UNNAMED)
        return
    if is_weight_file(text.value) and not text.value.startswith(("hf.co/", "http")):
        named: Named | None = None
        path = _beside(source.file, text.value)
        if source.neighbours is not None and path and source.neighbours.has(path):
            named = Named(Kind.LOCAL_WEIGHTS, path)
        elif not is_placeholder(text.value):
            place = text.location
            reason = "a file that is not in the project"
            yield Unresolved(Kind.LOCAL_WEIGHTS, text.value, place.file, place.line, place.column, reason)
    else:
        named = classify(text.value, Surroundings(hub="ollama", is_sure=True), context)
    if named is None:
        return
    yield Sighting(
        kind=named.kind,
        name=named.name,
        revision=named.revision,
        role=Role.MENTION if view.keys[0] == MENTIONED else Role.DEPENDENCY,
        scope=source.scope,
        certainty=text.certainty,
        detector=ID,
        location=text.location,
        library="ollama",
        call=view.keys[0],
    )


def _beside(file: str, path: str) -> str:
    """Path in the project of a file named relative to another; empty outside."""
    if path.startswith(("/", "~")):
        return ""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    return "" if joined.startswith("..") else joined


DETECTOR = Detector(
    id=ID,
    views=(Entry,),
    detect=detect,
    blind_spots=("Which model a folder or a GGUF file named by FROM holds is read from the file itself.",),
)
