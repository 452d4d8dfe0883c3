"""Which code reads the files: what remembered answers depend on."""

from __future__ import annotations

import os
from functools import cache

import scanner


@cache
def code_stamp() -> str:
    """Version of lading, and name, size and time of every file of this room; as text."""
    here = os.path.dirname(__file__)
    seen = [scanner.__version__]
    for folder in (here, os.path.join(here, "readers"), os.path.join(here, "detectors")):
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    seen.append(f"{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return "\n".join(seen)
