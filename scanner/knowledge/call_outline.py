"""The recorded calls in outline: their names, and what is asked of all of them at once.

The outline is compiled into the index. To read every record for it took a commit hook, which needs those of
a few libraries, 5 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

OTHER_LANGUAGE = "javascript"
"""First name of the calls of another language."""
_PARTS = ("revision", "remote_code", "task", "base_url", "region", "router")
"""What a record says of arguments besides those that name things."""
_CONDITIONS = ("loads", "elsewhere")
"""What depends on an argument."""


def outline_of(libraries: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Draw the outline from the bodies of the records, by key.

    `names` are the dotted names, `places` the library of each and the number of the call in its record,
    `packages` by the place of a name those one of which a file must import. `by_ends` holds places by first
    and last name, `by_last` the places of what names something and a Python file can make, by the name the
    file must have; `words` the last names by root, of what any object has the last two; `arguments` the
    keywords of all arguments, of `outer.inner` the outer one. Many words are one text, which is read at once.
    """
    names: list[str] = []
    places: list[str] = []
    packages: dict[str, list[str]] = {}
    by_ends: dict[str, list[int]] = {}
    by_last: dict[str, list[int]] = {}
    words: dict[str, set[str]] = {}
    arguments: set[str] = set()
    for library, body in libraries:
        for number, call in enumerate(body["calls"]):
            arguments.update(word.partition(".")[0] for word in _keywords(call))
            for name in [call["call"]] if isinstance(call["call"], str) else call["call"]:
                place, pattern = len(names), tuple(name.split("."))
                names.append(name)
                places.append(f"{library} {number}")
                if "imported" in call:
                    packages[str(place)] = [str(each) for each in call["imported"]]
                last = open_end(pattern) if "*" in pattern[-1] else pattern[-1]
                by_ends.setdefault(f"{pattern[0]} {last}", []).append(place)
                if pattern[0] != OTHER_LANGUAGE and call.get("names"):
                    by_last.setdefault(_last_needed(pattern), []).append(place)
                is_of_any = pattern[0] == "?" and len(pattern) > 2
                words.setdefault(pattern[0], set()).add(".".join(pattern[-2:]) if is_of_any else pattern[-1])
    return {
        "names": "\n".join(names),
        "places": "\n".join(places),
        "packages": packages,
        "by_ends": by_ends,
        "by_last": by_last,
        "words": {root: "\n".join(sorted(found)) for root, found in words.items()},
        "arguments": "\n".join(sorted(arguments)),
    }


def open_end(parts: tuple[str, ...]) -> str:
    """Where patterns that end in anything stand: by their second name, where that is one."""
    second = parts[1] if len(parts) > 1 else "*"
    return "*" if "*" in second else f"{second}.*"


def _last_needed(pattern: tuple[str, ...]) -> str:
    """The name a file has that makes the call: the last one, of a family of calls the first."""
    return pattern[0] if "*" in pattern[-1] and len(pattern) > 1 else pattern[-1]


def _keywords(call: dict[str, Any]) -> Iterator[str]:
    """Keywords of every argument a call asks for; positions are left out."""
    named = call.get("names", ())
    said_of = []
    for thing in [named] if isinstance(named, dict) else named:
        instead = thing.get("instead", ())
        said_of += [thing["argument"], thing.get("revision", [])]
        said_of += [other["where"] for other in ([instead] if isinstance(instead, dict) else instead)]
    said_of += [call[part] for part in _PARTS if part in call]
    said_of += [call[part]["argument"] for part in _CONDITIONS if part in call]
    for said in said_of:
        for member in said if isinstance(said, list) else [said]:
            if isinstance(member, str):
                yield member
