"""HCL to the settings tree, with places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.comments import hash_comments
from scanner.discovery.embedded_texts import sniff
from scanner.discovery.named_pairs import with_pairs_listed
from scanner.discovery.positions import Lines
from scanner.discovery.scalars import leaf_of
from scanner.discovery.settings_tree import read_tree
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Leaf, Listing, Node, Table
from scanner.discovery.views import Constant, Embedded, Text, View
from scanner.patterns import regex

MAX_TOKENS = 500_000
"""Words and signs of one text that are read."""
MAX_LEVELS = 60
"""Blocks within blocks that are read."""

_TOKEN = regex(
    r"[ \t\r]+|\#[^\n]*|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/"
    r"|(?P<heredoc><<[-~]?(?P<mark>[A-Za-z_]\w*)[ \t]*\n)"
    r"|(?P<string>\"(?:[^\"\\\n$]|\\.|\$(?!\{)|\$\{[^{}\n]*\})*+\")|(?P<sign>[{}\[\]=:,()\n])"
    r"|(?P<word>[^\s{}\[\]=:,\"()#]+)|(?P<other>.)"
)


def read_hcl(source: Source) -> Iterator[View]:
    """Read blocks, attributes, lists and here-documents; expressions are decided elsewhere."""
    yield from hash_comments(source)
    parser = _Hcl(source)
    root = Table()
    parser.body(root, 0)
    yield from parser.embedded
    yield from read_tree(root, source, "hcl")


class _Hcl:
    """One pass over the text."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = Lines(source)
        self.at = 0
        self.count = 0
        self.embedded: list[Embedded] = []

    def token(self) -> tuple[str, int, int] | None:
        text = self.source.text
        while self.at < len(text) and self.count < MAX_TOKENS:
            matched = _TOKEN.match(text, self.at)
            if matched is None:
                self.at += 1
                continue
            self.at = matched.end()
            if kind := matched.lastgroup:
                self.count += 1
                if matched["heredoc"]:
                    return self.heredoc(matched)
                return kind, matched.start(), matched.end()
        if self.at < len(text):
            self.source.leave_rest(MAX_TOKENS, "words and signs", self.lines.place(self.at)[0])
            self.at = len(text)
        return None

    def heredoc(self, matched: re.Match[str]) -> tuple[str, int, int]:
        end = re.compile(rf"(?m)^[ \t]*{re.escape(matched['mark'])}\b").search(
            self.source.text, matched.end()
        )
        stop = end.start() if end else len(self.source.text)
        self.at = end.end() if end else stop
        return "heredoc", matched.end(), stop

    def body(self, table: Table, depth: int) -> None:
        """Read attributes and blocks up to the closing brace."""
        names: list[Text] = []
        while (token := self.token()) is not None:
            kind, start, end = token
            sign = self.source.text[start] if kind == "sign" else ""
            if sign == "}":
                return
            if sign == "\n" or sign == ",":
                names = []
            elif sign in {"=", ":"} and names:
                if (node := self.value(depth + 1)) is not None:
                    table.entries.append((names[0], node))
                names = []
            elif sign == "{":
                inner = Table()
                if depth < MAX_LEVELS:
                    self.body(inner, depth + 1)
                    with_pairs_listed(inner)
                    label = names[-1] if names else Text("?", self.lines.locate(start, end))
                    table.entries.append((label, _held(names, inner)))
                else:
                    self.too_deep()
                names = []
            elif kind in {"word", "string"}:
                trim = 1 if kind == "string" else 0
                names.append(self.lines.literal(start + trim, end - trim))

    def too_deep(self) -> None:
        self.source.leave_out(f"blocks nested deeper than {MAX_LEVELS} levels were not read")

    def value(self, depth: int) -> Node | None:
        token = self.token()
        if token is None:
            return None
        kind, start, end = token
        text = self.source.text
        if kind == "string":
            return leaf_of(text[start + 1 : end - 1], self.lines.locate(start + 1, end - 1), is_plain=False)
        if kind == "heredoc":
            return self.document(start, end)
        if text[start:end] == "[" and depth < MAX_LEVELS:
            return self.listing(depth)
        if text[start:end] == "{" and depth < MAX_LEVELS:
            inner = Table()
            self.body(inner, depth + 1)
            return inner
        if text[start:end] in {"[", "{"}:
            self.too_deep()
        return self.expression(kind, start, end)

    def expression(self, kind: str, start: int, end: int) -> Node | None:
        """A call or a reference: `jsonencode({…})` is its argument, anything else is no name."""
        place = self.lines.locate(start, end)
        if self.source.text[start:end] in {"jsonencode", "yamlencode", "tolist", "merge", "concat"}:
            self.token()
            return self.value(MAX_LEVELS - 5)
        return Leaf(Constant(None, place)) if kind in {"word", "other"} else None

    def document(self, start: int, end: int) -> Leaf:
        value = self.source.text[start:end]
        language = sniff(value)
        if language:
            self.embedded.append(Embedded(self.lines.part(start, end, language)))
        return Leaf(Constant(None, self.lines.locate(start, end)))

    def listing(self, depth: int) -> Listing:
        listing = Listing()
        while (token := self.token()) is not None:
            kind, start, end = token
            sign = self.source.text[start] if kind == "sign" else ""
            if sign == "]":
                break
            if kind == "heredoc":
                listing.members.append(self.document(start, end))
            elif kind == "string":
                place = self.lines.locate(start + 1, end - 1)
                listing.members.append(leaf_of(self.source.text[start + 1 : end - 1], place, is_plain=False))
            elif sign == "{" and depth < MAX_LEVELS:
                inner = Table()
                self.body(inner, depth + 1)
                listing.members.append(inner)
            elif sign == "[" and depth < MAX_LEVELS:
                listing.members.append(self.listing(depth + 1))
            elif sign in {"[", "{"}:
                self.too_deep()
        return listing


def _held(names: list[Text], block: Table) -> Node:
    """What stands under a block's label: of `variable "model_id" { default = … }` the default."""
    if len(names) != 2 or names[0].value != "variable":
        return block
    return block.get("default") or block
