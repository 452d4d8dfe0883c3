"""What can go wrong, one class per thing a caller handles differently."""

from __future__ import annotations


class LadingError(Exception):
    """Any error lading raises on purpose; its text says what happened, where, and what to do."""

    exit_code = 2


class UsageError(LadingError):
    """The command line asks for something that cannot be done."""


class NothingReadable(LadingError):
    """Not one file of the project could be read."""


class UnreadableFile(LadingError):
    """One file could not be read or parsed; becomes an entry in `coverage.skipped`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GitFailed(LadingError):
    """Git was asked something and did not answer."""


class PluginBroken(LadingError):
    """A file in a plugin folder does not load or does not offer what its folder promises."""


class KnowledgeBroken(LadingError):
    """A knowledge record, an overlay or the compiled index cannot be used."""


class LockBroken(LadingError):
    """`lading.lock` cannot be read."""


class ReportBroken(LadingError):
    """A stored report cannot be read back."""


class SourceUnavailable(LadingError):
    """A source that had to be asked gave no usable answer (unreachable, rate-limited, half an answer)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Mistake:
    """One mistake in a file a person wrote.

    Written out, because records stand above errors, and what the library makes takes 1 ms of a commit hook.
    """

    __slots__ = ("advice", "column", "file", "line", "what")

    def __init__(self, file: str, line: int, column: int, what: str, advice: tuple[str, ...] = ()) -> None:
        self.file = file
        """Path as the reader of the message knows it, relative where possible."""
        self.line = line
        """From 1; 0 when the whole file is meant."""
        self.column = column
        """From 1; 0 when the whole line is meant."""
        self.what = what
        """What is wrong, quoting what was written."""
        self.advice = advice
        """What to do, one line each."""

    def _told(self) -> tuple[str, int, int, str, tuple[str, ...]]:
        return self.file, self.line, self.column, self.what, self.advice

    def __eq__(self, other: object) -> bool:
        """Whether the other mistake says the same of the same place."""
        return isinstance(other, Mistake) and self._told() == other._told()

    def __hash__(self) -> int:
        """As it compares."""
        return hash(self._told())

    def __repr__(self) -> str:
        """Show every part."""
        return f"Mistake{self._told()!r}"

    def __str__(self) -> str:
        """Write the mistake as `file:line:column: what`, advice indented below."""
        place = ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])
        return "\n".join([f"{place}: {self.what}", *(f"  {line}" for line in self.advice)])


class PolicyBroken(LadingError):
    """A policy file has mistakes; every one of them is listed."""

    def __init__(self, mistakes: tuple[Mistake, ...], readable: object = None) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes
        self.readable = readable
        """What could be read all the same, so that its mistakes are told too; None where nothing could."""
