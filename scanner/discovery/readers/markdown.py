"""Markdown and its relatives: model cards, running text, fenced examples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.embedded_texts import sniff
from scanner.discovery.own_reports import passes_over
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines
from scanner.discovery.settings_tree import read_tree
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, Prose, View
from scanner.discovery.vocabulary import words
from scanner.discovery.yaml_nodes import read_documents
from scanner.errors import UnreadableFile
from scanner.patterns import regex
from scanner.records.quick import replace

MAX_FENCES = 20_000
"""Blocks of code of one page that are read."""

_FENCE = regex(r"[ \t>]*(?:[-*][ \t]+|\d+\.[ \t]+)?(`{3,}|~{3,})[ \t]*\{?\.?([\w+#.-]*)[^`\n]*$")
_DIRECTIVE = regex(r"([ \t]*)\.\.[ \t]+(?:code-block|code|sourcecode|parsed-literal)::[ \t]*([\w+#.-]*)")
_CARD_KEYS = regex(
    r"(?m)^(?:base_model|library_name|pipeline_tag|license|datasets|model-index|base_model_relation"
    r"|preload_from_hub)[ \t]*:"
)
_PROMPT = regex(r"[ \t]*(?:\(\S+\)[ \t]*)?(?:[\w@.~/-]*[$%#>][ \t]+|>>>[ \t]|\.\.\.[ \t])")
_SHELL = regex(
    r"(?m)^[ \t]*(?:[$%>][ \t]+)?(?:sudo |export |pip |python3? |docker |ollama |vllm |hf |huggingface-cli "
    r"|curl |wget |git |kubectl |helm |npx |npm |uv |cd |mkdir |llama-|lms |modelscope |accelerate "
    r"|torchrun |mlx_lm|bash |\./)"
)
_LANGUAGES = {
    **dict.fromkeys(words("py python python3 pycon ipython"), "python"),
    **dict.fromkeys(words("bash sh shell zsh console shell-session shellsession terminal cmd"), "shell"),
    **dict.fromkeys(words("yaml yml"), "yaml"),
    **dict.fromkeys(words("json jsonc json5"), "json"),
    **dict.fromkeys(words("toml"), "toml"),
    **dict.fromkeys(words("ini cfg"), "ini"),
    **dict.fromkeys(words("dockerfile docker"), "dockerfile"),
    **dict.fromkeys(words("js javascript jsx mjs"), "javascript"),
    **dict.fromkeys(words("ts typescript"), "typescript"),
    **dict.fromkeys(words("tsx"), "tsx"),
    **dict.fromkeys(words("modelfile"), "modelfile"),
    **dict.fromkeys(words("hcl terraform"), "hcl"),
    **dict.fromkeys(words("xml"), "xml"),
    **dict.fromkeys(words("properties"), "properties"),
    **dict.fromkeys(words("env dotenv"), "dotenv"),
    **dict.fromkeys(words("makefile"), "makefile"),
    **dict.fromkeys(words("html"), "html"),
}

Row = tuple[int, int, str]


def read(source: Source) -> Iterator[View]:
    """Read a page: its front matter as a model card, fenced blocks by their language, the rest as prose.

    Whatever stands in a fenced block is a mention: documentation shows, it does not run.
    """
    if passes_over(source):
        return
    lines = Lines(source)
    rows = source.text.split("\n")
    start = 0
    if rows and rows[0].strip() == "---":
        end = next((at for at in range(1, len(rows)) if rows[at].strip() in {"---", "..."}), 0)
        if end:
            yield from _card(source, lines, rows[1:end])
            start = end + 1
    prose: list[Row] = []
    at, fences = start, 0
    while at < len(rows):
        fence = _FENCE.match(rows[at])
        directive = None if fence else _DIRECTIVE.match(rows[at])
        if (fence or directive) and fences >= MAX_FENCES:
            source.leave_rest(MAX_FENCES, "blocks of code", at + 1)
            return
        if fence or directive:
            fences += 1
            block, behind = _fenced(rows, at, fence.group(1)) if fence else _indented(rows, at, directive)
            yield from _prose(source, prose)
            prose = []
            language = (fence or directive).group(2)  # type: ignore[union-attr]  # one of them matched
            yield from _block(source, lines, block, language.lower())
            at = behind
        else:
            prose.append((at + 1, 0, rows[at]))
            at += 1
    yield from _prose(source, prose)


def _card(source: Source, lines: Lines, rows: list[str]) -> Iterator[View]:
    """Front matter with the keys of a model card; that of a blog or a documentation tool says nothing."""
    text = "\n".join(rows)
    if not _CARD_KEYS.search(text):
        return
    inner = lines.lines_part([(at, 0, row) for at, row in enumerate(rows, 2)], "yaml")
    try:
        for root in read_documents(inner):
            yield from read_tree(root, inner, "model-card")
    except UnreadableFile:
        return


def _fenced(rows: list[str], at: int, mark: str) -> tuple[list[Row], int]:
    indent = len(rows[at]) - len(rows[at].lstrip(" \t>"))
    block: list[Row] = []
    at += 1
    while at < len(rows):
        stripped = rows[at].strip(" \t>")
        if stripped.startswith(mark) and not stripped.strip(mark[0]):
            return block, at + 1
        head = rows[at][:indent]
        cut = indent if not head.strip(" \t>") else len(head) - len(head.lstrip(" \t>"))
        block.append((at + 1, cut, rows[at][cut:]))
        at += 1
    return block, at


def _indented(rows: list[str], at: int, directive: re.Match[str] | None) -> tuple[list[Row], int]:
    outer = len(directive.group(1)) if directive else 0
    block: list[Row] = []
    at += 1
    while at < len(rows):
        indent = len(rows[at]) - len(rows[at].lstrip(" \t"))
        if rows[at].strip() and indent <= outer:
            break
        block.append((at + 1, 0, rows[at]))
        at += 1
    cut = min((len(row) - len(row.lstrip(" \t")) for _, _, row in block if row.strip()), default=0)
    return [(line, cut, row[cut:]) for line, _, row in block], at


def _block(source: Source, lines: Lines, block: list[Row], language: str) -> Iterator[View]:
    text = "\n".join(row for _, _, row in block)
    known = _LANGUAGES.get(language)
    if known is None and language in {"", "text", "txt", "plaintext", "none", "plain", "output"}:
        known = "shell" if _SHELL.search(text) else sniff(text)
        if known is None and re.match(r"(?m)\s*(?:FROM|ADAPTER)\s+\S+\s*$", text):
            known = "modelfile"
    if known in {"shell", "python"}:
        block = [_without_prompt(row) for row in block]
    if known:
        inner = lines.lines_part(block, known, is_prose=True)
        yield Embedded(replace(inner, is_prose=True))
    else:
        yield from _prose(source, block)


def _without_prompt(row: Row) -> Row:
    line, shift, text = row
    matched = _PROMPT.match(text)
    if matched and not text.lstrip().startswith("# "):
        return line, shift + matched.end(), text[matched.end() :]
    return row


def _prose(source: Source, rows: list[Row]) -> Iterator[View]:
    """Running text, row by row only where something in it could be a name."""
    for line, shift, text in rows:
        if "/" in text:
            yield Prose(text, source, line, shift + 1)


READER = Reader(
    language="markdown",
    endings=(".md", ".markdown", ".mdx", ".rst", ".adoc", ".qmd", ".rmd", ".mkd"),
    names=("README", "README.txt", "readme.txt"),
    read=read,
)
