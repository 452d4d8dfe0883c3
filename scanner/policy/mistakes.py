"""Mistakes of policy files, collected until all are known."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.errors import Mistake, PolicyBroken
from scanner.marked_yaml import Mapping, Node, Scalar, Sequence

MAX_QUOTED = 60


class Mistakes:
    """Every mistake found so far, in any number of files."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int, str], Mistake] = {}

    def add(self, file: str, at: Node | None, what: str, *advice: str) -> None:
        """Note a mistake at a node; None means the whole file."""
        line, column = (at.line, at.column) if at is not None else (0, 0)
        self.note(Mistake(file, line, column, what, advice))

    def note(self, *mistakes: Mistake) -> None:
        """Take over mistakes; the same one at the same place counts once."""
        for mistake in mistakes:
            self._found.setdefault((mistake.file, mistake.line, mistake.column, mistake.what), mistake)

    def __len__(self) -> int:
        return len(self._found)

    def raise_if_any(self) -> None:
        """Stop with every mistake, in the order of the files.

        Raises:
            PolicyBroken: there is at least one.
        """
        if self._found:
            raise PolicyBroken(self.all())

    def all(self) -> tuple[Mistake, ...]:
        """Every mistake, in the order of the files."""
        return tuple(sorted(self._found.values(), key=lambda m: (m.file, m.line, m.column, m.what)))


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """Find what was probably meant, letter case and underscores aside."""
    from difflib import get_close_matches

    from scanner.policy.hints import fold

    folded: dict[str, str] = {}
    for name in right:
        folded.setdefault(fold(name), name)
    found = get_close_matches(fold(wrong), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def is_nothing(node: Node) -> bool:
    """Whether nothing stands where a value might."""
    return isinstance(node, Scalar) and node.value is None


def shown(node: Node) -> str:
    """Quote what stands at a node, shortened."""
    match node:
        case Scalar(value=None):
            return "nothing"
        case Scalar(value=bool() as value):
            return str(value).lower()
        case Scalar(value=value):
            text = repr(value)
            return text if len(text) <= MAX_QUOTED else text[:MAX_QUOTED] + "…"
        case Sequence():
            return "a list"
        case Mapping():
            return "keys and values"
