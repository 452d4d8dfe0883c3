"""Tests of giving memory back: it may be asked for anywhere, and helps where the system can."""

import subprocess
import sys

import pytest

from scanner.discovery.freed_memory import give_back_large_pieces

PROGRAM = """
import sys
from scanner.discovery.freed_memory import give_back_large_pieces

def resident():
    return int(open("/proc/self/statm").read().split()[1])

if sys.argv[1] == "asked":
    give_back_large_pieces()
for size in (1, 2, 4, 8, 16, 30):
    bytearray(size << 20)
pieces = [bytearray(1 << 20) for _ in range(60)]
pin = bytearray(300)
before = resident()
del pieces[:59]
print(before - resident())
"""


def test_it_may_be_asked_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", platform)
        give_back_large_pieces()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there it does anything")
def test_freed_pieces_are_given_back_although_one_behind_them_is_kept() -> None:
    command = [sys.executable, "-c", PROGRAM, "asked"]
    pages = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert pages > 50 * 256
