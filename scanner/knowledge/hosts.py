"""Host names as addresses write them and as records draw them."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import urlsplit

from scanner.patterns import regex
from scanner.records.quick import dataclass

MAX_ADDRESS = 2_000
_PRIVATE_ENDINGS = (".local", ".internal", ".localhost", ".lan", ".home.arpa", ".svc", ".test")
_WILDCARD = regex(r"\\\*|\\\{[a-z_]+\\\}")
"""`*` and `{name}` of a pattern whose other signs are escaped, theirs with them."""
_NAME = regex(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes, as far as an address says it."""

    host: str
    """Lower case, without a closing dot; an IPv6 address in brackets."""
    port: str
    """Digits, or empty."""
    path: str
    """From its slash, or empty."""
    is_private: bool
    """Whether only a private network can answer to this name."""


def read_address(url: str) -> Address | None:
    """Read an address with or without scheme; None where its host is not a plain name or number.

    User names before an `@` are not part of the host, as no client takes them for it.
    """
    text = url.strip()
    if not text or len(text) > MAX_ADDRESS or any(sign in text for sign in "\\\t\r\n "):
        return None
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, port = parts.hostname or "", parts.netloc.rsplit("@", 1)[-1]
    except ValueError:
        return None
    port = port.rsplit("]", 1)[-1].partition(":")[2]
    host = host.rstrip(".")
    if port and not port.isdigit():
        return None
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        if not _NAME.fullmatch(host) or ".." in host:
            return None
        private = "." not in host or host.endswith(_PRIVATE_ENDINGS)
        return Address(host, port, parts.path, private)
    shown = f"[{host}]" if number.version == 6 else host
    return Address(shown, port, parts.path, number.is_private)


def host_matches(pattern: str, address: Address) -> bool:
    """Whether an address falls under a pattern.

    `*` as the first label is one label or more; elsewhere, and `{name}`, a run inside one label. A
    pattern with a port or a path wants that port (`*`: any or none) or that beginning of the path.
    """
    wanted = pattern.casefold()
    if not address.host.endswith(_ending(wanted)):
        return False
    return _pattern(wanted).fullmatch(f"{address.host}:{address.port}{address.path}/") is not None


@lru_cache(maxsize=1024)
def _ending(pattern: str) -> str:
    """What a host must end with to match: most patterns are told apart by it, and need no expression."""
    host, _, _ = _parts(pattern)
    return min(host.rpartition("*")[2], host.rpartition("}")[2], key=len)


def _parts(pattern: str) -> tuple[str, str, str]:
    """Host, port and path of a pattern."""
    place, _, path = pattern.partition("/")
    host, colon, port = place.rpartition(":")
    is_port = bool(colon and port) and not port.strip("0123456789*")
    return (host, port, path) if is_port else (place, "*", path)


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> re.Pattern[str]:
    host, port, path = _parts(pattern)
    first, dot, rest = host.partition(".")
    labels = r"[^.:/]+(?:\.[^.:/]+)*" if first == "*" else _label(first)
    written = labels + re.escape(dot) + _label(rest)
    ports = r"\d*" if port == "*" else re.escape(port)
    return regex(rf"{written}:{ports}" + (f"/{_label(path)}/.*" if path else r"(?:/.*)?"), re.DOTALL)


def _label(text: str) -> str:
    return _WILDCARD.sub("[^.:/]+", re.escape(text))
