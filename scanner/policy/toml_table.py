"""`[tool.lading]` of pyproject.toml as nodes with lines."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any

from scanner.errors import Mistake, PolicyBroken
from scanner.marked_yaml import Mapping, Node, Scalar, Sequence
from scanner.patterns import regex

_HEADER = regex(r"^\s*\[{1,2}\s*tool\s*\.\s*[\"']?lading[\"']?\s*(?P<rest>(?:\.[^\]]*)?)\]{1,2}")
MAX_LIST_LINES = 500
"""Lines a list is looked through for one of its members."""
_OTHER = regex(r"^\s*\[")
_KEY = regex(r"^(?P<indent>\s*)(?P<key>[A-Za-z0-9_.\"'-]+)\s*=")


def read_table(text: str, file: str) -> Mapping:
    """Read the table `tool.lading`; its values stand at the line of their own key, or the nearest above.

    TOML's parser gives no places, so lines are found by looking for the keys; columns are those of the
    key. Dates become text as in YAML.

    Raises:
        PolicyBroken: the file is no TOML.
    """
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (0, 0)
        what = f"not TOML: {str(error).split(' (at ')[0]}"
        lines = text.splitlines()
        advice = (f"line {line} reads {lines[line - 1].strip()[:80]!r}",) if 0 < line <= len(lines) else ()
        raise PolicyBroken((Mistake(file, line, column, what, advice),)) from error
    except RecursionError as error:
        raise PolicyBroken((Mistake(file, 0, 0, "not TOML: nested too deeply"),)) from error
    tool = parsed.get("tool")
    table = tool.get("lading") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        raise PolicyBroken((Mistake(file, 0, 0, "tool.lading is no table"),))
    places = _places(text)
    top = places.get((), (1, 1))
    built = _Builder(places, text.splitlines()).build(table, (), top)
    return built if isinstance(built, Mapping) else Mapping((), *top)


def _places(text: str) -> dict[tuple[str, ...], tuple[int, int]]:
    """The line and column of each header and key below `tool.lading`, by path."""
    places: dict[tuple[str, ...], tuple[int, int]] = {}
    counts: dict[tuple[str, ...], int] = {}
    prefix: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            prefix = _split(header["rest"])
            if line.lstrip().startswith("[["):
                counts[prefix] = counts.get(prefix, -1) + 1
                prefix = (*prefix, str(counts[prefix]))
            places.setdefault(prefix, (number, 1))
        elif _OTHER.match(line) and not line.lstrip().startswith(("[{", '["', "['")):
            prefix = None
        elif prefix is not None and (key := _KEY.match(line)):
            path = (*prefix, *_split(key["key"]))
            places.setdefault(path, (number, len(key["indent"]) + 1))
    return places


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split(".") if part.strip())


class _Builder:
    """Turns parsed values into nodes, each at the nearest place that is known."""

    def __init__(self, places: dict[tuple[str, ...], tuple[int, int]], lines: list[str]) -> None:
        self._places = places
        self._lines = lines

    def build(self, value: Any, path: tuple[str, ...], above: tuple[int, int]) -> Node:
        place = self._places.get(path, above)
        match value:
            case dict():
                entries = tuple(
                    (
                        Scalar(str(key), *self._places.get((*path, str(key)), place)),
                        self.build(below, (*path, str(key)), place),
                    )
                    for key, below in value.items()
                )
                return Mapping(entries, *place)
            case list():
                members = tuple(
                    self.build(each, (*path, str(at)), self._find(each, place))
                    for at, each in enumerate(value)
                )
                return Sequence(members, *place)
            case datetime() | date() | time():
                return Scalar(value.isoformat(), *place)
            case bool() | str() | int() | float():
                return Scalar(value, *place)
            case _:
                return Scalar(str(value), *place)

    def _find(self, member: Any, place: tuple[int, int]) -> tuple[int, int]:
        """Where a text of a list stands: the first time it is quoted from its key on."""
        if not isinstance(member, str):
            return place
        quotes = (f'"{member}"', f"'{member}'")
        for number, line in enumerate(self._lines[place[0] - 1 : place[0] + MAX_LIST_LINES], place[0]):
            for quote in quotes:
                if (column := line.find(quote)) >= 0:
                    return number, column + 1
        return place
