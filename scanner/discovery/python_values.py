"""What a Python expression may evaluate to, followed through names without running anything."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from scanner.discovery.python_frames import Binding, Frame
from scanner.discovery.python_module import Module
from scanner.discovery.source import Source
from scanner.discovery.views import Bundle, Call, Constant, Opaque, Text, Value
from scanner.records.quick import dataclass, field, replace
from scanner.records.sighting import Certainty, Location

MAX_ALTERNATIVES = 600
"""Values one expression may have; more are cut."""
MAX_TEXT = 8_000
"""Characters of a text that is put together; names, addresses and commands are shorter."""
MAX_COMBINATIONS = 24
"""Texts put together from parts of which several are open."""
MAX_DEPTH = 48
"""Expressions within names within expressions that are still followed."""

RUN_TIME = "chosen at run time"
PARAMETER = "parameter"
ENVIRONMENT = "environment"
COMMAND_LINE = "command line"
NO_TEXT = "not a string"


@dataclass(frozen=True, slots=True)
class Reference(Opaque):
    """A thing of the program that is no value of ours: a module, function, class, attribute.

    It is an Opaque, so that outside of the evaluation it is what it looks like: no string.
    """

    name: str = ""
    """Dotted, through imports."""
    definition: tuple[Evaluation, Frame] | None = None
    """Evaluation and frame of a function or class of the project."""
    receiver: Call | None = None
    """The call that made the object it is an attribute of."""
    is_named_by_text: bool = False
    """Whether its name is a text of the program (`getattr(module, "NAME")`), whose place it keeps."""


@dataclass(slots=True, eq=False)
class Calling:
    """One call under way: the function's body, what its parameters are given, and what followed from it."""

    body: Frame
    given: dict[int, Value]
    """By `id` of the parameter; empty where the call gives nothing and there is no default.

    Of a row of a table by `id` of the expression that gives the row."""
    memory: dict[object, Value] = field(default_factory=dict)
    overrides: dict[str, Value] = field(default_factory=dict)
    """Where the body is a class: attributes that the class derived from it gives another value."""

    def holds(self, frame: Frame | None) -> bool:
        """Whether a body is this function's or stands within it."""
        while frame is not None:
            if frame is self.body:
                return True
            frame = frame.parent
        return False


@dataclass(frozen=True, slots=True)
class Guard:
    """Lines that run only where a name has one of some values."""

    first: int
    last: int
    words: frozenset[str]
    """Of the name that is asked: `EMBEDDINGS_PROVIDER` and `provider` may be the same thing."""
    values: frozenset[str]
    """As written: texts in quotes, members of enumerations."""
    subject: ast.expr
    """What is asked."""

    def excludes(self, other: Guard) -> bool:
        """Whether what runs here cannot run there."""
        is_same = self.words <= other.words or other.words <= self.words
        return is_same and self.values.isdisjoint(other.values)


class Evaluation(Protocol):
    """What the parts of the evaluation ask of the whole."""

    module: Module
    source: Source
    placer: Placer
    calls: list[Calling]
    makers: dict[tuple[Location, str], tuple[Evaluation, Frame]]

    def evaluate(self, node: ast.expr, frame: Frame) -> Value:
        """Every value an expression may have."""

    def opaque(self, node: ast.AST, reason: str) -> Opaque:
        """An open value where a node stands."""

    def reference(self, node: ast.AST, name: str, receiver: Call | None = None) -> Reference:
        """A thing of the program, by its dotted name."""

    def find(self, name: str, frame: Frame, node: ast.AST) -> list[Binding]:
        """Bindings a name may have where it stands."""

    def bound(self, binding: Binding) -> Value:
        """The value one binding gives."""

    def resolve(self, dotted: str) -> Value:
        """Value of a dotted name in the project's own files."""

    def is_chosen_by_callers(self, node: ast.expr, frame: Frame) -> bool:
        """Whether any caller may choose the value: a default is then only one of what they may name."""

    def inside(self, calling: Calling) -> AbstractContextManager[None]:
        """Evaluate what stands in a function as one call makes it."""

    @property
    def variables(self) -> dict[str, list[Binding]]:
        """What the file puts into its environment, by the name of the variable."""

    @property
    def told(self) -> tuple[tuple[str, Text | Constant], ...]:
        """Addresses and switches the environment holds while the file runs, as far as code sets them."""

    def other(self, path: str, name: str) -> Evaluation | None:
        """The evaluation of another file of the project, if it may say what a name means."""

    @property
    def guards(self) -> tuple[Guard, ...]:
        """Branches of the file that exclude each other."""


def may_be_lists(left: Value, right: Value) -> bool:
    """Whether two values can be joined as lists: a text and a list cannot."""
    sides = [{type(member) for member in side} for side in (left, right)]
    return Bundle in sides[0] | sides[1] and {Text} not in sides


def fold(value: Value) -> Value:
    """Mark texts as followed: they do not stand at the place that uses them."""
    for member in value:
        if isinstance(member, Text) and member.certainty is Certainty.LITERAL:
            return tuple(map(_followed, value))
    return value


def grow(value: Value, added: Value, whole: Opaque, *, is_sure: bool) -> Value:
    """A text something is added to (`name += "-7b"`); what may not happen leaves it as well as it was."""
    texts, more = list(texts_of(value)), list(texts_of(added))
    if not texts or any(isinstance(member, Bundle) for member in added):
        return value
    rest = tuple(member for member in value if not isinstance(member, Text)) if is_sure else value
    size = sum(len(text.value) for text in (*texts, *more))
    if not more or len(texts) * len(more) > MAX_COMBINATIONS or size > MAX_TEXT:
        return unite([rest, (whole,)])
    grown = [replace(a, value=a.value + b.value, certainty=Certainty.FOLDED) for a in texts for b in more]
    return unite([rest, tuple(grown)])


def _followed(member: Text | Opaque | Constant | Call | Bundle) -> Text | Opaque | Constant | Call | Bundle:
    if isinstance(member, Text) and member.certainty is Certainty.LITERAL:
        return Text(member.value, member.location, Certainty.FOLDED, member.note)
    return member


def unite(values: Iterable[Value]) -> Value:
    """All alternatives of several values, each once, in order, at most MAX_ALTERNATIVES."""
    seen: set[object] = set()
    kept: list[Text | Opaque | Constant | Call | Bundle] = []
    for value in values:
        if not kept and len(value) == 1:
            # Mostly there is only this one: nothing to compare it with.
            kept.extend(value)
            continue
        if value and not seen:
            seen.update(map(_identity, kept))
        for member in value:
            key = _identity(member)
            if key not in seen:
                seen.add(key)
                kept.append(member)
                if len(kept) >= MAX_ALTERNATIVES:
                    return tuple(kept)
    return tuple(kept)


def _identity(member: Text | Opaque | Constant | Call | Bundle) -> object:
    made = getattr(member, "receiver", None)
    named = getattr(member, "name", None)
    return type(member), getattr(member, "value", None), member.location, named, made and made.location


def prefer_known(value: Value) -> Value:
    """Drop what is open, None or empty where something known stands beside it."""
    known = tuple(
        member
        for member in value
        if not (isinstance(member, Opaque) and not isinstance(member, Reference))
        and not (isinstance(member, Constant) and member.value is None)
        and not (isinstance(member, Text) and not member.value)
    )
    return known or value


KEY_OF_MADE = "key of what a call makes"
"""Note of the keys of a table whose entries are made by calls: the calls say what is used."""


def key_of(key: Text, held: Value) -> Text:
    """A key that a loop over a table gives."""
    return replace(key, note=KEY_OF_MADE) if any(isinstance(member, Call) for member in held) else key


def pair_of(key: Text | None, held: Value, place: Location) -> Bundle:
    """A key with what is held, as `items()` gives them."""
    return Bundle(((None, (key_of(key, held),) if key is not None else ()), (None, held)), place)


class Placer:
    """Gives syntax nodes their place in the file, in code points, and their text."""

    def __init__(self, module: Module, source: Source) -> None:
        self._lines = module.lines
        self._marked: dict[tuple[str, ...], list[int]] = {}
        self._source = source
        self._is_plain = source.lines is None and source.cells is None and source.text.isascii()
        """Whether lines and columns of the file are those the parser counts: so it is of most files."""

    def place(self, node: ast.AST) -> Location:
        """Place of a node in the raw file."""
        line = getattr(node, "lineno", 1)
        if self._is_plain and (end := getattr(node, "end_col_offset", None)):
            last = getattr(node, "end_lineno", None) or line
            column = getattr(node, "col_offset", 0) + 1
            return Location(self._source.file, line, column, last, end + 1, self._source.cell)
        end_line = getattr(node, "end_lineno", None) or line
        column = self._column(line, getattr(node, "col_offset", 0))
        end_column = self._column(end_line, getattr(node, "end_col_offset", None) or 0)
        return self._source.locate(line, column, end_line, max(end_column, 1))

    def holds(self, node: ast.AST, signs: tuple[str, ...]) -> bool:
        """Whether any of these signs stands in the lines of a node; a file is searched once for them."""
        if signs not in self._marked:
            found = {n for sign in signs for n, line in enumerate(self._lines, 1) if sign in line}
            self._marked[signs] = sorted(found)
        marked = self._marked[signs]
        at = bisect_left(marked, getattr(node, "lineno", 1))
        return at < len(marked) and marked[at] <= (getattr(node, "end_lineno", None) or 1)

    def text(self, node: ast.AST) -> str:
        """Text of a node as written, at most its first line of 160 characters."""
        line, end_line = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1) or 1
        start = self._column(line, getattr(node, "col_offset", 0)) - 1
        shown = self._lines[line - 1] if line <= len(self._lines) else ""
        if end_line != line:
            return shown[start : start + 157].rstrip() + " …"
        return shown[start : self._column(line, getattr(node, "end_col_offset", 0) or 0) - 1][:160]

    def _column(self, line: int, offset: int) -> int:
        """Column from 1, in code points, for an offset in UTF-8 bytes."""
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        if text.isascii():
            return offset + 1
        return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")) + 1


def texts_of(value: Value) -> Iterator[Text]:
    """Go through the known texts of a value."""
    return (member for member in value if isinstance(member, Text))


def entries_of(value: Value) -> Iterator[tuple[Text | None, Value]]:
    """Go through the entries of the bundles of a value."""
    for member in value:
        if isinstance(member, Bundle):
            yield from member.entries


def index(value: Value, key: Value) -> Value:
    """Values that `value[key]` may have: one entry for a known key, every entry for an unknown one."""
    wanted = [_key_text(member) for member in key]
    found: list[Value] = []
    for member in value:
        if not isinstance(member, Bundle):
            continue
        if wanted and all(text is not None for text in wanted):
            hits = [entry for text in wanted for entry in _entry(member, str(text))]
            if hits or member.is_whole:
                found.extend(hits)
                continue
        found.extend(entry for _, entry in member.entries)
    return unite(found)


def _entry(bundle: Bundle, text: str) -> Iterator[Value]:
    negative = text.startswith("-") and text[1:].isdigit()
    for at, (key, value) in enumerate(bundle.entries):
        name = key.value if key is not None else str(at - len(bundle.entries) if negative else at)
        if name == text:
            yield value


def _key_text(member: object) -> str | None:
    match member:
        case Text(value=value):
            return value
        case Constant(value=int() as value):
            return str(value)
    return None


def combine(parts: list[Value], whole: Opaque) -> Value:
    """Put texts together from parts with alternatives (an f-string, a concatenation).

    Where a part is open, the whole is; where several texts come out of an open choice, they are guesses.
    """
    known = [[member for member in part if isinstance(member, Text)] for part in parts]
    for part, texts in zip(parts, known, strict=True):
        if not texts:
            reason = next((m.reason for m in part if isinstance(m, Opaque) and m.reason != NO_TEXT), RUN_TIME)
            return (replace(whole, reason=reason),)
    count = 1
    for texts in known:
        count *= len(texts)
    if count > MAX_COMBINATIONS:
        return (whole,)
    if sum(len(text.value) for texts in known for text in texts) > MAX_TEXT:
        return (replace(whole, reason="longer than any name"),)
    combined = [""]
    for texts in known:
        combined = [before + text.value for before in combined for text in texts]
    sure = Certainty.GUESSED if count > 1 else Certainty.FOLDED
    if count == 1 and all(t.certainty is Certainty.LITERAL for texts in known for t in texts):
        sure = Certainty.LITERAL
    return tuple(Text(value, whole.location, sure) for value in dict.fromkeys(combined))
