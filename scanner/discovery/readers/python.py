"""Python files: calls with what their arguments may be, names bound to texts, prose."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from scanner.discovery.code_loading_calls import WATCHED
from scanner.discovery.code_names import describes_model
from scanner.discovery.loading_names import is_hyphened, takes_a_model
from scanner.discovery.names import is_hub_id
from scanner.discovery.plugin import Reader
from scanner.discovery.python_bindings import read_bindings
from scanner.discovery.python_evaluator import Evaluator
from scanner.discovery.python_frames import Binding
from scanner.discovery.python_module import Module, parse_module
from scanner.discovery.python_offers import read_offers
from scanner.discovery.python_reach import read_reached
from scanner.discovery.python_relevance import is_relevant
from scanner.discovery.python_rows import Rows
from scanner.discovery.python_strings import read_strings
from scanner.discovery.python_told import Addresses
from scanner.discovery.source import Source
from scanner.discovery.switches import CLIENTS
from scanner.discovery.views import View
from scanner.patterns import regex

_NAMES_A_MODEL = regex(
    r"(?:^|_)(?:model|models|llm|embed\w*|checkpoint|ckpt|repo|repository|pretrained|tokenizer|encoder|reranker"
    r"|adapter|lora|dataset|weights|deployment)(?:$|_)"
)


def read(source: Source) -> Iterator[View]:
    """Read one file; nothing in it is run.

    Raises:
        UnreadableFile: it is not Python 3, or nested too deeply.
    """
    if source.neighbours is not None and not is_relevant(source.text, source.neighbours):
        return
    module = _parse(source)
    run = Evaluator(module, source)
    words, rows = _Words(source, run), Rows(run)
    try:
        for node, frame in module.calls:
            if words.is_wanted(node):
                yield from rows.describe(node, frame)
        yield from read_reached(run)
        addresses = Addresses(run)
        yield from read_bindings(run, addresses)
        yield from read_offers(run, addresses)
        yield from read_strings(run)
    finally:
        run.close()


def _parse(source: Source) -> Module:
    """Parse the text; that of a whole file is shared with those that import it."""
    if source.neighbours is None or source.depth:
        return parse_module(source.text, source.file)
    text, file = source.text, source.file
    return source.neighbours.keep(f"python:{file}", lambda: parse_module(text, file), len(text))


class _Words:
    """Which calls are worth following: those of the libraries the file imports, and those that look it."""

    def __init__(self, source: Source, run: Evaluator) -> None:
        words = source.neighbours.call_words if source.neighbours is not None else None
        self.known: frozenset[str] | None = None
        self.families: tuple[tuple[str, str], ...] = ()
        if words is None:
            return
        imported = {"?", "*", *run.module.packages}
        known = {word for package in imported for word in words.get(package, ())}
        known |= {word for word, owners in WATCHED.items() if not owners.isdisjoint(imported)}
        known |= CLIENTS if "huggingface_hub" in imported else frozenset()
        known |= {"partial"} if "functools" in imported else set()
        self.families = tuple(word.partition("*")[::2] for word in known if "*" in word and word.strip("*"))
        for frame in (run.module.frame, *run.module.frames.values()):
            for name, bindings in frame.bindings.items():
                if any(last in known or self.is_of_family(last) for last in map(_last_name, bindings)):
                    known.add(name)
        self.known = frozenset(known)

    def is_of_family(self, name: str) -> bool:
        """Whether a record of an imported library knows calls that begin or end like this one."""
        return any(name.startswith(before) and name.endswith(behind) for before, behind in self.families)

    def is_wanted(self, node: ast.Call) -> bool:
        if self.known is None:
            return True
        match node.func:
            case ast.Name(id=name):
                if name in self.known:
                    return True
            case ast.Attribute(attr=name, value=owner):
                above = getattr(owner, "attr", "")
                if name in self.known or (above and f"{above}.{name}" in self.known):
                    return True
                if self.families and self.is_of_family(name):
                    return True
            case ast.Call() | ast.Subscript():
                return True
        for keyword in node.keywords:
            if keyword.arg and type(keyword.value) in _PLAIN and _names_a_model(keyword.arg):
                return True
        if any(type(each) is ast.Constant and _is_owned(each.value) for each in node.args[:2]):
            return True
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if node.args and type(node.args[0]) in _PLAIN and takes_a_model(called):
            return True
        if called[:1].isupper() and node.args and _is_hyphened(node.args[0]):
            return True
        return describes_model(called) and any(type(each.value) in _PLAIN for each in node.keywords)


def _is_hyphened(node: ast.expr) -> bool:
    return type(node) is ast.Constant and isinstance(node.value, str) and is_hyphened(node.value)


@lru_cache(maxsize=4096)
def _names_a_model(keyword: str) -> bool:
    return _NAMES_A_MODEL.search(keyword.lower()) is not None


_PLAIN = frozenset({ast.Constant, ast.JoinedStr, ast.Name, ast.BoolOp, ast.IfExp, ast.Subscript, ast.Call})
"""What a keyword may be given for its call to be followed although no record knows it."""


def _is_owned(value: object) -> bool:
    return isinstance(value, str) and "/" in value and is_hub_id(value)


def _last_name(binding: Binding) -> str:
    if binding.how == "import":
        return binding.origin.rsplit(".", 1)[-1]
    node = binding.node
    if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).endswith("partial"):
        node = node.args[0]
        return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return node.attr if isinstance(node, ast.Attribute) else ""


READER = Reader("python", (".py", ".pyi", ".pyw"), (), read)
