"""Files written in one step: who reads beside it sees the old one or the new one, never a half."""

from __future__ import annotations

import os
from pathlib import Path


def put_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; an interruption leaves nothing beside it.

    Raises:
        OSError: it cannot be written there.
    """
    # Not tempfile, whose import a commit hook that keeps something would wait for.
    fresh = file.with_name(f".{file.name}.{os.urandom(4).hex()}")
    try:
        with fresh.open("xb") as opened:
            opened.write(content)
        os.replace(fresh, file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def keep_file(file: Path, content: bytes) -> None:
    """Write a file of the user's cache, in a folder that is made for this user alone.

    Raises:
        OSError: as `put_file`.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    put_file(file, content)
