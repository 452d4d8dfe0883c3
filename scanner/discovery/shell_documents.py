"""Texts that a shell script writes: here-documents, and lines of `echo` and `printf` into a file."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.shell_lexer import Simple, Word
from scanner.discovery.shell_state import Shell
from scanner.discovery.views import Embedded, Prose, View
from scanner.patterns import regex

SHELLS = ("bash", "sh", "zsh", "dash")
INTERPRETERS = {
    "python": "python",
    "python3": "python",
    "node": "javascript",
    **dict.fromkeys(SHELLS, "shell"),
}
_SNIFFED = (
    (regex(r"\s*[\[{]"), "json"),
    (regex(r"\s*#!.*\bpython|\s*(?:from\s+\w[\w.]*\s+import|import)\s"), "python"),
    (regex(r"\s*#!.*sh\b|\s*[\w./-]+(?: [^\n]*)? \\\n\s*--?[A-Za-z]"), "shell"),
    (regex(r"(?im)\s*FROM\s+\S+\s*$"), "modelfile"),
    (regex(r"(?m)\A(?:\s*(?:#.*|---)\s*\n)*\s*(?:- )?[\w.\"'/-]+:(?:\s|$)"), "yaml"),
)
_FILE = regex(r"(?!-)\S*(?:\.\S*|(?:^|/)(?:Modelfile|Dockerfile|Containerfile|Makefile|justfile))")
_FILES_OF_VARIABLES = frozenset({"GITHUB_ENV", "BASH_ENV"})
"""Variables with the names of files of settings: what is written there is set for the steps that follow."""
_WRITTEN_BY_LINES = regex(
    r"file:(?:[\w.\-]*\.env(?:\.\w+)?|\.env[\w.\-]*|[\w.\-]+\.(?:sh|bashrc|ini|cfg|conf|properties)"
    r"|(?:Model|Docker|Container)file)"
)
"""Files of which a line makes sense without the others."""
_LINE_END = regex(r"\\n|\n")


def read_documents(shell: Shell, command: Simple, first: str | None) -> Iterator[View]:
    """Hand on the here-documents of a command, each in the language of the file or program it goes to."""
    for start, end in command.heredocs:
        text = shell.source.text[start:end]
        program = (first or "").rsplit("/", 1)[-1]
        language = INTERPRETERS.get(program) or _language_of_file(command) or _sniff(text)
        if language is None:
            line, column = shell.lines.place(start)
            yield Prose(text, shell.source, line, column)
        else:
            yield Embedded(shell.lines.part(start, end, language))


def read_printed(
    shell: Shell, command: Simple, words: list[Word], following: Simple | None
) -> Iterator[View]:
    """Hand on what `echo` or `printf` writes into a file, itself or through `tee`."""
    language = _language_of_file(command)
    if language is None and command.pipes_into and following is not None:
        language = _language_of_file(following)
    if language is None or not (language == "dotenv" or _WRITTEN_BY_LINES.fullmatch(language)):
        return
    for word in words[1:]:
        if not word.text or not word.text.startswith("-"):
            yield from _printed(shell, word, language)


def _printed(shell: Shell, word: Word, language: str) -> Iterator[View]:
    text, start, end = shell.source.text, word.start, word.end
    if end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]:
        start, end = start + 1, end - 1
    pieces: list[tuple[int, int, str]] = []
    for found in (*_LINE_END.finditer(text, start, end), None):
        stop = found.start() if found else end
        line, column = shell.lines.place(start)
        pieces.append((line, column - 1, text[start:stop]))
        start = found.end() if found else end
    if shell.source.may_embed():
        yield Embedded(shell.lines.lines_part(pieces, language))


def _language_of_file(command: Simple) -> str | None:
    """The language of the file a command writes."""
    is_tee = any(word.text == "tee" for word in command.words[:2])
    for word in (*command.redirects, *(command.words[1:] if is_tee else ())):
        if len(word.pieces) == 1 and word.pieces[0].kind == "variable":
            if word.pieces[0].value in _FILES_OF_VARIABLES:
                return "dotenv"
        elif word.text and _FILE.fullmatch(word.text):
            return f"file:{word.text.rsplit('/', 1)[-1]}"
    return None


def _sniff(text: str) -> str | None:
    return next((language for pattern, language in _SNIFFED if pattern.match(text[:4_000])), None)
