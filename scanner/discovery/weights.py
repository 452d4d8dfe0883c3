"""Addresses of weights: on a hub, in a GitHub release, on any other host."""

from __future__ import annotations

import re

from scanner.discovery.classify import Named
from scanner.discovery.names import is_placeholder, is_weight_file, split_hub_url
from scanner.patterns import regex
from scanner.records.sighting import Kind

_GITHUB = regex(
    r"(?:git\+)?https?://(?:github\.com/([\w.-]+)/([\w.-]+)/(?:releases/download/([^/]+)|(?:raw|blob)/([^/]+))/"
    r"|raw\.githubusercontent\.com/([\w.-]+)/([\w.-]+)/(?:refs/(?:heads|tags)/)?([^/]+)/)"
)
_SPACY_WHEEL = regex(
    r"/([a-z]{2,3}_[a-z]+_[a-z_]+_(?:sm|md|lg|trf))-([0-9][0-9.a-z]*)(?:[-.][\w.-]*)?(?:whl|tar\.gz)"
)


def name_weights(url: str) -> Named | None:
    """Name what an address downloads; None where it is not known to be a model or dataset."""
    if len(url) > 2_000:
        return None
    if hub := split_hub_url(url):
        return None if is_placeholder(hub.name) else Named(hub.kind, hub.name, hub.revision)
    path = re.split(r"[?#]", url)[0]
    if wheel := _SPACY_WHEEL.search(path):
        return Named(Kind.SPACY, wheel[1], wheel[2].rstrip("."))
    if not is_weight_file(path.rsplit("/", 1)[-1]) or "://" not in url or _is_unclear(path):
        return None
    if found := _GITHUB.match(path):
        owner, repository = found[1] or found[5], found[2] or found[6]
        return Named(Kind.GITHUB_WEIGHTS, f"{owner}/{repository}", found[3] or found[4] or found[7])
    return Named(Kind.URL_WEIGHTS, path)


def _is_unclear(path: str) -> bool:
    """Whether the file's ending is used for other things as often as for weights (`.bin`, `.task`)."""
    name = path.rsplit("/", 1)[-1].lower()
    return name.endswith(
        (".bin", ".task", ".plan", ".engine", ".npz", ".pb", ".pkl", ".pickle", ".plan", ".ot")
    )
