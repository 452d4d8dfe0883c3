"""Shell text to commands, settings, comments and the texts inside it."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.handed_on import start_with
from scanner.discovery.positions import Lines, within
from scanner.discovery.shell_documents import INTERPRETERS, SHELLS, read_documents, read_printed
from scanner.discovery.shell_functions import (
    MAX_WORDS_OF_CALLS,
    Function,
    find_functions,
    without_keywords,
)
from scanner.discovery.shell_lexer import MAX_WORDS, Script, Simple, Word, read_script
from scanner.discovery.shell_state import (
    MAX_CHOICES,
    MAX_ENVIRONMENT,
    OF_ENVIRONMENT,
    Setting,
    Shell,
    assign,
    choices_of,
    show_settings,
    show_values,
    split_text,
    take_defaults,
    values_of,
    words_of,
)
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, Opaque, Prose, Text, View
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Location

MAX_WORDS_OF_COMMAND = 2_000
"""Words of one command that are handed on."""

_OF_COMMAND = "words of one command"
_CODE_FLAGS = {"python": "-c", "python3": "-c", "node": "-e", **dict.fromkeys(SHELLS, "-c")}
_ONE_VARIABLE = regex(r"\"?\$\{?([A-Za-z_]\w*)\}?\"?")
_SCRIPT_FLAG = regex(r"-[a-z]*c")
_EXPORTS = frozenset({"export", "declare", "typeset"})
_LOCALS = frozenset({"local", "readonly"})
_BEFORE = frozenset({"sudo", "nohup", "time", "exec"})
_STARTERS = frozenset(
    {"tmux", "screen", "ssh", "eval", "su", "runuser", "watch", "flock", "script", "parallel", "concurrently"}
)
"""Programs that run a command they are given as one word."""


def read_shell(
    source: Source,
    environment: tuple[Setting, ...] = (),
    *,
    style: str = "shell",
    used: set[str] | None = None,
) -> Iterator[View]:
    """Read shell text: a Command for each simple command, an Entry for each variable set.

    Variables set in the same text are followed, and what its own functions are given; `environment` holds
    the variables set outside it. Code behind `python -c`, `bash -c`, in here-documents and in files written
    by lines is handed on. `used` collects the variables put into words.
    """
    shell = _shell(source, environment, style)
    if used is not None:
        shell.used = used
    shell.exported.update(environment)
    shell.given.update(environment)
    script = read_script(source.text)
    if script.is_cut:
        source.leave_rest(MAX_WORDS, "words of a script", shell.lines.place(script.end)[0])
    yield from _Reading(shell, script).read(0, len(script.commands))
    yield from show_settings(shell)
    for start, end in script.comments:
        line, column = shell.lines.place(start)
        yield Prose(source.text[start:end], source, line, column)


def _shell(source: Source, environment: tuple[Setting, ...], style: str = "shell") -> Shell:
    shell = Shell(source, Lines(source), style)
    for name, value in environment:
        shell.variables[name] = (value,)
        if isinstance(value, Text) and " " in value.value.strip():
            shell.parts[name] = split_text(value, " ", source)
    return shell


def first_command(source: Source, environment: tuple[Setting, ...] = ()) -> tuple[Text | Opaque, ...]:
    """Words of the first command of a text, for arguments whose program stands elsewhere."""
    shell = _shell(source, environment)
    command = next(iter(read_script(source.text).commands), None)
    words = within(command.words, MAX_WORDS_OF_COMMAND, _OF_COMMAND, source) if command else ()
    return tuple(value for word in words for value in (shell.splices(word) or values_of(shell, word)[:1]))


def read_settings(source: Source, environment: tuple[Setting, ...] = ()) -> list[Setting]:
    """The variables a text of `NAME=value` words sets."""
    shell = _shell(source, environment)
    found: list[Setting] = []
    for command in read_script(source.text).commands:
        for name, words in command.assignments:
            values = tuple(value for word in words for value in values_of(shell, word))
            if values:
                shell.variables[name] = values
                found.append((name, values[0]))
        # `ARG NAME` without a value is decided when the image is built.
    return list(within(found, MAX_ENVIRONMENT, OF_ENVIRONMENT, source))


def read_words(
    words: tuple[Text | Opaque, ...], environment: tuple[Setting, ...], source: Source
) -> Iterator[View]:
    """Read words that are no shell text themselves (`command:` lists, exec forms), scripts in them too."""
    if not words:
        return
    words = tuple(within(words, MAX_WORDS_OF_COMMAND, _OF_COMMAND, source))
    environment = tuple(within(environment, MAX_ENVIRONMENT, OF_ENVIRONMENT, source))
    yield from start_with(words, _span(words), environment, source)
    for at, word in enumerate(words[:-1]):
        follower = words[at + 1]
        if not isinstance(word, Text) or not isinstance(follower, Text):
            continue
        program = _program(words[at - 1]) if at else ""
        if program in _CODE_FLAGS and _SCRIPT_FLAG.fullmatch(word.value) and INTERPRETERS[program] == "shell":
            yield from _inner_script(follower, environment, source)
        elif program in _CODE_FLAGS and word.value == _CODE_FLAGS[program]:
            yield Embedded(_at_place(follower, source, INTERPRETERS[program]))


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


class _Reading:
    """One pass over the commands of a text, and over its functions again for each of their calls."""

    def __init__(self, shell: Shell, script: Script) -> None:
        self.shell = shell
        self.commands = script.commands
        self.functions = find_functions(script.commands)
        self.bodies = {function.first: function for function in self.functions.values()}
        self.left = MAX_WORDS_OF_CALLS
        self.known: set[str] = set()

    def read(self, first: int, behind: int) -> Iterator[View]:
        """Read commands in their order; the functions that are called are read where they are."""
        at, start = first, first
        while at < behind:
            body = self.bodies.get(at)
            if body is not None and at > start:
                at = body.behind
                continue
            yield from self.command(at)
            at += 1

    def command(self, at: int) -> Iterator[View]:
        shell, command = self.shell, self.commands[at]
        words = without_keywords(command.words)
        first = words[0].text if words else None
        inline: list[Setting] = []
        yield from self.assignments(command, words, first, inline)
        if first == "export":
            for word in words[1:]:
                if word.text and word.text in shell.variables:
                    shell.export(word.text, is_exported=True)
        if first == "shift" and shell.called:
            self.shift(words)
        if first == "read" and command.heredocs:
            self.read_list(command, words)
        if first in {"for", "select"} and len(words) > 2 and words[1].text and words[2].text == "in":
            values = words_of(shell, words[3:])
            shell.variables[words[1].text] = choices_of(shell, values)
            shell.looped.add(words[1].text)
            show_values(shell, words[1].text, values, is_exported=False)
            return
        if words and first not in _EXPORTS | _LOCALS:
            for name, value in take_defaults(shell, words):
                show_values(shell, name, (value,), is_exported=False)
            environment = shell.environment(inline)
            words = list(within(words, MAX_WORDS_OF_COMMAND, _OF_COMMAND, shell.source))
            yield from _commands(shell, words, environment)
            yield from _code_words(shell, words)
            if first in {"echo", "printf"}:
                following = self.commands[at + 1] if at + 1 < len(self.commands) else None
                yield from read_printed(shell, command, words, following)
            function = None if command.defines else self.functions.get(first or "")
            if function is not None:
                yield from self.call(first or "", function, words)
        yield from read_documents(shell, command, first)

    def assignments(
        self, command: Simple, words: list[Word], first: str | None, inline: list[Setting]
    ) -> Iterator[View]:
        """Set what stands before or behind the first word; `inline` takes what is set for this command."""
        shell, is_exported = self.shell, first in _EXPORTS
        is_declared = is_exported or first in _LOCALS
        shown: list[tuple[str, tuple[Text | Opaque, ...]]] = []
        for at, (name, assigned) in enumerate(command.assignments):
            values = assign(
                shell,
                name,
                assigned,
                is_lasting=is_declared or not words,
                is_added=at in command.appended,
                is_array=at in command.arrays,
            )
            inline.extend((name, value) for value in values)
            shown.append((name, values))
            yield from _substitutions(shell, assigned)
            if is_exported or first is None:
                shell.export(name, is_exported=is_exported)
        beside = (
            ()
            if is_declared or not words
            else tuple(within(inline, MAX_ENVIRONMENT, OF_ENVIRONMENT, shell.source))
        )
        for name, values in shown:
            show_values(shell, name, values, is_exported=is_exported or bool(words), beside=beside)

    def read_list(self, command: Simple, words: list[Word]) -> None:
        """Set the array that `IFS=, read -ra NAMES <<< "$LIST"` fills."""
        flags = "".join(word.text for word in words[1:] if word.text and word.text.startswith("-"))
        start, end = command.heredocs[-1]
        given = _ONE_VARIABLE.fullmatch(self.shell.source.text[start:end])
        if "a" not in flags or given is None or not words[-1].text:
            return
        signs = [assigned[0].text for name, assigned in command.assignments if name == "IFS" and assigned]
        parts = self.shell.parted(given[1], (signs[-1] or " ")[:1] if signs else " ")
        if parts:
            self.shell.variables[words[-1].text] = choices_of(self.shell, parts)

    def call(self, name: str, function: Function, words: list[Word]) -> Iterator[View]:
        """Read a function with what one call gives it; texts of other languages in it are read once."""
        shell = self.shell
        if name in shell.called:
            return
        if function.size > self.left:
            shell.source.leave_rest(MAX_WORDS_OF_CALLS, "words of functions that are called")
            return
        self.left -= function.size
        given = {str(at): values_of(shell, word) for at, word in enumerate(words[1:], 1)}
        given["@"] = given["*"] = choices_of(shell, words_of(shell, words[1:]))
        outer = {each: values for each, values in shell.variables.items() if not each[:1].isalpha()}
        self.bind(given)
        shell.called.append(name)
        for view in self.read(function.first, function.behind):
            if name not in self.known or not isinstance(view, Embedded | Prose):
                yield view
        self.known.add(name)
        shell.called.pop()
        self.bind(outer)

    def shift(self, words: list[Word]) -> None:
        """Drop the first of the arguments of the function that is read."""
        count = int(words[1].text or 1) if len(words) > 1 and (words[1].text or "").isdecimal() else 1
        variables = self.shell.variables
        rest = [variables[str(at)] for at in range(count + 1, MAX_CHOICES) if str(at) in variables]
        given = {str(at): values for at, values in enumerate(rest, 1)}
        given["@"] = given["*"] = choices_of(self.shell, tuple(value for values in rest for value in values))
        self.bind(given)

    def bind(self, given: dict[str, tuple[Text | Opaque, ...]]) -> None:
        """Let the positional parameters be these and no others."""
        variables = self.shell.variables
        for each in [name for name in variables if not name[:1].isalpha() and name[:1] != "_"]:
            del variables[each]
        variables.update(given)


def _commands(shell: Shell, words: list[Word], environment: tuple[Setting, ...]) -> Iterator[View]:
    """One command, or one for each value of a loop variable in it."""
    columns: list[tuple[Text | Opaque, ...]] = []
    choices = 1
    for at, word in enumerate(words):
        if spliced := shell.splices(word, is_read_again=_is_read_again(words, at)):
            columns.extend((value,) for value in spliced)
        else:
            values = values_of(shell, word)
            columns.append(values)
            choices = max(choices, len(values))
        if len(columns) > MAX_WORDS_OF_COMMAND:
            columns = list(within(columns, MAX_WORDS_OF_COMMAND, _OF_COMMAND, shell.source))
            break
    for at in range(choices):
        row = tuple(values[min(at, len(values) - 1)] for values in columns if values)
        if row and not _is_own_creation(shell, row):
            place = shell.lines.locate(words[0].start, words[-1].end)
            yield from start_with(row, place, environment, shell.source)


def _is_read_again(words: list[Word], at: int) -> bool:
    """Whether a word is read as a command of its own: `eval "$COMMAND"`, `bash -c "$COMMAND"`."""
    if at > 1 and words[at - 2].text in SHELLS:
        return _SCRIPT_FLAG.fullmatch(words[at - 1].text or "") is not None
    return words[0].text == "eval"


def _is_own_creation(shell: Shell, row: tuple[Text | Opaque, ...]) -> bool:
    """Whether the words run a model that the same text has made (`ollama create NAME`)."""
    words = [word.value if isinstance(word, Text) else "" for word in row[:3]]
    if len(words) < 3 or words[0] != "ollama":
        return False
    if words[1] == "create":
        shell.created.add(words[2])
    return words[1] in {"run", "push", "rm"} and words[2] in shell.created


def _program(word: Text | Opaque) -> str:
    return word.value.rsplit("/", 1)[-1] if isinstance(word, Text) else ""


def _code_words(shell: Shell, words: list[Word]) -> Iterator[View]:
    """Hand on the code of `python -c "…"` and `bash -c '…'`, and read what `$(…)` runs."""
    yield from _substitutions(shell, words)
    programs = ((word.text or "").rsplit("/", 1)[-1] for word in words)
    is_starter = next((name for name in programs if name not in _BEFORE), "") in _STARTERS
    for at, word in enumerate(words):
        if is_starter and at and _is_command(shell, word) and shell.source.may_embed():
            yield from _read_part(shell, word.start + 1, word.end - 1)
            continue
        if at < 2 or not word.is_quoted:
            continue
        flag, program = words[at - 1].text or "", (words[at - 2].text or "").rsplit("/", 1)[-1]
        language = INTERPRETERS.get(program)
        if language == "shell" and _SCRIPT_FLAG.fullmatch(flag) and shell.source.may_embed():
            yield from _read_part(shell, word.start + 1, word.end - 1)
        elif language and flag == _CODE_FLAGS.get(program):
            yield Embedded(shell.lines.part(word.start + 1, word.end - 1, language))


def _is_command(shell: Shell, word: Word) -> bool:
    """Whether a word is a whole command in quotes."""
    written = shell.source.text[word.start : word.end]
    return len(written) > 2 and written[0] in "\"'" and written[-1] == written[0] and " " in written.strip()


def _substitutions(shell: Shell, words: list[Word]) -> Iterator[View]:
    for word in words:
        for piece in word.pieces:
            is_run = piece.kind == "opaque" and piece.value.startswith(("$(", "`")) and len(piece.value) > 6
            if is_run and shell.source.may_embed():
                start = piece.start + (2 if piece.value.startswith("$(") else 1)
                yield from _read_part(shell, start, piece.end - 1)


def _read_part(shell: Shell, start: int, end: int) -> Iterator[View]:
    inner = shell.lines.part(start, max(start, end), "shell")
    yield from read_shell(inner, shell.environment(), style=shell.format)


def _span(words: tuple[Text | Opaque, ...]) -> Location:
    first, last = words[0].location, words[-1].location
    if (last.line, last.column) < (first.line, first.column):
        return first
    return replace(first, end_line=last.end_line, end_column=last.end_column)
