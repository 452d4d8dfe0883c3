"""Which code reads the files: what remembered answers depend on."""

from __future__ import annotations

import os
from functools import cache

from scanner import plugins


@cache
def code_stamp() -> str:
    """Version of lading, and name, size and time of every file of this room; as text."""
    here = os.path.dirname(__file__)
    return plugins.code_stamp((here, os.path.join(here, "readers"), os.path.join(here, "detectors")))
