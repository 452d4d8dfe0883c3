"""An address that a command downloads or clones."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Command, Opaque, Text, View
from scanner.discovery.weights import name_weights
from scanner.records.sighting import HubSwitch, Role, Sighting, Unresolved

ID = "fetched-address"

_FETCHERS = frozenset(
    {"wget", "curl", "aria2c", "axel", "wget2", "httpie", "http", "huggingface-cli", "hf", "gdown"}
)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find addresses of models and datasets among what a command downloads."""
    if isinstance(view, Command):
        yield from _fetched(view, source)


def _fetched(view: Command, source: Source) -> Iterator[Sighting]:
    """Addresses that are downloaded or cloned."""
    program = _text(view.words[0]).rsplit("/", 1)[-1] if view.words else ""
    is_clone = program == "git" and any(_text(word) in {"clone", "submodule"} for word in view.words[1:4])
    is_pip = program in {"pip", "pip3", "uv"} and any(_text(word) == "install" for word in view.words[1:4])
    is_fetch = (
        is_clone or is_pip or any(_text(word).rsplit("/", 1)[-1] in _FETCHERS for word in view.words[:8])
    )
    if program in {"ADD", "COPY"}:
        is_fetch = True
    if not is_fetch:
        return
    for word in view.words[1:]:
        if isinstance(word, Text) and ("://" in word.value or word.value.startswith("git@")):
            yield from _of_address(word, source, program)


def _of_address(word: Text, source: Source, program: str) -> Iterator[Sighting]:
    if named := name_weights(word.value):
        yield Sighting(
            kind=named.kind,
            name=named.name,
            revision=named.revision,
            role=Role.DEPENDENCY,
            scope=source.scope,
            certainty=word.certainty,
            detector=ID,
            location=word.location,
            call=program or None,
        )


def _text(word: Text | Opaque) -> str:
    return word.value if isinstance(word, Text) else ""


DETECTOR = Detector(
    id=ID,
    views=(Command,),
    detect=detect,
    blind_spots=("An address put together from a command's output is not followed.",),
)
