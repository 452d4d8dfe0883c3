"""Which Hub a run asks and the token it shows there, as the environment says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from scanner.errors import UsageError

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


_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


def open_session(client: Any) -> Any:
    """The client's session; what the environment says of certificates and proxies is read when it is made.

    Raises:
        UsageError: the environment names certificates or a proxy that cannot be used.
    """
    import ssl

    try:
        return client.get_session()
    except (OSError, ssl.SSLError) as error:
        said = "it holds no certificates" if isinstance(error, ssl.SSLError) else "it cannot be read"
        raise _unusable(_CERTIFICATES, said, "name a file of certificates (PEM)") from error
    except ImportError as error:
        raise _unusable(_PROXIES, "SOCKS needs the package httpx[socks]", "name http://HOST:PORT") from error
    except ValueError as error:
        raise _unusable(_PROXIES, "it is no address of a proxy", "name http://HOST:PORT") from error


def _unusable(variables: tuple[str, ...], said: str, remedy: str) -> UsageError:
    """Values stay unsaid: a proxy's may hold a password."""
    stated = [each for name in variables for each in (name, name.lower()) if os.environ.get(each)]
    return UsageError(f"{' or '.join(stated) or 'the environment'}: {said}\n  {remedy}, or unset it")
