"""Digests of texts and seals of kept files, made without loading OpenSSL where that does not pay.

`hashlib` loads it for whatever it is asked: 4 ms of every commit hook. Python has the same digests in modules
of its own, as `random` of the standard library knows; they are slower byte by byte.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

WORTH_LOADING = 250_000
"""Bytes digested by Python's own modules; from there on to load OpenSSL takes less time than it saves."""
_OWN = {"sha1": ("_sha1",), "sha256": ("_sha2", "_sha256"), "blake2b": ("_blake2",)}
"""Which modules have it: the first from Python 3.12 on. A Python without them has `hashlib`."""
_spent = [0]


def sha256(content: bytes) -> str:
    """SHA-256 of some bytes, hexadecimal."""
    digested: str = _maker("sha256", len(content))(content, usedforsecurity=False).hexdigest()
    return digested


def sha1(content: bytes) -> str:
    """SHA-1 of some bytes, hexadecimal: git calls its files by it."""
    digested: str = _maker("sha1", len(content))(content, usedforsecurity=False).hexdigest()
    return digested


def seal(content: bytes | memoryview) -> str:
    """BLAKE2b of some bytes, hexadecimal: for what lading alone writes and reads again.

    As strong as SHA-256, and the fastest that Python has of its own: what is sealed is large.
    """
    sealed: str = _own("blake2b")(content, digest_size=32).hexdigest()
    return sealed


def _maker(name: str, size: int) -> Any:
    _spent[0] += size
    if _spent[0] > WORTH_LOADING or "_hashlib" in sys.modules:
        return getattr(import_module("hashlib"), name)
    return _own(name)


@cache
def _own(name: str) -> Any:
    for module in _OWN[name]:
        with suppress(ImportError, AttributeError):
            return getattr(import_module(module), name)
    return getattr(import_module("hashlib"), name)
