"""Memory that is free again goes back to the system at once."""

from __future__ import annotations

import sys
from contextlib import suppress

_MAPPED_ALONE_BYTES = 262_144
"""Size from which a piece of memory is taken from the system, and given back, on its own."""
# <malloc.h> of the GNU library, as `man 3 mallopt` lists them.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


def give_back_large_pieces() -> None:
    """Tell the C library to return large pieces as soon as they are freed; for this process and its forks.

    By itself it learns from the first large text that is freed to keep the next ones, which costs a tenth
    of the memory where texts of some megabytes are read one after the other. Only the GNU library is asked.
    """
    if not sys.platform.startswith("linux"):
        return
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        library = ctypes.CDLL(None)
        library.gnu_get_libc_version  # noqa: B018  # other libraries have none, and their own numbers
        library.mallopt(_MMAP_THRESHOLD, _MAPPED_ALONE_BYTES)
        library.mallopt(_TRIM_THRESHOLD, _MAPPED_ALONE_BYTES)
