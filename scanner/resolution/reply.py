"""One answer of a server, and what can be wrong with it."""

from __future__ import annotations

import json
import zlib
from typing import Any
from urllib.parse import urlsplit

from scanner.errors import SourceUnavailable
from scanner.records.quick import dataclass

MAX_CAUSES = 8
"""Errors behind an error that are looked at."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the server."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    host: str
    """Who answered, redirects followed: see `origin_of`."""


class Unreached(SourceUnavailable):
    """The connection failed, or broke off: another attempt may help."""


def why_unreached(failure: BaseException | None) -> str:
    """Say why a connection failed: what can be set right in words, else the kind of the error."""
    import socket
    import ssl

    kind, depth = type(failure).__name__, 0
    while failure is not None and depth < MAX_CAUSES:
        if isinstance(failure, ssl.SSLCertVerificationError):
            return "its certificate is not trusted; SSL_CERT_FILE names those that are"
        if isinstance(failure, socket.gaierror):
            return "no such host or proxy"
        inner = getattr(failure, "reason", None)
        if isinstance(inner, BaseException):
            kind = type(inner).__name__
        behind = inner if isinstance(inner, BaseException) else failure.__cause__ or failure.__context__
        failure, depth = behind, depth + 1
    return kind


_PORTS = {"http": ":80", "https": ":443"}


def origin_of(address: str) -> str:
    """Host and port of an address in one spelling; a server that moves to https stays itself."""
    parts = urlsplit(address)
    return parts.netloc.rpartition("@")[2].lower().removesuffix(_PORTS.get(parts.scheme, ""))


def expand(content: bytes, encoding: str, most_bytes: int, host: str) -> bytes:
    """Undo the compression, up to one byte more than is wanted: a small answer may expand without end.

    Raises:
        SourceUnavailable: the compression is damaged, or none that was asked for.
    """
    if encoding.lower() in ("", "identity"):
        return content
    if encoding.lower() not in ("gzip", "x-gzip"):
        raise SourceUnavailable(
            f"{host} compressed its answer in a way that was not asked for ({encoding[:20]})"
        )
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, most_bytes + 1)
    except zlib.error as error:
        raise SourceUnavailable(f"{host} sent half an answer, or none that is JSON") from error


def read_json(reply: Reply, host: str) -> Any:
    """Read the body as JSON.

    Raises:
        SourceUnavailable: it is a web page (a login, a proxy), cut short, or something else.
    """
    if b"<html" in reply.body[:1000].lower() or "html" in reply.headers.get("content-type", ""):
        raise SourceUnavailable(f"{host} answered with a web page, not metadata (a login or a proxy?)")
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise SourceUnavailable(f"{host} sent half an answer, or none that is JSON") from error
