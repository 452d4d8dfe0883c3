"""Bicep: what a deployment to Azure declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.hcl_nodes import read_hcl
from scanner.discovery.interest import may_name_models
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.patterns import regex
from scanner.records.quick import replace

_QUOTES = str.maketrans({"'": '"', '"': "'"})
_DECLARED = regex(
    r"(?m)^[ \t]*(?:param|var|output)[ \t]+(?=[A-Za-z_])"
    r"|(?<=\w)[ \t]+(?:string|int|bool|object|array)\??(?=[ \t]*=)"
)


def read(source: Source) -> Iterator[View]:
    """Read parameters, variables and resources.

    The signs are those of HCL with the quotes exchanged and a type behind a parameter's name: both are
    put right in place, so that every text keeps its lines and columns.
    """
    if not may_name_models(source.text):
        return
    text = _DECLARED.sub(_blank, source.text.translate(_QUOTES))
    yield from read_hcl(replace(source, text=text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


READER = Reader("bicep", (".bicep", ".bicepparam"), (), read)
