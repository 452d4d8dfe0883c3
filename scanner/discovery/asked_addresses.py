"""Models of hosted services named in the path of an address (`…/models/NAME:generateContent`)."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.names import is_placeholder
from scanner.discovery.plugin import Context
from scanner.discovery.vocabulary import any_of
from scanner.patterns import regex

MARKS = ("googleapis.com/", "bedrock-runtime", "api.nvidia.com/")
"""One of these stands in every address whose path names a model by the records of the services."""
_ADDRESS = regex(r"https?://[\w.\-{}$%]{4,150}(?::\d{1,5})?/[^\s\"'`<>\\|()]{3,300}")
_HOLE = regex(r"\$?\{[^{}]{0,100}\}")
_METHOD = regex(r":[a-zA-Z]\w{2,40}$")
_NAME = regex(r"[A-Za-z0-9][\w.\-:@%]{1,100}")
_WORDS = frozenset({"embeddings", "reranking", "models", "model", "infer", "ranking"})


def find_asked(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand that may name a model in their path."""
    if not any_of(MARKS, text):
        return
    yield from (found.span() for found in _ADDRESS.finditer(text) if any_of(MARKS, found[0]))


def asked_model(address: str, context: Context) -> tuple[str, str] | None:
    """Provider and name of the model a service's address names, None where it names none."""
    if len(address) > 600 or not any_of(MARKS, address):
        return None
    provider = context.provider_of_host(_HOLE.sub("x1", address))
    if provider is None:
        return None
    path = address.partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
    segments = [segment for segment in path.split("/") if segment]
    for template in context.model_paths(provider):
        name = _fit(tuple(template.split("/")), segments)
        if name is not None and not is_placeholder(name):
            return provider, name
    return None


def _fit(template: tuple[str, ...], segments: list[str]) -> str | None:
    """The name a path holds by a template: `*` is one segment, a `**` in front or behind any number.

    `{model}` is the segment with the name, two of them an owner and a name; `{model}:*` has a method behind.
    """
    if template[0] == "**":
        starts: Iterator[int] | range = range(len(segments))
    else:
        starts = range(1)
    inner = [part for part in template if part != "**"]
    for start in starts:
        part = segments[start : start + len(inner)]
        if len(part) < len(inner) or (template[-1] != "**" and start + len(inner) != len(segments)):
            continue
        name = _read(inner, part)
        if name is not None:
            return name
    return None


def _read(template: list[str], segments: list[str]) -> str | None:
    found = []
    for wanted, segment in zip(template, segments, strict=True):
        if wanted == "{model}:*":
            segment = _METHOD.sub("", segment)
        if wanted.startswith("{model}"):
            if _NAME.fullmatch(segment) is None or segment in _WORDS:
                return None
            found.append(segment)
        elif wanted not in ("*", segment):
            return None
    return "/".join(found)
