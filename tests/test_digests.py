"""Digests made without OpenSSL are those of `hashlib`."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner import digests
from scanner.digests import seal, sha1, sha256


@given(st.binary(max_size=300))
def test_they_are_those_of_the_library(content: bytes) -> None:
    library = [hashlib.sha256(content), hashlib.sha1(content), hashlib.blake2b(content, digest_size=32)]
    assert [sha256(content), sha1(content), seal(memoryview(content))] == [
        each.hexdigest() for each in library
    ]


def test_a_python_without_its_own_asks_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [sha256(b"a"), sha1(b"a"), seal(b"a")]
    monkeypatch.setattr(digests, "_OWN", dict.fromkeys(digests._OWN, ("no_such_module",)))
    digests._own.cache_clear()
    assert [sha256(b"a"), sha1(b"a"), seal(b"a")] == expected
    digests._own.cache_clear()


def test_the_library_is_loaded_where_there_is_much_to_digest_and_not_before() -> None:
    program = (
        "import sys\n"
        "from scanner.digests import WORTH_LOADING, seal, sha1, sha256\n"
        "half = bytes(WORTH_LOADING // 2)\n"
        "said = [sha256(half), sha1(half), seal(half * 5), '_hashlib' in sys.modules]\n"
        "said += [sha256(b'1'), '_hashlib' in sys.modules]\n"
        "import hashlib\n"
        "assert said[0] == hashlib.sha256(half).hexdigest() and said[4] == hashlib.sha256(b'1').hexdigest()\n"
        "print(said[3], said[5])"
    )
    answer = subprocess.run([sys.executable, "-Ic", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False True\n"
