"""Requests a Python program sends itself: the address a body goes to says who serves the model in it."""

from __future__ import annotations

import ast

from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import Evaluation
from scanner.discovery.views import Text
from scanner.discovery.vocabulary import words

_SENDING = {"post": 0, "put": 0, "request": 1, "stream": 1}
"""What HTTP clients send a body with (requests, httpx, aiohttp), and where the address stands."""
_BODIES = words("json data content body")


def sent_to(run: Evaluation, body: ast.Dict, frame: Frame) -> tuple[tuple[str, str], ...]:
    """The one address a dictionary is sent to as the body of a request, as a setting beside its keys."""
    if "://" not in run.source.text and not run.module.packages:
        return ()
    found: set[str] = set()
    for called, at in _SENDING.items():
        for call, where in run.module.callers.get(called, ()):
            if any(_is_body(each, body, frame, where) for each in call.keywords if each.arg in _BODIES):
                url = next((each.value for each in call.keywords if each.arg == "url"), None)
                if url is None and len(call.args) > at:
                    url = call.args[at]
                held = run.evaluate(url, where) if url is not None else ()
                found.update(each.value for each in held if isinstance(each, Text) and "://" in each.value)
    return (("base_url", found.pop()),) if len(found) == 1 else ()


def _is_body(given: ast.keyword, body: ast.Dict, frame: Frame, where: Frame) -> bool:
    """Whether a body is this dictionary: itself, by its name, or written out (`json.dumps(…)`)."""
    value = given.value
    if isinstance(value, ast.Call) and value.args:
        value = value.args[0]
    if isinstance(value, ast.Name) and frame is where:
        return any(binding.node is body for binding in frame.bindings.get(value.id, ()))
    return value is body
