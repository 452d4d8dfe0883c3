"""Tags, attributes and scripts of HTML and of what is written like it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from scanner.discovery.names import find_hub_links
from scanner.discovery.positions import Lines
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Embedded, Link, Prose, View
from scanner.patterns import regex
from scanner.records.quick import dataclass

MAX_TAGS = 200_000
"""Tags of one text that are looked at."""
MAX_ATTRIBUTES = 200
"""Attributes of one tag."""
MAX_VALUE = 2_000
"""Characters of an attribute that could be a name or an address."""
_TAG = regex(r"<!--|<([A-Za-z][A-Za-z0-9:._-]{0,60})")
_ATTRIBUTE = regex(r"""[\s/]*([^\s"'<>/={}]{1,100})(?:\s*=\s*("[^"]*"|'[^']*'|\{[^{}]*\}|[^\s"'<>{}]+))?""")
_FILL = regex(r"[\s/]*")
_MEDIA = regex(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|mp4|webm|mov|mp3|wav|ogg|flac|pdf|html?)$", re.IGNORECASE
)
_SCRIPTS = {"": "javascript", "module": "javascript", "text/javascript": "javascript",
            "application/javascript": "javascript", "text/babel": "javascript", "text/jsx": "javascript",
            "text/typescript": "typescript", "application/json": "json", "py": "python", "mpy": "python",
            "text/python": "python"}  # fmt: skip
_LANGUAGES = {
    "ts": "typescript",
    "typescript": "typescript",
    "tsx": "tsx",
    "js": "javascript",
    "jsx": "javascript",
}
_GIVEN = regex(r"[A-Za-z][\w.:-]{1,99}")
"""A name without an owner, where no template makes it."""
_VALUES = frozenset({"value", "model", "placeholder"})


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag."""

    name: str
    attributes: tuple[tuple[str, str, int], ...]
    """Name, value without quotes, offset of the value."""
    end: int
    """Offset behind it."""

    def attribute(self, name: str) -> str:
        """Value of an attribute, empty where there is none."""
        return next((value for key, value, _ in self.attributes if key.lower() == name), "")


def read_markup(source: Source, default: str = "javascript") -> Iterator[View]:
    """Give scripts as texts of their language, attribute values as names, comments as prose, hub links.

    `default` is the language of a script that does not say its own.
    """
    lines = Lines(source)
    around = ""
    scripts: list[tuple[int, int]] = []
    text = source.text
    at = count = 0
    while found := _TAG.search(text, at):
        if count >= MAX_TAGS:
            source.leave_rest(MAX_TAGS, "tags", lines.place(at)[0])
            break
        count += 1
        if found[0] == "<!--":
            end = text.find("-->", found.end())
            at = len(text) if end < 0 else end + 3
            yield Prose(text[found.start() : at], source, *lines.place(found.start()))
            continue
        tag = _read_tag(source, found)
        at = tag.end
        name = tag.name.lower()
        if name in ("script", "style", "py-script"):
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
            stop = close.start() if close else len(text)
            scripts.append((at, stop))
            language = "python" if name == "py-script" else _language(tag, default)
            if name != "style" and language and text[at:stop].strip():
                yield Embedded(lines.part(at, stop, language))
            at = stop
            continue
        if name == "select":
            around = tag.attribute("id") or tag.attribute("name")
        yield from _values(tag, around, text, lines)
    for start, url in find_hub_links(text):
        is_file = "/resolve/" in url or "/raw/" in url
        inside = bisect_right(scripts, (start, start)) - 1
        if inside < 0 or scripts[inside][1] <= start:
            yield Link(url, lines.locate(start, start + len(url)), is_file and not _MEDIA.search(url))


def _values(tag: Tag, around: str, text: str, lines: Lines) -> Iterator[Assignment]:
    owner = (
        tag.attribute("id")
        or tag.attribute("name")
        or tag.attribute("v-model")
        or tag.attribute("bind:value")
    )
    if tag.name.lower() == "option":
        owner = around
    for name, value, offset in tag.attributes:
        plain = name.lower().lstrip(":@#").removeprefix("v-bind:").removeprefix("data-")
        is_given = name.lower() == "value" and "model" in owner.lower() and text[offset - 1] != "{"
        is_given = is_given and _GIVEN.fullmatch(value) is not None
        if "://" in value or ("/" not in value and not is_given):
            continue
        if plain in _VALUES or "model" in plain:
            literal = lines.literal(offset, offset + len(value))
            target = plain if plain not in ("value", "placeholder") else owner
            if target:
                yield Assignment(target, (literal,), literal.location, owner or None)


def _read_tag(source: Source, found: re.Match[str]) -> Tag:
    text = source.text
    attributes: list[tuple[str, str, int]] = []
    at = found.end()
    while len(attributes) < MAX_ATTRIBUTES:
        one = _ATTRIBUTE.match(text, at)
        if one is None or one.end() == at:
            break
        at = one.end()
        value, offset = one[2] or "", one.start(2)
        if value[:1] in ("'", '"', "{"):
            value, offset = value[1:-1], offset + 1
        if len(value) <= MAX_VALUE:
            attributes.append((one[1], value, offset))
    else:
        source.leave_rest(MAX_ATTRIBUTES, "attributes of one tag")
    filled = _FILL.match(text, at)
    at = filled.end() if filled else at
    return Tag(found[1], tuple(attributes), at + 1 if text[at : at + 1] == ">" else at)


def _language(tag: Tag, default: str) -> str:
    written = tag.attribute("lang").lower()
    if written:
        return _LANGUAGES.get(written, "")
    kind = tag.attribute("type").lower()
    return default if kind in ("", "module") else _SCRIPTS.get(kind, "")
