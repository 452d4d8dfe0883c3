"""A file read in pieces where it lies: large values in it are stepped over, not read."""

from __future__ import annotations

from collections.abc import Callable

PIECE_BYTES = 65_536
LARGE_BYTES = 4_096
"""A value above it is stepped over; names of imports are shorter."""
MAX_READ_BYTES = 64_000_000
"""Bytes of one file that are read in pieces; beyond it nothing more comes."""


class FarFile:
    """As much of an open file as `pickletools` asks of one."""

    def __init__(self, reach: Callable[[int, int], bytes], size_bytes: int) -> None:
        self._reach, self._size = reach, size_bytes
        self._at = 0
        self._start, self._piece = 0, b""
        self._read_bytes = 0

    @property
    def is_spent(self) -> bool:
        """Whether MAX_READ_BYTES have been read."""
        return self._read_bytes >= MAX_READ_BYTES

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def read(self, count: int) -> bytes:
        """The next bytes; of many only how many they are."""
        if count > LARGE_BYTES:
            if count > self._size - self._at:
                return b""
            self._at += count
            return _Hole(count)
        first = self._at - self._start
        if 0 <= first <= len(self._piece) - count:
            # Nearly always; a call more for each of them would take a third longer.
            self._at += count
            return self._piece[first : first + count]
        found = self._peek(count)
        self._at += len(found)
        return found

    def readline(self) -> bytes:
        """The next line, as far as LARGE_BYTES of it."""
        held = self._peek(LARGE_BYTES)
        line = held[: held.find(b"\n") + 1 or len(held)]
        self._at += len(line)
        return line

    def peek(self) -> bytes:
        """The next byte, which comes again."""
        return self._peek(1)

    def _peek(self, count: int) -> bytes:
        first = self._at - self._start
        if not 0 <= first <= len(self._piece) - count:
            if self.is_spent:
                return b""
            self._start, self._piece = self._at, self._reach(self._at, PIECE_BYTES)
            self._read_bytes += len(self._piece)
            first = 0
        return self._piece[first : first + count]


class _Hole(bytes):
    """Bytes of which only their number is known."""

    size: int

    def __new__(cls, size: int) -> _Hole:
        made = super().__new__(cls)
        made.size = size
        return made

    def __len__(self) -> int:
        return self.size
