"""Shell text to commands, settings, comments and the texts inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.positions import Lines, within
from scanner.discovery.shell_lexer import MAX_WORDS, Simple, Word, read_script
from scanner.discovery.source import Source
from scanner.discovery.views import Command, Embedded, Entry, Opaque, Prose, Text, View
from scanner.patterns import regex
from scanner.records.quick import dataclass, field, replace
from scanner.records.sighting import Certainty, Location

Setting = tuple[str, Text | Opaque]

MAX_ENVIRONMENT = 200
"""Exported variables that travel with a command."""
MAX_CHOICES = 64
"""Values of one loop variable that are followed."""
MAX_WORDS_OF_COMMAND = 2_000
"""Words of one command that are handed on."""

_OF_COMMAND = "words of one command"
_OF_ENVIRONMENT = "variables set for one command"
_KEYWORDS = frozenset(
    {"then", "do", "else", "elif", "if", "while", "until", "!", "{", "}", "time", "function"}
)
_SHELLS = ("bash", "sh", "zsh", "dash")
_INTERPRETERS = {
    "python": "python",
    "python3": "python",
    "node": "javascript",
    **dict.fromkeys(_SHELLS, "shell"),
}
_CODE_FLAGS = {"python": "-c", "python3": "-c", "node": "-e", **dict.fromkeys(_SHELLS, "-c")}
_SCRIPT_FLAG = regex(r"-[a-z]*c")
_MEMBER = regex(r"\[[^\]\n]{1,80}\]=")
_EXPORTS = frozenset({"export", "declare", "typeset"})


@dataclass(slots=True)
class _Shell:
    """What is known while a text is read from top to bottom."""

    source: Source
    lines: Lines
    format: str
    variables: dict[str, tuple[Text | Opaque, ...]] = field(default_factory=dict)
    exported: dict[str, Text | Opaque] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Variables that were put into a word."""
    settings: list[tuple[str, Text | Opaque, bool]] = field(default_factory=list)
    """Variables set: name, value, whether it is exported."""
    created: set[str] = field(default_factory=set)
    """Names of Ollama models made here."""


def read_shell(
    source: Source,
    environment: tuple[Setting, ...] = (),
    *,
    style: str = "shell",
    used: set[str] | None = None,
) -> Iterator[View]:
    """Read shell text: a Command for each simple command, an Entry for each variable set.

    Variables set in the same text are followed; `environment` holds those set outside it. Code behind
    `python -c`, `bash -c` and in here-documents is handed on. `used` collects the variables put into words.
    """
    shell = _Shell(source, Lines(source), style)
    if used is not None:
        shell.used = used
    for name, value in environment:
        shell.variables[name] = (value,)
        shell.exported[name] = value
    script = read_script(source.text)
    if script.is_cut:
        source.leave_rest(MAX_WORDS, "words of a script", shell.lines.place(script.end)[0])
    loops: list[tuple[str, tuple[Text | Opaque, ...]]] = []
    for command in script.commands:
        yield from _read_command(shell, command, loops)
    yield from _show_settings(shell)
    for start, end in script.comments:
        line, column = shell.lines.place(start)
        yield Prose(source.text[start:end], source, line, column)


def first_command(source: Source, environment: tuple[Setting, ...] = ()) -> tuple[Text | Opaque, ...]:
    """Words of the first command of a text, for arguments whose program stands elsewhere."""
    shell = _Shell(source, Lines(source), "shell")
    for name, value in environment:
        shell.variables[name] = (value,)
    command = next(iter(read_script(source.text).commands), None)
    words = within(command.words, MAX_WORDS_OF_COMMAND, _OF_COMMAND, source) if command else ()
    return tuple(values[0] for word in words if (values := _values(shell, word)))


def read_settings(source: Source, environment: tuple[Setting, ...] = ()) -> list[Setting]:
    """The variables a text of `NAME=value` words sets."""
    shell = _Shell(source, Lines(source), "shell")
    for name, value in environment:
        shell.variables[name] = (value,)
    found: list[Setting] = []
    for command in read_script(source.text).commands:
        for name, words in command.assignments:
            values = tuple(value for word in words for value in _values(shell, word))
            if values:
                shell.variables[name] = values
                found.append((name, values[0]))
        # `ARG NAME` without a value is decided when the image is built.
    return list(within(found, MAX_ENVIRONMENT, _OF_ENVIRONMENT, source))


def read_words(
    words: tuple[Text | Opaque, ...], environment: tuple[Setting, ...], source: Source
) -> Iterator[View]:
    """Read words that are no shell text themselves (`command:` lists, exec forms), scripts in them too."""
    if not words:
        return
    words = tuple(within(words, MAX_WORDS_OF_COMMAND, _OF_COMMAND, source))
    yield Command(words, _span(words), tuple(within(environment, MAX_ENVIRONMENT, _OF_ENVIRONMENT, source)))
    for at, word in enumerate(words[:-1]):
        follower = words[at + 1]
        if not isinstance(word, Text) or not isinstance(follower, Text):
            continue
        program = _program(words[at - 1]) if at else ""
        if (
            program in _CODE_FLAGS
            and _SCRIPT_FLAG.fullmatch(word.value)
            and _INTERPRETERS[program] == "shell"
        ):
            yield from _inner_script(follower, environment, source)
        elif program in _CODE_FLAGS and word.value == _CODE_FLAGS[program]:
            yield Embedded(_at_place(follower, source, _INTERPRETERS[program]))


def _inner_script(text: Text, environment: tuple[Setting, ...], source: Source) -> Iterator[View]:
    if source.may_embed():
        yield from read_shell(_at_place(text, source, "shell"), environment)


def _at_place(text: Text, source: Source, language: str) -> Source:
    """The value as a source; on several raw lines where it has as many, else all on its first."""
    place = text.location
    count = text.value.count("\n") + 1
    shift = place.column - 1
    if count > 1 and place.end_line - place.line + 1 >= count:
        lines = tuple((place.line + at, shift) for at in range(count))
    else:
        lines = ((place.line, shift),) * count
    return replace(source, text=text.value, language=language, lines=lines, depth=source.depth + 1)


def _read_command(
    shell: _Shell, command: Simple, loops: list[tuple[str, tuple[Text | Opaque, ...]]]
) -> Iterator[View]:
    words = _without_keywords(command.words)
    first = words[0].text if words else None
    is_exported = first in _EXPORTS
    inline: list[Setting] = []
    for name, assigned in command.assignments:
        _assign(
            shell,
            name,
            assigned,
            inline,
            is_lasting=is_exported or not words,
            is_exported=is_exported or bool(words),
        )
        yield from _substitutions(shell, assigned)
        if is_exported or first is None:
            _export(shell, name, is_exported)
    if first == "export":
        for word in words[1:]:
            if word.text and word.text in shell.variables:
                _export(shell, word.text, True)
    if first in {"for", "select"} and len(words) > 2 and words[1].text and words[2].text == "in":
        values = tuple(value for word in words[3:] for value in _values(shell, word))
        shell.variables[words[1].text] = _choices(shell, values)
        _show_values(shell, words[1].text, values, is_exported=False)
        return
    if words and not is_exported:
        environment = (*inline, *shell.exported.items())
        environment = tuple(within(environment, MAX_ENVIRONMENT, _OF_ENVIRONMENT, shell.source))
        words = list(within(words, MAX_WORDS_OF_COMMAND, _OF_COMMAND, shell.source))
        yield from _commands(shell, words, environment)
        yield from _code_words(shell, words)
    yield from _heredocs(shell, command, first)


def _without_keywords(words: list[Word]) -> list[Word]:
    at = 0
    while at < len(words) and words[at].text in _KEYWORDS and not words[at].is_quoted:
        at += 1
    return words[at:]


def _assign(
    shell: _Shell, name: str, words: list[Word], inline: list[Setting], *, is_lasting: bool, is_exported: bool
) -> None:
    values = tuple(_without_key(value) for word in words for value in _values(shell, word))
    if is_lasting:
        shell.variables[name] = _choices(shell, values)
    inline.extend((name, value) for value in values)
    _show_values(shell, name, values, is_exported=is_exported)


def _show_values(shell: _Shell, name: str, values: tuple[Text | Opaque, ...], *, is_exported: bool) -> None:
    for value in values:
        is_followed = isinstance(value, Text) and value.certainty is Certainty.FOLDED
        if not is_followed:
            shell.settings.append((name, value, is_exported))


def _without_key(value: Text | Opaque) -> Text | Opaque:
    """A member of an array as its value: `[key]=value`."""
    if not isinstance(value, Text) or not (found := _MEMBER.match(value.value)):
        return value
    return replace(value, value=value.value[found.end() :])


def _choices(shell: _Shell, values: tuple[Text | Opaque, ...]) -> tuple[Text | Opaque, ...]:
    return tuple(within(values, MAX_CHOICES, "values of one variable", shell.source))


def _show_settings(shell: _Shell) -> Iterator[Entry]:
    """Variables as settings: what leaves the script is meant for a program, the rest may be anything."""
    for name, value, is_exported in shell.settings:
        leaves = (is_exported or name in shell.exported) and name not in shell.used
        yield Entry((name,), value, (), "env" if leaves else shell.format)


def _export(shell: _Shell, name: str, is_exported: bool) -> None:
    values = shell.variables.get(name, ())
    if values and (is_exported or name in shell.exported):
        shell.exported[name] = values[0]


def _commands(shell: _Shell, words: list[Word], environment: tuple[Setting, ...]) -> Iterator[View]:
    """One command, or one for each value of a loop variable in it."""
    columns: list[tuple[Text | Opaque, ...]] = []
    choices = 1
    for word in words:
        values = _values(shell, word)
        if len(values) > 1 and _is_splice(word):
            columns.extend((value,) for value in values)
        else:
            columns.append(values)
            choices = max(choices, len(values))
    for at in range(choices):
        row = tuple(values[min(at, len(values) - 1)] for values in columns if values)
        if row and not _is_own_creation(shell, row):
            yield Command(row, shell.lines.locate(words[0].start, words[-1].end), environment)


def _is_own_creation(shell: _Shell, row: tuple[Text | Opaque, ...]) -> bool:
    """Whether the words run a model that the same text has made (`ollama create NAME`)."""
    words = [word.value if isinstance(word, Text) else "" for word in row[:3]]
    if len(words) < 3 or words[0] != "ollama":
        return False
    if words[1] == "create":
        shell.created.add(words[2])
    return words[1] in {"run", "push", "rm"} and words[2] in shell.created


def _is_splice(word: Word) -> bool:
    return len(word.pieces) == 1 and word.pieces[0].value.endswith(("[@]", "[*]"))


def _values(shell: _Shell, word: Word) -> tuple[Text | Opaque, ...]:
    """What a word may be once the variables of this text are put in."""
    text = word.text
    if text is not None:
        first, last = (word.pieces[0].start, word.pieces[-1].end) if word.pieces else (word.start, word.end)
        return (Text(text, shell.lines.locate(first, last)),)
    if len(word.pieces) == 1:
        return _variable(shell, word)
    return (_joined(shell, word),)


def _variable(shell: _Shell, word: Word) -> tuple[Text | Opaque, ...]:
    piece = word.pieces[0]
    written = shell.source.text[piece.start : piece.end]
    name = re.sub(r"\[[@*]\]$", "", piece.value)
    if piece.kind == "variable" and shell.variables.get(name):
        shell.used.add(name)
        followed = []
        for value in shell.variables[name]:
            is_text = isinstance(value, Text)
            followed.append(replace(value, certainty=Certainty.FOLDED) if is_text else value)  # type: ignore[arg-type]
        return tuple(followed)
    if piece.kind == "variable" and piece.default and not re.search(r"[$`{]", piece.default):
        default = piece.default.strip("\"'")
        start = piece.default_start + piece.default.find(default)
        where = shell.lines.locate(start, start + len(default))
        return (Text(default, where, note=f"default of ${name}"),)
    return (
        Opaque(written[:200], _reason(piece.kind, name, written), shell.lines.locate(word.start, word.end)),
    )


def _joined(shell: _Shell, word: Word) -> Text | Opaque:
    """A word of several pieces, glued where every piece is known."""
    glued: list[str] = []
    place = shell.lines.locate(word.start, word.end)
    for piece in word.pieces:
        if piece.kind == "text":
            glued.append(piece.value)
            continue
        alone = _variable(shell, Word((piece,), piece.start, piece.end, True))
        value = alone[0]
        if isinstance(value, Opaque):
            return Opaque(shell.source.text[word.start : word.end][:200], value.reason, place)
        glued.append(value.value)
    return Text("".join(glued), place, Certainty.FOLDED)


def _reason(kind: str, name: str, written: str) -> str:
    if "{{" in written:
        return "template"
    if kind == "variable":
        return "command line" if not name[:1].isalpha() and name[:1] != "_" else "environment"
    return "chosen at run time"


def _program(word: Text | Opaque) -> str:
    return word.value.rsplit("/", 1)[-1] if isinstance(word, Text) else ""


def _code_words(shell: _Shell, words: list[Word]) -> Iterator[View]:
    """Hand on the code of `python -c "…"` and `bash -c '…'`, and read what `$(…)` runs."""
    yield from _substitutions(shell, words)
    for at, word in enumerate(words):
        if at < 2 or not word.is_quoted:
            continue
        flag, program = words[at - 1].text or "", (words[at - 2].text or "").rsplit("/", 1)[-1]
        language = _INTERPRETERS.get(program)
        if language == "shell" and _SCRIPT_FLAG.fullmatch(flag) and shell.source.may_embed():
            yield from _read_part(shell, word.start + 1, word.end - 1)
        elif language and flag == _CODE_FLAGS.get(program):
            yield Embedded(shell.lines.part(word.start + 1, word.end - 1, language))


def _substitutions(shell: _Shell, words: list[Word]) -> Iterator[View]:
    for word in words:
        for piece in word.pieces:
            is_run = piece.kind == "opaque" and piece.value.startswith(("$(", "`")) and len(piece.value) > 6
            if is_run and shell.source.may_embed():
                start = piece.start + (2 if piece.value.startswith("$(") else 1)
                yield from _read_part(shell, start, piece.end - 1)


def _read_part(shell: _Shell, start: int, end: int) -> Iterator[View]:
    inner = shell.lines.part(start, max(start, end), "shell")
    environment = tuple(within(tuple(shell.exported.items()), MAX_ENVIRONMENT, _OF_ENVIRONMENT, shell.source))
    yield from read_shell(inner, environment, style=shell.format)


_SNIFFED = (
    (regex(r"\s*[\[{]"), "json"),
    (regex(r"\s*#!.*\bpython|\s*(?:from\s+\w[\w.]*\s+import|import)\s"), "python"),
    (regex(r"\s*#!.*sh\b|\s*[\w./-]+(?: [^\n]*)? \\\n\s*--?[A-Za-z]"), "shell"),
    (regex(r"(?im)\s*FROM\s+\S+\s*$"), "modelfile"),
    (regex(r"(?m)\A(?:\s*(?:#.*|---)\s*\n)*\s*(?:- )?[\w.\"'/-]+:(?:\s|$)"), "yaml"),
)


def _heredocs(shell: _Shell, command: Simple, first: str | None) -> Iterator[View]:
    for start, end in command.heredocs:
        text = shell.source.text[start:end]
        program = (first or "").rsplit("/", 1)[-1]
        language = _INTERPRETERS.get(program)
        if language is None:
            target = next((word.text for word in command.redirects if word.text and "." in word.text), "")
            name = (target or _tee_target(command) or "").rsplit("/", 1)[-1]
            language = f"file:{name}" if name else _sniff(text)
        if language is None:
            line, column = shell.lines.place(start)
            yield Prose(text, shell.source, line, column)
        else:
            yield Embedded(shell.lines.part(start, end, language))


def _tee_target(command: Simple) -> str | None:
    names = [word.text for word in command.words if word.text and not word.text.startswith("-")]
    return names[-1] if len(names) > 1 and "tee" in names[:2] else None


def _sniff(text: str) -> str | None:
    return next((language for pattern, language in _SNIFFED if pattern.match(text[:4_000])), None)


def _span(words: tuple[Text | Opaque, ...]) -> Location:
    first, last = words[0].location, words[-1].location
    if (last.line, last.column) < (first.line, first.column):
        return first
    return replace(first, end_line=last.end_line, end_column=last.end_column)
