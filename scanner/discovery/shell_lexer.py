"""A small bounded lexer of shell text: commands, words, comments."""

from __future__ import annotations

import re

from scanner.patterns import regex
from scanner.records.quick import dataclass, field

MAX_WORDS = 150_000
"""Words of one text that are still read; what follows is left out and said to be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a word: text as it stands, a variable, or something only a shell can say."""

    kind: str
    """text, variable, opaque."""
    value: str
    """The text with quotes taken off, the variable's name, or the expression as written."""
    start: int
    end: int
    default: str | None = None
    """Of `${NAME:-default}` and `${NAME-default}`."""
    default_start: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written."""

    pieces: tuple[Piece, ...]
    start: int
    end: int
    is_quoted: bool

    @property
    def text(self) -> str | None:
        """The word where nothing in it is decided by the shell, else None."""
        if len(self.pieces) == 1:
            only = self.pieces[0]
            return only.value if only.kind == "text" else None
        if all(piece.kind == "text" for piece in self.pieces):
            return "".join(piece.value for piece in self.pieces)
        return None


@dataclass(slots=True)
class Simple:
    """One simple command: assignments in front, then words; redirections are set aside."""

    assignments: list[tuple[str, list[Word]]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    redirects: list[Word] = field(default_factory=list)
    """Files written to or read from."""
    heredocs: list[tuple[int, int]] = field(default_factory=list)
    """Offsets of here-document bodies it reads."""
    pipes_into: bool = False
    """Whether a `|` follows."""
    defines: bool = False
    """Whether `()` follows: the name of a function."""
    appended: set[int] = field(default_factory=set)
    """Which of the assignments add to what is there (`+=`)."""
    arrays: set[int] = field(default_factory=set)
    """Which of the assignments are lists in parentheses."""


@dataclass(slots=True)
class Script:
    """What a text holds."""

    commands: list[Simple] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    is_cut: bool = False
    """Whether MAX_WORDS was hit."""
    end: int = 0
    """Offset up to which the text was read."""


KEYWORDS = frozenset(
    {"then", "do", "else", "elif", "if", "while", "until", "!", "{", "}", "time", "function"}
)
"""Words in front of a command that say when it runs."""
_DECLARING = frozenset({"export", "declare", "local", "readonly", "typeset", "env"})
_MOST_BEFORE = 12
"""Words that stand before an assignment at most: keywords, one that declares, its flags."""
_BEFORE_ASSIGNMENTS = KEYWORDS | _DECLARING
_SPACE = regex(r"(?:[ \t\r]|\\\r?\n)+")
_BLANK = regex(r"(?:[ \t\r\n]|\\\r?\n)+")
_OPERATOR = regex(r"&&|\|\||;;&?|;&|\|&|[;|&()]|\n")
_NO_PARAMETERS = regex(r"[ \t]*\)")
_REDIRECT = regex(r"[0-9]*(?:<<<|<<-?|<>|>>|>\||&>>?|[<>]&?)")
# What each of them begins with, looked at before the expression is asked.
_SPACES, _REDIRECTING, _OPERATING = frozenset(" \t\r\\"), frozenset("0123456789<>"), frozenset("&|;()\n")
_ENDS_WORD = frozenset(" \t\n;&|<>()")
_ASSIGNMENT = regex(r"([A-Za-z_][A-Za-z0-9_]*)(?:\[[^\]\n]{0,40}\])?\+?=")
_PLAIN = regex(r"[^\s'\"\\$`;&|<>()]+")
_SINGLE = regex(r"'([^']*)'")
_DOUBLE = regex(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
_BRACED = regex(r"\$\{([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?]+)(\[[^\]\n]{0,40}\])?(?:(:?[-=])([^{}]*))?\}")
_NAMED = regex(r"\$([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?!$-])")
_TEMPLATE = regex(r"\$?\{\{[^{}\n]*+\}\}")
_OPAQUE = regex(r"\$\{[^}\n]{0,400}\}?|`[^`]{0,4000}`?|\$\(")
_IN_DOUBLE = regex(r"[^\\$`{]+")


def read_script(text: str) -> Script:
    """Split shell text into its commands; never fails, unbalanced quotes are taken as they stand."""
    return _Lexer(text).read()


class _Lexer:
    """One pass over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.script = Script()
        self.current = Simple()
        self.pending: list[tuple[Simple, str, bool]] = []
        self.count = 0

    def read(self) -> Script:
        text, at, length = self.text, 0, len(self.text)
        while at < length:
            sign = text[at]
            if sign in _SPACES and (matched := _SPACE.match(text, at)):
                at = matched.end()
            elif sign == "#":
                at = self.comment(at)
            elif sign in _REDIRECTING and (matched := _REDIRECT.match(text, at)):
                at = self.redirect(matched)
            elif sign in _OPERATING and (matched := _OPERATOR.match(text, at)):
                at = self.operator(matched)
            else:
                at = self.word_or_assignment(at)
            if self.count > MAX_WORDS:
                self.script.is_cut = True
                break
        self.script.end = min(at, length)
        self.finish()
        return self.script

    def comment(self, at: int) -> int:
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        self.script.comments.append((at + 1, end))
        return end

    def finish(self) -> None:
        if self.current.words or self.current.assignments or self.current.heredocs:
            self.script.commands.append(self.current)
        self.current = Simple()

    def operator(self, matched: re.Match[str]) -> int:
        self.current.pipes_into = matched.group(0) in {"|", "|&"}
        if matched.group(0) == "(" and (found := _NO_PARAMETERS.match(self.text, matched.end())):
            self.current.defines = True
            self.finish()
            return found.end()
        self.finish()
        if matched.group(0) == "\n" and self.pending:
            return self.heredoc_bodies(matched.end())
        return matched.end()

    def heredoc_bodies(self, at: int) -> int:
        for command, delimiter, is_indented in self.pending:
            start = at
            while at < len(self.text):
                end = self.text.find("\n", at)
                end = len(self.text) if end < 0 else end
                line = self.text[at:end].rstrip("\r")
                if (line.lstrip("\t ") if is_indented else line.strip()) == delimiter:
                    break
                at = end + 1
            else:
                end = len(self.text)
            command.heredocs.append((start, min(at, len(self.text))))
            at = min(end + 1, len(self.text))
        self.pending = []
        return at

    def redirect(self, matched: re.Match[str]) -> int:
        sign = matched.group(0).lstrip("0123456789")
        at = matched.end()
        if space := _SPACE.match(self.text, at):
            at = space.end()
        word = self.word(at)
        if word is None:
            return max(at, matched.end())
        if sign in {"<<", "<<-"}:
            self.pending.append((self.current, (word.text or "").strip(), sign == "<<-"))
        elif sign == "<<<":
            self.current.heredocs.append((word.start, word.end))
        else:
            self.current.redirects.append(word)
        return max(word.end, matched.end())

    def word_or_assignment(self, at: int) -> int:
        self.count += 1
        if not self.current.words or self.may_assign():
            matched = _ASSIGNMENT.match(self.text, at)
            if matched:
                return self.assignment(matched)
        word = self.word(at)
        if word is None:
            return at + 1
        self.current.words.append(word)
        return word.end

    def may_assign(self) -> bool:
        """Whether only words stand before that say when something is done, or that variables are set."""
        last = self.current.words[-1].text
        if len(self.current.words) > _MOST_BEFORE:
            return False
        if last not in _BEFORE_ASSIGNMENTS and not (last or "").startswith("-"):
            return False
        rest = [word.text or "" for word in self.current.words]
        while rest and rest[0] in KEYWORDS:
            del rest[0]
        return not rest or (rest[0] in _DECLARING and all(text.startswith("-") for text in rest[1:]))

    def assignment(self, matched: re.Match[str]) -> int:
        at, name = matched.end(), matched.group(1)
        if matched.group(0).endswith("+="):
            self.current.appended.add(len(self.current.assignments))
        if self.text.startswith("(", at):
            return self.array(name, at + 1)
        word = self.word(at) or Word((), at, at, False)
        self.current.assignments.append((name, [word]))
        return word.end

    def array(self, name: str, at: int) -> int:
        members: list[Word] = []
        while at < len(self.text) and self.text[at] != ")":
            if matched := _BLANK.match(self.text, at):
                at = matched.end()
            elif self.text[at] == "#":
                at = self.comment(at)
            elif (word := self.word(at)) is not None:
                self.count += 1
                members.append(word)
                at = word.end
            else:
                at += 1
            if self.count > MAX_WORDS:
                break
        self.current.arrays.add(len(self.current.assignments))
        self.current.assignments.append((name, members))
        return at + 1

    def word(self, at: int) -> Word | None:
        """Read the word that begins here; None where none does."""
        start, pieces, is_quoted = at, list[Piece](), False
        text, length = self.text, len(self.text)
        # Most words are nothing but plain signs.
        if (plain := _PLAIN.match(text, at)) is not None:
            end = plain.end()
            if (end == length or text[end] in _ENDS_WORD) and "{{" not in plain[0]:
                return Word((Piece("text", plain[0], at, end),), at, end, False)
        while at < length:
            if text[at] in "${" and (matched := _TEMPLATE.match(text, at)):
                pieces.append(Piece("opaque", matched.group(0), at, matched.end()))
            elif matched := _PLAIN.match(text, at):
                matched = self.before_template(matched)
                pieces.append(Piece("text", matched.group(0), at, matched.end()))
            elif matched := _SINGLE.match(text, at):
                is_quoted = True
                pieces.append(Piece("text", matched.group(1), at + 1, matched.end() - 1))
            elif matched := _DOUBLE.match(text, at):
                is_quoted = True
                self.inside(at + 1, matched.end() - 1, pieces)
            elif text[at] in "$`":
                end = self.expansion(at, length, pieces)
                at = end
                continue
            elif text[at] == "\\":
                if text.startswith(("\\\n", "\\\r\n"), at):
                    break
                pieces.append(Piece("text", text[at + 1 : at + 2], at + 1, min(at + 2, length)))
                at = min(at + 2, length)
                continue
            elif text[at] in "'\"":
                pieces.append(Piece("text", text[at], at, at + 1))
                at += 1
                continue
            else:
                break
            at = matched.end()
        return Word(tuple(pieces), start, at, is_quoted) if at > start else None

    def before_template(self, matched: re.Match[str]) -> re.Match[str]:
        """Cut a run of plain characters where a `{{ … }}` begins in it."""
        found = matched.group(0).find("{{", 1)
        if found > 0 and (cut := _PLAIN.match(self.text, matched.start(), matched.start() + found)):
            return cut
        return matched

    def inside(self, at: int, end: int, pieces: list[Piece]) -> None:
        """Read what stands between double quotes."""
        if at == end:
            pieces.append(Piece("text", "", at, end))
        while at < end:
            char = self.text[at]
            if (matched := _TEMPLATE.match(self.text, at, end)) and char in "${":
                pieces.append(Piece("opaque", matched.group(0), at, matched.end()))
                at = matched.end()
            elif char in "$`":
                at = self.expansion(at, end, pieces)
            elif char == "\\" and at + 1 < end:
                kept = self.text[at + 1]
                if kept in '"\\$`':
                    pieces.append(Piece("text", kept, at + 1, at + 2))
                elif kept != "\n":
                    pieces.append(Piece("text", "\\" + kept, at, at + 2))
                at += 2
            elif matched := _IN_DOUBLE.match(self.text, at, end):
                pieces.append(Piece("text", matched.group(0), at, matched.end()))
                at = matched.end()
            else:
                pieces.append(Piece("text", char, at, at + 1))
                at += 1

    def expansion(self, at: int, end: int, pieces: list[Piece]) -> int:
        text = self.text
        if matched := _BRACED.match(text, at, end):
            name = matched.group(1) + (matched.group(2) or "")
            default = matched.group(4) if matched.group(3) else None
            where = matched.start(4) if matched.group(3) else 0
            pieces.append(Piece("variable", name, at, matched.end(), default, where))
            return matched.end()
        if matched := _NAMED.match(text, at, end):
            pieces.append(Piece("variable", matched.group(1), at, matched.end()))
            return matched.end()
        if text.startswith("$'", at) and (matched := _SINGLE.match(text, at + 1, end)):
            pieces.append(Piece("text", matched.group(1), at + 2, matched.end() - 1))
            return matched.end()
        if text.startswith("$(", at):
            stop = self.closing(at + 1, end)
            pieces.append(Piece("opaque", text[at:stop], at, stop))
            return stop
        if matched := _OPAQUE.match(text, at, end):
            pieces.append(Piece("opaque", matched.group(0), at, matched.end()))
            return matched.end()
        pieces.append(Piece("text", text[at], at, at + 1))
        return at + 1

    def closing(self, at: int, end: int) -> int:
        """Offset behind the parenthesis that closes the one at `at`, within a bounded stretch."""
        depth, limit = 0, min(end, at + 20_000)
        for found in re.compile(r"[()]").finditer(self.text, at, limit):
            depth += 1 if found.group(0) == "(" else -1
            if depth == 0:
                return found.end()
        newline = self.text.find("\n", at, limit)
        return newline if newline > 0 else limit
