"""Names of repositories: which texts are one."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from scanner.patterns import regex
from scanner.records.sighting import Kind

MAX_NAME_CHARACTERS = 96
"""Longest part of a repository name the Hub accepts (huggingface_hub 2.4.0, utils/_validators.py)."""

_COMMIT = regex(r"[0-9a-f]{40}")
_PART = regex(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")
HUB_FOLDERS = {Kind.HF_MODEL: "models", Kind.HF_DATASET: "datasets"}
"""Kinds that are repositories of the Hub, and the word for them in its addresses and in a cache."""
HUB_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co", "hf-mirror.com"})
"""Hosts whose addresses begin with a repository's name."""
_CACHED = regex(r"(?:^|[/\\])models--([\w.-]+?)--([\w.-]+?)(?:[/\\]|$)")
"""A repository's folder in the cache of the Hub's client."""
_LOCAL = regex(r"^(?:[./~\\]|[A-Za-z]:[\\/]|file:)|\\|^(?:content|home|mnt|data|workspace|kaggle)/.*/")


def is_repository_name(text: str) -> bool:
    """Whether the Hub could have a repository of this name (`gpt2`, `org/name`).

    The rules are those of the Hub client: ASCII, at most one slash, no `--`, no `..`, no `.git` ending.
    """
    parts = text.split("/")
    if not 1 <= len(parts) <= 2 or "--" in text or ".." in text or text.endswith(".git"):
        return False
    return all(len(part) <= MAX_NAME_CHARACTERS and _PART.fullmatch(part) for part in parts)


def dataset_of(text: str) -> str | None:
    """Read a dataset's name out of what a card names as its training data.

    None for local paths, other addresses and everything else.
    """
    text = text.strip()
    for host in HUB_HOSTS:
        text = text.removeprefix(f"https://{host}/datasets/")
    return None if "://" in text else repository_of("/".join(text.split("/")[:2]))


def repository_of(text: str) -> str | None:
    """Read a repository name out of what a card names as its base: a name, an address, a folder of a cache.

    None for other local paths, other addresses and everything else.
    """
    text = text.strip()
    if "://" in text:
        try:
            address = urlsplit(text)
            host = address.hostname
        except ValueError:
            return None
        if host not in HUB_HOSTS:
            return None
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        if parts[:1] in (["datasets"], ["spaces"], ["api"]):
            return None
        text = "/".join(parts[:2])
    if cached := _CACHED.search(text):
        text = "/".join(cached.groups())
    if _LOCAL.search(text) or not is_repository_name(text):
        return None
    return text


def namespace_of(name: str) -> str | None:
    """The part before the slash, None for a legacy name (`gpt2`)."""
    return name.split("/", 1)[0] if "/" in name else None


def show_revision(revision: str) -> str:
    """A commit in short, anything else as written."""
    return revision[:12] if _COMMIT.fullmatch(revision) else revision
