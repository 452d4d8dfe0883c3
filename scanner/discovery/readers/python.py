"""Python files: calls with what their arguments may be, names bound to texts, prose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from scanner.discovery.plugin import Reader
from scanner.discovery.python_bindings import read_bindings
from scanner.discovery.python_calls import describe
from scanner.discovery.python_evaluator import Evaluator
from scanner.discovery.python_module import parse_module
from scanner.discovery.python_relevance import is_relevant
from scanner.discovery.python_strings import read_strings
from scanner.discovery.source import Source
from scanner.discovery.views import View

_NAMES_A_MODEL = re.compile(
    r"(?:^|_)(?:model|models|llm|embed\w*|checkpoint|ckpt|repo|repository|pretrained|tokenizer|encoder|reranker"
    r"|adapter|lora|dataset|weights|deployment)(?:$|_)"
)


def read(source: Source) -> Iterator[View]:
    """Read one file; nothing in it is run.

    Raises:
        UnreadableFile: it is not Python 3, or nested too deeply.
    """
    if source.neighbours is not None and not is_relevant(source.text, source.neighbours.libraries):
        return
    module = parse_module(source.text, source.file)
    run = Evaluator(module, source)
    words = _Words(source, run)
    for node, frame in module.calls:
        if words.is_wanted(node):
            yield from describe(run, node, frame)
    yield from read_bindings(run)
    yield from read_strings(run)


class _Words:
    """Which calls are worth following: those a record knows by their last name, and those that look it."""

    def __init__(self, source: Source, run: Evaluator) -> None:
        known = source.neighbours.calls if source.neighbours is not None else None
        self.known = known
        if known is None:
            return
        renamed = set()
        for frame in (run.module.frame, *run.module.frames.values()):
            for name, bindings in frame.bindings.items():
                for binding in bindings:
                    if binding.how == "import" and binding.origin.rsplit(".", 1)[-1] in known:
                        renamed.add(name)
                    if isinstance(binding.node, ast.Attribute) and binding.node.attr in known:
                        renamed.add(name)
        self.known = known | renamed

    def is_wanted(self, node: ast.Call) -> bool:
        if self.known is None:
            return True
        match node.func:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                if name in self.known:
                    return True
            case ast.Call() | ast.Subscript():
                return True
        return any(
            keyword.arg is None or _NAMES_A_MODEL.search(keyword.arg.lower()) for keyword in node.keywords
        )


READER = Reader("python", (".py", ".pyi", ".pyw"), (), read)
