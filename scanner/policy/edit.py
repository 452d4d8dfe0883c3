"""Entries written into a policy file by hand of lading; comments stay."""

from __future__ import annotations

import json
import re
from datetime import date

from scanner.errors import UsageError
from scanner.marked_yaml import Mapping, Scalar, Sequence, read_yaml
from scanner.patterns import regex
from scanner.records.quick import dataclass

_PLAIN = regex(r"[A-Za-z][A-Za-z0-9_./-]*")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True)
class NewException:
    """What `lading policy exception add` writes."""

    rules: tuple[str, ...]
    reference: str
    license: str | None
    commit: str | None
    owner: str
    reason: str
    granted: date
    expires: date
    is_requested: bool = False

    def lines(self) -> list[str]:
        """The entry as YAML, its first line without the dash."""
        rule = self.rules[0] if len(self.rules) == 1 else f"[{', '.join(self.rules)}]"
        said = [("rule", rule), ("reference", quoted(self.reference))]
        said += [("license", quoted(self.license))] if self.license else []
        said += [("commit", quoted(self.commit))] if self.commit else []
        said += [("owner", quoted(self.owner)), ("reason", quoted(self.reason))]
        said += [("granted", self.granted.isoformat()), ("expires", self.expires.isoformat())]
        said += [("status", "requested")] if self.is_requested else []
        return [f"{name}: {value}" for name, value in said]


def add_exception(text: str, entry: NewException, file: str) -> str:
    """Write an exception below the others of a policy, or open the list at its end.

    Raises:
        UsageError: `exceptions:` is written in one line with entries in it; the message has the lines.
        PolicyBroken: the file is not YAML.
    """
    top = read_yaml(text, file)
    body = text if text.endswith("\n") or not text else text + "\n"
    node = top.get("exceptions") if isinstance(top, Mapping) else None
    if node is None:
        return f"{body}exceptions:\n{_block(entry, 2)}"
    lines = body.splitlines(keepends=True)
    key = next(key for name, key, _ in top.items() if name == "exceptions")  # type: ignore[union-attr]
    is_empty = isinstance(node, Scalar) and node.value is None
    is_empty = is_empty or (isinstance(node, Sequence) and not node.members)
    if is_empty:
        at = key.line - 1
        comment = re.search(r"\s+#.*$", lines[at].rstrip("\n"))
        lines[at] = f"exceptions:{comment[0] if comment else ''}\n"
        return "".join([*lines[: at + 1], _block(entry, 2), *lines[at + 1 :]])
    first = node.members[0] if isinstance(node, Sequence) else node
    dash = re.match(r"(\s*)- ", lines[first.line - 1])
    if first.line == key.line or dash is None:
        raise UsageError(
            f"{file}:{key.line}: the exceptions are not a list of lines beginning with a dash\n"
            f"  write them so, or add this by hand:\n{_block(entry, 2)}"
        )
    at = first.line - 1
    return "".join([*lines[:at], _block(entry, len(dash[1])), *lines[at:]])


def quoted(text: str) -> str:
    """Text as a YAML scalar: plain where nobody could take it for something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _block(entry: NewException, indent: int) -> str:
    first, *rest = entry.lines()
    pad = " " * indent
    return "".join([f"{pad}- {first}\n", *(f"{pad}  {line}\n" for line in rest)])
