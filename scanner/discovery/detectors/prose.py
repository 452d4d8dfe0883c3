"""A name in a comment or running text: a mention, no dependency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from scanner.discovery.classify import Named
from scanner.discovery.names import (
    HubName,
    decode,
    find_hub_links,
    is_hub_id,
    is_placeholder,
    speaks_for_itself,
    split_hub_url,
)
from scanner.discovery.owned_names import owned_names, without_data
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Link, Prose, View
from scanner.discovery.vocabulary import words
from scanner.discovery.weights import name_weights
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Certainty, HubSwitch, Kind, Location, Role, Sighting, Unresolved

ID = "prose"
MAX_NAMES = 2_000
"""Names of one stretch of prose that are looked at."""

_KINDS_OF_OBJECTS = words(
    "pod pods deployment service svc job cronjob node namespace ns configmap secret statefulset daemonset"
    " replicaset ingress pvc"
)
"""What Kubernetes writes before the name of an object, as in `pod/llama-3-8b-x7k2`."""
_LINKED = regex(r"\[([^\[\]\n]{1,200})\]\(https?://")
_CODE = regex(r"(?:github|gitlab)\.com[/:]([\w.-]{1,60}/[\w-]{1,95})")
_PICTURE = regex(r"\.(?:png|jpe?g|gif|svg|webp|ico|mp4|pdf)(?:[?#]|$)", re.IGNORECASE)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find names in prose: addresses on a hub, names the catalog knows, names that speak for themselves."""
    if isinstance(view, Link):
        yield from _link(view, source)
    elif isinstance(view, Prose) and ("/" in view.text):
        yield from _prose(view, source, context)


def _link(view: Link, source: Source) -> Iterator[Sighting]:
    if view.url.startswith("hf://"):
        hub: Named | HubName | None = decode(view.url)
    else:
        hub = name_weights(view.url) if view.is_fetched else split_hub_url(view.url)
    if hub is None or is_placeholder(hub.name) or _PICTURE.search(view.url):
        return
    role = Role.DEPENDENCY if view.is_fetched else Role.MENTION
    yield Sighting(hub.kind, hub.name, hub.revision, role, source.scope, Certainty.LITERAL, ID, view.location)


def _prose(view: Prose, source: Source, context: Context) -> Iterator[Sighting]:
    text = without_data(view.text)
    # What a link's text names is decided by where the link leads.
    linked = [found.span(1) for found in _LINKED.finditer(text)]
    for at, link in find_hub_links(text):
        linked.append((at, at + len(link)))
        hub = split_hub_url(link)
        if hub and not is_placeholder(hub.name) and not _PICTURE.search(link):
            yield _mention(hub.kind, hub.name, hub.revision, view, at, at + len(link))
    for count, found in enumerate(owned_names(text)):
        if count >= MAX_NAMES:
            source = view.source
            source.leave_rest(MAX_NAMES, "names in one line of prose", _place(view, found.start(), 0).line)
            return
        name = found.group(0).rstrip(".")
        if any(start <= found.start() < end for start, end in linked):
            continue
        if name.partition("/")[0] in _KINDS_OF_OBJECTS or not is_hub_id(name) or _are_two(name):
            continue
        is_known = context.is_known_model(name)
        if not (is_known or speaks_for_itself(name)) or _IMAGE_TAG.match(text, found.end()):
            continue
        if is_placeholder(name) or name.lower() in _code(view.source.text):
            continue
        owner, _, rest = name.partition("/")
        service = None if is_known else context.provider_of_prefix(owner)
        if service is not None and service in context.providers_of_model(rest):
            said = _mention(Kind.API_MODEL, f"{service}:{rest}", "none", view, found.start(), found.end())
            yield replace(said, provider=service)
        else:
            yield _mention(Kind.HF_MODEL, name, "none", view, found.start(), found.start() + len(name))


_IMAGE_TAG = regex(r":(?:latest|stable|nightly|dev|main|edge|v?\d+(?:\.\d+)+)(?![\w-])")
"""Behind a name it says that a container is meant (`lab/tool-base:latest`)."""


def _are_two(name: str) -> bool:
    """Whether two words of one family stand beside each other (`audio_ref_text/audio_ref_wave`)."""
    first, _, second = (part.rpartition("_")[0] for part in name.partition("/"))
    return bool(first) and first == second


@lru_cache(maxsize=4)
def _code(text: str) -> frozenset[str]:
    """Repositories of code the text links to: their names are no models' names."""
    return frozenset(found.group(1).lower() for found in _CODE.finditer(text))


def _mention(kind: Kind, name: str, revision: str, view: Prose, start: int, end: int) -> Sighting:
    return Sighting(
        kind=kind,
        name=name,
        revision=revision,
        role=Role.MENTION,
        scope=view.source.scope,
        certainty=Certainty.LITERAL,
        detector=ID,
        location=_place(view, start, end),
    )


def _place(view: Prose, start: int, end: int) -> Location:
    line = view.line + view.text.count("\n", 0, start)
    before = view.text.rfind("\n", 0, start)
    column = start - before if before >= 0 else view.column + start
    return view.source.locate(line, column, line, column + (end - start))


DETECTOR = Detector(
    id=ID,
    views=(Prose, Link),
    detect=detect,
    blind_spots=(
        "A family spoken of by its everyday name (“Llama 3”, “Mistral 7B”) is not listed.",
        "A name in prose counts when the catalog knows it or when it looks like that of a model.",
    ),
)
