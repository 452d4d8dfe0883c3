"""Texts of a Python file that are no arguments: command lines, addresses, comments, prose."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.asked_addresses import MARKS, find_asked
from scanner.discovery.names import find_deployments
from scanner.discovery.positions import Lines
from scanner.discovery.python_commands import texts_run, words_given, words_of
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_settings import language_of_text, without_holes
from scanner.discovery.python_values import Evaluation, Reference, entries_of
from scanner.discovery.views import (
    Asked,
    Command,
    Constant,
    Deployment,
    Embedded,
    Link,
    Opaque,
    Prose,
    Text,
    Value,
    View,
)
from scanner.discovery.vocabulary import any_of
from scanner.patterns import regex
from scanner.records.sighting import Scope

_OPENING = regex(r"[A-Za-z]{0,2}(\"\"\"|'''|\"|')")
_HOLE = regex(r"\{[^{}\n]*\}")
_SPEAKS = regex(r"[A-Za-z0-9][\w.\-]*/[A-Za-z0-9]|hugg|\bhf\b|modelscope|ollama|[A-Za-z]-?[0-9]")
_WEIGHTS = regex(r"\.(?:safetensors|gguf|bin|pt|pth|ckpt|onnx|tflite|h5|pb|nemo|tar\.gz|zip)(?:\?|$)")
_FETCHED = ("/resolve/", "/raw/", "//api-inference.huggingface.co/", "//router.huggingface.co/")
"""Addresses of files, and those at which a model is asked, are no pages to look at."""
_HUB_HOST = ("huggingface.co", "hf.co/", "modelscope.", "hf-mirror.com")


def read_strings(run: Evaluation) -> Iterator[View]:
    """Commands, addresses, comments, docstrings and strings that are only compared."""
    callers = run.module.callers
    running = texts_run(run)
    docstrings = run.module.bare_strings
    compared: set[int] = set()
    spans = _Spans(run.module.lines)
    has_deployments = "/openai/deployments/" in run.source.text
    has_asked = any_of(MARKS, run.source.text)
    for node, frame, kind in run.module.strings:
        if kind == "list":
            yield from _command(run, node, frame, id(node) in running)
        elif kind in ("compared", "asserted"):
            compared.update(id(inner) for inner in ast.walk(node) if isinstance(inner, ast.Constant))
        elif kind == "string":
            spans.note(node)
            # Without a slash there is neither an address nor a name in prose.
            has_slash = isinstance(node, ast.Constant) and "/" in str(node.value)
            if id(node) in running:
                yield from _run(run, node, frame)
            elif id(node) in docstrings or id(node) in compared:
                yield from _prose(run, node) if has_slash else ()
            elif (settings := _settings(run, node)) is not None:
                yield settings
            else:
                yield from _deployments(run, node) if has_deployments else ()
                yield from _asked(run, node) if has_asked else ()
                yield from _link(run, node) if has_slash else ()
    for node, frame in callers.get("format", ()):
        yield from _filled_deployment(run, node, frame)
    for node, frame, given in words_given(run):
        words = [word for argument in given for word in _word(run.evaluate(argument, frame))]
        yield Command(tuple(words), run.placer.place(node))
    yield from _comments(run, spans)


def _command(run: Evaluation, node: ast.expr, frame: Frame, is_run: bool) -> Iterator[Command]:
    """A list of arguments: one that is run, or one with flags in it."""
    members = getattr(node, "elts", [])
    has_flag = any(
        isinstance(m, ast.Constant)
        and isinstance(m.value, str)
        and m.value.startswith("-")
        and len(m.value) > 1
        for m in members
    )
    if len(members) < 2 or not (has_flag or is_run):
        return
    if not is_run and run.source.scope is Scope.TEST and _is_flag(members[0]):
        return  # what a test gives to a parser of arguments, no program is named
    words: list[Text | Opaque] = []
    for member in members:
        value = run.evaluate(member, frame)
        if isinstance(member, ast.Starred):
            words.extend(word for _, held in entries_of(value) for word in _word(held))
        else:
            words.extend(_word(value))
    if words:
        yield Command(tuple(words), run.placer.place(node))


def _is_flag(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("-")


def _word(value: Value) -> Iterator[Text | Opaque]:
    for member in value[:1]:
        match member:
            case Text():
                yield member
            case Constant(value=number):
                yield Text(str(number), member.location)
            case Reference():
                yield Opaque(member.expression, member.reason, member.location)
            case Opaque():
                yield member
            case _:
                yield Opaque("…", "not a string", member.location)


def _run(run: Evaluation, node: ast.expr, frame: Frame) -> Iterator[View]:
    """A command line in one string: its words where they can be told, else what a shell makes of it."""
    filled = words_of(run, node, frame) if isinstance(node, ast.JoinedStr) else None
    if filled:
        yield Command(tuple(word for each in filled for word in _word(each)), run.placer.place(node))
    else:
        yield from _shell(run, node)


def _shell(run: Evaluation, node: ast.expr) -> Iterator[Embedded]:
    """A command line in one string; what is filled in at run time becomes a variable of the same width."""
    found = _inside(run, node)
    if found is not None:
        text, lines = found
        if isinstance(node, ast.JoinedStr):
            text = _HOLE.sub(lambda hole: "$" + "_" * (len(hole[0]) - 1), text)
        yield Embedded(run.source.embed(text, "shell", lines))


def _inside(run: Evaluation, node: ast.expr) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """The text between the quotes as written, and where its lines stand."""
    first, last = node.lineno, node.end_lineno or node.lineno
    lines = run.module.lines[first - 1 : last]
    if not lines:
        return None
    start = _column(lines[0], node.col_offset)
    end = _column(lines[-1], node.end_col_offset or 0)
    lines[-1] = lines[-1][:end]
    opened = _OPENING.match(lines[0], start)
    if opened is None or not lines[-1].endswith(opened[1]):
        return None
    lines[-1] = lines[-1][: -len(opened[1])]
    lines[0] = lines[0][opened.end() :]
    places = [(first, opened.end()), *((number, 0) for number in range(first + 1, last + 1))]
    text = "\n".join(lines)
    if len(lines) == 1 and any_of(_ESCAPED, text) and isinstance(node, ast.Constant):
        text = str(node.value)
        places = [places[0]] * (text.count("\n") + 1)
    return text, tuple(places)


_ESCAPED = ("\\n", '\\"', "\\'")
"""Signs after which the text is not what is written; what follows on its line stands a little further."""


def _settings(run: Evaluation, node: ast.expr) -> Embedded | None:
    """Settings or a script between three quotes; what a test writes out is its own."""
    if (node.end_lineno or 0) - node.lineno < 2 or run.source.scope is Scope.TEST:
        return None
    line = run.module.lines[node.lineno - 1]
    opened = _OPENING.match(line, _column(line, node.col_offset))
    if opened is None or len(opened[1]) < 3 or (found := _inside(run, node)) is None:
        return None
    text, lines = found
    language = language_of_text(text)
    if language is None or not run.source.may_embed():
        return None
    text = without_holes(text) if isinstance(node, ast.JoinedStr) else text
    return Embedded(run.source.embed(text, language, lines))


def _column(line: str, offset: int) -> int:
    if line.isascii():
        return offset
    return len(line.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore"))


def _prose(run: Evaluation, node: ast.expr) -> Iterator[Prose]:
    found = _inside(run, node)
    if found is not None and _SPEAKS.search(found[0]):
        line, column = found[1][0]
        yield Prose(found[0], run.source, line, column + 1)


def _link(run: Evaluation, node: ast.expr) -> Iterator[View]:
    """An address in a string of code; longer texts are prose."""
    match node:
        case ast.Constant(value=str() as text) if "/" in text:
            pass
        case _:
            return
    if text.startswith(("http://", "https://")) and not any(sign.isspace() for sign in text):
        if any(host in text for host in _HUB_HOST) or _WEIGHTS.search(text):
            is_fetched = any_of(_FETCHED, text) or bool(_WEIGHTS.search(text))
            yield Link(text, run.placer.place(node), is_fetched)
    elif text.startswith("hf://") and not any(sign.isspace() for sign in text):
        # The address of the client's file system, which pandas, polars and others open.
        yield Link(text, run.placer.place(node), True)
    elif " " in text and len(text) < 20_000:
        yield from _queried(run, node) if "hf://" in text else ()
        yield from _prose(run, node)


_QUERIED = regex(r"(?i)\b(?:from|join|read_\w+\()\s*\[?['\"](hf://[^\s'\"]+)")
"""Addresses of the Hub that a query of DuckDB reads."""


def _queried(run: Evaluation, node: ast.expr) -> Iterator[Link]:
    """Addresses in a query: `SELECT * FROM 'hf://datasets/owner/name/*.parquet'`."""
    if (found := _inside(run, node)) is None:
        return
    text, lines = found
    inner = Lines(run.source.embed(text, "text", lines))
    for each in _QUERIED.finditer(text):
        address = inner.literal(*each.span(1))
        yield Link(address.value, address.location, True)


def _deployments(run: Evaluation, node: ast.expr) -> Iterator[Deployment]:
    """Deployments of Azure in an address, also where its host is filled in."""
    line = run.module.lines[node.lineno - 1] if node.lineno <= len(run.module.lines) else ""
    if "/openai/deployments/" not in line or (found := _inside(run, node)) is None:
        return
    text, lines = found
    inner = Lines(run.source.embed(text, "text", lines))
    for start, end in find_deployments(text):
        yield Deployment(inner.literal(start, end))


def _asked(run: Evaluation, node: ast.expr) -> Iterator[Asked]:
    """Addresses of hosted services that may name a model in their path."""
    line = run.module.lines[node.lineno - 1] if node.lineno <= len(run.module.lines) else ""
    if not any_of(MARKS, line) or (found := _inside(run, node)) is None:
        return
    text, lines = found
    inner = Lines(run.source.embed(text, "text", lines))
    for start, end in find_asked(text):
        yield Asked(inner.literal(start, end))


_HOLE_FOR_DEPLOYMENT = regex(r"openai/deployments/\{(\w*)\}")


def _filled_deployment(run: Evaluation, node: ast.Call, frame: Frame) -> Iterator[Deployment]:
    """The deployment that is put into an address (`"{0}openai/deployments/{1}/…".format(host, name)`)."""
    match node.func:
        case ast.Attribute(value=ast.Constant(value=str() as template)):
            found = _HOLE_FOR_DEPLOYMENT.search(template)
        case _:
            return
    if found is None:
        return
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    number = int(found[1]) if found[1].isdigit() else template.count("{", 0, found.start(1) - 1)
    value = given.get(found[1]) or (node.args[number] if number < len(node.args) else None)
    for member in run.evaluate(value, frame) if value is not None else ():
        if isinstance(member, Text):
            yield Deployment(member)


class _Spans:
    """Where strings stand on the lines that hold a `#`, which may begin a comment or stand in a string."""

    def __init__(self, lines: list[str]) -> None:
        self.marked: dict[int, list[tuple[int, int]]] = {
            number: [] for number, line in enumerate(lines, 1) if "#" in line
        }

    def note(self, node: ast.expr) -> None:
        """Note the columns of a string, in bytes as the parser counts them."""
        first, last = node.lineno, node.end_lineno or node.lineno
        for number in range(first, last + 1) if self.marked else ():
            if number in self.marked:
                start = node.col_offset if number == first else 0
                end = (node.end_col_offset or 0) if number == last else 1 << 30
                self.marked[number].append((start, end))


def _comments(run: Evaluation, spans: _Spans) -> Iterator[Prose]:
    """Comments: from the first `#` of a line that stands in no string."""
    for number, within in spans.marked.items():
        line = run.module.lines[number - 1]
        at = line.find("#")
        while at >= 0:
            offset = at if line.isascii() else len(line[:at].encode("utf-8", "surrogatepass"))
            if not any(start <= offset < end for start, end in within):
                text = line[at + 1 :]
                if "/" in text and _SPEAKS.search(text):
                    yield Prose(text, run.source, number, at + 2)
                break
            at = line.find("#", at + 1)
