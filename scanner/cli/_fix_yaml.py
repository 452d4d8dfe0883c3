"""YAML and JSON files: a revision that stands beside a name, and the name itself; layout is kept."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from scanner.cli._fix_text import Edit

MAX_CHARACTERS = 1_000_000
MAX_NODES = 50_000
REVISION_KEYS = (
    "revision", "model_revision", "base_model_revision", "code_revision", "revision_of_model", "commit",
)  # fmt: skip
# Read for each: src/llamafactory/hparams/model_args.py of LLaMA-Factory; the configuration of axolotl; vLLM's
# files hold the names of its flags.
SCHEMAS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("model_name_or_path", "model_revision", frozenset({"stage", "finetuning_type"})),
    ("base_model", "revision_of_model", frozenset({"sequence_len", "micro_batch_size"})),
    ("model", "revision", frozenset({"gpu-memory-utilization", "max-model-len", "tensor-parallel-size"})),
)
"""Keys of a model, the key of its revision in the same mapping, and keys beside them that tell the tool."""


class Document:
    """One YAML or JSON file, composed into nodes; nothing is constructed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._roots = compose(text)

    @property
    def is_read(self) -> bool:
        """Whether it can be read."""
        return self._roots is not None

    def pin(self, line: int, column: int, revision: str, commit: str, reason: str) -> list[Edit] | str:
        """The edit that writes the commit over the revision beside the name at this place, or why not."""
        found = self._find(line, column)
        if found is None:
            return "the name does not stand there as a plain value"
        _, mapping = found
        for key, value in mapping.value if mapping is not None else ():
            is_revision = getattr(key, "value", None) in REVISION_KEYS and isinstance(value, yaml.ScalarNode)
            if is_revision and value.value == revision and value.style in (None, "'", '"'):
                # Quoted always: digits alone, or digits around an e, would be a number.
                quote = value.style or '"'
                start, end = value.start_mark.index, value.end_mark.index
                return [Edit(start, end, f"{quote}{commit}{quote}", reason)]
        return self._add(*found, commit, reason)

    def _add(
        self, scalar: yaml.ScalarNode, mapping: yaml.MappingNode | None, commit: str, reason: str
    ) -> list[Edit] | str:
        """The edit that writes a key of its own, where the tool that reads the file is known."""
        pairs = mapping.value if mapping is not None else ()
        held = {getattr(key, "value", None) for key, _ in pairs}
        key = next((each for each, value in pairs if value is scalar), None)
        for name, added, telling in SCHEMAS:
            if mapping is None or key is None or key.value != name or not telling & held or added in held:
                continue
            if mapping.flow_style:
                at = scalar.end_mark.index
                return [Edit(at, at, f', "{added}": "{commit}"', reason)]
            line = re.compile(r"[^\r\n]*").match(self.text, scalar.end_mark.index)
            at = line.end() if line else scalar.end_mark.index
            end = "\r\n" if self.text.startswith("\r\n", at) else "\n"
            indent = " " * key.start_mark.column
            return [Edit(at, at, f'{end}{indent}{added}: "{commit}"', reason)]
        return "no key for a revision stands beside it, and lading does not know which one is read"

    def swap(self, line: int, column: int, name: str, other: str, reason: str) -> Edit | str:
        """The edit that writes another name where this one stands."""
        found = self._find(line, column)
        node = found[0] if found else None
        if node is None or node.value != name or node.style not in (None, "'", '"'):
            return "the name does not stand there as a plain value"
        start, end = node.start_mark.index, node.end_mark.index
        written = self.text[start:end]
        if written.count(name) != 1:
            return "the text is written in several pieces"
        at = start + written.index(name)
        return Edit(at, at + len(name), other, reason)

    def _find(self, line: int, column: int) -> tuple[yaml.ScalarNode, yaml.MappingNode | None] | None:
        """The scalar at a place, and the mapping it is a value of."""
        waiting: list[tuple[yaml.Node, yaml.MappingNode | None]] = [
            (root, None) for root in self._roots or ()
        ]
        seen = 0
        while waiting and seen < MAX_NODES:
            node, mapping = waiting.pop()
            seen += 1
            if isinstance(node, yaml.MappingNode):
                waiting += [(value, node) for _, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                waiting += [(value, None) for value in node.value]
            elif isinstance(node, yaml.ScalarNode) and node.start_mark.line == line - 1:
                first, end = node.start_mark, node.end_mark
                if first.column <= column - 1 and (end.line > first.line or column - 1 < end.column):
                    return node, mapping
        return None


def compose(text: str) -> list[yaml.Node] | None:
    """The nodes of every document of a file; None where it does not read, has aliases or is too large."""
    if len(text) > MAX_CHARACTERS or text.startswith("\ufeff"):
        return None
    try:
        for events, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
            if events > MAX_NODES or isinstance(event, yaml.AliasEvent):
                return None
        return [each for each in yaml.compose_all(text, Loader=yaml.SafeLoader) if each is not None]
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def is_same_but_for(before: str, after: str, names: dict[str, str], *, is_json: bool) -> bool:
    """Whether the new text reads as the old one, revisions and exchanged names aside."""
    if is_json:
        try:
            json.loads(after)
        except (ValueError, RecursionError):
            return False
    old, new = compose(before), compose(after)
    if old is None or new is None:
        return False
    try:
        return [_outline(each, names) for each in old] == [_outline(each, names) for each in new]
    except RecursionError:
        return False


def _outline(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return [
            (_outline(key, names), _outline(value, names))
            for key, value in node.value
            if getattr(key, "value", None) not in REVISION_KEYS
        ]
    if isinstance(node, yaml.SequenceNode):
        return [_outline(each, names) for each in node.value]
    return node.tag, names.get(node.value, node.value)
