"""The variables of a shell text while it is read from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from scanner.discovery.positions import Lines, cut, within
from scanner.discovery.shell_lexer import Piece, Word
from scanner.discovery.source import Source
from scanner.discovery.views import Entry, Opaque, Text
from scanner.patterns import regex
from scanner.records.quick import dataclass, field, replace
from scanner.records.sighting import Certainty

Setting = tuple[str, Text | Opaque]

MAX_ENVIRONMENT = 200
"""Exported variables that travel with a command."""
MAX_CHOICES = 64
"""Values of one loop variable that are followed."""
MAX_WORDS_OF_VALUE = 500
"""Words in the text of one variable that are told apart."""

OF_ENVIRONMENT = "variables set for one command"
_MEMBER = regex(r"\[[^\]\n]{1,80}\]=")
_OF_ARRAY = regex(r"([A-Za-z_]\w*)\[([^\]\n]*)\]")
"""A member of an array; which one is often decided at run time: then it may be any."""
_PARTED = regex(r"\$\{([A-Za-z_]\w*)//([,;:|])/ \}")
"""A list whose commas become spaces: `${NAMES//,/ }`."""
_MOST_PIECES = 8
"""Of a word with more the value of one variable is no more than a part."""
_BEFORE_VALUE = regex(r"(?:[\w.+\-\[\]]+=)?[\"']*")
_ADDRESS_OF_FILE = regex(r"://[^/\s]+/\S*\.[A-Za-z][A-Za-z0-9]{1,4}$")
_LONGEST_ADDRESS = 500
_WORDS = regex(r"\S+")
_RUNS = regex(r"\s+|\S+")
_NO_LITERAL = regex(r"[$`{]")
_COMMAND_LINE = "command line"


@dataclass(slots=True)
class Shell:
    """What is known while a text is read from top to bottom."""

    source: Source
    lines: Lines
    format: str
    variables: dict[str, tuple[Text | Opaque, ...]] = field(default_factory=dict)
    parts: dict[str, tuple[Text | Opaque, ...]] = field(default_factory=dict)
    """Words of the variables that hold several in one text (`ARGS="--model x"`)."""
    exported: dict[str, Text | Opaque] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Variables that were put into a word."""
    settings: list[tuple[str, Text | Opaque, bool, tuple[Setting, ...]]] = field(default_factory=list)
    """Variables set: name, value, whether it is exported, those set for the same command."""
    looped: set[str] = field(default_factory=set)
    """Variables a loop sets: their values are no defaults of what is set later."""
    created: set[str] = field(default_factory=set)
    """Names of Ollama models made here."""
    given: dict[str, Text | Opaque] = field(default_factory=dict)
    """Variables set outside the text; who sets them knows best what stands beside them."""
    called: list[str] = field(default_factory=list)
    """Functions of the text that are being read for a call, the outermost first."""

    def export(self, name: str, *, is_exported: bool) -> None:
        """Let a variable travel with the commands that follow, where it does."""
        values = self.variables.get(name, ())
        if values and (is_exported or name in self.exported):
            self.exported[name] = values[0]

    def environment(self, inline: Iterable[Setting] = ()) -> tuple[Setting, ...]:
        """The variables a command is started with."""
        found = (*inline, *self.exported.items())
        return tuple(within(found, MAX_ENVIRONMENT, OF_ENVIRONMENT, self.source))

    def splices(self, word: Word, *, is_read_again: bool = False) -> tuple[Text | Opaque, ...] | None:
        """The words one word stands for: an array, or a text that is split at its spaces; None for others.

        `is_read_again` where also a quoted word is split (`eval "$COMMAND"`).
        """
        if len(word.pieces) != 1:
            return None
        name = word.pieces[0].value
        if (parted := _PARTED.fullmatch(name)) and not word.is_quoted:
            return self.parted(parted[1], parted[2])
        if word.pieces[0].kind != "variable":
            return None
        if name.endswith(("[@]", "[*]")) or name in {"@", "*"}:
            values = variable_of(self, word.pieces[0])
            return values if len(values) > 1 else None
        if name in self.parts and (is_read_again or not word.is_quoted):
            self.used.add(name)
            return self.parts[name]
        return self.parted(name, " ") if is_read_again else None

    def parted(self, name: str, sign: str) -> tuple[Text | Opaque, ...] | None:
        """The parts of a variable between these signs; None where it is not known."""
        values = self.variables.get(name, ())
        if len(values) != 1 or not isinstance(values[0], Text):
            return None
        self.used.add(name)
        return split_text(values[0], sign, self.source)


def split_text(text: Text, sign: str, source: Source) -> tuple[Text, ...]:
    """The parts of a text between some signs, blanks taken off."""
    between = _WORDS if sign.isspace() else re.compile(rf"[^{re.escape(sign)}\s]+")
    found = [match.span() for match in islice(between.finditer(text.value), MAX_WORDS_OF_VALUE + 1)]
    kept = within(found, MAX_WORDS_OF_VALUE, "words of one variable", source)
    return tuple(replace(cut(text, *span), certainty=Certainty.FOLDED) for span in kept)


def values_of(shell: Shell, word: Word) -> tuple[Text | Opaque, ...]:
    """What a word may be once the variables of this text are put in."""
    text = word.text
    if text is not None:
        first, last = (word.pieces[0].start, word.pieces[-1].end) if word.pieces else (word.start, word.end)
        return (Text(text, shell.lines.locate(first, last)),)
    if len(word.pieces) == 1:
        return variable_of(shell, word.pieces[0])
    return (_joined(shell, word),)


def words_of(shell: Shell, words: Iterable[Word]) -> tuple[Text | Opaque, ...]:
    """All that some words may be, those that stand for several taken apart."""
    return tuple(value for word in words for value in (shell.splices(word) or values_of(shell, word)))


def variable_of(shell: Shell, piece: Piece) -> tuple[Text | Opaque, ...]:
    """What a variable, or what only a shell can say, may be."""
    written = shell.source.text[piece.start : piece.end]
    name, at = piece.value, ""
    if piece.kind == "variable" and (member := _OF_ARRAY.fullmatch(name)):
        name, at = member[1], member[2]
    known = shell.variables.get(name, ()) if piece.kind == "variable" else ()
    if at.isdecimal() and len(at) < 4:
        known = known[int(at) : int(at) + 1] or known
    default = _default(shell, piece)
    if default is not None and not any(isinstance(each, Text) and each.value for each in known):
        return (default,)
    if known:
        shell.used.add(name)
        return tuple(_followed(value) for value in known)
    place = shell.lines.locate(piece.start, piece.end)
    return (Opaque(written[:200], _reason(piece.kind, name, written), place),)


def _followed(value: Text | Opaque) -> Text | Opaque:
    return replace(value, certainty=Certainty.FOLDED) if isinstance(value, Text) else value


def _default(shell: Shell, piece: Piece) -> Text | None:
    if piece.kind != "variable" or not piece.default or _NO_LITERAL.search(piece.default):
        return None
    default = piece.default.strip("\"'")
    start = piece.default_start + piece.default.find(default)
    where = shell.lines.locate(start, start + len(default))
    return Text(default, where, note=f"default of ${piece.value}")


def _joined(shell: Shell, word: Word) -> Text | Opaque:
    """A word of several pieces, glued where every piece is known."""
    glued: list[str] = []
    place = shell.lines.locate(word.start, word.end)
    for piece in word.pieces:
        if piece.kind == "text":
            glued.append(piece.value)
            continue
        value = variable_of(shell, piece)[0]
        if isinstance(value, Opaque):
            return Opaque(shell.source.text[word.start : word.end][:200], value.reason, place)
        if len(word.pieces) <= _MOST_PIECES and _is_whole(word, piece):
            place = value.location  # `NAME=$VALUE`: what is given stands where the variable is set
        glued.append(value.value)
    return Text("".join(glued), place, Certainty.FOLDED)


def _is_whole(word: Word, piece: Piece) -> bool:
    """Whether a word gives nothing but one variable, by its name or in quotes that are kept."""
    at = word.pieces.index(piece)
    before, behind = word.pieces[:at], word.pieces[at + 1 :]
    is_plain = all(each.kind == "text" for each in (*before, *behind))
    return is_plain and (
        _BEFORE_VALUE.fullmatch("".join(each.value for each in before)) is not None
        and not "".join(each.value for each in behind).strip("\"'")
    )


def _reason(kind: str, name: str, written: str) -> str:
    if "{{" in written:
        return "template"
    if kind == "variable":
        return _COMMAND_LINE if not name[:1].isalpha() and name[:1] != "_" else "environment"
    return "chosen at run time"


def assign(
    shell: Shell, name: str, words: list[Word], *, is_lasting: bool, is_added: bool, is_array: bool
) -> tuple[Text | Opaque, ...]:
    """Set a variable, where that lasts longer than one command; give back what is set."""
    values = tuple(_without_key(value) for word in words for value in values_of(shell, word))
    if not is_lasting:
        return values
    parts = _split(shell, words[0]) if not is_array and words[0].is_quoted else ()
    before = shell.variables.get(name, ())
    if is_added and before:
        parts = (*(shell.parts.get(name) or before), *parts) if parts or name in shell.parts else ()
        values = (*before, *values) if is_array else _added(before, values)
    elif (
        not is_array
        and name not in shell.looped
        and _is_argument(values)
        and any(isinstance(each, Text) and each.value for each in before)
    ):
        return values  # a default that the command line may replace
    shell.looped.discard(name)
    shell.variables[name] = choices_of(shell, values)
    shell.parts.pop(name, None)
    if len(parts) > 1:
        parts = tuple(within(parts, MAX_WORDS_OF_VALUE, "words of one variable", shell.source))
        shell.parts[name] = tuple(_followed(part) for part in parts)
    return values


def _is_argument(values: tuple[Text | Opaque, ...]) -> bool:
    return len(values) == 1 and isinstance(values[0], Opaque) and values[0].reason == _COMMAND_LINE


def _added(before: tuple[Text | Opaque, ...], values: tuple[Text | Opaque, ...]) -> tuple[Text | Opaque, ...]:
    first, more = before[0], values[0] if values else None
    if len(before) > 1 or not isinstance(first, Text) or not isinstance(more, Text):
        return (*before, *values)
    return (replace(more, value=first.value + more.value, certainty=Certainty.FOLDED),)


def _split(shell: Shell, word: Word) -> tuple[Text | Opaque, ...]:
    """The words a quoted text falls into where the variable that holds it stands without quotes."""
    rows: list[list[Piece]] = [[]]
    for piece in word.pieces:
        if piece.kind != "text":
            rows[-1].append(piece)
            continue
        for run in _RUNS.finditer(piece.value):
            start = piece.start + run.start()
            if not run[0].isspace():
                rows[-1].append(Piece("text", run[0], start, start + len(run[0])))
            elif rows[-1]:
                rows.append([])
    inner = [Word(tuple(row), row[0].start, row[-1].end, False) for row in rows if row]
    return words_of(shell, inner) if len(inner) > 1 else ()


def _without_key(value: Text | Opaque) -> Text | Opaque:
    """A member of an array as its value: `[key]=value`."""
    if not isinstance(value, Text) or not (found := _MEMBER.match(value.value)):
        return value
    return replace(value, value=value.value[found.end() :])


def choices_of(shell: Shell, values: tuple[Text | Opaque, ...]) -> tuple[Text | Opaque, ...]:
    """As many of the values of a variable as are followed."""
    return tuple(within(values, MAX_CHOICES, "values of one variable", shell.source))


def take_defaults(shell: Shell, words: Iterable[Word]) -> Iterator[Setting]:
    """Set the variables that `${NAME:=default}` sets where they are not set yet."""
    for word in words:
        for piece in word.pieces:
            if piece.kind != "variable" or not piece.default:
                continue
            sign = shell.source.text[piece.start + 2 + len(piece.value) : piece.default_start]
            known = shell.variables.get(piece.value, ())
            if sign in {"=", ":="} and not any(isinstance(each, Text) and each.value for each in known):
                default = _default(shell, piece)
                if default is not None:
                    shell.variables[piece.value] = (default,)
                    yield piece.value, default


def show_values(
    shell: Shell,
    name: str,
    values: tuple[Text | Opaque, ...],
    *,
    is_exported: bool,
    beside: tuple[Setting, ...] = (),
) -> None:
    """Keep what a variable is set to, to be shown at the end of the text."""
    for value in values:
        is_followed = isinstance(value, Text) and value.certainty is Certainty.FOLDED
        if not is_followed:
            shell.settings.append((name, value, is_exported, beside))


def _telling(settings: Iterable[Setting]) -> tuple[tuple[str, str], ...]:
    """Settings that may tell of those beside them; the address of a file is nobody who serves."""
    texts = ((name, value.value) for name, value in settings if isinstance(value, Text))
    return tuple(pair for pair in texts if not _ADDRESS_OF_FILE.search(pair[1][:_LONGEST_ADDRESS]))


def show_settings(shell: Shell) -> Iterator[Entry]:
    """Variables as settings: what leaves the script is meant for a program, the rest may be anything."""
    own = ((name, value) for name, value in shell.environment() if shell.given.get(name) is not value)
    exported = _telling(own)
    for name, value, is_exported, beside in shell.settings:
        leaves = (is_exported or name in shell.exported) and name not in shell.used
        told = _telling(beside)
        siblings = (*exported, *told) if told else exported
        yield Entry((name,), value, siblings if leaves else (), "env" if leaves else shell.format)
