"""Calls, names with their values, and comments of JavaScript and TypeScript."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.discovery.asked_addresses import MARKS, find_asked
from scanner.discovery.javascript_callees import read_call, read_callee
from scanner.discovery.javascript_facts import ROOT
from scanner.discovery.javascript_requests import sent_requests
from scanner.discovery.javascript_scopes import Scopes
from scanner.discovery.javascript_tree import Program, parse
from scanner.discovery.javascript_values import Values
from scanner.discovery.names import find_deployments, find_hub_links
from scanner.discovery.positions import Lines
from scanner.discovery.relevance import may_name_models
from scanner.discovery.source import Source
from scanner.discovery.views import Asked, Assignment, Call, Deployment, Link, Prose, View
from scanner.discovery.vocabulary import any_of
from scanner.patterns import regex

if TYPE_CHECKING:
    from tree_sitter import Node

_DIRECT = frozenset(
    {"string", "template_string", "binary_expression", "ternary_expression", "parenthesized_expression"}
    | {"as_expression", "satisfies_expression", "augmented_assignment_expression"}
)
"""Expressions whose value is worth a look where they are given to a name."""
_SHOWN = regex(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|mp4|webm|mov|mp3|wav|ogg|flac|pdf|html?)$", re.IGNORECASE
)
"""Endings of files a page shows or plays."""
_WORDS = """
    map forEach filter reduce push pop shift slice splice join split replace replaceAll indexOf includes
    startsWith endsWith test match matchAll exec then catch finally addEventListener removeEventListener
    querySelector querySelectorAll getElementById createElement appendChild setAttribute getAttribute
    log warn error info debug toString parseInt parseFloat isArray setTimeout clearTimeout setInterval
    clearInterval requestAnimationFrame cancelAnimationFrame useEffect useMemo useCallback useRef
    toFixed trim toLowerCase toUpperCase describe it expect toBe toEqual beforeEach afterEach
    postMessage has preventDefault stopPropagation stringify isNaN floor ceil round min max abs random
    now from assign entries keys values freeze concat sort reverse some every find findIndex flat
    flatMap add delete clear set classList import require Error TypeError Promise Map Set Date RegExp
    Array Object Number String Boolean Symbol URL URLSearchParams Uint8Array Float32Array resolve reject
    all allSettled race superRefine optional nullable toHaveBeenCalled toContain
"""
_SPEAKING = r"model|checkpoint|tokeni[sz]er|pretrained|llm|embedder|reranker|hf_?repo|hub_?id"
_SPOKEN = regex(_SPEAKING, re.IGNORECASE)
_SPOKEN_OR_OWNED = regex(f"(?i)/|{_SPEAKING}".encode())
_SPELLED = regex(rb"[\"'`](?:hf:|huggingface:|hf-hub:|[a-z][a-z_\-]{2,24}:[a-z][\w.:\-]*[0-9])")
"""The beginning of a text that says itself what it names, whatever it is given to."""
_QUIET = frozenset(_WORDS.split())
"""Last words of calls that never name a model and are everywhere."""


def read_program(source: Source, dialect: str) -> Iterator[View]:
    """Read a text of JavaScript (`javascript`), TypeScript (`typescript`) or TypeScript with JSX (`tsx`).

    Gives comments as Prose; every call that could load something, with constants of the text followed
    into its arguments; and every name, field, parameter or property that is given a value. A text without
    any word that speaks of models is not parsed.

    Raises:
        UnreadableFile: it is too long to be parsed.
    """
    if not may_name_models(source.text):
        return
    program = parse(source, dialect)
    for node in program.nodes.get("comment", ()):
        line, column = program.position(node.start_point)
        yield Prose(program.text(node), source, line, column)
    yield from _links(program)
    scopes = Scopes(program)
    values = Values(program, scopes)
    yield from _calls(program, values)
    yield from sent_requests(program, values)
    yield from _names(program, scopes, values)
    values.close()


def _links(program: Program) -> Iterator[Link | Deployment | Asked]:
    """Addresses on the hubs outside comments; one of a file of weights or data is fetched."""
    text = program.source.text
    yield from (Deployment(Lines(program.source).literal(*span)) for span in find_deployments(text))
    if not any_of(("hugging", "hf.co", "modelscope", *MARKS), text):
        return
    lines = Lines(program.source)
    comments = [(node.start_point, node.end_point) for node in program.nodes.get("comment", ())]

    def is_said(start: int) -> bool:
        line, column = lines.place(start)
        return any(first <= (line - 1, column - 1) < last for first, last in comments)

    yield from (Asked(lines.literal(*span)) for span in find_asked(text) if not is_said(span[0]))
    for start, url in find_hub_links(text):
        if not is_said(start):
            is_fetched = "/resolve/" in url and _SHOWN.search(url) is None
            yield Link(url, lines.locate(start, start + len(url)), is_fetched)


def _calls(program: Program, values: Values) -> Iterator[Call]:
    neighbours = program.source.neighbours
    recorded = neighbours.script_calls if neighbours is not None else None
    # The name of a call is worked out before its arguments: most are no calls of a recorded library.
    is_open = recorded is None or recorded.may_be_reached_by(values.scopes.packages)
    is_spelled = _SPELLED.search(program.content) is not None
    for node in program.nodes.get("call", ()):
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        if called is None:
            continue
        word = called.child_by_field_name("property") or called
        if word.end_byte - word.start_byte < 60 and program.text(word) in _QUIET:
            continue
        if recorded is None or neighbours is None:
            yield read_call(values, node)
        elif is_open or word is called or program.text(word) in recorded.names:
            callee = read_callee(values, node)
            if neighbours.is_recorded(f"{ROOT}.{callee.name}") or (
                is_spelled and _is_given_spelled(program, node)
            ):
                yield read_call(values, node, callee=callee)
        elif is_spelled and _is_given_spelled(program, node):
            yield read_call(values, node)


def _is_given_spelled(program: Program, call: Node) -> bool:
    """Whether a call nobody knows is given a text that says itself what it names (`openai:gpt-4o`)."""
    arguments = call.child_by_field_name("arguments")
    given = arguments.named_children[:2] if arguments is not None else ()
    return any(
        one.type == "string" and _SPELLED.match(program.content, one.start_byte, one.end_byte)
        for one in given
    )


def _names(program: Program, scopes: Scopes, values: Values) -> Iterator[Assignment]:
    owners = _Owners(program)
    is_wanted = _Wanted(program)
    for kind in ("variable", "field", "member", "assignment", "attribute", "pair"):
        for node in program.nodes.get(kind, ()):
            name, value = _sides(node)
            if name is None or value is None or value.type not in _DIRECT:
                continue
            if kind == "pair" and value.type == "string":
                continue  # told with the whole object around it
            target, owner = _last_word(program.text(name)), owners.around(node)
            if kind == "field":
                owner = _class_around(node, program) or owner
            if value.type != "string" or is_wanted(value, target, owner):
                yield Assignment(target, values.of(value), program.locate(node), owner)
    for node in program.nodes.get("function", ()):
        yield from _defaults(node, program, values)
    for node in program.nodes.get("data", ()):
        span = (node.start_byte, node.end_byte)
        if span in values.inner or not node.named_child_count:
            continue
        holder = scopes.holders.get(span)
        name = _sides(holder)[0] if holder is not None else None
        owner = owners.around(node)
        target = _last_word(program.text(name)) if name is not None else owner or ""
        if is_wanted(node, target, owner):
            yield Assignment(target, values.of(node), program.locate(node), owner)


def _defaults(function: Node, program: Program, values: Values) -> Iterator[Assignment]:
    parameters = function.child_by_field_name("parameters")
    named = function.child_by_field_name("name")
    for parameter in parameters.named_children if parameters is not None else ():
        if parameter.type == "assignment_pattern":
            name, value = parameter.child_by_field_name("left"), parameter.child_by_field_name("right")
        else:
            name, value = parameter.child_by_field_name("pattern"), parameter.child_by_field_name("value")
        if name is not None and name.type == "object_pattern":
            for child in name.named_children:
                if child.type == "object_assignment_pattern":
                    inner, given = child.child_by_field_name("left"), child.child_by_field_name("right")
                    if inner is not None and given is not None and given.type in _DIRECT:
                        yield Assignment(program.text(inner), values.of(given), program.locate(child))
        elif name is not None and value is not None and value.type in _DIRECT:
            owner = program.text(named) if named is not None else None
            yield Assignment(program.text(name), values.of(value), program.locate(parameter), owner)


class _Wanted:
    """Whether a value could say something: its words or the names it is given to speak of models, or it
    has a slash. What a name in it stands for is shown where that is written."""

    def __init__(self, program: Program) -> None:
        self._content = program.content
        neighbours = program.source.neighbours
        self._is_asked = neighbours is not None and neighbours.script_calls is not None

    def __call__(self, value: Node, target: str, owner: str | None) -> bool:
        return (
            not self._is_asked
            or _SPOKEN_OR_OWNED.search(self._content, value.start_byte, value.end_byte) is not None
            or _SPOKEN.search(target) is not None
            or (owner is not None and _SPOKEN.search(owner) is not None)
        )


class _Owners:
    """The variable around a place, for naming what has no name of its own."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._nodes = program.nodes.get("variable", [])
        self._starts = [node.start_byte for node in self._nodes]

    def around(self, node: Node) -> str | None:
        position = bisect_right(self._starts, node.start_byte) - 1
        for step in range(position, max(position - 8, -1), -1):
            variable = self._nodes[step]
            if variable.end_byte >= node.end_byte and variable.id != node.id:
                name = variable.child_by_field_name("name")
                if name is not None and name.type == "identifier":
                    return self._program.text(name)
        return None


def _class_around(field: Node, program: Program) -> str | None:
    """The class a field belongs to, where it has a name."""
    body = field.parent
    named = body.parent.child_by_field_name("name") if body is not None and body.parent is not None else None
    return program.text(named) if named is not None else None


def _sides(node: Node) -> tuple[Node | None, Node | None]:
    if node.type == "jsx_attribute":
        children = node.named_children
        if len(children) != 2:
            return None, None
        value = children[1]
        if value.type == "jsx_expression":
            value = value.named_children[0] if value.named_children else value
        return children[0], value
    names = (node.child_by_field_name(field) for field in ("name", "property", "key", "left"))
    name = next((found for found in names if found is not None), None)
    return name, node.child_by_field_name("value") or node.child_by_field_name("right")


def _last_word(text: str) -> str:
    return re.split(r"[.\[\]]", text.strip("'\"` ]"))[-1].strip("'\"`#")[:80]
