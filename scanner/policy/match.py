"""Matchers that rule options are made of: names, entities, licenses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from scanner.policy.use import Country
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Glob:
    """A name or owner: letter case aside, `*` is any run of characters but `/`, `**` any run, `?` one."""

    text: str
    """As written in the policy (`Qwen/*`, `acme/**`, `BAAI/bge-m3`)."""

    def matches(self, name: str) -> bool:
        """Whether the whole name fits."""
        return _pattern(self.text).fullmatch(name) is not None

    @property
    def is_exact(self) -> bool:
        """Whether it names one thing only."""
        return not any(sign in self.text for sign in "*?")


@dataclass(frozen=True, slots=True)
class Entity:
    """A company, university or person, by any of its names; `*` stands for a run of characters."""

    text: str

    def matches(self, *names: object) -> bool:
        """Whether one of the names fits; what is no text (Unknown, None) never does."""
        return any(
            _pattern(self.text.replace("*", "**")).fullmatch(name) is not None
            for name in names
            if isinstance(name, str)
        )


@dataclass(frozen=True, slots=True)
class LicenseName:
    """A license as a policy names it: an SPDX expression, a key, a key without date, `category:NAME`."""

    text: str
    """As written."""


Countries: TypeAlias = tuple[Country, ...]
Entities: TypeAlias = tuple[Entity, ...]
Globs: TypeAlias = tuple[Glob, ...]
Licenses: TypeAlias = tuple[LicenseName, ...]


def first_match(entities: Entities, *names: object) -> Entity | None:
    """Find the entity of a list that one of the names belongs to."""
    return next((entity for entity in entities if entity.matches(*names)), None)


@lru_cache(maxsize=4096)
def _pattern(glob: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*|\?)", glob)
    signs = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    written = "".join(signs.get(part, re.escape(part)) for part in parts)
    # Runs of stars are one star: `a*****b` must not cost time without bound.
    text = re.sub(r"(\.\*|\[\^/\]\*)(?:\.\*|\[\^/\]\*)+", ".*", written)
    return re.compile(text, re.IGNORECASE | re.DOTALL)
