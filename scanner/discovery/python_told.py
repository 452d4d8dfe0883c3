"""What a Python file tells beside its names: the address at which their models are asked."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from scanner.discovery.config_keys import snake
from scanner.discovery.python_folding import default_of
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import Evaluation
from scanner.discovery.setting_neighbours import TELLING_KEYS
from scanner.discovery.views import Text
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

Told: TypeAlias = "tuple[tuple[str, str], ...]"
"""Settings as they would stand beside a name, key and text."""
MAX_ADDRESSES = 40
"""Addresses of one class that its names are compared with."""
MODULE_ADDRESS = "address of the module"
"""Key under which an assignment is told the one address of an API its file holds."""
_OF_ADDRESS = regex(r"(?:.*_)?(?:base_url|api_base|api_url|api_endpoint|base_uri|endpoint)")
_SENDING = {"post": 0, "put": 0, "request": 1, "stream": 1}
"""What HTTP clients send a body with (requests, httpx, aiohttp), and where the address stands."""
_BODIES = words("json data content body")


class Addresses:
    """The addresses a file holds, and what of it each of them is for; each is worked out once."""

    def __init__(self, run: Evaluation) -> None:
        self._run = run
        self._of_class: dict[int, Told] = {}

    @cached_property
    def of_module(self) -> Told:
        """The only address of an API that constants of the file hold: its models are asked there."""
        found = _only_address(self._run.module.frame, lambda key: _OF_ADDRESS.fullmatch(key) is not None)
        return ((MODULE_ADDRESS, found),) if found else ()

    def of_class(self, frame: Frame) -> Told:
        """The addresses a class keeps, by their keys: what it names may be asked there."""
        if frame.kind != "class":
            return ()
        if id(frame) not in self._of_class:
            self._of_class[id(frame)] = tuple(islice(_addresses_of(self._run, frame), MAX_ADDRESSES))
        return self._of_class[id(frame)]

    def of_body(self, body: ast.Dict) -> Told:
        """The only address a dictionary is sent to as the body of a request."""
        found = self._bodies.get(id(body), set())
        return (("base_url", next(iter(found))),) if len(found) == 1 else ()

    @cached_property
    def _bodies(self) -> dict[int, set[str]]:
        """Addresses of requests, by the dictionaries they send."""
        sent: dict[int, set[str]] = {}
        for called, at in _SENDING.items():
            for call, frame in self._run.module.callers.get(called, ()):
                bodies = [id(body) for each in call.keywords for body in self._sent_by(each, call, frame)]
                url = next((each.value for each in call.keywords if each.arg == "url"), None)
                if url is None and len(call.args) > at:
                    url = call.args[at]
                held = self._run.evaluate(url, frame) if url is not None and bodies else ()
                addresses = {each.value for each in held if isinstance(each, Text) and "://" in each.value}
                for body in bodies:
                    sent.setdefault(body, set()).update(addresses)
        return sent

    def _sent_by(self, given: ast.keyword, call: ast.Call, frame: Frame) -> list[ast.AST]:
        """The dictionaries a body may be: itself, by its name, or written out (`json.dumps(…)`)."""
        if given.arg not in _BODIES:
            return []
        value = given.value
        if isinstance(value, ast.Call) and value.args:
            value = value.args[0]
        if isinstance(value, ast.Name):
            held = [binding.node for binding in self._run.find(value.id, frame, call)]
            return [node for node in held if isinstance(node, ast.Dict)]
        return [value] if isinstance(value, ast.Dict) else []


def _addresses_of(run: Evaluation, frame: Frame) -> Iterator[tuple[str, str]]:
    for name, bindings in frame.bindings.items():
        if not _OF_ADDRESS.fullmatch(snake(name)) and snake(name) not in TELLING_KEYS:
            continue
        for binding in bindings:
            if binding.how == "value" and isinstance(binding.node, ast.Constant | ast.Call | ast.BoolOp):
                value = default_of(run, binding.node, binding.frame)
                found = next((m.value for m in value if isinstance(m, Text) and "://" in m.value), "")
                if found:
                    yield snake(name), found


def _only_address(frame: Frame, is_key: Callable[[str], bool]) -> str:
    """The only address constants of a body hold under keys of addresses; empty where none or several."""
    found = {
        binding.node.value
        for name, bindings in frame.bindings.items()
        if is_key(snake(name))
        for binding in bindings
        if isinstance(binding.node, ast.Constant)
        and isinstance(binding.node.value, str)
        and "://" in binding.node.value
    }
    return found.pop() if len(found) == 1 else ""
