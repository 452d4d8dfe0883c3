"""What dictionaries and parameters of Python are there for: examples, answers, settings, counting."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from scanner.discovery.code_names import asks_about
from scanner.discovery.python_frames import Frame, qualified_name
from scanner.discovery.python_values import Evaluation
from scanner.discovery.vocabulary import words

TOLD = "told"
"""How a name is bound where it stands in an example or an answer, and nothing asks the model."""
COUNTED = "counted"
"""How a parameter is bound that only says by which hosted model's rules tokens or prices are counted."""
_EXAMPLES = words("example examples schema_extra json_schema_extra openapi_examples")
"""Keys and keywords of what a schema of an API shows (FastAPI, pydantic, drf-spectacular)."""
_OBJECTS = words("chat.completion chat.completion.chunk text_completion list response embedding")
"""What OpenAI's answers say of themselves under `object`; no request has that key."""
_SETTINGS = words("config params parameters kwargs args options settings")
"""Keys under which a dictionary holds the rest of what it says itself."""
_WHO = words("provider llm_provider model_provider embedding_provider custom_llm_provider")
_ANSWERED = words("id created created_at usage object")
_COUNTERS = words("encoding_for_model encoding_name_for_model")
"""Functions of tiktoken that are given a hosted model's name and ask nobody."""


class Tellings:
    """What the dictionaries and parameters of a file are for; worked out when the first is asked for."""

    def __init__(self, run: Evaluation) -> None:
        self._run = run
        self._texts: dict[int, dict[str, str]] = {}

    def of_key(self, node: ast.Dict, otherwise: str = "key") -> str:
        """How a key of a dictionary is bound."""
        return TOLD if id(node) in self._shown or self._is_answer(node) else otherwise

    def above(self, node: ast.Dict) -> tuple[tuple[str, str], ...]:
        """Who serves what a dictionary names: `{"provider": "ollama", "config": {"model": "…"}}`."""
        held = self._texts_of(outer) if (outer := self._outer.get(id(node))) is not None else {}
        return tuple((key, text) for key, text in held.items() if key in _WHO and text)

    def _is_answer(self, node: ast.Dict) -> bool:
        held = self._texts_of(node)
        return is_answer(held, held.get("object", ""))

    def _texts_of(self, node: ast.Dict) -> dict[str, str]:
        """The texts of a dictionary, read once however many of its keys ask."""
        if id(node) not in self._texts:
            self._texts[id(node)] = _texts_of(node)
        return self._texts[id(node)]

    @cached_property
    def _outer(self) -> dict[int, ast.Dict]:
        """The dictionary that holds another as its settings, by `id` of the inner one."""
        return {
            id(value): node
            for node, _, kind in self._run.module.strings
            if kind == "dict" and isinstance(node, ast.Dict)
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant) and key.value in _SETTINGS and isinstance(value, ast.Dict)
        }

    def of_parameter(self, name: str, frame: Frame, otherwise: str = "parameter") -> str:
        """How a parameter is bound."""
        counts = asks_about(qualified_name(frame)) or (id(frame), name) in self._counted
        return COUNTED if counts else otherwise

    @cached_property
    def _shown(self) -> frozenset[int]:
        """Dictionaries that stand in an example, by `id`."""
        return frozenset(
            id(inner)
            for example in self._examples()
            for inner in ast.walk(example)
            if isinstance(inner, ast.Dict)
        )

    def _examples(self) -> Iterator[ast.expr]:
        for node, _, kind in self._run.module.strings:
            if kind == "dict" and isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value in _EXAMPLES:
                        yield value
        for call, _ in self._run.module.calls:
            yield from (each.value for each in call.keywords if each.arg in _EXAMPLES)

    @cached_property
    def _counted(self) -> frozenset[tuple[int, str]]:
        """Parameters that are handed to a counter of tokens: `id` of the function's frame, and name."""
        return frozenset(
            (id(frame), node.id)
            for word in _COUNTERS
            for call, frame in self._run.module.callers.get(word, ())
            for node in (*call.args[:1], *(each.value for each in call.keywords))
            if isinstance(node, ast.Name)
        )


def is_alias(keys: Container[str], key: str) -> bool:
    """Whether a key holds the project's own word for a model: `litellm_params` beside it holds the name."""
    return key == "model_name" and "litellm_params" in keys


def is_answer(keys: Iterable[str], kind: str) -> bool:
    """Whether fields are those of what a service answers, which tests and servers of one's own make by hand.

    `kind` is what stands under `object`.
    """
    names = keys if isinstance(keys, dict) else frozenset(keys)
    if "model" not in names:
        return False
    if kind in _OBJECTS or "stop_reason" in names:
        return True
    return "choices" in names and any(name in names for name in _ANSWERED)


def _texts_of(node: ast.Dict) -> dict[str, str]:
    """Keys of a dictionary with their texts; what is no text is empty."""
    return {
        key.value: value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }
