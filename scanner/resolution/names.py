"""Names of repositories: which texts are one, and which other name means the same."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from scanner.records.sighting import Kind
from scanner.resolution.source import Question

MAX_NAME_CHARACTERS = 96
"""Longest part of a repository name the Hub accepts (huggingface_hub 2.4.0, utils/_validators.py)."""

_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_HUB_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co", "hf-mirror.com"})
_LOCAL = re.compile(r"^(?:[./~\\]|[A-Za-z]:[\\/]|file:)|\\|^(?:content|home|mnt|data|workspace|kaggle)/.*/")


def is_repository_name(text: str) -> bool:
    """Whether the Hub could have a repository of this name (`gpt2`, `org/name`).

    The rules are those of the Hub client: ASCII, at most one slash, no `--`, no `..`, no `.git` ending.
    """
    parts = text.split("/")
    if not 1 <= len(parts) <= 2 or "--" in text or ".." in text or text.endswith(".git"):
        return False
    return all(len(part) <= MAX_NAME_CHARACTERS and _PART.fullmatch(part) for part in parts)


def repository_of(text: str) -> str | None:
    """Read a repository name out of what a card names as its base: a name or an address of the Hub.

    None for local paths, other addresses and everything else.
    """
    text = text.strip()
    if "://" in text:
        try:
            address = urlsplit(text)
            host = address.hostname
        except ValueError:
            return None
        if host not in _HUB_HOSTS:
            return None
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        if parts[:1] in (["datasets"], ["spaces"], ["api"]):
            return None
        text = "/".join(parts[:2])
    if _LOCAL.search(text) or not is_repository_name(text):
        return None
    return text


def namespace_of(name: str) -> str | None:
    """The part before the slash, None for a legacy name (`gpt2`)."""
    return name.split("/", 1)[0] if "/" in name else None


def same_as(question: Question) -> Question | None:
    """The Hub repository that a name of another kind stands for, where the name itself says so.

    `hf.co/USER/REPOSITORY[:QUANT]` of Ollama names the Hub outright (ollama docs, checked 2026-11-22).
    """
    if question.kind is Kind.OLLAMA:
        head, _, rest = question.name.partition("/")
        if head.lower() in _HUB_HOSTS:
            name = rest.split("@", 1)[0].rsplit(":", 1)[0]
            if is_repository_name(name):
                return Question(Kind.HF_MODEL, name)
    return None


def show_revision(revision: str) -> str:
    """A commit in short, anything else as written."""
    return revision[:12] if re.fullmatch(r"[0-9a-f]{40}", revision) else revision
