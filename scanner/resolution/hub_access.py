"""Which Hub a run asks, and the token it shows there; from the environment, never from a project's file."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT_ENDPOINT = "https://huggingface.co"


def endpoint() -> str:
    """The Hub this run asks: `HF_ENDPOINT`, else the public one; never from a file of the project."""
    return (os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT).rstrip("/")


def read_token(address: str) -> str | None:
    """The token to show to an endpoint.

    `HF_TOKEN` goes to whichever endpoint the environment names; the token file of a login only to the
    public Hub, for which it was issued. `HF_HUB_DISABLE_IMPLICIT_TOKEN` sends none.
    """
    if os.environ.get("HF_HUB_DISABLE_IMPLICIT_TOKEN", "").strip().lower() in {"1", "on", "yes", "true"}:
        return None
    stated = os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN")
    if not stated and address == DEFAULT_ENDPOINT:
        home = os.environ.get("HF_HOME") or os.path.join(
            os.environ.get("XDG_CACHE_HOME") or "~/.cache", "huggingface"
        )
        file = Path(os.environ.get("HF_TOKEN_PATH") or os.path.join(home, "token")).expanduser()
        try:
            stated = file.read_text("utf-8")[:1000]
        except (OSError, UnicodeDecodeError):
            stated = None
    token = "".join((stated or "").split())
    return token if token.isascii() and token else None
