"""Reads the fields of a record's body; whatever is amiss is named with its record."""

from __future__ import annotations

from typing import Any

from scanner.errors import KnowledgeBroken
from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown


class Fields:
    """The body of one record, read field by field."""

    __slots__ = ("_body", "_where")

    def __init__(self, body: dict[str, Any], where: str) -> None:
        self._body = body
        self._where = where

    def text(self, name: str) -> str | Unknown:
        """A text, or Unknown: as the record says (`{unknown: reason}`), or because it says nothing."""
        value = self._body.get(name)
        if value is None:
            return Unknown("not recorded")
        if isinstance(value, dict) and isinstance(value.get("unknown"), str):
            return Unknown(value["unknown"])
        if isinstance(value, list) and value and all(isinstance(member, str) for member in value):
            return "; ".join(value)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value)
        raise self.broken(name, "a text, or {unknown: reason}")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text counts as a list of one, nothing as an empty list."""
        value = self._body.get(name)
        if value is None or (isinstance(value, dict) and "unknown" in value):
            return ()
        members = value if isinstance(value, list) else [value]
        if not all(isinstance(member, str) for member in members):
            raise self.broken(name, "a list of texts")
        return tuple(members)

    def confidence(self, name: str = "confidence") -> Confidence:
        """How sure; unverified where the record does not say."""
        value = self._body.get(name, "unverified")
        try:
            return Confidence(value)
        except ValueError as error:
            raise self.broken(name, "verified, corroborated or unverified") from error

    def members(self, name: str) -> tuple[Fields, ...]:
        """A list of mappings."""
        value = self._body.get(name, [])
        if not isinstance(value, list) or not all(isinstance(member, dict) for member in value):
            raise self.broken(name, "a list of mappings")
        return tuple(Fields(member, f"{self._where}.{name}[{n}]") for n, member in enumerate(value))

    def is_unknown(self, name: str) -> bool:
        """Whether the record says of this field that it is not known, or says nothing."""
        value = self._body.get(name)
        return value is None or (isinstance(value, dict) and "unknown" in value)

    def value(self, name: str) -> Any:
        """The value as it stands."""
        return self._body.get(name)

    def broken(self, name: str, wanted: str) -> KnowledgeBroken:
        """Say that a field is not what it has to be."""
        return KnowledgeBroken(
            f"{self._where}: `{name}` is {self._body.get(name)!r}\n  write {wanted}; see docs/knowledge.md"
        )
