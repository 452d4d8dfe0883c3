"""Requests JavaScript sends by itself: `fetch(URL, {body: JSON.stringify({model})})` and its like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.discovery.javascript_callees import read_callee
from scanner.discovery.javascript_evaluation import INNER
from scanner.discovery.javascript_scopes import Origin
from scanner.discovery.javascript_tree import Program
from scanner.discovery.javascript_values import Values
from scanner.discovery.positions import within
from scanner.discovery.views import Bundle, Call, Opaque, Request, Text, Value
from scanner.discovery.vocabulary import words
from scanner.patterns import regex
from scanner.records.quick import replace

if TYPE_CHECKING:
    from tree_sitter import Node

_SENDS = regex(r"(?i)fetch|post|put|request|send|stream|call|query|http|api|^write$|^end$")
"""Words of functions that send something."""
_MODEL = regex(rb"\bmodel\b|/api/pull|/models/create")
_BODIES = words("body json data payload form")
_ADDRESSES = words("url uri href endpoint path")
_BASES = words("baseurl base_url baseuri prefixurl prefix_url host endpoint url")
_HOSTS = words("hostname host")
_HOST_IN_TEMPLATE = regex(r"[`\"'](https?://[\w.\-]{1,200}(?::\d{1,5})?/)")
_MADE_OF = 2
"""Texts an address is made of that are put together (`new URL(path, base)`)."""
MAX_REQUESTS = 300
"""Requests of one text."""
MAX_ADDRESSES = 8
"""Addresses one request may go to."""
MAX_NAMED = 40
"""Names one request may send."""
_CHAIN = 8
"""Calls behind each other in which the address of a request is looked for."""
_KEYS = words("model name from")


def sent_requests(program: Program, values: Values) -> Iterator[Request]:
    """Requests with the name of a model in what is sent, and where they go."""
    if _MODEL.search(program.content) is None:
        return
    source, count = program.source, 0
    for node in program.nodes.get("call", ()):
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        if called is None or arguments is None or not _may_send(called, values):
            continue
        given = [values.of(each) for each in arguments.named_children[:3] if each.type != "comment"]
        named = list(dict.fromkeys(entry for value in given for entry in _named_in(value)))
        if not named:
            continue
        addresses = list(dict.fromkeys(_addresses(node, given, values)))
        if addresses and count == MAX_REQUESTS:
            source.leave_rest(MAX_REQUESTS, "requests", node.start_point[0] + 1)
            return
        if addresses:
            count += 1
            where = within(addresses, MAX_ADDRESSES, "addresses of one request", source)
            what = within(named, MAX_NAMED, "models of one request", source)
            yield Request(tuple(where), tuple(what), program.locate(node))


def _may_send(called: Node, values: Values) -> bool:
    """Whether a function may send something: by its last word, or a library is called as a whole."""
    while called.type in INNER and called.named_children:
        called = called.named_children[0]
    word = called.child_by_field_name("property") or called
    if word.end_byte - word.start_byte > 60 or word.type not in ("identifier", "property_identifier"):
        return False
    if _SENDS.search(values.program.text(word)):
        return True
    bindings = values.scopes.find(values.program.text(called), called.start_byte) if word is called else ()
    return any(one.origin is Origin.IMPORT and one.module.endswith(".default") for one in bindings)


def _named_in(value: Value, depth: int = 0) -> Iterator[tuple[str, Text]]:
    """What a body, or the options it stands in, gives to keys that may name a model."""
    for one in value:
        if isinstance(one, Call) and one.name.endswith(".stringify") and one.positional and depth < 3:
            yield from _named_in(one.positional[0], depth + 1)
        elif isinstance(one, Bundle):
            for key, held in one.entries:
                if key is not None and key.value in _KEYS:
                    yield from ((key.value, text) for text in held if isinstance(text, Text))
                elif key is not None and key.value in _BODIES and depth < 2:
                    yield from _named_in(held, depth + 1)


def _addresses(node: Node, given: list[Value], values: Values) -> Iterator[Text | Opaque]:
    """Where a request goes: its first argument or a key of its options, behind the address of its client."""
    own = [one for value in given[:1] for one in _texts(value)]
    own.extend(one for value in given for one in _held(value, _ADDRESSES))
    bases = [one for value in given for one in _held(value, _BASES)]
    if not any(_is_whole(one) for one in own):
        client = read_callee(values, node).receiver
        if client is not None:
            begun = [held for name, held in client.keywords if name.lower() in _BASES]
            bases.extend(one for value in begun for one in _texts(value))
            if not any(_is_whole(one) for one in own):
                own.extend(_of_chain(client))
    yield from (_opened(one) for one in own if _is_whole(one))
    paths = [one.value for one in own if isinstance(one, Text) and not _is_whole(one)] or [""]
    for base in bases:
        if isinstance(base, Text) and _is_whole(base):
            for path in paths[:MAX_ADDRESSES]:
                yield replace(base, value=f"{base.value.rstrip('/')}/{path.lstrip('/')}")
        elif isinstance(base, Opaque):
            yield _opened(base)


def _of_chain(client: Call) -> Iterator[Text | Opaque]:
    """The address a request was begun with: `post(url).set(…).send(body)`, `request({hostname, path})`."""
    asked: Call | None = client
    for _ in range(_CHAIN):
        if asked is None:
            return
        for value in asked.positional[:1]:
            yield from (one for one in _texts(value) if isinstance(one, Text) and _is_whole(one))
            hosts = [one for one in _held(value, _HOSTS) if isinstance(one, Text)]
            paths = [one.value for one in _held(value, _ADDRESSES) if isinstance(one, Text)]
            for host in hosts[:1]:
                yield replace(host, value=f"https://{host.value}/{''.join(paths[:1]).lstrip('/')}")
        asked = asked.receiver


def _held(value: Value, keys: frozenset[str]) -> Iterator[Text | Opaque]:
    for one in value:
        for key, held in one.entries if isinstance(one, Bundle) else ():
            if key is not None and key.value.lower() in keys:
                yield from _texts(held)


def _texts(value: Value) -> Iterator[Text | Opaque]:
    for one in value:
        if isinstance(one, Text | Opaque):
            yield one
        elif isinstance(one, Call) and one.name == "URL" and one.positional:
            parts = [part for given in one.positional[:_MADE_OF] for part in given[:1]]
            texts = [part.value for part in reversed(parts) if isinstance(part, Text)]
            if texts and len(texts) == len(parts):
                first = next(part for part in parts if isinstance(part, Text))
                yield replace(first, value="/".join(text.strip("/") for text in texts))


def _is_whole(one: Text | Opaque) -> bool:
    """Whether an address has its host, as far as it is known."""
    return not isinstance(one, Text) or "://" in one.value


def _opened(one: Text | Opaque) -> Text | Opaque:
    """A template that begins with a whole host, as far as that."""
    found = _HOST_IN_TEMPLATE.match(one.expression) if isinstance(one, Opaque) else None
    return Text(found[1], one.location) if found is not None else one
