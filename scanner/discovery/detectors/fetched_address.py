"""An address that a command downloads or clones."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.names import split_hub_url
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Command, Opaque, Text, View
from scanner.discovery.weights import name_weights
from scanner.patterns import regex
from scanner.records.sighting import Certainty, HubSwitch, Role, Sighting, Unresolved

ID = "fetched-address"

_FETCHERS = frozenset(
    {"wget", "curl", "aria2c", "axel", "wget2", "httpie", "http", "huggingface-cli", "hf", "gdown"}
)
_FETCHING_OF_GIT = frozenset({"clone", "submodule", "pull", "fetch"})
"""Other subcommands (`git remote add`, `git push`) say where the project itself goes."""
_OWN = regex(r"[A-Za-z_][\w.-]{2,60}")
"""Functions and scripts of the project's own; what they are given is fetched by them, not shown."""
_SHOWING = frozenset(
    {
        "echo",
        "printf",
        "cat",
        "grep",
        "egrep",
        "sed",
        "awk",
        "test",
        "open",
        "xdg-open",
        "log",
        "info",
        "warn",
    }
    | {"error", "die", "fail", "print", "sleep", "exit", "return", "export", "local", "readonly", "declare"}
)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find addresses of models and datasets among what a command downloads."""
    if isinstance(view, Command):
        yield from _fetched(view, source)


def _fetched(view: Command, source: Source) -> Iterator[Sighting]:
    """Addresses that are downloaded or cloned."""
    program = _text(view.words[0]).rsplit("/", 1)[-1] if view.words else ""
    is_git = program == "git"
    is_clone = is_git and any(_text(word) in _FETCHING_OF_GIT for word in view.words[1:4])
    is_pip = program in {"pip", "pip3", "uv"} and any(_text(word) == "install" for word in view.words[1:4])
    is_fetcher = not is_git and any(_text(word).rsplit("/", 1)[-1] in _FETCHERS for word in view.words[:8])
    is_fetch = is_clone or is_pip or is_fetcher
    if program in {"ADD", "COPY"}:
        is_fetch = True
    is_own = not is_fetch and not is_git and _OWN.fullmatch(program) is not None and program not in _SHOWING
    for word in view.words[1:] if is_fetch or is_own else ():
        if isinstance(word, Text) and ("://" in word.value or word.value.startswith("git@")):
            if is_fetch:
                yield from _of_address(word, source, program, word.certainty)
            elif _is_file(word.value):
                yield from _of_address(word, source, program, Certainty.GUESSED)


def _is_file(address: str) -> bool:
    """Whether an address is that of one file of a repository on a hub."""
    hub = split_hub_url(address)
    return hub is not None and hub.is_file_address and bool(hub.file)


def _of_address(word: Text, source: Source, program: str, certainty: Certainty) -> Iterator[Sighting]:
    if named := name_weights(word.value):
        yield Sighting(
            kind=named.kind,
            name=named.name,
            revision=named.revision,
            role=Role.DEPENDENCY,
            scope=source.scope,
            certainty=certainty,
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
